"""What a place's labs have published of PULL-spejlet: each lab for itself, never an average, never a rank."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from curation.choices import Kind
from curation.models import Record
from labs.instrument import DIMENSIONS
from labs.mirror.runs import Run
from labs.mirror.telling import OverTime, over_time

from ..shifts import Shifts
from ..shifts.telling import counted_path
from .entries import list_path

SHOWN = 6


@dataclass(frozen=True)
class OfLab:
    """A lab and its published runs."""

    record: Record
    over_time: OverTime


@dataclass(frozen=True)
class Maturity:
    """The labs with the newest published runs, and where all of them and all labs are."""

    labs: Sequence[OfLab]
    total: int
    path: str
    labs_path: str

    @property
    def more(self) -> int:
        return self.total - len(self.labs)

    @property
    def rows(self) -> list[tuple[Record, Run]]:
        """The same as a table has it."""
        return [(lab.record, run) for lab in self.labs for run in lab.over_time.newest_first]

    @property
    def titles(self) -> list[Any]:
        return [dimension.title for dimension in DIMENSIONS]


def maturity_of(shifts: Shifts) -> Maturity:
    """From what the shifts have read."""
    tally, scope = shifts.tally, shifts.scope
    labs = [OfLab(tally.labs[pk], over_time(runs)) for pk, runs in tally.runs.items()]
    return Maturity(
        labs[:SHOWN], len(labs), counted_path(scope, "publishing"), list_path(Kind.LAB, place=scope.place)
    )
