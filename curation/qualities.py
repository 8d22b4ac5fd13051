"""What entries lack for the next level, for pages that tell it; their records are at hand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from .grading import quality_of
from .levels import Quality
from .models import Entry, Record
from .search import INDEXERS


def qualities(records: Iterable[Record]) -> dict[int, Quality]:
    """Of records of any kinds; a few statements for each kind."""
    by_kind: dict[str, dict[int, Record]] = defaultdict(dict)
    for record in records:
        by_kind[record.kind][record.pk] = record
    found: dict[int, Quality] = {}
    for kind, held in by_kind.items():
        entries: list[Any] = list(INDEXERS[kind].entries().filter(pk__in=held).order_by("pk"))
        for entry in entries:
            entry.record = held[entry.pk]
        found |= qualities_of(entries)
    return found


def qualities_of(entries: Sequence[Entry]) -> dict[int, Quality]:
    """Of entries of one kind; what their kind knows of them is read, and nothing else."""
    if not entries:
        return {}
    facts = INDEXERS[entries[0].kind].facts(entries)
    return {
        entry.pk: quality_of(
            entry, entry.record, facts[entry.pk],
            placed=bool(entry.record.place_ids), themed=bool(entry.record.theme_ids),
        )
        for entry in entries
    }  # fmt: skip
