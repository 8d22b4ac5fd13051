"""What the page of a file shows: numbers by verdict, and a page of rows with what each would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keeping.columns import columns_of

from ..choices import BatchState, Verdict
from ..models import Batch, BatchRow
from .actions import counts
from .showing import Table, Typed

SHOWN = 50
ALL, ALIKE = "all", "alike"


@dataclass(frozen=True)
class Choice:
    """Rows one can choose to see."""

    slug: str
    label: str
    number: int


class Preview:
    """A file's numbers, and the page of its rows that an address asks for."""

    def __init__(
        self, batch: Batch, query: Mapping[str, str], *,
        notes: Mapping[int, str] | None = None, typed: Typed | None = None,
    ) -> None:  # fmt: skip
        self.batch = batch
        self.counts: Mapping[str, int] = counts(batch)
        self.total = sum(self.counts.get(verdict, 0) for verdict in Verdict.values)
        self.choices = self._choices()
        self.show = self._asked(query.get("show", ""))
        number = next((choice.number for choice in self.choices if choice.slug == self.show), 0)
        self.pages = max(1, ceil(number / SHOWN))
        text = query.get("page", "")
        asked = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
        self.page = min(max(asked, 1), self.pages)
        found = self._found()[(self.page - 1) * SHOWN : self.page * SHOWN]
        self.rows = Table(batch, found, notes=notes or {}, typed=typed or {}).rows

    def _choices(self) -> Sequence[Choice]:
        by_verdict = [
            Choice(verdict.value, str(verdict.label), self.counts[verdict])
            for verdict in Verdict
            if self.counts.get(verdict)
        ]
        alike = self.counts.get(ALIKE, 0)
        further = [Choice(ALIKE, _("Possible duplicates"), alike)] if alike else []
        return [Choice(ALL, _("All"), self.total), *by_verdict, *further]

    def _asked(self, show: str) -> str:
        """What an address asks for, though nothing be like that any more; else what has to be mended."""
        if show in (ALL, ALIKE, *Verdict.values):
            return show
        return Verdict.REFUSED if self.refused and self.batch.state == BatchState.READY else ALL

    def _found(self) -> QuerySet[BatchRow]:
        rows = rows_of(self.batch)
        if self.show == ALIKE:
            return rows.filter(verdict=Verdict.NEW).exclude(alike=[])
        return rows if self.show == ALL else rows.filter(verdict=self.show)

    @property
    def new(self) -> int:
        return self.counts.get(Verdict.NEW, 0)

    @property
    def altered(self) -> int:
        return self.counts.get(Verdict.CHANGED, 0)

    @property
    def same(self) -> int:
        return self.counts.get(Verdict.SAME, 0)

    @property
    def refused(self) -> int:
        return self.counts.get(Verdict.REFUSED, 0)

    @property
    def left_out(self) -> int:
        return self.counts.get(Verdict.LEFT_OUT, 0)

    @property
    def alike(self) -> int:
        return self.counts.get(ALIKE, 0)

    @property
    def more(self) -> str:
        """The way to what is refused still, once nothing on this page is."""
        return f"?show={Verdict.REFUSED}#faults" if self.refused else ""

    @property
    def does_something(self) -> bool:
        return bool(self.new or self.altered)

    @property
    def sentence(self) -> str:
        """What taking the file in would do, as it stands; empty where no row can be taken in."""
        told = (
            (self.new, ngettext("%(n)s entry is added", "%(n)s entries are added", self.new)),
            (self.altered, ngettext("%(n)s is changed", "%(n)s are changed", self.altered)),
            (self.same, ngettext("%(n)s says the same", "%(n)s say the same", self.same)),
            (self.left_out, ngettext("%(n)s is left out", "%(n)s are left out", self.left_out)),
        )
        said = ", ".join(text % {"n": number} for number, text in told if number)
        return f"{said}." if said else ""

    @property
    def mends(self) -> bool:
        """Whether something on this page is open to be mended."""
        return any(row.faults for row in self.rows)

    @property
    def first_fault(self) -> str:
        """The way to the first cell that is refused, which takes the focus there."""
        row = rows_of(self.batch).filter(verdict=Verdict.REFUSED).first()
        if row is None:
            return ""
        field = next(
            (column.name for column in columns_of(self.batch.kind) if column.name in row.problems), ""
        )
        return f"?show={Verdict.REFUSED}#{f'c-{row.number}-{field}' if field else f'do-{row.number}'}"

    @property
    def unread(self) -> Sequence[str]:
        """The names of columns that are left out."""
        pairs = zip(self.batch.headings, self.batch.columns, strict=True)
        return [heading for heading, field in pairs if not field]

    @property
    def query(self) -> str:
        return f"show={self.show}&page={self.page}"

    @property
    def earlier(self) -> int:
        return self.page - 1

    @property
    def later(self) -> int:
        return self.page + 1 if self.page < self.pages else 0


def rows_of(batch: Batch) -> QuerySet[BatchRow]:
    """The rows in the order of the file, with the entries they are about."""
    rows = batch.rows.select_related("record").order_by("number")
    return rows.defer("record__search_da", "record__search_en", "before", "words")
