"""Municipalities' symbols on a map, moved aside where they would lie on each other."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from places.drawing import Area, Reach, offsets
from places.models import Place
from places.symbols import Symbol

# A symbol moves at most so far from its town, in steps, and is tied to it when it moved further than this.
REACH, STEP = 80, 4
TIED_FROM = 6
# Dots for labs: how far apart, how far under the symbol, how large.
DOT_STEP, DOT_GAP, DOT_RADIUS = 6, 5, 2.3
# From here on one dot with the number stands for all; a longer row would reach into the next municipality.
MOST_DOTS = 12


@dataclass(frozen=True)
class Mark:
    """A municipality's symbol where it stands, and its town's point; without links only its labs' dots."""

    place: Place
    symbol: Symbol | None
    labs: int
    town: tuple[float, float]
    x: float
    y: float

    @property
    def radius(self) -> float:
        return self.symbol.radius if self.symbol else 0

    @property
    def reach(self) -> Reach:
        """How far it reaches on each side, with the dots."""
        pull, push = self.radii
        return Reach(pull, push, self.radius, self.bottom)

    @property
    def radii(self) -> tuple[float, float]:
        """Of the PULL half and of the PUSH half."""
        if self.symbol is None:
            return 0, 0
        pull, push = self.symbol
        return pull.radius, push.radius

    @property
    def bottom(self) -> float:
        """How far it reaches down, with the dots."""
        return self.radius + (DOT_GAP + DOT_RADIUS if self.labs else 0)

    @cached_property
    def dots(self) -> list[tuple[float, float]]:
        """One dot for each lab, in a row under the symbol; one for all where there are too many."""
        number = self.labs if self.labs <= MOST_DOTS else 1
        left, down = -DOT_STEP * (number - 1) / 2, round(self.radius + DOT_GAP, 1)
        return [(left + DOT_STEP * place, down) for place in range(number)]

    @property
    def lab_number(self) -> str:
        """What is written beside the one dot that stands for many."""
        return str(self.labs) if self.labs > MOST_DOTS else ""

    @property
    def tied(self) -> bool:
        return math.dist(self.town, (self.x, self.y)) > TIED_FROM

    @property
    def halves(self) -> list[Area]:
        """What the symbol covers."""
        pull, push = self.radii
        x, y = self.x, self.y
        return [Area(x - pull, y - pull, x, y + pull), Area(x, y - push, x + push, y + push)]

    @property
    def row(self) -> list[Area]:
        """What the dots and their number cover."""
        if not self.dots:
            return []
        half = -self.dots[0][0] + DOT_RADIUS
        right = half + DOT_STEP * len(self.lab_number)
        return [Area(self.x - half, self.y + self.radius, self.x + right, self.y + self.bottom)]

    @property
    def areas(self) -> list[Area]:
        return [*self.halves, *self.row]

    def touches(self, other: "Mark") -> bool:
        """Whether the two lie on each other: circles by distance, dots by their boxes."""
        if math.dist((self.x, self.y), (other.x, other.y)) < self.radius + other.radius + 1:
            return True
        return _meet(self.row, other.areas) or _meet(self.areas, other.row)


def _meet(some: Iterable[Area], others: Sequence[Area]) -> bool:
    return any(area.meets(other) for area in some for other in others)


def settled(
    marks: Iterable[Mark], bounds: Area, before: Sequence[Mark] = (), names: Sequence[Area] = ()
) -> list[Mark]:
    """The marks in turn, each moved to the nearest free spot where its town's is taken.

    `before` are marks that stand already, `names` what is written of them.
    """
    done = list(before)
    for mark in marks:
        done.append(_free(mark, done, names, bounds))
    return done


def _free(mark: Mark, done: Sequence[Mark], names: Sequence[Area], bounds: Area) -> Mark:
    for right, down in offsets(REACH, STEP):
        moved = replace(mark, x=round(mark.town[0] + right, 1), y=round(mark.town[1] + down, 1))
        inside = all(area.within(bounds) for area in moved.areas)
        if inside and not any(moved.touches(other) for other in done) and not _meet(moved.areas, names):
            return moved
    return mark
