"""What an Excel file says: the rows of its first sheet that is shown.

A zip is judged by the list of its members before anything is unpacked, and its members by what stands in them
before anything is made of them: what could keep a reader busy for minutes is refused first.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from operator import gt
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .limits import MOST_ROWS, Refused, readable, too_long

# Of a zip: what it unpacks to, how many members, how much larger than packed (reliability: zip bombs).
UNPACKED_BYTES, MOST_MEMBERS, MOST_RATIO = 50 * 1024 * 1024, 200, 100
# Each element is an object once it is read. Of a table's own the most rows of the widest kind have 1.6
# million, each cell a text of its own; of texts 0.4. Any other costs many times as much.
MOST_ELEMENTS, MOST_TEXTS, MOST_OTHERS = 1_700_000, 450_000, 100_000
MOST_TAGS_IN_A_ROW = 200_000  # one that is formatted to its end has a hundred thousand
MOST_CELLS = 40_000_000  # with those nobody has written, which a reader fills in up to the last one of a row


def _tag(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(?:\w+:)?(?:" + name + rb")[\s/>]")


OF_A_TABLE, TEXTS, MERGED_CELLS, FORMULAS = map(_tag, (b"row|c|v|f|is|si|t", b"si", b"mergeCell", b"f"))
CELL_ENDS, ROW_ENDS = (re.compile(rb"</(?:\w+:)?" + name + rb"\s*>") for name in (b"c", b"row"))
VALUE, ADDRESS = re.compile(rb"<(?:\w+:)?v>[^<]"), re.compile(rb"\sr=.[A-Z]+(\d+)")


def rows_of(content: bytes, notes: list[str]) -> Iterator[Sequence[str]]:
    """Values as Excel last showed them; a formula whose value the file does not hold is refused."""
    with readable(_("This Excel file cannot be read. Save it anew as .xlsx, or as CSV.")):
        _judge_zip(content)
        shown = _first_sheet(content, notes)
        source = _source(shown)
        if MERGED_CELLS.search(source):
            raise Refused(
                _("Cells are merged in the sheet. Unmerge them, so that each row says all of its own.")
            )
        _formulas_have_values(source)
        cells = 0
        for values in shown.iter_rows(values_only=True):
            cells += len(values)
            if cells > MOST_CELLS:
                raise _too_much()
            yield [_text(value) for value in values]


def _formulas_have_values(sheet: bytes) -> None:
    """Told by the text of each cell: to have formulas read would be to have them worked out."""
    if not FORMULAS.search(sheet):
        return
    for cell in CELL_ENDS.split(sheet):
        formula = FORMULAS.search(cell)
        if formula and not VALUE.search(cell, formula.end()):
            found = ADDRESS.findall(cell, 0, formula.start())
            raise Refused(
                _("The formula in row %(row)s has no value. Put the value there instead.")
                % {"row": found[-1].decode() if found else "?"}
            )


def _first_sheet(content: bytes, notes: list[str]) -> Any:
    """The first sheet that is shown."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not shown:
        raise Refused(_("The workbook has no sheet that is shown."))
    if len(book.worksheets) > 1:
        notes.append(_("Only the sheet “%(name)s” was read.") % {"name": shown[0].title})
    shown[0].reset_dimensions()  # what the file says of its size may be a million rows of nothing
    return shown[0]


def _source(sheet: Any) -> bytes:
    with sheet._get_source() as source:  # noqa: SLF001 - openpyxl reads no merged cells of a sheet it streams
        found: bytes = source.read()
    return found


def _judge_zip(content: bytes) -> None:
    """Look at the members' list before anything is unpacked, then for what a table never needs."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = packed.infolist()
        unpacked = sum(member.file_size for member in members)
        if (
            len(members) > MOST_MEMBERS
            or unpacked > UNPACKED_BYTES
            or unpacked > MOST_RATIO * max(len(content), 1)
            or any(member.flag_bits & 1 for member in members)
        ):
            raise _too_much()
        names = {member.filename for member in members}
        if "xl/workbook.xml" not in names:
            raise Refused(_("This is a packed file, but no Excel file (.xlsx)."))
        found = [0, 0, 0]
        for name in names:  # whatever they are called: what is read as what, the file itself says
            found = [sum(both) for both in zip(found, _judged(packed.read(name)), strict=True)]
            if any(map(gt, found, (MOST_ELEMENTS, MOST_TEXTS, MOST_OTHERS))):
                raise _too_much()


def _too_much() -> Refused:
    return Refused(_("This file unpacks to more than a table needs, or has a password."))


def _judged(content: bytes) -> tuple[int, int, int]:
    """How many elements a member has, how many texts, and how many that a table does not consist of."""
    letters = content.replace(b"\0", b"")  # as UTF-16 has them
    if b"<!DOCTYPE" in letters or b"<!ENTITY" in letters:
        raise Refused(_("This file holds instructions a table does not need."))
    elements = content.count(b"<") - content.count(b"</")
    if elements > MOST_ELEMENTS:
        raise _too_much()
    rows = ROW_ENDS.split(content)
    if len(rows) > MOST_ROWS * 2:
        raise too_long()
    if len(rows) > 1 and max(row.count(b"<") for row in rows) > MOST_TAGS_IN_A_ROW:
        raise _too_much()
    return elements, _count(TEXTS, content), elements - _count(OF_A_TABLE, content)


def _count(pattern: re.Pattern[bytes], content: bytes) -> int:
    return sum(1 for _found in pattern.finditer(content))


def _text(value: Any) -> str:
    """As somebody would have typed it: whole numbers without a point, days as 2026-11-22."""
    match value:
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
