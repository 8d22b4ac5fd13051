"""Where the members of a tree stand: in which row, beside which line. The same tree always stands the same.

Below the row of who passed it on stand, column by column, those who did not pass it on further, side by side
where a column is wide; then, each as high up as it fits, those who did with all of theirs. The lines between
them run along the upper edge of the row of who passed it on, and down at the left of each column.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from .columns import Columns
from .tree import Tree

# Names side by side in all columns together, and below each other before a column gets another row of names.
SIDE_BY_SIDE = 9
HIGH = 6
# Lines beside each other at the left of a column; deeper ones share the last.
LANES = 5


@dataclass(frozen=True)
class Spot:
    """A member's row, its column, and which of the names side by side there it is."""

    row: int
    column: int
    slot: int = 0


@dataclass(frozen=True)
class Spine:
    """The line down at the left of a column on which those hang who took it over from one member."""

    first: int
    last: int
    lane: int


@dataclass(frozen=True)
class Layout:
    """Where everybody stands, the lines they hang on, how many stand side by side in each column."""

    spots: Mapping[str, Spot]
    spines: Mapping[tuple[str, int], Spine]
    slots: Sequence[int]
    rows: int


@dataclass
class Block:
    """A member with all below it: how far down and up it reaches in each column, from its own row."""

    top: dict[int, int]
    bottom: dict[int, int]
    far: int
    shifts: dict[str, int] = field(default_factory=dict)
    leaves: dict[str, Spot] = field(default_factory=dict)


def lay_out(tree: Tree, columns: Columns) -> Layout:
    slots = _slots(tree, columns)
    blocks: dict[str, Block] = {}
    for member in reversed(tree.members):
        if tree.children[member.key] or member == tree.root:
            blocks[member.key] = _block(member.key, tree, columns.of, slots, blocks)
    spots = _spots(tree, columns.of, blocks)
    spines = _spines(tree, columns.of, spots)
    return Layout(spots, spines, slots, 1 + max(spot.row for spot in spots.values()))


def _slots(tree: Tree, columns: Columns) -> list[int]:
    """Room for names goes to the columns where most would stand below each other."""
    combs: dict[int, int] = defaultdict(int)
    for leaves in _leaves_by_column(tree, columns.of).values():
        for column, keys in leaves.items():
            combs[column] = max(combs[column], len(keys))
    slots = [1] * len(columns.columns)
    while sum(slots) < SIDE_BY_SIDE and combs:
        highest = max(combs, key=lambda column: (combs[column] / slots[column], -column))
        if combs[highest] / slots[highest] <= HIGH:
            break
        slots[highest] += 1
    return slots


def _leaves_by_column(tree: Tree, of: Mapping[str, int]) -> dict[str, dict[int, list[str]]]:
    found: dict[str, dict[int, list[str]]] = {}
    for parent, keys in tree.children.items():
        by_column: dict[int, list[str]] = defaultdict(list)
        for key in keys:
            if not tree.children[key]:
                by_column[of[key]].append(key)
        found[parent] = by_column
    return found


def _block(
    key: str, tree: Tree, of: Mapping[str, int], slots: Sequence[int], blocks: Mapping[str, Block]
) -> Block:  # fmt: skip
    here = of[key]
    far = max((of[child] for child in tree.children[key]), default=here)
    block = Block({here: 0}, {here: 0}, far)
    leaves: dict[int, list[str]] = defaultdict(list)
    for child in tree.children[key]:
        if child not in blocks:
            leaves[of[child]].append(child)
    for column, keys in leaves.items():
        _comb(block, keys, column, slots[column], first=int(column == here))
    for child in tree.children[key]:
        if child in blocks:
            _hang(block, child, of[child], blocks[child], at_least=_clear(blocks[child], of[child], far))
    for column in range(here, far + 1):
        block.top[column] = 0
        block.bottom[column] = max(block.bottom.get(column, 0), 0)
    return block


def _comb(block: Block, keys: Sequence[str], column: int, slots: int, first: int) -> None:
    """Those who did not pass it on, below each other, the first so many in the first row of names."""
    rows = ceil(len(keys) / slots)
    for number, key in enumerate(keys):
        block.leaves[key] = Spot(first + number % rows, column, number // rows)
    block.bottom[column] = first + rows - 1


def _clear(child: Block, column: int, far: int) -> int:
    """Its own line to the right may not run where the one it hangs on runs further to the right."""
    return int(column < far and child.far > column)


def _hang(block: Block, key: str, column: int, child: Block, at_least: int) -> None:
    """As high up as everything of it is below what stands there already."""
    shift = at_least
    for place, top in child.top.items():
        shift = max(shift, block.bottom.get(place, -1) + 1 - top)
    block.shifts[key] = shift
    for place, bottom in child.bottom.items():
        block.bottom[place] = max(block.bottom.get(place, -1), shift + bottom)
        block.top[place] = min(block.top.get(place, shift + child.top[place]), shift + child.top[place])


def _spots(tree: Tree, of: Mapping[str, int], blocks: Mapping[str, Block]) -> dict[str, Spot]:
    spots = {tree.root.key: Spot(0, of[tree.root.key])}
    for member in tree.members:
        row = spots[member.key].row
        block = blocks.get(member.key)
        if block:
            for key, shift in block.shifts.items():
                spots[key] = Spot(row + shift, of[key])
            for key, leaf in block.leaves.items():
                spots[key] = Spot(row + leaf.row, leaf.column, leaf.slot)
    return spots


def _spines(tree: Tree, of: Mapping[str, int], spots: Mapping[str, Spot]) -> dict[tuple[str, int], Spine]:
    """Beside the lines of those above that pass the same rows."""
    spines: dict[tuple[str, int], Spine] = {}
    for member in tree.members:
        last: dict[int, int] = {}
        for child in tree.children[member.key]:
            last[of[child]] = max(last.get(of[child], 0), spots[child].row)
        for column, bottom in last.items():
            first = spots[member.key].row
            lane = _lane(member.key, column, first, tree, spines)
            spines[member.key, column] = Spine(first, bottom, min(lane, LANES))
    return spines


def _lane(
    key: str, column: int, first: int, tree: Tree, spines: Mapping[tuple[str, int], Spine]
) -> int:  # fmt: skip
    lane = 0
    above = tree.parents.get(key)
    while above:
        spine = spines.get((above, column))
        if spine and spine.last >= first:
            lane = max(lane, spine.lane + 1)
        above = tree.parents.get(above)
    return lane
