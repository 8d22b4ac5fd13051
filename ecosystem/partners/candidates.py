"""Who could be a partner, as PostgreSQL is asked for it: a bounded number of each kind, the best by quality.

Candidates say one of the eight rarest words or are about one of the same themes; only what is current is
ever read. Of each candidate come the facts that scoring reads, and which of the words it says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from django.db import connection
from django.utils import timezone

from actors.choices import Role
from curation.choices import Kind
from curation.models import Record
from curation.reference import Reference
from places.choices import PlaceKind
from places.danish import fold

from ..gaps.ties import ties
from .matching import NOBODY, Party
from .weights import kinds_for
from .words import Telling, expression

# Of those that say a rare word, and of those about the same themes, so many of a kind are looked at …
BY_TEXT, BY_THEME = 150, 60
# … and so many of a kind are scored.
SCORED = 60
# The rarest words lead; in a small register, where few entries say them, further ones do as well.
RARE_WORDS, MOST_RARE_WORDS, FEW_HITS = 8, 64, 600
# Words so broad that walking along the best finds enough of them sooner than an index of words.
STEP = 8
OWN_TIES = 200
COLUMNS = (
    "id", "kind", "type", "setting", "phase", "sides", "push_count", "both_count", "place_ids", "theme_ids",
    "x", "y", "quality", "claimed_at", "confirmed_at", "name_da", "name_en", "search_da",
)  # fmt: skip

FACTS = """
entry.id, entry.kind, entry.type, entry.setting, entry.phase, entry.sides,
entry.push_count + entry.both_count > 0, entry.place_ids, entry.theme_ids, entry.x, entry.y,
entry.claimed_at IS NOT NULL, entry.confirmed_at, entry.quality, lab.methods, lab.open_to, lab.target_groups,
ARRAY(
    SELECT DISTINCT link.role FROM labs_link link JOIN standing actor ON actor.id = link.actor_id
    WHERE link.lab_id = lab.record_id AND link.ended_on IS NULL AND link.role <> ''
),
entry.kind = 'need' AND EXISTS (
    SELECT FROM labs_link link JOIN standing other ON other.id = link.lab_id
    WHERE link.need_id = entry.id AND link.ended_on IS NULL
)
"""
OWN = f"""
SELECT {FACTS}, tsvector_to_array(ts_filter(entry.search_da, '{{{{a,c}}}}'))
FROM standing entry LEFT JOIN labs_lab lab ON lab.record_id = entry.id WHERE entry.id = %(id)s
"""
# Rare words are looked up once for all kinds, and by any weight, or each hit would have to be checked against
# the words of every hit. Broad ones are met soon on the way along the best.
BY_RARE_WORDS = """
(SELECT id FROM (
    SELECT id, row_number() OVER (PARTITION BY kind ORDER BY quality DESC, id) AS place
    FROM standing WHERE ({within}) AND search_da @@ %(leading)s::tsquery
) hits WHERE place <= {limit})
"""
BY_BROAD_WORDS = """
(SELECT id FROM standing WHERE kind = '{kind}' AND {within} AND search_da @@ %(leading)s::tsquery
ORDER BY quality DESC, id LIMIT {limit})
"""
BY_THEMES = """
(SELECT id FROM standing WHERE kind = '{kind}' AND {within} AND theme_ids && %(themes)s::int[]
ORDER BY quality DESC, id LIMIT {limit})
"""
NEAREST = """
(SELECT id FROM standing WHERE kind = '{kind}' AND {within} AND x IS NOT NULL
ORDER BY point(x, y) <-> point(%(x)s, %(y)s) LIMIT {limit})
"""
BEST = "(SELECT id FROM standing WHERE kind = '{kind}' AND {within} ORDER BY quality DESC, id LIMIT {limit})"
STATEMENT = f"""
, found AS MATERIALIZED ({{pools}}),
ranked AS MATERIALIZED (
    SELECT entry.id, said.words, row_number() OVER (
        PARTITION BY entry.kind ORDER BY
            cardinality(said.words) + 2 * cardinality(ARRAY(
                SELECT unnest(entry.theme_ids) INTERSECT SELECT unnest(%(themes)s::int[])
            )) DESC, entry.quality DESC, entry.id
    ) AS place
    FROM found JOIN standing entry ON entry.id = found.id CROSS JOIN LATERAL (
        SELECT ARRAY(
            SELECT word FROM unnest(tsvector_to_array(ts_filter(entry.search_da, '{{{{a,c}}}}'))) word
            WHERE word = ANY(%(lexemes)s::text[])
        ) AS words
    ) said
)
SELECT {FACTS}, ranked.words
FROM ranked JOIN standing entry ON entry.id = ranked.id LEFT JOIN labs_lab lab ON lab.record_id = entry.id
WHERE ranked.place <= {SCORED} ORDER BY entry.id
"""
# Who both are tied to; 0 stands for being tied to each other.
TIED = """
, tie(one, other) AS NOT MATERIALIZED ({ties}),
own AS MATERIALIZED (
    SELECT DISTINCT tie.other AS id FROM tie JOIN standing there ON there.id = tie.other
    WHERE tie.one = %(id)s LIMIT {most}
)
SELECT own.id, 0, '', '' FROM own WHERE own.id = ANY(%(candidates)s)
UNION
SELECT tie.one, there.id, there.name_da, there.name_en
FROM tie JOIN own ON own.id = tie.other JOIN standing there ON there.id = own.id
WHERE tie.one = ANY(%(candidates)s) AND tie.one <> %(id)s
ORDER BY 1, 3, 2
"""


@dataclass(frozen=True)
class Limits:
    """What a candidate must be: in one of the places, in the box, of these kinds of actor, open now."""

    places: Sequence[int] = ()
    box: tuple[int, int, int, int] | None = None
    roles: Sequence[Role] = ()
    sides: Sequence[str] = ()
    open_now: bool = False

    def within(self, kind: str) -> str:
        conditions = ["TRUE"]
        if self.places:
            conditions.append("place_ids && %(places)s::int[]")
        if self.box:
            conditions.append("x BETWEEN %(west)s AND %(east)s AND y BETWEEN %(south)s AND %(north)s")
        if kind == Kind.ACTOR and self.roles:
            conditions.append("type = ANY(%(types)s::text[])")
        if kind == Kind.ACTOR and self.sides:
            conditions.append("sides && %(sides)s::varchar[]")
        if self.open_now and kind in (Kind.NEED, Kind.OFFER):
            conditions.append("phase = 'open'")
        if self.open_now and kind == Kind.LAB:
            conditions.append("id IN (SELECT record_id FROM labs_lab WHERE open_to <> '{}')")
        return " AND ".join(conditions)

    @property
    def values(self) -> Mapping[str, Any]:
        west, south, east, north = self.box or (0, 0, 0, 0)
        types = sorted({kind for role in self.roles for kind in kinds_for(role)})
        return {"places": list(self.places), "types": types, "sides": list(self.sides), "west": west,
                "south": south, "east": east, "north": north}  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """Somebody or something that could be a partner, and the lexemes it has of those asked for."""

    party: Party
    lexemes: frozenset[str]


def own_facts(record: Record, reference: Reference) -> Candidate:
    """What scoring reads of the entry partners are sought for, with all its lexemes; one statement."""
    (row,) = _ask(OWN.format(), {"id": record.pk})
    return _candidate(row, reference)


def candidates(
    asker: Party, words: Sequence[Telling], kinds: Sequence[Kind], limits: Limits, reference: Reference,
    *, all_entries: int = 0, anything: bool = False,
) -> list[Candidate]:  # fmt: skip
    """Up to 60 of each kind, without the asker itself; one statement.

    With `anything` those nearest, or where no point is known the best described, whatever they are about.
    """
    first = leading(words)
    themes = sorted(asker.themes | asker.above)
    within = {str(kind): limits.within(kind) for kind in kinds}
    if anything:
        way = BEST if asker.x is None else NEAREST
        pools = [way.format(kind=kind, within=where, limit=SCORED) for kind, where in within.items()]
    else:
        pools = _by_words(first, within, all_entries) if first else []
        if themes:
            pools += [
                BY_THEMES.format(kind=kind, within=where, limit=BY_THEME) for kind, where in within.items()
            ]
    if not pools:
        return []
    values = {
        "leading": expression(first),
        "themes": themes,
        "lexemes": sorted({lexeme for word in words for lexeme in word.lexemes}),
        "x": asker.x, "y": asker.y, **limits.values,
    }  # fmt: skip
    rows = _ask(STATEMENT.format(pools=" UNION ".join(pools)), values)
    found = (_candidate(row, reference) for row in rows)
    return [one for one in found if one.party.id != asker.id]


def leading(words: Sequence[Telling]) -> list[Telling]:
    """The rarest words, by which candidates are looked for."""
    rarest = sorted(words, key=lambda word: (word.entries, word.shown))[:MOST_RARE_WORDS]
    hits = accumulate(word.entries for word in rarest)
    return [word for place, (word, sum_) in enumerate(zip(rarest, hits, strict=True))
            if place < RARE_WORDS or sum_ <= FEW_HITS]  # fmt: skip


def _by_words(first: Sequence[Telling], within: Mapping[str, str], all_entries: int) -> list[str]:
    hits = sum(word.entries for word in first)
    if hits**2 > STEP * BY_TEXT * max(all_entries, 1):
        return [
            BY_BROAD_WORDS.format(kind=kind, within=where, limit=BY_TEXT) for kind, where in within.items()
        ]
    anywhere = " OR ".join(f"(kind = '{kind}' AND {where})" for kind, where in within.items())
    return [BY_RARE_WORDS.format(within=anywhere, limit=BY_TEXT)]


@dataclass(frozen=True)
class Tied:
    """Whether two are tied to each other, and the names of whom both are tied to."""

    directly: bool = False
    through: Sequence[tuple[str, str]] = ()


def tied(asker: Party, others: Iterable[int]) -> dict[int, Tied]:
    """How an entry is tied to others already; one statement."""
    values = {"id": asker.id, "candidates": list(others)}
    found: dict[int, Tied] = {}
    for one, partner, name_da, name_en in _ask(TIED.format(ties=ties(), most=OWN_TIES), values):
        before = found.get(one, Tied())
        if partner:
            found[one] = replace(before, through=(*before.through, (name_da, name_en)))
        else:
            found[one] = replace(before, directly=True)
    return found


def _ask(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that reads only what is current, as `standing`."""
    current, parameters = Record.objects.current().order_by().values(*COLUMNS).query.sql_with_params()
    named = {f"current_{number}": value for number, value in enumerate(parameters)}
    beginning = current % tuple(f"%({name})s" for name in named)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH standing AS NOT MATERIALIZED ({beginning}) {statement}", {**named, **values})
        return cursor.fetchall()


