"""The balance of places: PULL and PUSH as counts one can click through to.

PULL = missions of the place + links on the PULL side to or from it; PUSH = PUSH-side actors there + links on
the PUSH side. A link on both sides counts on both; a link counts once per place, and only where both ends are
public. A place holds what belongs, or ever belonged, to it or to a place within it (`Record.place_ids`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from curation.models import Record
from curation.reference import Reference


@dataclass(frozen=True)
class Count:
    """What one place has on each side, and its entries and links; only labs, missions, actors may be over."""

    pull: int = 0
    push: int = 0
    labs: int = 0
    missions: int = 0
    actors: int = 0
    links: int = 0

    def __bool__(self) -> bool:
        """Whether there is anything on the map."""
        return bool(self.pull or self.push or self.labs)


@dataclass(frozen=True)
class Country:
    """The counts of every place that has anything, by place id, and the number of links between entries."""

    by_place: Mapping[int, Count]
    links: int

    def of(self, place_id: int) -> Count:
        return self.by_place.get(place_id, Count())


# Entries lie in few areas, as their lists of places are called here. So entries are counted by area, and
# links of all three tables by the areas of their two ends, before any list of places is taken apart.
STATEMENT = """
WITH published AS MATERIALIZED ({entries}),
area AS MATERIALIZED (
    SELECT row_number() OVER ()::int AS id, place_ids FROM (SELECT DISTINCT place_ids FROM published) lists
),
entry AS MATERIALIZED (
    SELECT published.id, kind, sides, ended, area.id AS area FROM published JOIN area USING (place_ids)
),
link(side, one, other) AS (
    SELECT side, lab_id, coalesce(actor_id, mission_id) FROM labs_link
    UNION ALL SELECT side, actor_id, mission_id FROM missions_coalitionmember
    UNION ALL SELECT side, subject_id, object_id FROM actors_relation
),
tied AS MATERIALIZED (
    SELECT one.area AS one, other.area AS other, side, one.ended OR other.ended AS over, count(*) AS n
    FROM link JOIN entry one ON one.id = link.one JOIN entry other ON other.id = link.other
    GROUP BY 1, 2, 3, 4
),
standing AS (
    SELECT area, kind, kind = 'actor' AND 'push' = ANY(sides) AS pushes, ended, count(*) AS n
    FROM entry GROUP BY 1, 2, 3, 4
),
at_place(place, pull, push, labs, missions, actors, links) AS (
    SELECT place, CASE WHEN side <> 'push' THEN n END, CASE WHEN side <> 'pull' THEN n END, 0, 0, 0, n
    FROM tied JOIN area one ON one.id = tied.one JOIN area other ON other.id = tied.other,
        LATERAL (SELECT DISTINCT unnest(one.place_ids || other.place_ids)) once(place)
    WHERE NOT over
    UNION ALL
    SELECT unnest(place_ids), CASE WHEN kind = 'mission' AND NOT ended THEN n END,
        CASE WHEN pushes AND NOT ended THEN n END, CASE kind WHEN 'lab' THEN n END,
        CASE kind WHEN 'mission' THEN n END, CASE kind WHEN 'actor' THEN n END, 0
    FROM standing JOIN area ON area.id = standing.area
)
SELECT place, coalesce(sum(pull), 0)::int, coalesce(sum(push), 0)::int, coalesce(sum(labs), 0)::int,
    coalesce(sum(missions), 0)::int, coalesce(sum(actors), 0)::int, sum(links)::int
FROM at_place GROUP BY place
UNION ALL SELECT NULL, 0, 0, 0, 0, 0, coalesce(sum(n), 0)::int FROM tied
"""


def _published() -> QuerySet[Record, Any]:
    """Ended ones too: they have their dot on the map and their links in the total."""
    return Record.objects.published().order_by().values("id", "kind", "sides", "place_ids", "ended")


def of_country() -> Country:
    """The counts of every municipality, region, health council and the country; one statement."""
    entries, parameters = _published().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(entries=entries), parameters)
        rows = cursor.fetchall()
    found = {place: Count(*numbers) for place, *numbers in rows}
    total = found.pop(None)
    return Country(by_place=found, links=total.links)


def country_of(reference: Reference) -> Country:
    """The same, kept for as long as the register's version stands."""
    return reference.keep("balance of the country", of_country)
