"""Computing anew what is derived of all entries."""

from collections.abc import Callable, Iterator
from typing import Any

from .models import Entry, RegisterVersion
from .search import DERIVED_AS, INDEXERS, Surroundings, index

BATCH = 1000


def reindex(finished: Callable[[int], None] = lambda number: None) -> int:
    """Write the derived columns of all records; how many differed. `finished` hears of each batch.

    Afterwards it is noted by which definition of these columns that was.
    """
    around = Surroundings()
    differed = 0
    for kind in INDEXERS:
        for batch in batches(kind):
            differed += index(batch, around)
            finished(len(batch))
    RegisterVersion.objects.update(derived_as=DERIVED_AS)
    return differed


def is_outdated() -> bool:
    """Whether records were last written by another definition, because a newer release was put in."""
    return not RegisterVersion.objects.filter(derived_as=DERIVED_AS).exists()


def batches(kind: str, *, published: bool = False) -> Iterator[list[Entry]]:
    """All entries of a kind, or all everybody may read, some at a time."""
    last = 0
    while batch := _after(kind, last, published):
        yield batch
        last = batch[-1].pk


def _after(kind: str, last: int, published: bool) -> list[Any]:
    entries = INDEXERS[kind].entries()
    rows = entries.published() if published else entries
    return list(rows.filter(pk__gt=last).order_by("pk")[:BATCH])
