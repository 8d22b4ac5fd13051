"""What a place has of each theme, and the four fields it falls into. Pure: values in, values out.

PULL is counted at the place itself, PUSH wherever it is within reach. A side is strong in a theme that has at
least two pieces of evidence on it and at least as many as the middle one of all themes (their median): so a
place is compared with itself, and not with other places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from statistics import median

from ..balance import NOTHING, Evidence

# One entry may be chance; two are the beginning of a pattern.
LEAST = 2
# With less evidence than this on either side, over all themes, nothing is said of any of them.
ENOUGH = 5
NAMED = 3


class Field(StrEnum):
    """Where a theme falls: both sides strong, one of them, or none."""

    WORTH = "worth"
    NEED = "need"
    RESEARCH = "research"
    QUIET = "quiet"


@dataclass(frozen=True)
class Point:
    """A theme with its evidence and its field; `number` ties picture and table together."""

    number: int
    theme: int
    evidence: Evidence
    field: Field

    @property
    def pull(self) -> int:
        return self.evidence.pull

    @property
    def push(self) -> int:
        return self.evidence.push


@dataclass(frozen=True)
class Strengths:
    """All themes with evidence, strongest first, those with none, and the two lines."""

    points: Sequence[Point]
    none: Sequence[int]
    need_line: int
    research_line: int

    @property
    def enough(self) -> bool:
        """Whether there is enough to go by on both sides."""
        pull, push = sum(point.pull for point in self.points), sum(point.push for point in self.points)
        return pull >= ENOUGH and push >= ENOUGH

    @property
    def worth(self) -> list[Point]:
        """The few themes worth a lab, best coupled first; none where there is too little to go by."""
        return self.of(Field.WORTH)[:NAMED] if self.enough else []

    def of(self, field: Field) -> list[Point]:
        return [point for point in self.points if point.field == field]


def line(counts: Sequence[int]) -> int:
    """From how many pieces on a side counts as strong: the median of all themes, and never under two."""
    return max(LEAST, ceil(median(counts))) if counts else LEAST


def strengths(themes: Sequence[int], found: Mapping[int, Evidence]) -> Strengths:
    """Every theme in its field; `themes` are all of the first level, in their order."""
    counts = {theme: found.get(theme, NOTHING) for theme in themes}
    need_line = line([evidence.pull for evidence in counts.values()])
    research_line = line([evidence.push for evidence in counts.values()])

    def strongest(theme: int) -> tuple[bool, float, int]:
        """First where both sides are strong, then by the weaker side: a lab needs the two of them."""
        pull, push = counts[theme].pull, counts[theme].push
        weaker = min(pull / need_line, push / research_line)
        return weaker < 1, -weaker, -(pull + push)

    ordered = sorted((theme for theme in themes if counts[theme]), key=strongest)
    points = [
        Point(number, theme, counts[theme], _field(counts[theme], need_line, research_line))
        for number, theme in enumerate(ordered, 1)
    ]
    none = [theme for theme in themes if not counts[theme]]
    return Strengths(points, none, need_line, research_line)


def _field(evidence: Evidence, need_line: int, research_line: int) -> Field:
    need, research = evidence.pull >= need_line, evidence.push >= research_line
    if need:
        return Field.WORTH if research else Field.NEED
    return Field.RESEARCH if research else Field.QUIET
