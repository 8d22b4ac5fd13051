"""What a file handed in says: columns and rows of text, or why it is not read.

Files come from anywhere. What could make a reader busy for minutes is refused before it is opened: a zip is
judged by the list of its members alone, and rows are read one by one up to the limits.
"""

import csv
import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from curation.spreadsheet import unsafe

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 10_000, 200, 32_000
# Of a zip: what it unpacks to, how many members, how much larger than packed (reliability: zip bombs).
UNPACKED_BYTES, MOST_MEMBERS, MOST_RATIO = 50 * 1024 * 1024, 200, 100
# What a packed file raises that is cut off, locked, or packed in a way nobody here unpacks.
BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError)
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What UTF-8 looks like that was read as Windows-1252 and saved again: æ, ø, å, Æ, Ø, Å, é, ü.
MOJIBAKE = ("Ã¦", "Ã¸", "Ã¥", "Ã†", "Ã˜", "Ã…", "Ã©", "Ã¼", "â€")
SEPARATORS = ";,\t"


class Refused(Exception):
    """The file is not read; the message tells its sender why and what to do."""


@dataclass(frozen=True)
class Row:
    """A row with its number in the file, where the first row, of names, has number 1."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """What a file says: names of columns, rows that say something, and what its sender should know."""

    digest: str
    columns: Sequence[str]
    rows: Sequence[Row]
    notes: Sequence[str] = field(default_factory=list)


def read(content: bytes) -> Sheet:
    """A CSV or XLSX file, told by its content and not by its name. Raises `Refused`."""
    if len(content) > MOST_BYTES:
        raise Refused(_("The file is larger than 10 MB. Part it in several."))
    if not content.strip():
        raise Refused(_("The file is empty."))
    if content.startswith(OLE):
        raise Refused(_("This is an old Excel file (.xls) or one with a password. Save it as .xlsx or CSV."))
    notes: list[str] = []
    rows = _of_excel(content, notes) if content.startswith(ZIP) else _of_csv(content, notes)
    columns, said = _checked(rows)
    return Sheet(hashlib.sha256(content).hexdigest(), columns, said, notes)


# What every file has to be


def _checked(rows: Iterator[Sequence[str]]) -> tuple[list[str], list[Row]]:
    """Names in the first row that says anything, each once, and the rows that say something."""
    names: list[str] = []
    said: list[Row] = []
    for number, row in enumerate(rows, start=1):
        cells = _cells(number, row)
        if not any(cells):
            continue
        if not names:
            names = _names(cells)
            continue
        if len(said) == MOST_ROWS:
            raise Refused(_("The file has more than 10,000 rows. Part it in several."))
        if any(cells[len(names) :]):
            raise Refused(_("Row %(row)s has more cells than there are names of columns.") % {"row": number})
        said.append(Row(number, [*cells[: len(names)], *[""] * (len(names) - len(cells))]))
    if not names:
        raise Refused(_("The file is empty."))
    if not said:
        raise Refused(_("The file has names of columns and no rows."))
    return names, said


def _cells(number: int, cells: Sequence[str]) -> list[str]:
    if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
        raise Refused(_("Row %(row)s has more than 200 columns.") % {"row": number})
    kept = [cell.strip() for cell in cells[:MOST_COLUMNS]]
    for cell in kept:
        if len(cell) > LONGEST_CELL:
            raise Refused(_("A cell in row %(row)s holds more than 32,000 characters.") % {"row": number})
        if any(mark in cell for mark in MOJIBAKE):
            raise Refused(
                _(
                    "Letters in row %(row)s were broken before the file came here (“%(cell)s”). Save it anew"
                    " from where it was made, as Excel or as CSV in UTF-8."
                )
                % {"row": number, "cell": cell[:60]}
            )
    return kept


def _names(cells: Sequence[str]) -> list[str]:
    last = max(at for at, cell in enumerate(cells) if cell)
    names = list(cells[: last + 1])
    if "" in names:
        raise Refused(_("Column %(column)s has no name.") % {"column": names.index("") + 1})
    for name in names:
        if sum(1 for other in names if other.casefold() == name.casefold()) > 1:
            raise Refused(_("Two columns are called “%(name)s”.") % {"name": name[:60]})
    return names


# CSV


def _of_csv(content: bytes, notes: list[str]) -> Iterator[Sequence[str]]:
    text, encoding = _decoded(content)
    if "\x00" in text:
        raise Refused(_("This is neither a table in text (CSV) nor an Excel file (.xlsx)."))
    if encoding == "cp1252":
        notes.append(_("The file was read as Windows-1252, as older programs write it."))
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    csv.field_size_limit(MOST_BYTES)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            yield [unsafe(cell) for cell in row]
    except csv.Error as error:
        raise Refused(_("The table cannot be read: %(why)s.") % {"why": str(error)}) from error


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _or_refuse(content, encoding), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _or_refuse(content, "cp1252"), "cp1252"


def _or_refuse(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(
            _("The file's letters cannot be read. Save it as Excel (.xlsx) or as CSV in UTF-8.")
        ) from error


# Excel


UNREADABLE = (KeyError, ValueError, TypeError, OSError, ParseError, InvalidFileException, zipfile.BadZipFile)


def _of_excel(content: bytes, notes: list[str]) -> Iterator[Sequence[str]]:
    """Values as Excel last showed them; a formula whose value the file does not hold is refused."""
    _judge_zip(content)
    try:
        written, shown = (_first_sheet(content, values, notes) for values in (False, True))
        rows = zip(written.iter_rows(values_only=True), shown.iter_rows(values_only=True), strict=True)
        for number, (said, value) in enumerate(rows, start=1):
            if number > MOST_ROWS * 2:
                raise Refused(_("The file has more than 10,000 rows. Part it in several."))
            yield [_text(number, *pair) for pair in zip(said, value, strict=False)]
    except UNREADABLE as error:
        raise Refused(_("This Excel file cannot be read. Save it anew as .xlsx, or as CSV.")) from error


def _first_sheet(content: bytes, values: bool, notes: list[str]) -> Any:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not shown:
        raise Refused(_("The workbook has no sheet that is shown."))
    if values and len(book.worksheets) > 1:
        notes.append(_("Only the sheet “%(name)s” was read.") % {"name": shown[0].title})
    return shown[0]


def _judge_zip(content: bytes) -> None:
    """Look at the members' list before anything is unpacked, then for what a table never needs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            unpacked = sum(member.file_size for member in members)
            if (
                len(members) > MOST_MEMBERS
                or unpacked > UNPACKED_BYTES
                or unpacked > MOST_RATIO * max(len(content), 1)
                or any(member.flag_bits & 1 for member in members)
            ):
                raise Refused(_("This file unpacks to more than a table needs, or has a password."))
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names:
                raise Refused(_("This is a packed file, but no Excel file (.xlsx)."))
            for name in sorted(names):
                if name.endswith((".xml", ".rels")):
                    _judge_member(packed, name)
    except BROKEN_ZIP as error:
        raise Refused(_("This Excel file cannot be read. Save it anew as .xlsx, or as CSV.")) from error


def _judge_member(packed: zipfile.ZipFile, name: str) -> None:
    content = packed.read(name)
    if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content:
        raise Refused(_("This file holds instructions a table does not need."))
    if name.startswith("xl/worksheets/") and b"<mergeCell " in content:
        raise Refused(_("Cells are merged in the sheet. Unmerge them, so that each row says all of its own."))


def _text(number: int, said: Any, value: Any) -> str:
    """As somebody would have typed it: whole numbers without a point, days as 2026-11-22."""
    match value:
        case None if said is not None:
            raise Refused(
                _("The formula in row %(row)s has no value. Put the value there instead.") % {"row": number}
            )
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime() if value.time() == dt.time.min:
            return value.date().isoformat()
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
    return str(value)
