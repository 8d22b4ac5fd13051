"""What an answer costs: processor time of this process and of its database back-ends, in milliseconds.

The wall clock also counts the neighbours on a shared machine. Where a back-end's time cannot be read (another
machine, no Linux) the wall clock is all there is, and the report says so.
"""

import time
from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path
from statistics import median

MILLION = 1_000_000


class Clock:
    """Measures what runs here and in back-ends of PostgreSQL; `kind` says how."""

    def __init__(self, backends: Sequence[int] = ()) -> None:
        self._files = [Path(f"/proc/{backend}/schedstat") for backend in backends]
        self.processor = all(_readable(file) for file in self._files)
        self.kind = "processor time" if self.processor else "wall-clock time"

    def now(self) -> int:
        """Nanoseconds since some moment."""
        if not self.processor:
            return time.perf_counter_ns()
        return time.process_time_ns() + sum(int(file.read_text().split()[0]) for file in self._files)

    def once(self, work: Callable[[], object]) -> float:
        start = self.now()
        work()
        return (self.now() - start) / MILLION

    def times(self, work: Callable[[], object], runs: int) -> list[float]:
        """How long each run took, after one that is not counted."""
        work()
        return [self.once(work) for _run in range(runs)]

    def typical(self, work: Callable[[], object], runs: int) -> float:
        return median(self.times(work, runs))


def _readable(file: Path) -> bool:
    """The first number of schedstat is the time on a processor in nanoseconds."""
    try:
        return file.with_name("comm").read_text().startswith("postgres") and bool(file.read_text())
    except OSError:
        return False


def p95(numbers: Sequence[float]) -> float:
    """The value that at most one in twenty exceeds."""
    return sorted(numbers)[ceil(len(numbers) * 0.95) - 1]
