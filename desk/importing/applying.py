"""Taking a file in: every row in one transaction, or none.

New entries are published in the name of whoever takes the file in, changed ones are live at once and count as
seen; each gets one line in its log. What rows were judged against is held, judged again by the same rules and
written; a row whose entry says something else by now stops the whole.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from curation.choices import State, Verb
from curation.models import Record
from keeping.columns import Look, Told, told_of
from keeping.columns.saying import public_id_in
from keeping.history.events import MODELS
from labs.forms.values import VALUE_FIELDS, set_values
from labs.models import Value

from ..choices import BatchState, Verdict
from ..models import Batch, BatchRow
from . import writing
from .before import Before
from .binding import Binder, Bound
from .judging import CHUNK
from .progress import tell
from .tied import tied_to

LOCK = 0x696D706F  # one file at a time is taken in or set back
DEEDS = (Verdict.NEW, Verdict.CHANGED)


class Outdated(Exception):
    """Rows say something of entries that were changed, or named, since the rows were judged."""

    def __init__(self, numbers: Collection[int]) -> None:
        super().__init__(numbers)
        self.numbers = sorted(numbers)


def alone() -> None:
    """Wait until no other file is being taken in or set back, and keep others waiting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@transaction.atomic
def take_in(batch: Batch, *, by: User) -> None:
    """Write every row that is new or changes something, and say that the file is taken in.

    To be called for a file that is held. Raises `Outdated`.
    """
    alone()
    writing.begin(by)
    rows = batch.rows.filter(verdict__in=DEEDS)
    work = _Work(batch, by)
    work.hold(rows)
    ids = list(rows.order_by("number").values_list("pk", flat=True))
    for some in batched(ids, CHUNK, strict=False):
        work.write(list(batch.rows.select_related("record").filter(pk__in=some).order_by("number")))
        work.advanced(len(some))
    if work.outdated:
        raise Outdated(work.outdated)
    work.index()
    Batch.objects.filter(pk=batch.pk).update(
        state=BatchState.APPLIED, version=F("version") + 1, done=F("total"), applied_at=timezone.now(),
        applied_by=by, problem="",
    )  # fmt: skip


