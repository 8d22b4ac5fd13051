"""A whole run over several sizes."""

from collections.abc import Sequence

from django.db import connection

from . import databases
from .measuring import Bench, Measured
from .report import show, show_targets


def run(sizes: Sequence[int], *, report: int | None, seed: int) -> int:
    """Measure the sizes, judge the last of them, only report the largest; 1 where a target was missed."""
    print(databases.raise_buffers())
    measured = [_measure(size, seed, rivals=size == sizes[-1]) for size in sizes]
    largest = _measure(report, seed, rivals=False) if report else None
    targets = show_targets(measured[0], measured[-1], largest)
    return int(any(target.met == "NO" for target in targets))


def _measure(size: int, seed: int, *, rivals: bool) -> Measured:
    name = databases.prepare(size, seed)
    with databases.using(name):
        with connection.cursor() as cursor:
            # Helpers of a back-end would work unseen by the clock.
            cursor.execute("SET max_parallel_workers_per_gather = 0")
        found = Bench(size).measure(rivals=rivals)
    show(found)
    return found
