"""Drawing a network: which column is where, how names are broken, how lines run between shapes."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _

from curation.choices import Side

from .graph import Edge, Network, Node
from .layout import Column, Layout, columns_of, lay_out
from .lettering import fitted
from .picture import BOLD, LINE, MARK, ME, TO_LINE, TO_NAME, Bundle, Heading, Line, Picture, Spot

WIDTH = 1184.0
HEAD, FOOT = 44.0, 14.0
# Between columns, by how many there are; the rest is for names.
GAPS = {1: 0.0, 2: 260.0, 3: 150.0, 4: 112.0, 5: 84.0, 6: 62.0}
WIDEST = 250.0
NARROW = 5  # with more columns than this there is little room above them
# Up to so many nodes in the longest column each name gets so many lines, and the rows stand so far apart.
ROOMY = ((26, 3, 7.0), (90, 2, 5.0))
CLOSE = (1, 4.0)
ALONE_ACROSS, ALONE_DOWN, ALONE_HEAD = 4, 23.0, 62.0
# How far a line between two of one column swings out: at least, for each unit between them, at most of a gap.
SWING, SWINGING, SWUNG = 14.0, 0.2, 0.45


class Grid:
    """Where the columns in use are."""

    def __init__(self, used: Sequence[Column]) -> None:
        number = max(len(used), 1)
        self.column = min((WIDTH - GAPS[number] * (number - 1)) / number, WIDEST)
        self.gap = (WIDTH - self.column * number) / (number - 1) if number > 1 else WIDTH - self.column
        start = 0.0 if number > 1 else self.gap / 2
        self.lefts = {column: start + place * (self.column + self.gap) for place, column in enumerate(used)}

    def x(self, column: Column) -> float:
        """Of the shapes in a column: those of PULL stand at its right edge, the others at its left."""
        left = self.lefts[column]
        return round(left + self.column - 2 * MARK if _leftwards(column) else left + 2 * MARK, 1)

    @property
    def name(self) -> float:
        """The room for a name."""
        return self.column - 2 * MARK - TO_NAME - TO_LINE


def _leftwards(column: Column) -> bool:
    return column < Column.MEETING


def draw(network: Network, address: Callable[[Node], str]) -> Picture:
    """The same network always gives the same picture; `address` says where a node leads."""
    columns = {pk: column for pk, column in columns_of(network).items() if network.neighbours[pk]}
    used = sorted(set(columns.values()))
    grid = Grid(used)
    lines, between = _room(columns)
    names = {node.id: fitted(node.name, grid.name, lines) for node in network.nodes}
    if me := network.centre:
        names[me.id] = fitted(me.name, (grid.name - ME) / BOLD, lines)
    layout = lay_out(network, _heights(network, names, between))
    spots = _spots(network, layout, grid, names, address)
    bottom = HEAD + layout.height if spots else 0.0
    alone = _alone(network, layout, bottom + ALONE_HEAD, address)
    height = max(spot.y for spot in alone) + LINE if alone else bottom
    meets = Column.MEETING in used
    return Picture(
        WIDTH, round(height + FOOT, 1), [_heading(column, grid) for column in used],
        (grid.x(Column.MEETING), round(bottom + 4, 1)) if meets else None,
        _bundles(network, layout, grid, {spot.node.id: spot for spot in spots}), spots, alone, bottom + 36,
    )  # fmt: skip


def _room(columns: Mapping[int, Column]) -> tuple[int, float]:
    """How many lines names get, and how far apart rows stand."""
    longest = max(Counter(columns.values()).values(), default=0)
    return next(((lines, between) for most, lines, between in ROOMY if longest <= most), CLOSE)


def _heights(network: Network, names: Mapping[int, Sequence[str]], between: float) -> dict[int, float]:
    me = network.centre.id if network.centre else None
    return {pk: len(lines) * LINE + between + 2 * ME * (pk == me) for pk, lines in names.items()}


def _spots(
    network: Network, layout: Layout, grid: Grid, names: Mapping[int, Sequence[str]],
    address: Callable[[Node], str],
) -> list[Spot]:  # fmt: skip
    """Column by column, from above: the order in which a keyboard goes through them."""
    spots = []
    for node in network.nodes:
        if node.id in layout.y:
            column = layout.columns[node.id]
            spots.append(
                Spot(
                    node,
                    address(node),
                    grid.x(column),
                    round(HEAD + layout.y[node.id], 1),
                    names[node.id],
                    _leftwards(column),
                    len(network.neighbours[node.id]),
                    node == network.centre,
                )
            )
    return sorted(spots, key=lambda spot: (spot.x, spot.y))


def _alone(
    network: Network, layout: Layout, top: float, address: Callable[[Node], str]
) -> list[Spot]:  # fmt: skip
    """What is tied to nothing, in rows below, as it would stand in columns."""
    nodes = [network.by_id[pk] for pk in layout.alone]
    order = sorted(nodes, key=lambda node: (layout.columns[node.id], node.name, node.id))
    across = WIDTH / ALONE_ACROSS
    room = across - 2 * MARK - TO_NAME - 2 * TO_LINE
    return [
        Spot(
            node,
            address(node),
            MARK + 2 + across * (number % ALONE_ACROSS),
            top + ALONE_DOWN * (number // ALONE_ACROSS),
            fitted(node.name, room, 1),
            leftwards=False,
            ties=0,
            me=node == network.centre,
        )
        for number, node in enumerate(order)
    ]


def _heading(column: Column, grid: Grid) -> Heading:
    """Beside its side an actor's column needs few words where columns are narrow."""
    narrow = len(grid.lefts) > NARROW
    text, side = {
        Column.NEEDS: (_("Needs"), Side.PULL),
        Column.PULLING: (_("Actors") if narrow else _("Actors that pull"), Side.PULL),
        Column.MEETING: (_("Labs and missions"), None),
        Column.OUTCOMES: (_("Trials and solutions"), None),
        Column.PUSHING: (_("Actors") if narrow else _("Actors that push"), Side.PUSH),
        Column.OFFERS: (_("Offers"), Side.PUSH),
    }[column]
    anchor = "end" if _leftwards(column) else "start"
    x = grid.x(column) + (MARK if _leftwards(column) else -MARK)
    return Heading(round(x, 1), anchor, text, str(side.label) if side else "", side.value if side else "")


