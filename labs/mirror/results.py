"""From the answers of a run of PULL-spejlet to its result: seven dimensions, never one number.

Two may answer, one for the lab and one for its host. Of each statement that answer counts which is given
for whom the statement is about; where that one does not know, the other's counts. Values in, values out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..choices import Half
from ..instrument import (
    CAPACITIES,
    DIMENSIONS,
    STATEMENTS,
    Capacity,
    Dimension,
    Level,
    Score,
    Statement,
    level_of,
)
from ..models import Assessment

# A mean of fewer answers would be one person's answer to one question.
ENOUGH = 2
BEST = max(Score)


@dataclass(frozen=True)
class Given:
    """What one of the two answered to a statement; no score is "do not know"."""

    score: int | None
    evidence: str = ""

    @property
    def label(self) -> str:
        return "" if self.score is None else str(Score(self.score).label)


@dataclass(frozen=True)
class Answered:
    """A statement with what is answered for the lab and for the host, where either was."""

    statement: Statement
    lab: Given | None = None
    host: Given | None = None

    @property
    def counting(self) -> Given | None:
        """The answer that counts."""
        own, other = (self.host, self.lab) if self.statement.half == Half.HOST else (self.lab, self.host)
        if own is not None and own.score is not None:
            return own
        return other if other is not None and other.score is not None else own or other

    @property
    def score(self) -> int | None:
        return None if self.counting is None else self.counting.score

    @property
    def shown(self) -> list[tuple[Half, Given]]:
        """Those of the two who say what shows it."""
        both = ((Half.LAB, self.lab), (Half.HOST, self.host))
        return [(half, given) for half, given in both if given is not None and given.evidence]

    @property
    def difference(self) -> int | None:
        """How far the two are from each other, where both have an answer."""
        if self.lab is None or self.host is None or self.lab.score is None or self.host.score is None:
            return None
        return abs(self.lab.score - self.host.score)


@dataclass(frozen=True)
class Measured:
    """What several statements come to together."""

    answers: Sequence[Answered]

    @cached_property
    def scores(self) -> list[int]:
        return [answer.score for answer in self.answers if answer.score is not None]

    @property
    def answered(self) -> int:
        return len(self.scores)

    @property
    def asked(self) -> int:
        return len(self.answers)

    @property
    def mean(self) -> float | None:
        """None where too few are answered."""
        return sum(self.scores) / self.answered if self.answered >= ENOUGH else None

    @property
    def level(self) -> Level | None:
        return None if self.mean is None else level_of(self.mean)


@dataclass(frozen=True)
class OfDimension(Measured):
    """One of the seven."""

    dimension: Dimension


@dataclass(frozen=True)
class OfCapacity(Measured):
    """One of the six PULL capacities, read from the same answers."""

    capacity: Capacity


@dataclass(frozen=True)
class Result:
    """A run: the seven dimensions and the six capacities in their order, and who answered."""

    halves: Sequence[Half]
    dimensions: Sequence[OfDimension]
    capacities: Sequence[OfCapacity]

    @property
    def answers(self) -> list[Answered]:
        return [answer for one in self.dimensions for answer in one.answers]

    @property
    def both(self) -> bool:
        """Whether it was answered for the lab and for the host."""
        return len(self.halves) > 1

    @cached_property
    def weakest(self) -> list[OfDimension]:
        """Where the mean is lowest, unless that is as high as can be."""
        means = [one.mean for one in self.dimensions if one.mean is not None]
        lowest = min(means, default=BEST)
        return [] if lowest == BEST else [one for one in self.dimensions if one.mean == lowest]

    @property
    def apart(self) -> list[Answered]:
        """Where the two differ most, by two or more, the furthest first."""
        differing = [answer for answer in self.answers if (answer.difference or 0) >= 2]
        return sorted(differing, key=lambda answer: -(answer.difference or 0))

    @property
    def known(self) -> list[OfDimension]:
        """Those with a mean."""
        return [one for one in self.dimensions if one.mean is not None]


def result_from(sheets: Mapping[str, Mapping[int, Given]]) -> Result:
    """`sheets` has the answers by statement, for each half that is answered."""
    lab, host = sheets.get(Half.LAB, {}), sheets.get(Half.HOST, {})
    answers = {
        number: Answered(statement, lab.get(number), host.get(number))
        for number, statement in STATEMENTS.items()
    }
    return Result(
        [half for half in Half if half in sheets],
        [
            OfDimension([answers[one.number] for one in dimension.statements], dimension)
            for dimension in DIMENSIONS
        ],
        [
            OfCapacity([answers[number] for number in capacity.statements], capacity)
            for capacity in CAPACITIES
        ],
    )


def result_of(assessment: Assessment) -> Result:
    """From the sheets that are finished; reads `sheets` with their `answers`, which may be prefetched."""
    return result_from(
        {
            sheet.half: {one.statement: Given(one.score, one.evidence) for one in sheet.answers.all()}
            for sheet in assessment.sheets.all()
            if sheet.finished_at is not None
        }
    )
