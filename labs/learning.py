"""What was learned by trials: what it changed, counted and in the order of a log. Values in, values out."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from .choices import Changed


class Learnt(Protocol):
    """What is read of an entry of a learning log."""

    on: dt.date
    changed: str


@dataclass(frozen=True)
class Counted:
    """How many entries of a log changed something."""

    changed: str
    label: Any
    number: int


@dataclass(frozen=True)
class Log[L: Learnt]:
    """A learning log, the last entry first, and what it changed, always in the same order."""

    entries: Sequence[L]

    @property
    def counted(self) -> list[Counted]:
        """What was changed how often; what was not is left out."""
        numbers = Counter(entry.changed for entry in self.entries)
        return [Counted(changed, changed.label, numbers[changed]) for changed in Changed if numbers[changed]]

    @property
    def changing(self) -> int:
        """How many entries changed anything."""
        return sum(1 for entry in self.entries if entry.changed != Changed.NOTHING)


def log_of[L: Learnt](entries: Iterable[L]) -> Log[L]:
    """Those of one day stay in the order they were written, as a diary read backwards."""
    first_to_last = sorted(entries, key=lambda entry: entry.on)
    return Log(first_to_last[::-1])
