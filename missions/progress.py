"""How far a mission is: its phase among the phases, its years with today among them, its labs and needs.

Values in, values out. Counts and dates, never a share of anything done.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from curation.choices import Phase

from .choices import NeedStatus
from .statuses import NOT_KNOWN

# A paused mission stands in none of the steps; its phase is told in words.
STEPS = (Phase.IDEA, Phase.FORMING, Phase.SETUP, Phase.RUNNING, Phase.EMBEDDED, Phase.SCALING)
# Always counted, also where there is none.
ALWAYS = (NeedStatus.OPEN, NeedStatus.ANSWERED)
LEFT, RIGHT, WIDTH = 24, 396, 420


@dataclass(frozen=True)
class Step:
    """A phase in the row of phases."""

    phase: str
    label: Any
    here: bool


@dataclass(frozen=True)
class Mark:
    """A year on the line from the beginning to the goal: where it stands, in units of the view box."""

    what: str
    year: int
    x: float
    anchor: str


@dataclass(frozen=True)
class Counted:
    """How many needs have a status."""

    status: str
    label: Any
    number: int


@dataclass(frozen=True)
class HowFar:
    """One picture of where a mission stands. There is no line of years without a goal's year."""

    steps: Sequence[Step]
    marks: Sequence[Mark]
    today: int
    late: bool
    labs: int
    needs: Sequence[Counted]
    width: int = WIDTH

    @property
    def here(self) -> float:
        """Where today stands on the line."""
        return next((mark.x for mark in self.marks if mark.what == "today"), float(LEFT))

    @property
    def ends(self) -> tuple[float, float]:
        """Where the line begins and ends."""
        return self.marks[0].x, self.marks[-1].x


def how_far(
    *, phase: str, start: int | None, target: int | None, today: dt.date, labs: Iterable[bool],
    needs: Iterable[str],
) -> HowFar:  # fmt: skip
    """`labs` says of each lab whether it goes on, `needs` of each need how far it is."""
    counts = Counter(needs)
    return HowFar(
        steps=[Step(step, step.label, step == phase) for step in STEPS],
        marks=_marks(start, target, today) if target else (),
        today=today.year,
        late=bool(target and target < today.year),
        labs=sum(1 for goes_on in labs if goes_on),
        needs=[
            Counted(status, label, counts[status])
            for status, label in (*NeedStatus.choices, ("", NOT_KNOWN))
            if counts[status] or status in ALWAYS
        ],
    )


def _marks(start: int | None, target: int, today: dt.date) -> list[Mark]:
    """From the first of January it began to the last of December of the goal, today between or beyond."""
    now = today.year + (today.timetuple().tm_yday - 1) / 365.25
    told = [("today", today.year, now), ("target", target, float(target + 1))]
    if start:
        told.insert(0, ("start", start, float(start)))
    first, last = min(at for _what, _year, at in told), max(at for _what, _year, at in told)
    room = (RIGHT - LEFT) / (last - first)
    marks = [(what, year, round(LEFT + (at - first) * room, 1)) for what, year, at in told]
    return [
        Mark(what, year, x, _anchor(x)) for what, year, x in sorted(marks, key=lambda mark: mark[2])
    ]  # fmt: skip


def _anchor(x: float) -> str:
    """Words near an end of the picture stay inside it."""
    if x < LEFT + 40:
        return "start"
    return "end" if x > RIGHT - 40 else "middle"
