"""The public page of a lab's PULL-spejlet."""

import datetime as dt
from dataclasses import dataclass

from ..models import Lab
from .runs import runs_of, told_on
from .telling import OverTime, Told, over_time, told


@dataclass(frozen=True)
class Page:
    """All runs everybody may read of, and one in full; none where only is told that they were done."""

    over_time: OverTime
    told: Told | None

    @property
    def newest(self) -> bool:
        """Whether the run in full is the newest that is told."""
        return self.told is None or self.told.on == self.over_time.told[-1].on


def page_of(lab: Lab, day: dt.date | None = None) -> Page | None:
    """None where nothing is published, or nothing of that day; four statements."""
    runs = runs_of(lab)
    if not runs:
        return None
    found = told_on(lab, day) if any(run.result for run in runs) else []
    if day and not found:
        return None
    return Page(over_time(runs), told(*found) if found else None)
