"""Which column of the picture each member of a tree stands in: time runs to the right.

The origin has a column of its own. Nobody stands left of whom they took it over from: who is told to have
been earlier stands under them with the year beside the name. Where there are many years, those that hold
least share a column with their neighbours.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .tree import Tree

# At most so many columns side by side.
MOST = 8
NOBODY_KNOWS = 10_000


@dataclass(frozen=True)
class Column:
    """What stands above it, and which years it holds; none in that of the origin and of years not known."""

    label: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Columns:
    """The columns in use, where each member stands, and whose year stands beside its name."""

    columns: Sequence[Column]
    of: Mapping[str, int]
    displaced: frozenset[str]


def columns_of(tree: Tree) -> Columns:
    """From the origin's on; the years of a column are told by its first."""
    shared = _shared(tree)
    start = {year: group[0] for group in shared for year in group}
    at = _placed(tree, start)
    used = sorted(set(at.values()) - {at[tree.root.key]})
    number = {year: place for place, year in enumerate(used, 1)}
    displaced = (
        member.key
        for member in tree.members[1:]
        if member.year is not None and at[member.key] != start[member.year]
    )
    last = {group[0]: group[-1] for group in shared}
    return Columns(
        [Column(_("Where it began")), *(_column(year, last.get(year, year)) for year in used)],
        {key: number.get(year, 0) for key, year in at.items()},
        frozenset(displaced),
    )


def _shared(tree: Tree) -> list[list[int]]:
    """The years that stand in one column; the neighbours with the fewest members go together."""
    found = Counter(member.year for member in tree.members[1:] if member.year is not None)
    unknown = any(member.year is None for member in tree.members[1:])
    groups = [[year] for year in sorted(found)]
    held = [found[year] for [year] in groups]
    while len(groups) > MOST - 1 - unknown:
        least = min(range(len(groups) - 1), key=lambda place: held[place] + held[place + 1])
        groups[least : least + 2] = [groups[least] + groups[least + 1]]
        held[least : least + 2] = [held[least] + held[least + 1]]
    return groups


def _column(year: int, last: int) -> Column:
    if year == NOBODY_KNOWS:
        return Column(_("Year not known"))
    return Column(str(year) if year == last else f"{year}–{last}", year, last)


def _placed(tree: Tree, start: Mapping[int, int]) -> dict[str, int]:
    """The first year of everybody's column; where no year is known, that of the earliest below them."""
    below: dict[str, int] = {}
    for member in reversed(tree.members[1:]):
        told = start[member.year] if member.year is not None else None
        own = below.get(member.key, NOBODY_KNOWS) if told is None else told
        below[member.key] = own
        parent = tree.parents[member.key]
        below[parent] = min(below.get(parent, NOBODY_KNOWS), own)
    at = {tree.root.key: min(below.values(), default=0) - 1}
    for member in tree.members[1:]:
        at[member.key] = max(below[member.key], at[tree.parents[member.key]])
    return at
