"""The pictures of PULL-spejlet: bars, the radar, and one small chart for each dimension over the years.

Pure geometry. All of it is ink: the two colours belong to PUSH and PULL.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from .results import BEST, OfDimension, Result

# A bar's length, in units; its height is the style sheet's.
BAR = 300
# The radar: its frame, its middle, how far 4 is from it and how far the words are.
WIDTH, HEIGHT = 440, 390
MIDDLE = (220, 195)
RADIUS, WORDS_AT = 112, 128
LINE_OF_WORDS = 11
LINE_HEIGHT = 18
# A small chart: its frame and its margins.
SMALL_WIDTH, SMALL_HEIGHT, SIDE, TOP = 160, 72, 6, 6

type Point = tuple[float, float]


def length(mean: float) -> float:
    """Of a bar."""
    return round(BAR * mean / BEST, 1)


TICKS = [length(score) for score in range(1, BEST + 1)]


@dataclass(frozen=True)
class Axis:
    """A direction of the radar: what it stands for, in lines of words, and its point, where it has one."""

    title: Any
    mean: float | None
    words: Sequence[tuple[float, str]]
    x: float
    y: float
    anchor: str
    end: Point
    point: Point | None
    earlier: Point | None


@dataclass(frozen=True)
class Radar:
    """Seven axes from 0 in the middle to 4 at the edge; an earlier run is a dashed outline."""

    axes: Sequence[Axis]
    rings: Sequence[str]
    lines: Sequence[str]
    earlier_lines: Sequence[str]
    closed: bool
    middle: Point = MIDDLE
    width: int = WIDTH
    height: int = HEIGHT


def radar(result: Result, earlier: Result | None = None) -> Radar:
    """Where an axis has no mean the line breaks off there: nothing is drawn that is not answered."""
    before = earlier.dimensions if earlier else [None] * len(result.dimensions)
    axes = [
        _axis(number, len(result.dimensions), one, old)
        for number, (one, old) in enumerate(zip(result.dimensions, before, strict=True))
    ]
    rings = [
        _path([_at(number, len(axes), RADIUS * score / BEST) for number in range(len(axes))], closed=True)
        for score in range(1, BEST + 1)
    ]
    points, old_points = [axis.point for axis in axes], [axis.earlier for axis in axes]
    return Radar(axes, rings, outline(points), outline(old_points), all(points))


def outline(points: Sequence[Point | None]) -> list[str]:
    """The paths through neighbours that are known: one closed path, or several that break off."""
    if all(points):
        return [_path([point for point in points if point], closed=True)]
    gap = points.index(None)
    turned = [*points[gap:], *points[:gap]]
    parts = [list(part) for known, part in groupby(turned, key=lambda point: point is not None) if known]
    return [_path([point for point in part if point]) for part in parts if len(part) > 1]


def _axis(number: int, of: int, one: OfDimension, earlier: OfDimension | None) -> Axis:
    x, y = _at(number, of, WORDS_AT)
    lines = wrapped(str(one.dimension.title), LINE_OF_WORDS)
    aside = x - MIDDLE[0]
    anchor = "middle" if abs(aside) < RADIUS / 8 else "start" if aside > 0 else "end"
    # Words above the middle stand on their point, those below hang from it, those beside are centred on it.
    rise = (y - MIDDLE[1]) / WORDS_AT
    top = y - len(lines) * LINE_HEIGHT * (1 - rise) / 2
    return Axis(
        title=one.dimension.title, mean=one.mean,
        words=[(round(top + line * LINE_HEIGHT, 1), text) for line, text in enumerate(lines)],
        x=x, y=round(top + len(lines) * LINE_HEIGHT, 1), anchor=anchor, end=_at(number, of, RADIUS),
        point=_reached(number, of, one), earlier=_reached(number, of, earlier) if earlier else None,
    )  # fmt: skip


def _reached(number: int, of: int, one: OfDimension) -> Point | None:
    return None if one.mean is None else _at(number, of, RADIUS * one.mean / BEST)


def _at(number: int, of: int, far: float) -> Point:
    angle = 2 * math.pi * number / of
    return round(MIDDLE[0] + far * math.sin(angle), 1), round(MIDDLE[1] - far * math.cos(angle), 1)


def _path(points: Sequence[Point], *, closed: bool = False) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + ("Z" if closed else "")


def wrapped(text: str, letters: int) -> list[str]:
    """A text in lines of about so many letters, broken between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@dataclass(frozen=True)
class Small:
    """A dimension over the years: dots where it has a mean; a dashed line where a run tells nothing."""

    title: Any
    dots: Sequence[Point]
    line: str
    silent: Sequence[float]
    first: float | None
    last: float | None
    width: int = SMALL_WIDTH
    height: int = SMALL_HEIGHT

    @property
    def base(self) -> float:
        return SMALL_HEIGHT - TOP

    @property
    def change(self) -> float | None:
        """From the first to the last of at least two means."""
        if len(self.dots) < 2 or self.first is None or self.last is None:
            return None
        return round(round(self.last, 1) - round(self.first, 1), 1)


def small(title: Any, told: Sequence[tuple[dt.date, float | None]]) -> Small:
    """`told` has the day and the mean of each run, oldest first."""
    days = [day for day, _mean in told]
    known = [(_x(day, days), mean) for day, mean in told if mean is not None]
    dots = [(x, _y(mean)) for x, mean in known]
    return Small(
        title=title, dots=dots, line=_path(dots) if len(dots) > 1 else "",
        silent=[_x(day, days) for day, mean in told if mean is None],
        first=known[0][1] if known else None, last=known[-1][1] if known else None,
    )  # fmt: skip


def _x(day: dt.date, days: Sequence[dt.date]) -> float:
    """By the calendar; a single run stands at the right, where the newest always is."""
    whole = (days[-1] - days[0]).days
    share = (day - days[0]).days / whole if whole else 1
    return round(SIDE + (SMALL_WIDTH - 2 * SIDE) * share, 1)


def _y(mean: float) -> float:
    return round(TOP + (SMALL_HEIGHT - 2 * TOP) * (1 - mean / BEST), 1)
