"""The statements that read a network. Names of our own columns only; what a reader chose comes as parameters.

Each hub gives its best neighbours alone, by a LATERAL limit: an organisation in a thousand labs costs no more
than can be drawn of it. Of all but the entry in the middle no more than WIDE of each kind of tie are looked
at; where that many are found, what is left out is counted as "at least".
"""

from collections.abc import Iterator

from curation.choices import Kind, Side, State

from .ties import OF_ACTORS, SOURCES, Source

# Round an entry: so many next to it, and so many behind each of these.
NEXT, BEHIND = 150, 60
# Of a place: so many of its own, the best of each kind in turn, and so many outside at each of these.
OWN, OUTSIDE = 220, 30
WIDE = 100
# A place's entries are counted so far.
COUNTED = 10_000

CURRENT = f"entry.state = '{State.PUBLISHED}' AND NOT entry.ended"
NODE = (
    "entry.public_id, entry.kind, entry.slug, entry.name_da, entry.name_en, entry.sides, entry.quality, "
    "entry.place_ids"
)
ABOUT = "entry.theme_ids @> ARRAY[%(theme)s]::integer[]"
THEMED = f"(entry.kind = '{Kind.ACTOR}' OR {ABOUT})"

ROUND = """
WITH centre AS MATERIALIZED (SELECT * FROM curation_record entry WHERE id = %(centre)s),
next AS MATERIALIZED ({next}),
behind AS MATERIALIZED ({behind})
SELECT 0, NULL::bigint, 0, 0, true, id, {node} FROM centre entry
UNION ALL SELECT 1, hub, ties, 0, true, id, {node} FROM next entry
UNION ALL SELECT 2, hub, ties, looked_at, false, id, {node} FROM behind entry
"""
OF_PLACE = """
WITH own AS MATERIALIZED (
    SELECT * FROM (
        SELECT *, row_number() OVER (PARTITION BY kind ORDER BY link_count DESC, id) AS turn
        FROM ({best}) best
    ) entry ORDER BY turn, link_count DESC, id LIMIT {own}
),
outside AS MATERIALIZED ({outside})
SELECT 1, NULL::bigint, 0, 0, true, id, {node} FROM own entry
UNION ALL
SELECT 2, hub, ties, looked_at, place_ids @> ARRAY[%(place)s]::integer[], id, {node} FROM outside entry
"""
BEST = """
(SELECT entry.id, entry.link_count, {node} FROM curation_record entry
WHERE {current} AND entry.kind = '{kind}' AND entry.place_ids @> ARRAY[%(place)s]::integer[] {themed}
ORDER BY entry.link_count DESC, entry.id LIMIT {own})
"""
NEIGHBOURS = """
SELECT hub.id AS hub, found.* FROM {hubs} hub, LATERAL (
    SELECT entry.id, {node}, count(*) OVER () AS ties, near.looked_at
    FROM (
        SELECT id, count(*) OVER () AS looked_at FROM (SELECT DISTINCT id FROM ({branches}) every) once
    ) near JOIN curation_record entry ON entry.id = near.id
    WHERE {current} {themed}
    ORDER BY entry.quality DESC, entry.id LIMIT {most}
) found
"""
BRANCH = """
(SELECT {far} AS id FROM {table} tie WHERE tie.{near} = hub.id AND hub.kind = '{kind}' AND {running} {first})
"""
AMONG = """
(SELECT '{kind}', tie.{one}, tie.{other}, {side}, {said}, {since}, {confirmed} FROM {table} tie
WHERE tie.{few} = ANY(%(ids)s) AND tie.{rest} = ANY(%(ids)s) AND {running}
ORDER BY tie.{few}, tie.{rest}, {last})
"""
SIZE = f"""
SELECT count(*) FROM (
    SELECT 1 FROM curation_record entry
    WHERE {CURRENT} AND entry.place_ids @> ARRAY[%(place)s]::integer[] LIMIT %(counted)s
) counted
"""


def round_entry(*, kind: str, steps: int, side: str, theme: bool) -> str:
    """The centre, the best next to it and, with two steps, the best behind each of these."""
    nothing = (
        f"SELECT NULL::bigint AS hub, id, {NODE}, 0 AS ties, 0 AS looked_at FROM centre entry WHERE false"
    )
    return ROUND.format(
        node=NODE,
        next=_neighbours("centre", NEXT, side, theme, of=kind),
        behind=_neighbours("next", BEHIND, side, theme) if steps > 1 else nothing,
    )


def of_place(*, side: str, theme: bool) -> str:
    """The place's own best entries, and the best tied to each of them, in the place or not."""
    themed = f"AND {ABOUT}" if theme else ""
    best = (
        BEST.format(node=NODE, current=CURRENT, kind=kind, themed=themed, own=OWN) for kind in Kind.values
    )
    return OF_PLACE.format(
        node=NODE, own=OWN, best=" UNION ALL ".join(best), outside=_neighbours("own", OUTSIDE, side, theme)
    )


def among(*, side: str) -> str:
    """All that ties the entries with these ids to each other."""
    return " UNION ALL ".join(
        AMONG.format(
            kind=source.kind, table=source.table, one=source.one, other=source.other, side=source.side,
            said=source.said, since=source.since, confirmed=source.confirmed, few=source.few,
            rest=source.one if source.few == source.other else source.other,
            running=_chosen(source, side),
            last="1" if source.few == "record_id" else "tie.id",
        )
        for source in SOURCES
    )  # fmt: skip


def _neighbours(hubs: str, most: int, side: str, theme: bool, *, of: str = "") -> str:
    """Of hubs that all are `of` one kind, every tie is looked at."""
    return NEIGHBOURS.format(
        hubs=hubs, node=NODE, current=CURRENT, most=most, themed=f"AND {THEMED}" if theme else "",
        branches=" UNION ALL ".join(_branches(side, theme, of)),
    )  # fmt: skip


def _branches(side: str, theme: bool, of: str) -> Iterator[str]:
    """From a hub to what hangs on it, in both directions of every table; relations have no theme.

    What hubs of one kind cannot be tied by is left out, for planning a branch costs more than it answers.
    """
    for source in SOURCES:
        if theme and source.kind in OF_ACTORS:
            continue
        ends = ((source.one, source.one_kind, source.other), (source.other, source.other_kind, source.one))
        for near, kind, far in ends:
            if of not in ("", kind):
                continue
            yield BRANCH.format(
                far=f"tie.{far}", table=source.table, near=near, kind=kind, running=_chosen(source, side),
                first="" if of else f"ORDER BY tie.{far} LIMIT {WIDE}",
            )  # fmt: skip


def _chosen(source: Source, side: str) -> str:
    """What goes on and, where a side is chosen, stands on it or on both."""
    return f"{source.running} AND {source.side} IN (%(side)s, '{Side.BOTH}')" if side else source.running
