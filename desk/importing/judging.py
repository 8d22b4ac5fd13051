"""What each row of a file would do: make an entry, change one, nothing, or why it cannot be taken in.

A row is about the entry whose public id it has, or whose ROR identifier; any other is about something new. A
cell that reads as what the entry says leaves it alone, an empty cell empties the field, and what the file has
no column for is left alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import batched
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from actors.identifiers import is_ror, plain_ror
from curation.choices import Kind
from curation.forms import Words
from curation.reference import Reference
from keeping.columns import ID, Cells, Column, Look, Told, columns_of, told_of
from keeping.columns.column import NO
from keeping.columns.reading import squeezed
from keeping.columns.saying import place_called, theme_called
from keeping.history.events import MODELS
from places.danish import fold

from ..choices import Verdict
from ..models import Batch, BatchRow
from .binding import Binder, Problems, broken_rules
from .likeness import Likeness

CHUNK = 500
WHOLE = ""  # what is wrong with a row as a whole
WRITTEN = (
    "words", "verdict", "problems", "changes", "record", "version", "alike",
)  # fmt: skip
IN_ADDRESS = re.compile(r"(?:.*/id/|.*\()?([0-9a-z]{10})(?:/|\))?", re.DOTALL)


@dataclass
class Judge:
    """Judges rows of one file against the register as it is now."""

    batch: Batch
    reference: Reference = field(default_factory=Reference.now)

    def __post_init__(self) -> None:
        self.columns = {column.name: column for column in columns_of(self.batch.kind)}
        self.cells = Cells(self.reference)
        self._read: dict[tuple[str, str], list[str] | ValidationError] = {}

    @cached_property
    def binder(self) -> Binder:
        return Binder(self.batch.kind, by=self.batch.by, reference=self.reference)

    @cached_property
    def likeness(self) -> Likeness:
        return Likeness(self.batch.kind, self.reference)

    def judge(self, rows: Iterable[BatchRow]) -> Iterable[Sequence[BatchRow]]:
        """Say of each row what it would do, some at a time; saving them is the caller's."""
        for some in batched(rows, CHUNK, strict=False):
            with translation.override(self.batch.language):
                self._judge(some)
            yield some

    def _judge(self, rows: Sequence[BatchRow]) -> None:
        texts = [texts_of(self.batch, row) for row in rows]
        found = self._found(texts)
        told = told_of(list(found.values()))
        read = [
            _Row(self, row, text, found.get(_about(text, found)), told)
            for row, text in zip(rows, texts, strict=True)
        ]
        self.binder.expect((one.words for one in read), found.values())
        for one in read:
            one.judge()

    def words(self, column: Column, text: str) -> list[str]:
        """A cell in the words of the forms; of a list, read once for all cells that say the same."""
        if not column.listed:
            return self.cells.words(column, text)
        key = (column.name, text)
        if key not in self._read:
            try:
                self._read[key] = self.cells.words(column, text)
            except ValidationError as error:
                self._read[key] = error
        read = self._read[key]
        if isinstance(read, ValidationError):
            raise read
        return read

    # Which entries

    def _found(self, texts: Sequence[Mapping[str, str]]) -> dict[str, Any]:
        """The entries rows are about, by public id and by ROR, whatever state they are in."""
        model: Any = MODELS[self.batch.kind]
        rows = model.objects.select_related("record").defer("record__search_da", "record__search_en")
        ids = {number for text in texts if (number := public_id(text.get(ID, "")))}
        found = {one.record.public_id: one for one in rows.filter(record__public_id__in=ids).order_by("pk")}
        if self.batch.kind == Kind.ACTOR:
            numbers = {number for text in texts if not text.get(ID) and (number := _ror(text))}
            for one in rows.filter(ror__in=numbers).order_by("pk"):
                found.setdefault(one.record.public_id, one)
                found[f"ror:{one.ror}"] = found[one.record.public_id]
        return found


