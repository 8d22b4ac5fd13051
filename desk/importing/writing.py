"""Writing many entries at once: rows in bulk, by the rules of `curation.actions`.

Triggers write the history of bulk statements as of single ones. Nobody is written to: a curator has read the
rows, and whoever is named by them is asked with the next round of mails, as ever.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import batched
from typing import Any
from uuid import uuid4

from django.db import connection
from django.db.models import Case, F, PositiveIntegerField, When
from django.utils import timezone

from accounts.models import User
from curation import search
from curation.actions.making import free_addresses
from curation.choices import State, Verb
from curation.models import Entry, EntryPlace, EntryTheme, Record, RecordEvent

CHUNK = 500
# What triggers ask for. Where it is not set, each of them begins and undoes a subtransaction for every row,
# which looks through all that waits for the end of the transaction: the more rows, the longer for each.
ASKED = """
SELECT set_config('pgtrigger.ignore', '{}', true), set_config('pghistory.context_id', %s, true),
    set_config('pghistory.context_metadata', %s, true)
"""
OF_RECORD = ("source", "contact_email", "contact_confirmed_at")


def begin(by: User) -> None:
    """Tell triggers whose rows these are, once for the whole transaction."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [str(uuid4()), json.dumps({"user": by.pk})])


def make(kind: str, entries: Sequence[Any], *, by: User, **columns: Any) -> None:
    """Records and rows for entries that are nowhere yet, published now; `columns` where a record has none."""
    now = timezone.now()
    addresses = free_addresses(kind, [entry.name_da for entry in entries])
    for entry, address in zip(entries, addresses, strict=True):
        record = entry.record
        record.slug, record.state, record.created_by = address, State.PUBLISHED, by
        record.published_at = record.decided_at = now
        record.decided_by = by
        for name, value in columns.items():
            setattr(record, name, getattr(record, name) or value)
    Record.objects.bulk_create([entry.record for entry in entries])
    for entry in entries:
        entry.record = entry.record  # now that it has a number
    if entries:
        type(entries[0]).objects.bulk_create(entries)


def change(changes: Sequence[tuple[Any, Sequence[str]]]) -> None:
    """Save some columns of each entry; those that change the same columns go in one statement."""
    alike: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for entry, columns in changes:
        if columns:
            alike[tuple(columns)].append(entry)
    for columns, entries in alike.items():
        type(entries[0]).objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["record"], update_fields=columns
        )


def change_records(records: Sequence[Record]) -> None:
    """Save what forms put on records."""
    if not records:
        return
    Record.objects.bulk_update(records, OF_RECORD, batch_size=200)


def raise_versions(ids: Collection[int], **columns: Any) -> None:
    """A version more for each; seen by the curators, unless something before has not been."""
    if not ids:
        return
    seen = Case(
        When(reviewed_version__gte=F("version"), then=F("version") + 1),
        default=F("reviewed_version"),
        output_field=PositiveIntegerField(),
    )
    Record.objects.filter(pk__in=ids).update(
        version=F("version") + 1, updated_at=timezone.now(), reviewed_version=seen, **columns
    )


def log(records: Iterable[tuple[int, int]], verb: Verb, *, by: User, reason: str) -> None:
    """One line for each record and its version."""
    RecordEvent.objects.bulk_create(
        [
            RecordEvent(record_id=pk, version=version, verb=verb, by=by, reason=reason)
            for pk, version in records
        ]
    )


def set_themes(wanted: Mapping[int, Sequence[int]]) -> None:
    """Bring the themes of many records to these, the main one first."""
    _set_in_order(EntryTheme, "theme_id", wanted)


def set_places(wanted: Mapping[int, Sequence[int]]) -> None:
    """Bring the places of many records to these, in order."""
    _set_in_order(EntryPlace, "place_id", wanted)


def _set_in_order(model: Any, column: str, wanted: Mapping[int, Sequence[int]]) -> None:
    """Rows that stay as they are stay, as in `curation.ties`."""
    if not wanted:
        return
    held = {
        (row.record_id, row.order, getattr(row, column)): row.pk
        for row in model.objects.filter(record__in=wanted).order_by("pk")
    }
    told = {(pk, order, one) for pk, ones in wanted.items() for order, one in enumerate(ones)}
    model.objects.filter(pk__in=[row for key, row in held.items() if key not in told]).delete()
    new = sorted(told - held.keys())
    model.objects.bulk_create(model(record_id=pk, order=order, **{column: one}) for pk, order, one in new)


def index(ids: Mapping[str, Collection[int]], finished: Callable[[int], None] = lambda number: None) -> None:
    """Write what is derived of records, some at a time; `finished` hears how many are done."""
    around, done = search.Surroundings(), 0
    for kind, those in ids.items():
        indexer = search.INDEXERS[kind]
        for some in batched(sorted(those), CHUNK, strict=False):
            entries: list[Entry] = list(indexer.entries().filter(pk__in=some))
            search.index(entries, around)
            done += len(some)
            finished(done)
