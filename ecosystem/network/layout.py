"""Where the nodes of a network stand: PULL left, PUSH right, labs and missions on the line between.

Needs | actors that pull | labs and missions | trials and solutions | actors that push | offers. The same
network gives the same picture. Parts that hang together are laid out alone: in each column nodes are ordered
by the middle of what they are tied to, so that lines cross less, then moved as near to it as order and
heights allow. A line that passes a column gets room there like a node. Last the parts are set below each
other, or beside where their columns differ.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise

from curation.choices import Kind, Side

from .graph import Edge, Network, Node


class Column(IntEnum):
    """From left to right."""

    NEEDS = 0
    PULLING = 1
    MEETING = 2
    OUTCOMES = 3
    PUSHING = 4
    OFFERS = 5


SWEEPS = 6
PASSES = 4
PASSING = 7.0  # the room of a line that passes a column
BETWEEN_PARTS = 14.0

type Id = int | tuple[int, int, int]  # a node, or where an edge passes a column


@dataclass
class Part:
    """Nodes that hang together: the columns they stand in, in order, and what is beside each of them."""

    columns: dict[int, list[Id]]
    beside: dict[Id, list[Id]]
    y: dict[Id, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """The column and the middle of every node, where long lines pass columns, and how high it all is."""

    columns: Mapping[int, Column]
    y: Mapping[int, float]
    passing: Mapping[tuple[int, int], Sequence[tuple[Column, float]]]
    alone: Sequence[int]
    height: float


def lay_out(network: Network, heights: Mapping[int, float]) -> Layout:
    """`heights` says how much room each node takes. Nodes that are tied to nothing are left to the caller."""
    columns = columns_of(network)
    parts = [
        _arranged(part, network, columns, heights) for part in hanging_together(network) if len(part) > 1
    ]
    y, height = _stacked(parts, heights)
    passing: dict[tuple[int, int], list[tuple[Column, float]]] = defaultdict(list)
    for spot, at in y.items():
        if isinstance(spot, tuple):
            passing[spot[0], spot[1]].append((Column(spot[2]), at))
    placed = {spot: at for spot, at in y.items() if not isinstance(spot, tuple)}
    alone = [node.id for node in network.nodes if not network.neighbours[node.id]]
    return Layout(columns, placed, {ends: sorted(spots) for ends, spots in passing.items()}, alone, height)


def columns_of(network: Network) -> dict[int, Column]:
    """By kind and side; actors of both sides go where most of their ties are, else where there is room."""
    found = {node.id: column for node in network.nodes if (column := _fixed(node)) is not None}
    leaning = _leaning(network.edges)
    for node in network.nodes:
        if node.id not in found:
            lean = leaning[node.id] or _room(found.values())
            found[node.id] = Column.PUSHING if lean > 0 else Column.PULLING
    return found


def _fixed(node: Node) -> Column | None:
    if node.kind == Kind.NEED:
        return Column.NEEDS
    if node.kind == Kind.OFFER:
        return Column.OFFERS
    if node.kind in (Kind.LAB, Kind.MISSION):
        return Column.MEETING
    if node.kind in (Kind.TRIAL, Kind.SOLUTION):
        return Column.OUTCOMES
    return (
        {Side.PULL: Column.PULLING, Side.PUSH: Column.PUSHING}.get(Side(node.usual)) if node.usual else None
    )


def _leaning(edges: Iterable[Edge]) -> dict[int, int]:
    """Ties on the PUSH side less those on the PULL side, by node."""
    found: dict[int, int] = defaultdict(int)
    for edge in edges:
        for end in edge.ends:
            found[end] += {Side.PUSH: 1, Side.PULL: -1}.get(Side(edge.side), 0)
    return found


def _room(columns: Iterable[Column]) -> int:
    taken = list(columns)
    return 1 if taken.count(Column.PUSHING) < taken.count(Column.PULLING) else -1


def hanging_together(network: Network) -> list[list[int]]:
    """The parts of the network, that of its centre first, then the largest; within them best first."""
    order = {node.id: number for number, node in enumerate(network.nodes)}
    seen: set[int] = set()
    parts = []
    for node in network.nodes:
        if node.id not in seen:
            part = _reached(network.neighbours, node.id)
            seen |= part
            parts.append(sorted(part, key=order.__getitem__))
    centre = network.centre.id if network.centre else None
    return sorted(parts, key=lambda part: (centre not in part, -len(part), order[part[0]]))


def _reached(neighbours: Mapping[int, set[int]], start: int) -> set[int]:
    reached, edge = {start}, {start}
    while edge:
        edge = {other for one in edge for other in neighbours[one]} - reached
        reached |= edge
    return reached


def _arranged(
    ids: Sequence[int], network: Network, columns: Mapping[int, Column], heights: Mapping[int, float]
) -> Part:
    part = _part(ids, network, columns)
    for _sweep in range(SWEEPS):
        _sweep_once(part, sorted(part.columns))
        _sweep_once(part, sorted(part.columns, reverse=True))
    for column in part.columns.values():
        _settle(part, column, heights)
    for _pass in range(PASSES):
        for number in [*sorted(part.columns), *sorted(part.columns, reverse=True)]:
            _settle(part, part.columns[number], heights)
    return part


def _part(ids: Sequence[int], network: Network, columns: Mapping[int, Column]) -> Part:
    part = Part(defaultdict(list), defaultdict(list))
    for pk in ids:
        part.columns[columns[pk]].append(pk)
    inside = set(ids)
    for edge in network.edges:
        if edge.ends[0] in inside:
            _join(part, edge, columns)
    return part


def _join(part: Part, edge: Edge, columns: Mapping[int, Column]) -> None:
    """Ties the ends, by way of each column between them that is in use."""
    one, other = sorted(edge.ends, key=lambda end: (columns[end], end))
    way: list[Id] = [one]
    for column in range(columns[one] + 1, columns[other]):
        spot = (*edge.ends, column)
        part.columns[column].append(spot)
        way.append(spot)
    way.append(other)
    for here, there in pairwise(way):
        part.beside[here].append(there)
        part.beside[there].append(here)


def _sweep_once(part: Part, numbers: Sequence[int]) -> None:
    """Order each column by the middle of what stands beside it; what has nothing there keeps its place."""
    at = _places(part)
    for number in numbers:
        column = part.columns[number]
        middle = {spot: _middle([at[other] for other in part.beside[spot]], at[spot]) for spot in column}
        column.sort(key=middle.__getitem__)
        _number(column, at)


def _places(part: Part) -> dict[Id, float]:
    """Where each stands in its column, from 0 to 1."""
    at: dict[Id, float] = {}
    for column in part.columns.values():
        _number(column, at)
    return at


def _number(column: Sequence[Id], at: dict[Id, float]) -> None:
    for number, spot in enumerate(column):
        at[spot] = (number + 0.5) / len(column)


def _middle(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _settle(part: Part, column: Sequence[Id], heights: Mapping[int, float]) -> None:
    """Move a column's spots as near as they get, together, to the middle of what they are tied to."""
    tops, before = [], 0.0
    for spot in column:
        room = _room_of(spot, heights)
        wish = _middle([part.y[other] for other in part.beside[spot] if other in part.y], before + room / 2)
        tops.append(wish - room / 2 - before)
        before += room
    before = 0.0
    for spot, shift in zip(column, rising(tops), strict=True):
        room = _room_of(spot, heights)
        part.y[spot] = shift + before + room / 2
        before += room


