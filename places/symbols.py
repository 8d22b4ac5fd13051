"""The half-circle symbol: PULL to the left, PUSH to the right, the area of each half following its count."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

# Radius of a half that stands for one link, by where the symbol stands (the project's look, "The symbol").
MAP_UNIT = 4.8
MAP_LARGEST = 38.0
ROW_UNIT = 9.0
HEAD_UNIT = 10.4
# A half smaller than this could not be told from a dot.
SMALLEST = 3.2
ROW_SIZE = 44
HEAD_SIZE = 120
# The head's larger half is never so small that the symbol is lost in its box.
HEAD_LEAST = 34
# From here on a number of two digits fits into a half.
NUMBER_FITS = 30


@dataclass(frozen=True)
class Half:
    """One half: its side, what it counts, and its outline; dashed where there is nothing to count."""

    side: str
    count: int
    radius: float
    path: str
    number_x: float
    number_outside: bool

    @property
    def css_class(self) -> str:
        return f"sk-{self.side}" if self.count else "sk-none"

    @property
    def anchor(self) -> str:
        """How the number stands to its point: the middle of the half, or the outer edge."""
        if not self.number_outside:
            return "middle"
        return "end" if self.side == "pull" else "start"


@dataclass(frozen=True)
class Symbol:
    """Two halves on one centre, `gap` units from the line they meet on; `unit` is the radius for one link."""

    pull_count: int
    push_count: int
    unit: float
    centre: float = 0.0
    gap: float = 0.6

    @cached_property
    def halves(self) -> tuple[Half, Half]:
        return self._half("pull", self.pull_count), self._half("push", self.push_count)

    def __iter__(self) -> Iterator[Half]:
        return iter(self.halves)

    @property
    def radius(self) -> float:
        """Of the larger half."""
        return max(half.radius for half in self.halves)

    @property
    def size(self) -> float:
        """The side of the square box round the centre."""
        return self.centre * 2

    @property
    def number_y(self) -> float:
        """The base line of the numbers: a third of their size below the centre."""
        return self.centre + 7

    def _half(self, side: str, count: int) -> Half:
        radius = round(max(self.unit * math.sqrt(count or 1), SMALLEST), 1)
        outwards, sweep = (-1, 0) if side == "pull" else (1, 1)
        x, y = self.centre + outwards * self.gap, self.centre - radius
        outside = radius < NUMBER_FITS
        away = radius + 7 if outside else radius * 0.46
        return Half(
            side=side,
            count=count,
            radius=radius,
            path=f"M{x:.4g} {y:.4g}a{radius:g} {radius:g} 0 0 {sweep} 0 {2 * radius:.4g}z",
            number_x=round(x + outwards * away, 1),
            number_outside=outside,
        )


def map_unit(most: int) -> float:
    """The radius for one link on a map whose largest count is `most`, so that no symbol covers the map."""
    return min(MAP_UNIT, MAP_LARGEST / math.sqrt(max(most, 1)))


def map_symbol(pull: int, push: int, unit: float = MAP_UNIT) -> Symbol | None:
    """The symbol of a municipality on the national map, round 0, 0; none if it has neither side."""
    return Symbol(pull, push, unit) if pull or push else None


def row_symbol(pull: int, push: int, size: int = ROW_SIZE) -> Symbol | None:
    """The symbol beside an entry, fitted into a box `size` pixels wide."""
    if not (pull or push):
        return None
    unit = min(ROW_UNIT * size / ROW_SIZE, (size / 2 - 1.5) / _root(pull, push))
    return Symbol(pull, push, unit, centre=size / 2, gap=0.8)


def head_symbol(pull: int, push: int) -> Symbol | None:
    """The large symbol in a place's head, with room for its numbers."""
    if not (pull or push):
        return None
    root = _root(pull, push)
    radius = min(max(HEAD_UNIT * root, HEAD_LEAST), HEAD_SIZE / 2 - 8)
    return Symbol(pull, push, radius / root, centre=HEAD_SIZE / 2, gap=1.2)


def _root(pull: int, push: int) -> float:
    return math.sqrt(max(pull, push))
