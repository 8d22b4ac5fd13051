"""Writing to the register: what every change of an entry does to its record."""

from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User

from .. import search
from ..choices import Verb
from ..models import Record, RecordEvent
from ..querysets import RecordQuerySet


@transaction.atomic
def edited(record: Record, *others: Record, by: User) -> None:
    """Note an edit that is written already, then write what is derived of the record and of the others.

    The others follow from it and keep their version.
    """
    Record.objects.filter(pk=record.pk).update(version=F("version") + 1, updated_at=timezone.now())
    record.refresh_from_db(fields=["version", "updated_at"])
    RecordEvent.objects.create(record=record, verb=Verb.EDITED, by=by, version=record.version)
    by_kind: dict[str, set[int]] = defaultdict(set)
    for each in (record, *others):
        by_kind[each.kind].add(each.pk)
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
