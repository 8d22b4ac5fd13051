"""Dødens gab: solutions that were tried and never came into operation. Values in, values out.

A solution at proof of concept or trial for longer than `LONG` waits for something, and its page says so.
Eighteen months, because a trial in daily operation takes half a year to a year, and a municipality decides
its budget once a year: after a year and a half at least one budget was decided without it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from .choices import SolutionStage

LONG = dt.timedelta(days=548)
BETWEEN = (SolutionStage.PROOF, SolutionStage.TRIAL)


@dataclass(frozen=True)
class Tried:
    """A trial of a solution, as far as its days are known."""

    started_on: dt.date | None = None
    ended_on: dt.date | None = None

    @property
    def last(self) -> dt.date | None:
        """The last day on which anything is known to have happened in it."""
        return self.ended_on or self.started_on


def stands_since(stage: str, *, stage_since: dt.date | None, trials: Iterable[Tried] = ()) -> dt.date | None:
    """Since when a solution has stood between trial and operation; nothing where it does not, or unknown.

    The day it was told to have come there, else the last thing known of its trials. The year of a source
    tells when somebody wrote about it, not how long it has stood.
    """
    if stage not in BETWEEN:
        return None
    return stage_since or max((day for trial in trials if (day := trial.last)), default=None)


def stuck_since(
    stage: str, *, ended: bool, stage_since: dt.date | None, trials: Iterable[Tried] = (), today: dt.date
) -> dt.date | None:
    """Since when it has stood there, if that is long ago and it has not ended; else nothing."""
    since = stands_since(stage, stage_since=stage_since, trials=trials)
    return since if since and not ended and since <= today - LONG else None
