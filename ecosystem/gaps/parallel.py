"""Parallel, not coupled: PULL and PUSH in the same place and theme and no way of two ties between them.

PULL is a need, or a lab that has nobody and nothing on the PUSH side; PUSH is an offer, or an actor that
usually stands on the PUSH side. Ties are links, coalitions, cooperation, answers, a need's mission, and who
answers for an entry or holds its backbone function. Two things are coupled if a tie joins them, or if both
are tied to a third.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curation.choices import Kind
from curation.models import Record
from curation.reference import Reference
from places.projection import EARTH_RADIUS_M

from .asking import ask
from .distance import kilometres_between
from .reading import SHOWN
from .ties import ties

PAIRS = 25
# Of one need or lab only the nearest few are told, so that more of them find room.
OF_ONE = 3
# Pairs are looked for among so many of the best described of each kind; more are more than anybody reads.
# Labs are read further, for most of them have a PUSH side and are no candidates.
CANDIDATES, LABS_READ = 100, 1000

COLUMNS = "id, kind, theme_ids, quality, x, y"
WITHOUT_PUSH = "NOT EXISTS (SELECT FROM pushed WHERE pushed.id = entry.id OFFSET 0)"
HERE = "place_ids @> ARRAY[%(place)s]"
PULL = f"""
SELECT {COLUMNS} FROM standing entry
WHERE {HERE} AND (kind = '{Kind.NEED}' OR (kind = '{Kind.LAB}' AND {WITHOUT_PUSH}))
"""
PUSH = f"""
SELECT {COLUMNS} FROM standing entry
WHERE {HERE} AND (kind = '{Kind.OFFER}' OR (kind = '{Kind.ACTOR}' AND 'push' = ANY(sides)))
"""


def _best(kind: Kind, number: int, condition: str = "TRUE") -> str:
    return f"""
    (SELECT {COLUMNS} FROM standing WHERE {HERE} AND theme_ids @> ARRAY[%(theme)s] AND kind = '{kind}'
        AND {condition} ORDER BY quality DESC, id LIMIT {number})
    """


BEST_PULL = f"""
{_best(Kind.NEED, CANDIDATES)} UNION ALL
(SELECT * FROM {_best(Kind.LAB, LABS_READ)} entry
WHERE {WITHOUT_PUSH} ORDER BY quality DESC, id LIMIT {CANDIDATES})
"""
BEST_PUSH = f"""
{_best(Kind.OFFER, CANDIDATES)} UNION ALL {_best(Kind.ACTOR, CANDIDATES, "'push' = ANY(sides)")}
"""
# From a need or lab one goes anywhere, and from there only to what can stand on the PUSH side: an actor of
# many labs would lead to all of them. Each looks its own ties up (OFFSET 0), which at 100,000 labs costs a
# municipality a seventh of joining them to all ties, and the country three quarters.
COUPLED = f"""
, pull AS MATERIALIZED ({{pull}}),
push AS MATERIALIZED ({{push}}),
first(one, other) AS NOT MATERIALIZED ({ties(frozenset({Kind.NEED, Kind.LAB}))}),
second(one, other) AS NOT MATERIALIZED ({ties(to=frozenset({Kind.OFFER, Kind.ACTOR}))}),
reached(pull, id) AS MATERIALIZED (
    SELECT DISTINCT pull.id, middle.id
    FROM pull CROSS JOIN LATERAL (SELECT other FROM first WHERE first.one = pull.id OFFSET 0) first
        JOIN standing middle ON middle.id = first.other
),
coupled(pull, push) AS MATERIALIZED (
    SELECT reached.pull, push.id FROM reached JOIN push ON push.id = reached.id
    UNION SELECT reached.pull, push.id
    FROM reached CROSS JOIN LATERAL (SELECT other FROM second WHERE second.one = reached.id OFFSET 0) second
        JOIN push ON push.id = second.other
)
"""
# An entry lives side by side with what it is not coupled to, so with none where it is coupled to all of them.
COUNT = """
, pulling AS MATERIALIZED (
    SELECT pull.id, kind, top.id AS theme FROM pull JOIN curation_theme top ON top.id = ANY(theme_ids)
    WHERE top.parent_id IS NULL
),
pushing AS MATERIALIZED (
    SELECT push.id, kind, top.id AS theme FROM push JOIN curation_theme top ON top.id = ANY(theme_ids)
    WHERE top.parent_id IS NULL
),
carried AS MATERIALIZED (
    SELECT pull.id AS pull, push.id AS push, pull.theme_ids AS pulled, push.theme_ids AS pushed
    FROM coupled JOIN pull ON pull.id = coupled.pull JOIN push ON push.id = coupled.push
),
meeting AS MATERIALIZED (
    SELECT top.id AS theme, pull, push FROM carried
        JOIN curation_theme top ON top.id = ANY(pulled) AND top.id = ANY(pushed)
    WHERE top.parent_id IS NULL
)
SELECT theme, kind, count(*)::int FROM pulling
    LEFT JOIN (SELECT theme, pull AS id, count(*) AS met FROM meeting GROUP BY 1, 2) told USING (theme, id)
    JOIN (SELECT theme, count(*) AS there FROM pushing GROUP BY 1) side USING (theme)