@dataclass
class _Row:
    """One row while it is judged."""

    by: Judge
    row: BatchRow
    texts: Mapping[str, str]
    entry: Any
    told: Told
    words: Words = field(default_factory=dict)
    problems: Problems = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the cells that say something else than the entry does."""
        for name, text in self.texts.items():
            column = self.by.columns[name]
            if name == ID or (self.entry and self._reads_the_same(column, text)):
                continue
            try:
                words = self.by.words(column, text)
            except ValidationError as error:
                self.problems[name] = error.messages
                continue
            if column.only_told:
                self._is_only_told(column, words)
            elif not self.entry or not self._same(column, words):
                self.words[name] = words

    def _is_only_told(self, column: Column, words: Sequence[str]) -> None:
        """Whether something has ended is to be as the entry says it; what is new goes on."""
        held = self.told.words[self.entry.pk][column.name] if self.entry else []
        if _yes(words) == _yes(held):
            return
        if self.entry is None:
            told = _(
                "What is added by a file goes on. Leave the cell empty, and tell of the end on its page."
            )
        else:
            told = _(
                "Whether something has ended, and when, is told on its own page. Here it says: %(said)s."
            )
            said = self.told.cell(column, self.entry.pk, self.by.batch.language)
            told %= {"said": said or _("it goes on")}
        self.problems[column.name] = [told]

    def _reads_the_same(self, column: Column, text: str) -> bool:
        """Also where it does not name what not everybody may read."""
        languages = dict.fromkeys((self.by.batch.language, "da", "en", ""))
        return any(squeezed(self.told.cell(column, self.entry.pk, one)) == text for one in languages)

    def _same(self, column: Column, words: Sequence[str]) -> bool:
        said = self.told.words[self.entry.pk][column.name]
        if column.look == Look.CHOICES:  # ticks have no order
            return sorted(said) == sorted(words)
        return [squeezed(word) for word in said] == list(words)

    def judge(self) -> None:
        row, entry = self.row, self.entry
        row.words, row.alike, row.changes = self.words, [], {}
        row.record = entry.record if entry else None
        row.version = entry.record.version if entry else None
        self._check()
        row.problems = {name: list(map(str, told)) for name, told in self.problems.items()}
        if row.verdict == Verdict.LEFT_OUT:
            return
        row.verdict = self._verdict()
        if entry is None:
            row.alike = self.by.likeness.of(self.words)
        else:
            row.changes = {name: self._change(name) for name in self.words}

    def _check(self) -> None:
        if reason := self._cannot_be_about():
            self.problems.setdefault(ID, []).append(reason)
            return
        binder = self.by.binder
        if self.entry is None:
            bound = binder.new(self.words)
        elif self.words:
            bound = binder.changed(self.entry, self.words, self.told.words[self.entry.pk])
        else:
            return
        for name, told in bound.problems.items():
            self.problems.setdefault(name, told)
        if self.entry is not None and not self.problems:
            columns = binder.write(bound, self.entry, self.words.keys())
            if told := broken_rules(self.entry, columns):
                self.problems[WHOLE] = told

    def _cannot_be_about(self) -> str:
        """Why a row is about no entry that can be changed."""
        said = self.texts.get(ID, "")
        if self.entry is None:
            return _("“%(said)s” is not in the register.") % {"said": said[:80]} if said else ""
        if not self.entry.is_public:
            return _("“%(name)s” is not public now, so it cannot be changed by a file.") % {
                "name": self.entry.name
            }
        return ""

    def _verdict(self) -> Verdict:
        if self.problems:
            return Verdict.REFUSED
        if self.entry is None:
            return Verdict.NEW
        return Verdict.CHANGED if self.words else Verdict.SAME

    def _change(self, name: str) -> dict[str, str]:
        column, language = self.by.columns[name], self.by.batch.language
        before = self.told.cell(column, self.entry.pk, language)
        return {"from": before, "to": shown(column, self.words[name], self.texts[name], self.by)}


def shown(column: Column, words: Sequence[str], text: str, by: Judge) -> str:
    """What a cell says, as a file of the register would write it."""
    language, reference = by.batch.language, by.reference
    match column.look:
        case Look.CHOICE | Look.CHOICES:
            options = column.options(language)
            return "; ".join(options.get(word, word) for word in words if word)
        case Look.THEMES:
            return "; ".join(theme_called(word, language, reference) for word in words)
        case Look.PLACES:
            return "; ".join(place_called(word, language, reference) for word in words)
        case Look.ENTRY | Look.DEGREES:
            return text
    return "".join(words)


# What a row says


def _yes(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in ("", NO)]


def texts_of(batch: Batch, row: BatchRow) -> dict[str, str]:
    """The text of each column that is read, with what was mended in its place."""
    texts = {name: squeezed(cell) for name, cell in zip(batch.columns, row.cells, strict=False) if name}
    return texts | {name: squeezed(text) for name, text in row.mended.items()}


def public_id(text: str) -> str:
    """The public id in a cell: by itself, in an address, or in brackets after a name."""
    found = IN_ADDRESS.fullmatch(text.strip())
    return found[1] if found else ""


def _about(text: Mapping[str, str], found: Mapping[str, Any]) -> str:
    if text.get(ID):
        return public_id(text[ID])
    number = _ror(text)
    return f"ror:{number}" if f"ror:{number}" in found else ""


def _ror(text: Mapping[str, str]) -> str:
    number = plain_ror(text.get("ror", ""))
    return number if is_ror(number) else ""


# Rows of one file that are about the same


def twice(rows: Iterable[BatchRow]) -> dict[int, int]:
    """Rows about what an earlier row is about, by number: the number of the earlier one."""
    first: dict[Any, int] = {}
    found: dict[int, int] = {}
    for row in rows:
        for sign in _sign(row):
            if first.setdefault(sign, row.number) != row.number:
                found.setdefault(row.number, first[sign])
    return found


def _sign(row: BatchRow) -> Iterable[tuple[Any, ...]]:
    """What makes two rows be about the same: the entry, else name, place and owner; or the same ROR."""
    words: Words = row.words
    if ror := "".join(words.get("ror", ())):
        yield ("ror", plain_ror(ror))
    if row.record_id:
        yield ("record", row.record_id)
    elif name := "".join(words.get("name_da", ())):
        yield ("name", fold(name), *words.get("places", ()), *words.get("owner", ()))


def refuse_twice(row: BatchRow, other: int) -> None:
    """Only one of two rows about the same can be taken in."""
    row.problems = dict(row.problems) | {
        WHOLE: [_("Row %(row)s is about the same. Leave one of them out.") % {"row": other}]
    }
    row.verdict = Verdict.REFUSED
