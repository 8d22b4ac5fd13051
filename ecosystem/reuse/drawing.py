"""Drawing a family tree: how wide columns are, how names are broken, how the lines run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..network.lettering import fitted, width
from ..network.picture import BOLD
from .columns import Columns, columns_of
from .layout import Layout, Spot, lay_out
from .members import Member, What
from .picture import LINE, MARK, TO_NAME, Band, Mark, Picture, Wire
from .tree import Tree

WIDTH = 1184.0
WIDEST = 300.0  # for one name
HEAD, FOOT = 46.0, 14.0
# From a line at the left of a column to the mark that hangs on it; lines lie as far from each other.
TICK = 12.0
LEFT, RIGHT = 10.0, 10.0
# With so few rows names get two lines, and the rows stand so far apart.
ROOMY, APART, CLOSE = 14, 38.0, 23.0
EDGE = 10.5  # from the middle of a row to its upper edge, between the names
ORIGIN_LINES = 5


@dataclass(frozen=True)
class Grid:
    """Where columns, names side by side and rows are."""

    slots: Sequence[int]
    slot: float
    apart: float
    top: float

    def left(self, column: int) -> float:
        return sum(self.slots[:column]) * self.slot

    def spine(self, column: int, slot: int, lane: int) -> float:
        return round(self.left(column) + slot * self.slot + LEFT + lane * TICK, 1)

    def y(self, row: int) -> float:
        return round(self.top + row * self.apart, 1)

    def edge(self, row: int) -> float:
        """Above a row, where lines to the right run."""
        return round(self.y(row) - EDGE, 1)

    def right(self, column: int, slot: int, *, whole: bool) -> float:
        """Where a name must end: with its column or with its place in it."""
        slots = self.slots[column] if whole else slot + 1
        return self.left(column) + slots * self.slot - RIGHT


def draw(tree: Tree, inspiration: Member | None = None) -> Picture:
    """The same tree always gives the same picture."""
    columns = columns_of(tree)
    layout = lay_out(tree, columns)
    roomy = layout.rows <= ROOMY
    grid = Grid(
        layout.slots, min(WIDTH / sum(layout.slots), WIDEST), APART if roomy else CLOSE,
        HEAD + (LINE if roomy else 12.0) + (APART if inspiration else 0),
    )  # fmt: skip
    marks = {
        member.key: _mark(member, tree, columns, layout, grid, 2 if roomy else 1) for member in tree.members
    }
    above = [_inspiration(inspiration, grid)] if inspiration else []
    wires = [wire for member in tree.members for wire in _wires(member, tree, layout, grid, marks)]
    if above:
        root = marks[tree.root.key]
        wires.append(Wire(f"M{root.x} {above[0].y + MARK}V{root.y - MARK - 1}", "inspired"))
    lowest = max((mark.rows[-1][1] for mark in marks.values()), default=0)
    return Picture(
        WIDTH, round(max(grid.y(layout.rows - 1) + 12, lowest) + FOOT, 1), _bands(columns, grid), wires,
        [*above, *marks.values()],
    )  # fmt: skip


def _bands(columns: Columns, grid: Grid) -> list[Band]:
    return [
        Band(
            round(grid.left(place), 1), round(grid.slots[place] * grid.slot, 1), column.label, place % 2 == 1
        )
        for place, column in enumerate(columns.columns)
    ]


def _mark(
    member: Member, tree: Tree, columns: Columns, layout: Layout, grid: Grid, lines: int
) -> Mark:  # fmt: skip
    spot = layout.spots[member.key]
    x, y = _x(member, tree, layout, grid, spot), grid.y(spot.row)
    origin = member.key == tree.root.key
    whole = origin or bool(tree.children[member.key]) or grid.slots[spot.column] == 1
    bold = BOLD if origin else 1.0
    room = (grid.right(spot.column, spot.slot, whole=whole) - x - TO_NAME) / bold
    name = member.short or member.name
    if member.key in columns.displaced:
        name = f"’{(member.year or 0) % 100:02}: {name}"
    if origin and member.by:
        name = f"{name} · {member.by}"
    written = fitted(name, room, ORIGIN_LINES if origin else lines) or ("",)
    right = x + TO_NAME + max(width(line) for line in written) * bold
    beside = x + TO_NAME + width(written[0]) * bold
    return Mark(member, x, y, written, round(right, 1), beside, titled(member, tree.parent(member)))


def _x(member: Member, tree: Tree, layout: Layout, grid: Grid, spot: Spot) -> float:
    parent = tree.parent(member)
    lane = layout.spines[parent.key, spot.column].lane if parent else 0
    return round(grid.spine(spot.column, spot.slot, lane) + TICK, 1)


def _inspiration(member: Member, grid: Grid) -> Mark:
    x, y = round(grid.spine(0, 0, 0) + TICK, 1), HEAD + LINE
    written = fitted(member.name, grid.right(0, 0, whole=True) - x - TO_NAME, 2)
    right = x + TO_NAME + max(width(line) for line in written)
    return Mark(member, x, y, written, round(right, 1), right, titled(member, None))


def titled(member: Member, parent: Member | None) -> str:
    """All the mark says, in words."""
    if member.what == What.INSPIRATION:
        return _("%(name)s: the solution this one was inspired by") % {"name": member.name}
    said = [member.name]
    if member.what == What.INSPIRED:
        said.append(_("a solution inspired by this one"))
    if parent and parent.what != What.ORIGIN:
        said.append(_("taken over from %(name)s") % {"name": parent.name})
    if member.is_adoption:
        said += [member.how_label, "" if member.sure else _("only named")]
    if member.what != What.GAP and parent:
        said.append(str(member.year) if member.year else _("year not known"))
    if member.ended:
        said.append(_("ended %(year)s") % {"year": member.ended.year})
    return ", ".join(part for part in said if part)


def _wires(
    member: Member, tree: Tree, layout: Layout, grid: Grid, marks: Mapping[str, Mark]
) -> Iterator[Wire]:
    """From a member to those who took it over from it, and the tick to each of these."""
    children = [tree.by_key[key] for key in tree.children[member.key]]
    here = layout.spots[member.key]
    later = [child for child in children if layout.spots[child.key].column > here.column]
    if len(later) == 1 and layout.spots[later[0].key].row == here.row:
        yield _straight(member, later[0], marks)
        children.remove(later[0])
        later = []
    if later:
        yield Wire(_bus(member, later, layout, grid, marks), _trunk(later))
    for at, hanging in _by_place(children, layout).items():
        yield from _hanging(member, hanging, at, layout, grid, marks)


def _by_place(children: Sequence[Member], layout: Layout) -> dict[tuple[int, int], list[Member]]:
    found: dict[tuple[int, int], list[Member]] = {}
    for child in children:
        spot = layout.spots[child.key]
        found.setdefault((spot.column, spot.slot), []).append(child)
    return found


def _straight(member: Member, child: Member, marks: Mapping[str, Mark]) -> Wire:
    one, other = marks[member.key], marks[child.key]
    start = one.beside + 6
    return Wire(f"M{start:.1f} {one.y}H{other.x - MARK - 1:.1f}", _look(child))


def _bus(
    member: Member, later: Sequence[Member], layout: Layout, grid: Grid, marks: Mapping[str, Mark]
) -> str:  # fmt: skip
    """Out of the row of the name, up to its edge, and along to the last line down."""
    mark = marks[member.key]
    here = layout.spots[member.key]
    out = grid.left(here.column) + grid.slots[here.column] * grid.slot - 3
    start = min(mark.beside + 5, out - 2)
    ends = []
    for child in later:
        spot = layout.spots[child.key]
        ends.append(grid.spine(spot.column, spot.slot, layout.spines[member.key, spot.column].lane))
    return f"M{start:.1f} {mark.y}H{out:.1f}V{grid.edge(here.row)}H{max(ends)}"


def _hanging(
    member: Member, hanging: Sequence[Member], at: tuple[int, int], layout: Layout, grid: Grid,
    marks: Mapping[str, Mark],
) -> Iterator[Wire]:  # fmt: skip
    """The line down and a tick to everybody on it."""
    column, slot = at
    mark, here = marks[member.key], layout.spots[member.key]
    x = grid.spine(column, slot, layout.spines[member.key, column].lane)
    bottom = max(marks[child.key].y for child in hanging)
    if column == here.column:
        yield Wire(_down(mark, x, slot, bottom, grid, here.row), _trunk(hanging))
    else:
        yield Wire(f"M{x} {grid.edge(here.row)}V{bottom}", _trunk(hanging))
    for child in hanging:
        end = marks[child.key]
        yield Wire(f"M{x} {end.y}H{end.x - MARK + 1:.1f}", _look(child))


def _down(mark: Mark, x: float, slot: int, bottom: float, grid: Grid, row: int) -> str:
    """Within a column, from the mark itself; to names further right along the edge of the row below."""
    if slot:
        return f"M{mark.x} {grid.edge(row + 1)}H{x}V{bottom}"
    if abs(mark.x - x) < 1:
        return f"M{x} {mark.y + MARK}V{bottom}"
    return f"M{mark.x - MARK} {mark.y}H{x}V{bottom}"


def _look(child: Member) -> str:
    if child.what == What.INSPIRED:
        return "inspired"
    return "sure" if child.sure else "named"


def _trunk(children: Sequence[Member]) -> str:
    """Of a line that many share: as sure as the surest."""
    looks = {_look(child) for child in children}
    return next(look for look in ("sure", "named", "inspired") if look in looks)
