"""Counting the evidence of every place under every theme: one statement over the whole register.

A place holds what belongs, or ever belonged, to it or to a place within it (`Record.place_ids`). A link
belongs to the places of both its ends and counts once in each; it stands under the themes of its lab, or of
its mission where it has no lab. What is over is no evidence, but ended entries are still known of.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from curation.models import Record
from curation.reference import Reference

from .evidence import Count, Country, Evidence

# Entries lie in few areas, as their lists of places are called here, and are counted by area before any list
# is taken apart. So are links, by the areas of their two ends: a link is at the places of the one end and at
# those of the other, less those of both, where it would be there twice.
STATEMENT = """
WITH published AS MATERIALIZED ({entries}),
area AS MATERIALIZED (
    SELECT row_number() OVER ()::int AS id, place_ids FROM (SELECT DISTINCT place_ids FROM published) lists
),
entry AS MATERIALIZED (
    SELECT published.id, kind, kind = 'actor' AND 'push' = ANY(sides) AS pushes, ended, area.id AS area,
        theme_ids
    FROM published JOIN area USING (place_ids)
),
top AS MATERIALIZED (SELECT id FROM curation_theme WHERE parent_id IS NULL),
themed AS MATERIALIZED (
    SELECT one.id, array_agg(top.id) || {all}::bigint AS themes
    FROM (SELECT id, unnest(theme_ids) AS theme FROM entry WHERE kind IN ('lab', 'mission')) one
        JOIN top ON top.id = one.theme
    GROUP BY one.id
),
link(side, one, other, themed) AS (
    SELECT side, lab_id, coalesce(actor_id, mission_id, need_id, offer_id), true FROM labs_link
    WHERE ended_on IS NULL
    UNION ALL SELECT side, mission_id, actor_id, true FROM missions_coalitionmember WHERE ended_on IS NULL
    UNION ALL SELECT side, subject_id, object_id, false FROM actors_relation
),
tied AS MATERIALIZED (
    SELECT one, other, theme, count(*) FILTER (WHERE side <> 'push' AND NOT over) AS pull,
        count(*) FILTER (WHERE side <> 'pull' AND NOT over) AS push,
        count(*) FILTER (WHERE NOT over) AS going, count(*) AS n
    FROM (
        SELECT one.area AS one, other.area AS other, side, one.ended OR other.ended AS over,
            unnest(coalesce(themes, ARRAY[{all}::bigint])) AS theme
        FROM link JOIN entry one ON one.id = link.one JOIN entry other ON other.id = link.other
            LEFT JOIN themed ON themed.id = link.one
    ) link
    GROUP BY 1, 2, 3
),
at_end(area, theme, pull, push, going) AS (
    SELECT coalesce(one, other), theme, sum(pull), sum(push), sum(going)
    FROM tied GROUP BY GROUPING SETS ((one, theme), (other, theme))
),
pair AS MATERIALIZED (SELECT DISTINCT one, other FROM tied),
common AS MATERIALIZED (
    SELECT one, other, place FROM pair JOIN area a ON a.id = one JOIN area b ON b.id = other,
        LATERAL (SELECT unnest(a.place_ids) INTERSECT SELECT unnest(b.place_ids)) shared(place)
),
at_both(place, theme, pull, push, going) AS (
    SELECT place, theme, sum(pull), sum(push), sum(going) FROM tied JOIN common USING (one, other)
    GROUP BY 1, 2
),
standing AS (
    SELECT area, {all}::bigint AS theme, kind, pushes, ended, count(*) AS n FROM entry GROUP BY 1, 3, 4, 5
    UNION ALL
    SELECT area, top.id, kind, pushes, ended, count(*)
    FROM (SELECT area, kind, pushes, ended, unnest(theme_ids) AS theme FROM entry) one
        JOIN top ON top.id = one.theme
    GROUP BY 1, 2, 3, 4, 5
),
at_place(place, theme, {kinds}, pull_link, push_link, links) AS (
    SELECT unnest(place_ids), theme, {standing}, 0, 0, 0 FROM standing JOIN area ON area.id = standing.area
    UNION ALL
    SELECT unnest(place_ids), theme, {no_kinds}, pull, push, going
    FROM at_end JOIN area ON area.id = at_end.area
    UNION ALL
    SELECT place, theme, {no_kinds}, -pull, -push, -going FROM at_both
)
SELECT place, theme, {sums} FROM at_place GROUP BY place, theme
UNION ALL SELECT NULL, {all}, {nothing}, coalesce(sum(n), 0)::int FROM tied WHERE theme = {all}
"""
# What of the entries is counted: what goes on, and all that is known of, in the words of the statement.
KINDS = {
    "need": "kind = 'need' AND NOT ended",
    "mission": "kind = 'mission' AND NOT ended",
    "lab": "kind = 'lab' AND NOT ended",
    "offer": "kind = 'offer' AND NOT ended",
    "push_actor": "pushes AND NOT ended",
    "labs": "kind = 'lab'",
    "missions": "kind = 'mission'",
    "actors": "kind = 'actor'",
    "needs": "kind = 'need'",
    "offers": "kind = 'offer'",
    "trials": "kind = 'trial'",
    "solutions": "kind = 'solution'",
}
OF_EVIDENCE = tuple(field.name for field in fields(Evidence))
OF_COUNT = tuple(field.name for field in fields(Count) if field.name != "evidence")
# Stands for all, whatever its theme.
ALL = 0


def _published() -> QuerySet[Record, Any]:
    """Ended ones too: they have their dot on the map and their links in the total."""
    columns = ("id", "kind", "sides", "place_ids", "theme_ids", "ended")
    return Record.objects.published().order_by().values(*columns)


def of_country() -> Country:
    """The counts of every municipality, region, health council and the country; one statement."""
    entries, parameters = _published().query.sql_with_params()
    statement = STATEMENT.format(
        entries=entries,
        all=ALL,
        standing=", ".join(f"CASE WHEN {what} THEN n ELSE 0 END" for what in KINDS.values()),
        kinds=", ".join(KINDS),
        no_kinds=", ".join("0" for _kind in KINDS),
        sums=", ".join(f"sum({name})::int" for name in (*OF_EVIDENCE, *OF_COUNT)),
        nothing=", ".join("0" for _name in (*OF_EVIDENCE, *OF_COUNT[1:])),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    return _country(rows)


def _country(rows: Iterable[Sequence[int]]) -> Country:
    """From place, theme and the numbers in the order of the fields; the row without a place has the links."""
    links, split = 0, len(OF_EVIDENCE)
    under: dict[int, dict[int, Count]] = defaultdict(dict)
    for place, theme, *numbers in rows:
        if place is None:
            links = numbers[-1]
        else:
            under[theme][place] = Count(Evidence(*numbers[:split]), *numbers[split:])
    return Country(under.pop(ALL, {}), links, dict(under))


def country_of(reference: Reference) -> Country:
    """The same, kept for as long as the register's version stands: cheap to ask for, to be read freely.

    `country_of(reference).of(place_id)` has a place's totals (`pull`, `push`, `evidence`, and what is known
    of there), `.by_theme(place_id)` its evidence by first-level theme, `.of(place_id, theme_id)` one of them.
    """
    return reference.keep("balance of the country", of_country)
