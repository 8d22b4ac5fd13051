"""What a file handed in says: columns and rows of text, or why it is not read.

Files come from anywhere, so rows are read one by one up to the limits (`limits`), and what is packed is
looked at before it is opened (`workbooks`).
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from curation.spreadsheet import unsafe

from . import workbooks
from .limits import LONGEST_CELL, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Refused, too_long

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What UTF-8 looks like that was read as Windows-1252 and saved again: æ, ø, å, Æ, Ø, Å, é, ü.
MOJIBAKE = ("Ã¦", "Ã¸", "Ã¥", "Ã†", "Ã˜", "Ã…", "Ã©", "Ã¼", "â€")
SEPARATORS = ";,\t"


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
    rows = workbooks.rows_of(content, notes) if content.startswith(ZIP) else _of_csv(content, notes)
    columns, said = _checked(rows)
    return Sheet(hashlib.sha256(content).hexdigest(), columns, said, notes)


# What every file has to be


def _checked(rows: Iterator[Sequence[str]]) -> tuple[list[str], list[Row]]:
    """Names in the first row that says anything, each once, and the rows that say something."""
    names: list[str] = []
    said: list[Row] = []
    for number, cells in _numbered(rows):
        if not any(cells):
            continue
        if not names:
            names = _names(cells)
            continue
        if len(said) == MOST_ROWS:
            raise too_long()
        if any(cells[len(names) :]):
            raise Refused(_("Row %(row)s has more cells than there are names of columns.") % {"row": number})
        said.append(Row(number, [*cells[: len(names)], *[""] * (len(names) - len(cells))]))
    if not names:
        raise Refused(_("The file is empty."))
    if not said:
        raise Refused(_("The file has names of columns and no rows."))
    return names, said


def _numbered(rows: Iterator[Sequence[str]]) -> Iterator[tuple[int, list[str]]]:
    """Each row by its number, also empty ones; of those a file may have as many between."""
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS * 2:
            raise too_long()
        yield number, _cells(number, row)


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
            yield [*map(unsafe, row[:MOST_COLUMNS]), *row[MOST_COLUMNS:]]
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
