"""A whole run over several sizes."""

from collections.abc import Collection, Sequence

from django.db import connection

from . import databases
from .measuring import RIVALS, Bench, Measured
from .report import show, show_report, show_targets


def run(sizes: Sequence[int], *, times: int | None, seed: int) -> int:
    """Measure the sizes, judge the last of them, only report what is so many times as large; 1 for a miss."""
    print(databases.raise_buffers())
    measured = [
        _measure(databases.prepare(size, seed), size, RIVALS if size == sizes[-1] else ()) for size in sizes
    ]
    targets = show_targets(measured[0], measured[-1])
    if times:
        name = databases.multiplied(sizes[-1], seed, times)
        largest = _measure(name, sizes[-1] * times, ("datasette",))
        show_report(measured[0], measured[-1], largest)
    return int(any(target.met == "NO" for target in targets))


def _measure(name: str, size: int, rivals: Collection[str]) -> Measured:
    with databases.using(name):
        with connection.cursor() as cursor:
            # Helpers of a back-end would work unseen by the clock.
            cursor.execute("SET max_parallel_workers_per_gather = 0")
        found = Bench(size).measure(rivals)
    show(found)
    return found
