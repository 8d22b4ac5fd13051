"""A row of a file as its page shows it: what it would do, what is refused in it, what it may be already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curation.differences import Difference, differences
from curation.models import Record
from keeping.columns import Column, Look, columns_of

from ..choices import BatchState, Verdict
from ..models import Batch, BatchRow
from .sending import sealed

# Faults of one row that are shown at once: a page of rows has to stay below the fields a form may have.
MOST_FAULTS = 12
LONG = 120  # letters from which a cell is mended in several lines

type Cells = Mapping[str, str]
type Typed = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class Fault:
    """A cell that is refused, open to be mended; `choices` are what it may say, as the file would."""

    row: int
    field: str
    label: str
    text: str
    errors: Sequence[str]
    choices: Sequence[tuple[str, str]]
    is_long: bool

    @property
    def id(self) -> str:
        return f"c-{self.row}-{self.field}"

    @property
    def name(self) -> str:
        return f"cell-{self.row}-{self.field}"


@dataclass(frozen=True)
class Shown:
    """One row as its page shows it; `seal` says what the page showed of it, for `Sent` to read."""

    number: int
    verdict: str
    label: str
    title: str
    path: str
    mended: bool
    seal: str
    note: str
    messages: Sequence[str]
    faults: Sequence[Fault]
    further: int
    differences: Sequence[Difference]
    alike: Sequence[Record]
    said: Sequence[tuple[str, str]]
    can_leave: bool
    can_take: bool
    can_be_same: bool

    @property
    def button(self) -> str:
        """The id of the button that leaves the row out or takes it back."""
        return f"do-{self.number}"

    @property
    def is_whole_fault(self) -> bool:
        """Whether the row as a whole is refused, so that only leaving it out mends it."""
        return self.verdict == Verdict.REFUSED and not self.faults

    @property
    def place(self) -> str:
        """The id of what takes the focus when the row is mended next; empty where nothing has to be."""
        if self.faults:
            return self.faults[0].id
        return self.button if self.is_whole_fault else ""


class Table:
    """Turns rows of a file into what pages show of them, with as many statements for one as for many."""

    def __init__(
        self, batch: Batch, rows: Iterable[BatchRow], *, notes: Mapping[int, str], typed: Typed
    ) -> None:
        self.batch, self.notes, self.typed = batch, notes, typed
        self.columns: Mapping[str, Column] = {column.name: column for column in columns_of(batch.kind)}
        language = get_language() or batch.language
        self.labels = {name: column.label(language) for name, column in self.columns.items()}
        self.open = batch.state == BatchState.READY
        found = list(rows)
        self.records = _records(public_id for row in found for public_id in row.alike)
        self.rows = [self._shown(row) for row in found]

    def _shown(self, row: BatchRow) -> Shown:
        cells = said_by(self.batch, row)
        faults = self._faults(row, cells) if self.open else []
        alike = [self.records[one] for one in row.alike if one in self.records]
        public = row.record is not None and row.record.is_public
        return Shown(
            number=row.number,
            verdict=row.verdict,
            label=str(row.get_verdict_display()),
            title=_title(row, cells),
            path=row.record.get_absolute_url() if row.record and public else "",
            mended=bool(row.mended),
            seal=_seal(row, cells, faults) if self.open else "",
            note=self.notes.get(row.number, ""),
            messages=[one for name in row.problems if name not in self.columns for one in row.problems[name]],
            faults=faults[:MOST_FAULTS],
            further=max(len(faults) - MOST_FAULTS, 0),
            differences=self._differences(row),
            alike=alike,
            said=[(self.labels[name], text) for name, text in cells.items() if text and name in self.labels],
            can_leave=self.open and row.verdict != Verdict.LEFT_OUT,
            can_take=self.open and row.verdict == Verdict.LEFT_OUT,
            can_be_same=self.open and row.verdict in (Verdict.NEW, Verdict.REFUSED) and not cells.get("id"),
        )

    def _faults(self, row: BatchRow, cells: Cells) -> list[Fault]:
        if row.verdict != Verdict.REFUSED:
            return []
        return [
            self._fault(row, self.columns[name], cells.get(name, ""), row.problems[name])
            for name in self.columns
            if name in row.problems
        ]

    def _fault(self, row: BatchRow, column: Column, said: str, errors: Sequence[str]) -> Fault:
        text = self.typed.get(row.number, {}).get(column.name, said)
        choices: Sequence[tuple[str, str]] = ()
        if column.look == Look.CHOICE:
            allowed = [*column.options(self.batch.language).values()]
            in_file = [] if text in ("", *allowed) else [(text, _("%(text)s (in the file)") % {"text": text})]
            choices = [*in_file, ("", _("Nothing")), *((label, label) for label in allowed)]
            errors = [_("“%(text)s” is none of the choices.") % {"text": text[:80]}] if in_file else errors
        is_long = column.look == Look.LINES or len(text) > LONG or "\n" in text
        return Fault(row.number, column.name, self.labels[column.name], text, errors, choices, is_long)

    def _differences(self, row: BatchRow) -> Sequence[Difference]:
        before = {name: change["from"] for name, change in row.changes.items()}
        after = {name: change["to"] for name, change in row.changes.items()}
        return differences(before, after, self.labels) if row.verdict == Verdict.CHANGED else []


def said_by(batch: Batch, row: BatchRow) -> dict[str, str]:
    """What a row says in each field that is read, mended cells in place of the file's."""
    cells = {field: text for field, text in zip(batch.columns, row.cells, strict=False) if field}
    return cells | dict(row.mended)


def _seal(row: BatchRow, cells: Cells, faults: Sequence[Fault]) -> str:
    """What the row says, which is not what somebody had typed when another was faster."""
    return sealed(row, {fault.field: cells.get(fault.field, "") for fault in faults[:MOST_FAULTS]})


def _records(public_ids: Iterable[str]) -> Mapping[str, Record]:
    records = Record.objects.shown().filter(public_id__in=set(public_ids)).order_by("pk")
    return {record.public_id: record for record in records}


def _title(row: BatchRow, cells: Cells) -> str:
    names = (cells.get("name_da"), cells.get("name_en"), row.record.name if row.record else "")
    found: Any = next((name for name in (*names, *row.cells) if name), "")
    return str(found)[:200] or _("Row %(number)s") % {"number": row.number}
