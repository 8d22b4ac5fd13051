"""Which entries a list holds, in its order; and these entries again, some at a time.

The order is read once, eight bytes for each entry, so that nothing is told twice or missed while the register
changes. What an entry says is read when its turn comes; what was withdrawn in the meantime is left out.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import batched, chain

from django.db.models import Model, QuerySet
from django.http import QueryDict

from curation.browsing import Browse
from curation.firsts import RANKED, in_short
from curation.reference import Reference
from keeping.lists import List

BATCH = 500  # keeps each statement far below the limit on statements of web requests
FETCHED = 10_000


class Found:
    """What a list finds as an address asks for it; nothing stands in place of nothing."""

    def __init__(self, listed: List, query: QueryDict) -> None:
        filters = listed.filters(query, Reference.now())
        counts = in_short(filters)
        self.listed, self.total = listed, counts.total
        self.browse = Browse(filters, counts)

    def ids(self) -> "array[int]":
        """All of it in the order of the list's pages: with words the best ranked, then the others."""
        ids = array("q")
        if not self.total:
            return ids
        best = list(self._part(0, RANKED))
        known = set(best)
        others = self._part(RANKED, self.total - RANKED) if self.total > RANKED else ()
        ids.extend(chain(best, (pk for pk in others if pk not in known)))
        return ids

    def _part(self, start: int, number: int) -> Iterator[int]:
        part = self.browse.part(start, number)
        return part.select_related(None).defer(None).values_list("pk", flat=True).iterator(FETCHED)


def in_batches[One: Model](
    ids: Iterable[int], read: Callable[[Sequence[int]], QuerySet[One]]
) -> Iterator[list[One]]:
    """What `read` finds of the entries, in the same order, some at a time."""
    for some in batched(ids, BATCH, strict=False):
        rows = read(some).in_bulk()
        yield [rows[pk] for pk in some if pk in rows]
