"""Writing to the register: what every change of an entry does to its record."""

from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .. import search
from ..models import Record
from ..querysets import RecordQuerySet


@transaction.atomic
def edited(*records: Record) -> None:
    """Raise the version of records whose entry or links changed, then write what is derived of them.

    The first is the one edited; the others follow from it and keep their version.
    """
    if records:
        Record.objects.filter(pk=records[0].pk).update(version=F("version") + 1, updated_at=timezone.now())
    by_kind: dict[str, set[int]] = defaultdict(set)
    for record in records:
        by_kind[record.kind].add(record.pk)
    _index(by_kind)


@transaction.atomic
def rewritten(record: Record, *others: int) -> None:
    """Write again what is derived of a record and of all that is tied to it, and of records by their id."""
    renamed(Record.objects.filter(pk__in={record.pk, *search.linked_to(record), *others}))


@transaction.atomic
def renamed(records: RecordQuerySet) -> None:
    """Write again what is derived of records whose themes or places were renamed or moved."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for pk, kind in records.order_by().values_list("pk", "kind"):
        by_kind[kind].add(pk)
    _index(by_kind)


def _index(by_kind: Mapping[str, set[int]]) -> None:
    around = search.Surroundings()
    for kind, ids in by_kind.items():
        search.index(list(search.INDEXERS[kind].entries().filter(pk__in=ids)), around)