def _room_of(spot: Id, heights: Mapping[int, float]) -> float:
    return PASSING if isinstance(spot, tuple) else heights[spot]


def rising(wishes: Sequence[float]) -> list[float]:
    """The numbers that never fall and are, by least squares, nearest to these (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for wish in wishes:
        value, number = wish, 1
        while pools and pools[-1][0] > value:
            before, size = pools.pop()
            value, number = (before * size + value * number) / (size + number), size + number
        pools.append((value, number))
    return [value for value, number in pools for _each in range(number)]


def _stacked(parts: Iterable[Part], heights: Mapping[int, float]) -> tuple[dict[Id, float], float]:
    """One part below the other, as high up as the columns it needs are free."""
    free = dict.fromkeys(range(len(Column)), 0.0)
    done: dict[Id, float] = {}
    for part in parts:
        edges = [_reach(part, column, heights) for column in part.columns.values() if column]
        top, bottom = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
        needed = range(min(part.columns), max(part.columns) + 1)
        start = max(free[column] for column in needed)
        done |= {spot: at - top + start for spot, at in part.y.items()}
        free |= dict.fromkeys(needed, start + bottom - top + BETWEEN_PARTS)
    return done, max(max(free.values()) - BETWEEN_PARTS, 0.0)


def _reach(part: Part, column: Sequence[Id], heights: Mapping[int, float]) -> tuple[float, float]:
    first, last = column[0], column[-1]
    return part.y[first] - _room_of(first, heights) / 2, part.y[last] + _room_of(last, heights) / 2