@dataclass
class _Work:
    """A file on its way into the register."""

    batch: Batch
    by: User
    outdated: set[int] = field(default_factory=set)
    written: set[int] = field(default_factory=set)
    named: set[int] = field(default_factory=set)
    steps: int = 0

    def __post_init__(self) -> None:
        self.binder = Binder(self.batch.kind, by=self.by)
        self.whole = max(2 * self.batch.total, 1)

    def hold(self, rows: Any) -> None:
        """Hold the entries and all they are tied to, in the order in which everybody does."""
        ids = set(rows.filter(record__isnull=False).order_by().values_list("record", flat=True))
        held = ids | tied_to(self.batch.kind, ids) | self._named_by(rows)
        locked = Record.objects.select_for_update(no_key=True).filter(pk__in=held)
        list(locked.order_by("pk").values_list("pk"))

    def _named_by(self, rows: Any) -> set[int]:
        """Entries that rows name for the first time."""
        columns = [column for column in self.binder.columns.values() if column.look == Look.ENTRY]
        ids = set()
        for words in rows.order_by().values_list("words", flat=True).iterator(chunk_size=CHUNK):
            ids |= {public_id_in(one, word) for one in columns for word in words.get(one.name, ())}
        found = Record.objects.filter(public_id__in=ids).order_by().values_list("pk", flat=True)
        self.named = set(found)
        return self.named

    def advanced(self, number: int) -> None:
        """Half of the way is writing rows, half is writing what is derived of them."""
        self.steps += number
        tell(self.batch, min(self.steps * self.batch.total // self.whole, self.batch.total))

    # Writing

    def write(self, rows: Sequence[BatchRow]) -> None:
        """Some rows; those that do not hold any more are only noted."""
        model: Any = MODELS[self.batch.kind]
        ids = [row.record_id for row in rows if row.record_id]
        entries = model.objects.select_related("record").defer("record__search_da", "record__search_en")
        known = entries.in_bulk(ids)
        told = told_of(list(known.values()))
        self.binder.expect((row.words for row in rows), known.values())
        bound = [(row, self._bound(row, known, told)) for row in rows]
        self.outdated |= {row.number for row, one in bound if one is None or one.problems}
        if not self.outdated:
            whole = [(row, one) for row, one in bound if one is not None]
            self._make([pair for pair in whole if pair[0].verdict == Verdict.NEW])
            self._change([pair for pair in whole if pair[0].verdict == Verdict.CHANGED], known, told)
            self._keep(rows)

    def _bound(self, row: BatchRow, known: Any, told: Told) -> Bound | None:
        if row.verdict == Verdict.NEW:
            return self.binder.new(row.words)
        entry = known[row.record_id]
        if entry.record.version != row.version or entry.record.state != State.PUBLISHED:
            return None
        return self.binder.changed(entry, row.words, told.words[entry.pk])

    def _make(self, pairs: Sequence[tuple[BatchRow, Bound]]) -> None:
        entries = []
        for row, bound in pairs:
            entry = self.binder.blank()
            self.binder.write(bound, entry)
            row.record = entry.record
            entries.append(entry)
        writing.make(
            self.batch.kind, entries, by=self.by, source=self.batch.source,
            source_read_on=timezone.localdate(self.batch.at),
        )  # fmt: skip
        for row, _bound in pairs:
            row.record = row.record  # now that it has a number
            row.written_version = 1
        self._hang([(row, bound, VALUE_FIELDS) for row, bound in pairs])

    def _change(self, pairs: Sequence[tuple[BatchRow, Bound]], known: Any, told: Told) -> None:
        changes, records = [], []
        for row, bound in pairs:
            entry = known[row.record_id]
            before = Before.of(entry, told)
            columns = self.binder.write(bound, entry, row.words.keys())
            changes.append((entry, columns))
            if of_record := before.record_differs(entry.record):
                records.append(entry.record)
            row.before = before.only([*columns, *of_record], row.words)
            row.written_version = entry.record.version + 1
        writing.change(changes)
        writing.change_records(records)
        writing.raise_versions([row.record_id for row, _bound in pairs if row.record_id])
        self._hang([(row, bound, row.words.keys()) for row, bound in pairs])

    def _hang(self, rows: Iterable[tuple[BatchRow, Bound, Collection[str]]]) -> None:
        """Themes, places and values, of those that say something of them."""
        themes: dict[int, list[int]] = {}
        places: dict[int, list[int]] = {}
        for row, bound, touched in rows:
            values, pk = bound.values, row.record_id or 0
            if "themes" in row.words:
                themes[pk] = [theme.pk for theme in values["themes"]]
            if "places" in row.words:
                places[pk] = [place.pk for place in values["places"]]
            if kinds := kinds_of_value(touched):
                self._value(pk, bound, kinds, new=row.verdict == Verdict.NEW)
        writing.set_themes(themes)
        writing.set_places(places)

    def _value(self, pk: int, bound: Bound, kinds: Collection[str], *, new: bool) -> None:
        told = [one for one in values_of(bound) if one.kind in kinds]
        if told or not new:
            set_values({"solution_id": pk}, told, kinds)

    def _keep(self, rows: Sequence[BatchRow]) -> None:
        """What was written of each row, in its log and beside the row."""
        BatchRow.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"],
            update_fields=("record", "before", "written_version"),
        )  # fmt: skip
        told = [(row.record_id, row.written_version) for row in rows]
        pairs = [(pk, version) for pk, version in told if pk and version]
        writing.log(pairs, Verb.IMPORTED, by=self.by, reason=reason_of(self.batch))
        self.written |= {pk for pk, _version in pairs}

    def index(self) -> None:
        """What is derived of all that was written, and of what is tied to it."""
        write_derived(self.batch.kind, self.written, self.named, self._indexed)

    def _indexed(self, number: int) -> None:
        tell(self.batch, min((self.steps + number) * self.batch.total // self.whole, self.batch.total))


def write_derived(kind: str, ids: set[int], others: Collection[int], finished: Any) -> None:
    """Write what is derived of entries of a kind, of what they are tied to, and of other records."""
    further = (tied_to(kind, ids) | set(others)) - ids
    by_kind: dict[str, set[int]] = {kind: ids}
    for pk, other in Record.objects.filter(pk__in=further).order_by().values_list("pk", "kind"):
        by_kind.setdefault(other, set()).add(pk)
    writing.index(by_kind, finished)


def reason_of(batch: Batch) -> str:
    """What the log says: which file, told from others of its name by its digest."""
    return f"{batch.file_name} ({batch.digest[:12]})"


def kinds_of_value(touched: Collection[str]) -> list[str]:
    """The kinds of value that some fields tell of."""
    return list(dict.fromkeys(name.rpartition("_")[0] for name in VALUE_FIELDS if name in touched))


def values_of(bound: Bound) -> list[Value]:
    """The values a row tells, where its kind has any."""
    for section, cleaned in bound.sections:
        if VALUE_FIELDS[0] in section.fields:
            section.cleaned_data = cleaned
            told: list[Value] = section.values  # type: ignore[attr-defined]
            return told
    return []
