"""Bringing entries, their records, themes and places to what the files say."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from places.loading import address
from places.sheets import Load, Lookup, Row
from places.upsert import columns, differs, sound

from .choices import State
from .models import Entry, EntryPlace, EntryTheme, Record

SOURCES_READ_ON = dt.date(2026, 11, 21)  # the day the sources behind the files were last read


@dataclass
class Draft:
    """An entry as its row says it."""

    row: Row
    values: Mapping[str, Any]
    themes: Sequence[int] = ()
    places: Sequence[int] = ()

    @property
    def name(self) -> str:
        """What the file calls it."""
        return str(self.values["name_da"])


@dataclass
class Sorted[E: Entry]:
    """Entries by what has to be done, with the drafts that say so."""

    new: list[tuple[E, Draft]] = field(default_factory=list)
    held: list[tuple[E, Draft]] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)
    kept: list[tuple[E, Draft]] = field(default_factory=list)


def store_entries[E: Entry](model: type[E], drafts: Sequence[Draft], load: Load, file: str) -> Lookup[E]:
    """Add and update the entries of one file, all published; gives them by the name the file has for them.

    An entry that somebody has claimed, or that is not published any more, is left as it is.
    """
    found = _sort(model, _by_slug(drafts))
    _add(model, found.new)
    written = found.new + found.held
    _rank(
        EntryTheme._default_manager.all(),
        "theme_id",
        {entry.pk: draft.themes for entry, draft in written},
        found,
    )
    _rank(
        EntryPlace._default_manager.all(),
        "place_id",
        {entry.pk: draft.places for entry, draft in written},
        found,
    )
    _change(model, found)
    tally = load.tally(file)
    tally.added = len(found.new)
    tally.changed = len(found.changed)
    tally.unchanged = len(found.held) - len(found.changed)
    tally.kept = len(found.kept)
    load.finished(file)
    entries = {draft.name: entry for entry, draft in found.new + found.held + found.kept}
    told = {draft.name for draft in drafts}
    return Lookup(model.kind, entries, told)


def _by_slug(drafts: Iterable[Draft]) -> dict[str, Draft]:
    """Drafts by their address; the second of two that would have the same gets a number."""
    found: dict[str, Draft] = {}
    for draft in drafts:
        base = address(draft.name)[:110]
        slug, number = base, 1
        while slug in found:
            number += 1
            slug = f"{base}-{number}"
        found[slug] = draft
    return found


def _sort[E: Entry](model: type[E], drafts: Mapping[str, Draft]) -> Sorted[E]:
    found = Sorted[E]()
    entries: QuerySet[Any] = model._default_manager.filter(record__slug__in=drafts).select_related("record")
    held = {entry.record.slug: entry for entry in entries.defer("record__search_da", "record__search_en")}
    for slug, draft in drafts.items():
        if not slug and draft.name:
            draft.row.refuse("the name has no letter or digit")
        if slug in held:
            _sort_held(found, held[slug], draft)
        else:
            made = model(record=_record(model, slug, draft.row), **draft.values)
            if sound(made, draft.row):
                found.new.append((made, draft))
    return found


def _sort_held[E: Entry](found: Sorted[E], entry: E, draft: Draft) -> None:
    record = entry.record
    if record.claimed_at or record.state != State.PUBLISHED:
        found.kept.append((entry, draft))
        return
    said = differs(entry, draft.values)
    sourced = differs(record, {"source": draft.row["source"], "source_read_on": SOURCES_READ_ON})
    if sound(entry, draft.row):
        found.held.append((entry, draft))
        if said or sourced:
            found.changed.add(entry.pk)


def _record(model: type[Entry], slug: str, row: Row) -> Record:
    now = timezone.now()
    return Record(
        kind=model.kind, slug=slug, state=State.PUBLISHED, published_at=now, created_at=now, updated_at=now,
        source=row["source"], source_read_on=SOURCES_READ_ON,
    )  # fmt: skip


def _add[E: Entry](model: type[E], new: Sequence[tuple[E, Draft]]) -> None:
    Record._default_manager.bulk_create([entry.record for entry, _draft in new])
    for entry, _draft in new:
        entry.record_id = entry.record.pk
    model._default_manager.bulk_create([entry for entry, _draft in new])


def _rank(table: QuerySet[Any], column: str, wanted: Mapping[int, Sequence[int]], found: Sorted[Any]) -> None:
    """Give records their themes or places in order, and note the records where that was a change."""
    rows = table.filter(record__in=wanted)
    held: dict[int, list[int]] = defaultdict(list)
    for record, value in rows.order_by("order", "pk").values_list("record_id", column):
        held[record].append(value)
    differ = {record: list(values) for record, values in wanted.items() if held[record] != list(values)}
    if not differ:
        return
    rows.filter(record__in=differ).delete()
    table.bulk_create(
        table.model(record_id=record, order=order, **{column: value})
        for record, values in differ.items()
        for order, value in enumerate(values)
    )
    found.changed |= set(differ) & {entry.pk for entry, _draft in found.held}


def _change[E: Entry](model: type[E], found: Sorted[E]) -> None:
    changed = [(entry, draft) for entry, draft in found.held if entry.pk in found.changed]
    if not changed:
        return
    now = timezone.now()
    for entry, _draft in changed:
        entry.record.version += 1
        entry.record.reviewed_version = entry.record.version
        entry.record.updated_at = now
    fields = columns(changed[0][1].values)
    model._default_manager.bulk_update([entry for entry, _draft in changed], fields)
    Record._default_manager.bulk_update(
        [entry.record for entry, _draft in changed],
        ["version", "reviewed_version", "updated_at", "source", "source_read_on"],
    )
