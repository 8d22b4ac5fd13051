"""Computing anew what is derived of all entries."""

from collections.abc import Callable, Iterator
from typing import Any

from .models import Entry
from .search import INDEXERS, Surroundings, index

BATCH = 1000


def reindex(finished: Callable[[int], None] = lambda number: None) -> int:
    """Write the derived columns of all records; how many differed. `finished` hears of each batch."""
    around = Surroundings()
    differed = 0
    for kind in INDEXERS:
        for batch in _batches(kind):
            differed += index(batch, around)
            finished(len(batch))
    return differed


def _batches(kind: str) -> Iterator[list[Entry]]:
    last = 0
    while batch := _after(kind, last):
        yield batch
        last = batch[-1].pk


def _after(kind: str, last: int) -> list[Any]:
    return list(INDEXERS[kind].entries().filter(pk__gt=last).order_by("pk")[:BATCH])