WHERE coalesce(met, 0) < there GROUP BY 1, 2
UNION ALL
SELECT theme, kind, count(*)::int FROM pushing
    LEFT JOIN (SELECT theme, push AS id, count(*) AS met FROM meeting GROUP BY 1, 2) told USING (theme, id)
    JOIN (SELECT theme, count(*) AS there FROM pulling GROUP BY 1) side USING (theme)
WHERE coalesce(met, 0) < there GROUP BY 1, 2
UNION ALL
SELECT theme, 'pair', ((SELECT count(*) FROM pulling WHERE pulling.theme = top.theme)
    * (SELECT count(*) FROM pushing WHERE pushing.theme = top.theme)
    - (SELECT count(*) FROM meeting WHERE meeting.theme = top.theme))::bigint
FROM (SELECT DISTINCT theme FROM pulling) top
"""
# Web mercator, made true by its scale at the middle of the two points: exact enough to put distances within
# Denmark in order.
SCALE = f"cosh((one.y + other.y) / {2.0 * EARTH_RADIUS_M})"
AWAY = f"sqrt((one.x - other.x)::float ^ 2 + (one.y - other.y)::float ^ 2) / {SCALE}"
NEAREST = f"""
SELECT pull, push FROM (
    SELECT one.id AS pull, other.id AS push, {AWAY} AS away, one.quality + other.quality AS quality,
        row_number() OVER (
            PARTITION BY one.id ORDER BY {AWAY} NULLS LAST, other.quality DESC, other.id
        ) AS number
    FROM pull one, push other
    WHERE NOT EXISTS (SELECT FROM coupled WHERE coupled.pull = one.id AND coupled.push = other.id)
) pair
WHERE number <= {OF_ONE} ORDER BY away NULLS LAST, quality DESC, pull, push LIMIT {PAIRS}
"""


@dataclass(frozen=True)
class SideBySide:
    """Under one theme: how many stand on each side without a way to some of the other, and how many pairs."""

    needs: int = 0
    labs: int = 0
    offers: int = 0
    actors: int = 0
    pairs: int = 0


@dataclass(frozen=True)
class Pair:
    """A need or lab and an offer or actor that could meet; km is none where a point is not known."""

    pull: Record
    push: Record
    kilometres: float | None


def side_by_side(place_id: int, reference: Reference) -> Mapping[int, SideBySide]:
    """Every theme of the first level with uncoupled pairs in a place; kept with the register's version."""
    return reference.keep(f"side by side in {place_id}", lambda: _count(place_id))


def _count(place_id: int) -> Mapping[int, SideBySide]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for theme, what, number in ask(COUPLED.format(pull=PULL, push=PUSH) + COUNT, place=place_id):
        found[theme][f"{what}s"] = number
    return {theme: told for theme, counts in found.items() if (told := SideBySide(**counts)).pairs}


def pairs_of(place_id: int, theme_id: int) -> Sequence[Pair]:
    """The nearest uncoupled pairs under a theme, those at an unknown distance last; two statements."""
    coupled = COUPLED.format(pull=BEST_PULL, push=BEST_PUSH)
    rows = ask(coupled + NEAREST, place=place_id, theme=theme_id)
    records = Record.objects.current().only(*SHOWN).in_bulk([number for row in rows for number in row])
    return [
        Pair(records[pull], records[push], kilometres_between(records[pull], records[push]))
        for pull, push in rows
    ]
