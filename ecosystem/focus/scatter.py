"""The focus finder's picture: themes by PUSH (across) and PULL (upwards), in four named fields."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from places.drawing import Area, Label, Labelling, Reach, offsets

from .strengths import Field, Point, Strengths

WIDTH, HEIGHT = 640, 440
PLOT = Area(54, 22, 628, 384)
RADIUS, LABEL_SIZE = 10, 13.5
# Circles keep this far apart, from centre to centre: on phones they are drawn larger. Where it is too crowded
# for that they only do not touch.
APART, CLOSE = 35, 23
STEP, FARTHEST = 3, 120
# Nothing lies nearer to an edge than this; the fields' names have a strip above and one below for themselves.
AIR = 14
HIGHEST, LOWEST = PLOT.top + 44, PLOT.bottom - 54
# Up to here every count gets as much room as the next; above, room follows the square root, or the few large
# ones would press all others into the corner.
EVEN_UP_TO = 12
# Counts written on an axis, and how far apart at least.
ROUND = (0, 1, 2, *(number * 10**power for power in range(6) for number in (3, 5, 10, 20)))
TICK_APART = 38
FIELD_SIZE = 15


type Spot = tuple[float, float]


@dataclass(frozen=True)
class Axis:
    """Where a count stands on one axis; `low` and `high` are the ends in units of the picture."""

    most: int
    low: float
    high: float

    def at(self, count: float) -> float:
        share = max(count, 0) / self.most
        if self.most > EVEN_UP_TO:
            share = math.sqrt(share)
        return round(self.low + (self.high - self.low) * share, 1)

    @property
    def ticks(self) -> list[tuple[int, float]]:
        """A few round counts and where they stand, from the largest down as far as they have room."""
        found: list[tuple[int, float]] = []
        for count in reversed([count for count in ROUND if count <= self.most]):
            at = self.at(count)
            if all(abs(at - other) >= TICK_APART for _count, other in found):
                found.append((count, at))
        return found[::-1]


@dataclass(frozen=True)
class Dot:
    """A theme's circle with its number, tied to where it belongs if it had to give way."""

    number: int
    name: str
    hot: bool
    x: float
    y: float
    own_x: float
    own_y: float
    label: Label | None

    @property
    def moved(self) -> bool:
        return math.dist((self.x, self.y), (self.own_x, self.own_y)) > RADIUS / 2


@dataclass(frozen=True)
class Caption:
    """A field's name in its corner."""

    field: Field
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Scatter:
    """Everything the picture's template writes."""

    dots: Sequence[Dot]
    across: Sequence[tuple[int, float]]
    upwards: Sequence[tuple[int, float]]
    cut_x: float
    cut_y: float

    width, height, plot = WIDTH, HEIGHT, PLOT

    @property
    def hot(self) -> Area:
        """The field with both sides strong."""
        return Area(self.cut_x, PLOT.top, PLOT.right, self.cut_y)

    captions = (
        Caption(Field.NEED, PLOT.left + 10, PLOT.top + 20, "start"),
        Caption(Field.WORTH, PLOT.right - 10, PLOT.top + 20, "end"),
        Caption(Field.RESEARCH, PLOT.right - 10, PLOT.bottom - 12, "end"),
        Caption(Field.QUIET, PLOT.left + 10, PLOT.bottom - 12, "start"),
    )


def scatter(found: Strengths, names: Mapping[int, str]) -> Scatter:
    """The picture of all themes with evidence; each lies in its field, and no two on each other."""
    pushes, pulls = [point.push for point in found.points], [point.pull for point in found.points]
    across = Axis(max(*pushes, found.research_line + 1), PLOT.left + 33, PLOT.right - 45)
    upwards = Axis(max(*pulls, found.need_line + 1), LOWEST, HIGHEST)
    cut_x, cut_y = across.at(found.research_line - 0.5), upwards.at(found.need_line - 0.5)
    spots = _settled(found.points, across, upwards, (cut_x, cut_y))
    circles = [Area.round(x, y, RADIUS + 1) for x, y in spots]
    labelling = Labelling(PLOT, [*circles, *_corners()])
    dots = []
    for point, (x, y) in zip(found.points, spots, strict=True):
        label = labelling.place(names[point.theme], x, y, LABEL_SIZE, Reach.of(RADIUS))
        own = across.at(point.push), upwards.at(point.pull)
        dots.append(Dot(point.number, names[point.theme], point.field == Field.WORTH, x, y, *own, label))
    return Scatter(dots, across.ticks, upwards.ticks, cut_x, cut_y)


def _settled(points: Sequence[Point], across: Axis, upwards: Axis, cut: tuple[float, float]) -> list[Spot]:
    """Where the circles stand: where they belong, or on the nearest free spot of the same field."""
    done: list[Spot] = []
    for point in points:
        own = across.at(point.push), upwards.at(point.pull)
        within = [spot for spot in _around(own) if _inside(spot, _room(point.field, cut))]
        free = (spot for apart in (APART, CLOSE) for spot in within if _alone(spot, done, apart))
        done.append(next(free, own))
    return done


def _around(own: Spot) -> list[Spot]:
    return [(round(own[0] + x, 1), round(own[1] + y, 1)) for x, y in offsets(FARTHEST, STEP)]


def _room(field: Field, cut: Spot) -> Area:
    """The field, without its name."""
    east, north = field in (Field.WORTH, Field.RESEARCH), field in (Field.WORTH, Field.NEED)
    return Area(
        cut[0] + 4 if east else PLOT.left + AIR,
        HIGHEST - 6 if north else cut[1] + 4,
        PLOT.right - AIR if east else cut[0] - 4,
        cut[1] - 4 if north else LOWEST + 4,
    )


def _inside(spot: Spot, room: Area) -> bool:
    return room.left <= spot[0] <= room.right and room.top <= spot[1] <= room.bottom


def _alone(spot: Spot, others: Sequence[Spot], apart: float) -> bool:
    return all(math.dist(spot, other) >= apart for other in others)


def _corners() -> list[Area]:
    """What the fields' names cover, whatever the language."""
    wide, high = 190, FIELD_SIZE * 1.4
    top, low = PLOT.top + 4, PLOT.bottom - 12 - FIELD_SIZE
    return [
        Area(PLOT.left, top, PLOT.left + wide, top + high),
        Area(PLOT.right - wide, top, PLOT.right, top + high),
        Area(PLOT.right - wide, low, PLOT.right, low + high),
        Area(PLOT.left, low, PLOT.left + 70, low + high),
    ]