def _candidate(row: tuple[Any, ...], reference: Reference) -> Candidate:
    (
        pk, kind, type_, setting, phase, sides, pushed, place_ids, theme_ids, x, y, claimed, confirmed_at,
        quality, methods, open_to, groups, roles, has_lab, lexemes,
    ) = row  # fmt: skip
    exact, above = themes_apart(theme_ids, reference)
    towns, regions = places_apart(place_ids, reference)
    confirmed = (timezone.localdate() - timezone.localdate(confirmed_at)).days if confirmed_at else None
    party = Party(
        kind=Kind(kind), id=pk, type=type_, sides=frozenset(sides), themes=exact, above=above, towns=towns,
        regions=regions, x=x, y=y, setting=setting, methods=frozenset(methods or ()),
        groups=words_of_group(groups or ""), phase=phase, open_to=frozenset(open_to or ()),
        roles=frozenset(roles), pushed=pushed, has_lab=has_lab, claimed=claimed, confirmed=confirmed,
        quality=quality,
    )  # fmt: skip
    return Candidate(party, frozenset(lexemes))


def themes_apart(ids: Iterable[int], reference: Reference) -> tuple[frozenset[int], frozenset[int]]:
    """The exact themes, and those of the first level with the ones above the exact ones."""
    known = [reference.themes[pk] for pk in ids if pk in reference.themes]
    exact = frozenset(theme.pk for theme in known if theme.parent_id)
    above = frozenset(theme.parent_id or theme.pk for theme in known)
    return exact, above


def places_apart(ids: Iterable[int], reference: Reference) -> tuple[frozenset[int], frozenset[int]]:
    """Municipalities and localities, and regions with health councils; the country tells nothing."""
    known = [reference.places[pk] for pk in ids if pk in reference.places]
    towns = (PlaceKind.MUNICIPALITY, PlaceKind.LOCALITY)
    return (
        frozenset(place.pk for place in known if place.kind in towns),
        frozenset(place.pk for place in known if place.kind not in (*towns, PlaceKind.COUNTRY)),
    )


def words_of_group(text: str) -> frozenset[str]:
    """The words of a target group that can be met in another's."""
    return frozenset(word for word in fold(text).split() if len(word) > 2) if text else NOBODY
