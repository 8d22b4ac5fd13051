"""Where the hits are: the country with a number for each, the same numbers the list has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import ngettext

from curation.models import Record
from places.drawing import ground
from places.projection import Frame, from_mercator

# Denmark with Bornholm where it lies.
FRAME = Frame(west=7.9, south=54.45, east=15.25, north=57.85, width=420)
HEIGHT, LETTER, LEAST = 22, 9, 22
# Marks nearer than this become one.
APART = 24
MOST_NUMBERS = 2


@dataclass(frozen=True)
class Mark:
    """One or several hits at a spot, by their numbers."""

    x: float
    y: float
    numbers: Sequence[int]

    @property
    def text(self) -> str:
        if len(self.numbers) <= MOST_NUMBERS:
            return ", ".join(map(str, self.numbers))
        return f"{self.numbers[0]} +{len(self.numbers) - 1}"

    @property
    def width(self) -> int:
        return max(LEAST, LETTER * len(self.text) + 8)

    @property
    def left(self) -> float:
        return round(self.x - self.width / 2, 1)

    @property
    def top(self) -> float:
        return round(self.y - HEIGHT / 2, 1)

    @property
    def baseline(self) -> float:
        return round(self.y + 5, 1)


@dataclass(frozen=True)
class HitMap:
    """The picture; `nowhere` is how many hits have no point."""

    label: str
    land: str
    marks: Sequence[Mark]
    nowhere: int

    view_box = FRAME.view_box
    height = HEIGHT


def hit_map(hits: Iterable[tuple[int, Record]]) -> HitMap:
    """The numbered records that have a point, those at one spot together."""
    marks: list[Mark] = []
    nowhere = 0
    for number, record in hits:
        if record.x is None or record.y is None:
            nowhere += 1
            continue
        x, y = FRAME.xy(*from_mercator(record.x, record.y))
        near = next((mark for mark in marks if abs(mark.x - x) < APART and abs(mark.y - y) < APART), None)
        if near:
            marks[marks.index(near)] = Mark(near.x, near.y, [*near.numbers, number])
        else:
            marks.append(Mark(x, y, [number]))
    shown = sum(len(mark.numbers) for mark in marks)
    label = ngettext(
        "Map of Denmark with %(n)s suggestion, by its number in the list",
        "Map of Denmark with %(n)s suggestions, by their numbers in the list",
        shown,
    ) % {"n": shown}
    return HitMap(label, _land(), marks, nowhere)


@cache
def _land() -> str:
    return FRAME.path([*ground().here, *ground().island])
