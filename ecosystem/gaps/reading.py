"""Reading the missing links of a place, some at a time: the best described entries first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from curation.models import Record

from .asking import ASKED, LAB, LACKED, ask
from .kinds import GapKind

SHOWN = ("kind", "slug", "name_da", "name_en", "type", "sides", "theme_ids", "place_ids", "x", "y")
# An entry with what is lacking in it, how many of its ties are not confirmed, and on which sides those are.
BRANCH = """
(SELECT '{kind}', entry.id, entry.lacked, told.number, told.sides
FROM (
    SELECT entry.id, {lacked} AS lacked, entry.kind, entry.quality FROM {asked} AND {here}
    ORDER BY {order}, entry.id LIMIT %(limit)s OFFSET %(offset)s
) entry CROSS JOIN LATERAL ({told}) told(number, sides)
ORDER BY {order}, entry.id)
"""
NOTHING_LACKED = "NULL::text[]"
NOTHING_TOLD = "SELECT 0, NULL::text[]"
TOLD = "SELECT count(*)::int, array_agg(DISTINCT side) FROM unconfirmed WHERE unconfirmed.id = entry.id"
BEST = "entry.quality DESC"
BY_KIND = f"entry.kind, {BEST}"


@dataclass(frozen=True)
class Found:
    """An entry with a missing link: the parts it lacks, or its unconfirmed ties and whose yes is missing."""

    record: Record
    parts: Sequence[str]
    ties: int
    sides: Sequence[str]


def read(
    place_id: int, kinds: Iterable[GapKind], *, theme_id: int = 0, limit: int, offset: int = 0
) -> Mapping[GapKind, list[Found]]:
    """Two statements, or none where no kind is asked for; themes without a lab are not read here."""
    branches = [_branch(kind, theme_id) for kind in kinds]
    if not branches:
        return {}
    values = {"place": place_id, "theme": theme_id, "limit": limit, "offset": offset}
    rows = ask(" UNION ALL ".join(branches), **values)
    records = Record.objects.current().only(*SHOWN).in_bulk([row[1] for row in rows])
    found: dict[GapKind, list[Found]] = defaultdict(list)
    for kind, number, parts, ties, sides in rows:
        found[GapKind(kind)].append(Found(records[number], parts or (), ties, sides or ()))
    return found


def parts_lacked(lab: int) -> Sequence[str]:
    """The parts nobody fills in one lab, in their order."""
    ((parts,),) = ask(f"SELECT {LACKED} FROM {LAB} WHERE entry.id = %(lab)s", lab=lab)
    return list(parts)


def _branch(kind: GapKind, theme_id: int) -> str:
    here = "entry.place_ids @> ARRAY[%(place)s]"
    return BRANCH.format(
        kind=kind,
        asked=ASKED[kind],
        here=f"{here} AND entry.theme_ids @> ARRAY[%(theme)s]" if theme_id else here,
        lacked=LACKED if kind == GapKind.LABS else NOTHING_LACKED,
        told=TOLD if kind == GapKind.LINKS else NOTHING_TOLD,
        order=BY_KIND if kind == GapKind.LINKS else BEST,
    )
