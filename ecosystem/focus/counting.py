"""The PUSH within reach of a place under every theme, counted by the database in one statement.

As in the balance, only what is current counts, and only links that run between two current entries. A link
counts under the themes of its lab, in a coalition of its mission, and once, if either of its ends is near.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import connection

from curation.models import Record
from curation.reference import Reference
from places.choices import PlaceKind
from places.models import Place

from ..balance import NOTHING, Evidence, country_of
from .reach import CENTRE, Reach, kilometres_of, nearby

# `here`: belongs, or ever belonged, to the place. `near`: that, or within reach.
ENTRIES = """
WITH {centre},
entry AS MATERIALIZED (
    SELECT id, kind, kind = 'actor' AND 'push' = ANY(sides) AS pushes, theme_ids, quality, here,
        here OR ({nearby}) AS near
    FROM (SELECT *, place_ids @> ARRAY[%(place)s] AS here FROM ({current}) current) placed
),
link(side, one, other) AS (
    SELECT side, lab_id, coalesce(actor_id, mission_id, need_id, offer_id)
    FROM labs_link WHERE ended_on IS NULL
    UNION ALL SELECT side, mission_id, actor_id FROM missions_coalitionmember WHERE ended_on IS NULL
)
"""
# Entries and links carry few lists of themes, so they are counted by list before any list is taken apart.
STATEMENT = """
, counted(evidence, theme_ids, n) AS (
    SELECT 'offer', theme_ids, count(*) FROM entry WHERE near AND kind = 'offer' GROUP BY 2
    UNION ALL
    SELECT 'push_actor', theme_ids, count(*) FROM entry WHERE near AND pushes GROUP BY 2
    UNION ALL
    SELECT 'push_link', one.theme_ids, count(*)
    FROM link JOIN entry one ON one.id = link.one JOIN entry other ON other.id = link.other
    WHERE side <> 'pull' AND (one.near OR other.near) GROUP BY 2
)
SELECT theme, evidence, sum(n)::int FROM counted, unnest(theme_ids) theme GROUP BY 1, 2
"""
COLUMNS = ("id", "kind", "sides", "theme_ids", "place_ids", "quality", "x", "y")

type ByTheme = Mapping[int, Evidence]


def evidence_of(place: Place, reference: Reference, reach: Reach) -> ByTheme:
    """Under each theme: the PULL of the place, and the PUSH within reach; one statement for each version."""
    pull = country_of(reference).by_theme(place.pk)
    push = push_within(place, reference, reach)
    found = {}
    for theme in pull.keys() | push.keys():
        near = push.get(theme, NOTHING)
        found[theme] = replace(
            pull.get(theme, NOTHING),
            offer=near.offer, push_actor=near.push_actor, push_link=near.push_link,
        )  # fmt: skip
    return found


def push_within(place: Place, reference: Reference, reach: Reach) -> ByTheme:
    """In the whole country it is what the balance of the country counts."""
    if reach == Reach.COUNTRY:
        country = next(iter(reference.places_of(PlaceKind.COUNTRY)), None)
        return country_of(reference).by_theme(country.pk) if country else {}
    return reference.keep(f"push within {reach} of {place.pk}", lambda: _count(place, reach))


def _count(place: Place, reach: Reach) -> ByTheme:
    rows: dict[int, dict[str, int]] = defaultdict(dict)
    for theme, evidence, number in ask(STATEMENT, place, reach):
        rows[theme][evidence] = number
    return {theme: Evidence(**kinds) for theme, kinds in rows.items()}


def ask(statement: str, place: Place, reach: Reach, **values: Any) -> list[tuple[Any, ...]]:
    """What a statement that begins with the entries and their links says of a place."""
    current, parameters = Record.objects.current().order_by().values(*COLUMNS).query.sql_with_params()
    named = {f"current_{number}": value for number, value in enumerate(parameters)}
    entries = ENTRIES.format(
        centre=CENTRE, nearby=nearby(reach), current=current % tuple(f"%({name})s" for name in named)
    )
    values |= named | {"place": place.pk, "km": kilometres_of(reach)}
    with connection.cursor() as cursor:
        cursor.execute(entries + statement, values)
        return cursor.fetchall()