def _bundles(
    network: Network, layout: Layout, grid: Grid, spots: Mapping[int, Spot]
) -> list[Bundle]:  # fmt: skip
    """Those only named below those confirmed."""
    alike: dict[tuple[bool, str], list[Line]] = defaultdict(list)
    for edge in network.edges:
        alike[edge.confirmed, edge.side].append(_line(edge, layout, grid, spots))
    return [Bundle(side, confirmed, alike[confirmed, side]) for confirmed, side in sorted(alike)]


def _line(edge: Edge, layout: Layout, grid: Grid, spots: Mapping[int, Spot]) -> Line:
    """From the one to the left to the one to the right; between two of a column it swings out."""
    columns = layout.columns
    one, other = sorted(
        (spots[end] for end in edge.ends),
        key=lambda spot: (columns[spot.node.id], spot.y, spot.node.id),
    )
    if columns[one.node.id] == columns[other.node.id]:
        path, mark = _swung(one, other, grid)
    else:
        path, mark = _run(one, other, _way(edge, layout, grid))
    return Line(edge, one.node, other.node, path, mark)


def _way(edge: Edge, layout: Layout, grid: Grid) -> list[tuple[float, float, float]]:
    """Where it passes columns: from x to x, at y."""
    return [
        (grid.lefts[column], grid.lefts[column] + grid.column, HEAD + y)
        for column, y in layout.passing.get(edge.ends, ())
        if column in grid.lefts
    ]


def _run(
    one: Spot, other: Spot, way: Sequence[tuple[float, float, float]]
) -> tuple[str, tuple[float, float]]:  # fmt: skip
    """Curves between columns, straight lines where it passes them; the mark is half way to the first."""
    x, y = one.right, one.y
    path, mark = f"M{x:.1f} {y:.1f}", None
    for left, right, at in [*way, (other.left, other.left, other.y)]:
        middle = (x + left) / 2
        mark = mark or (middle, (y + at) / 2)
        path += f"C{middle:.1f} {y:.1f} {middle:.1f} {at:.1f} {left:.1f} {at:.1f}"
        path += f"H{right:.1f}" if right != left else ""
        x, y = right, at
    return path, mark or (x, y)


def _swung(one: Spot, other: Spot, grid: Grid) -> tuple[str, tuple[float, float]]:
    """Out on the side where the shapes stand."""
    out = min(SWING + SWINGING * abs(other.y - one.y), SWUNG * grid.gap) * (1 if one.leftwards else -1)
    x, other_x = (one.right, other.right) if one.leftwards else (one.left, other.left)
    curve = f"{x + out:.1f} {one.y:.1f} {other_x + out:.1f} {other.y:.1f} {other_x:.1f} {other.y:.1f}"
    return f"M{x:.1f} {one.y:.1f}C{curve}", ((x + other_x) / 2 + 0.75 * out, (one.y + other.y) / 2)
