"""A table as an Excel workbook, packed while its rows are read, so that it is never held as a whole.

Every cell is text of its own (`inlineStr`), so nothing in it is ever calculated. The zip's directory comes
last: a workbook that broke off cannot be opened.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # letters in a cell of Excel
CUT = " […]"
WIDEST, NARROWEST = 60, 12
LEVEL = 3  # half the time of the usual one, and a few hundredths larger
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name: the same rows are the same file
# Letters XML does not know; they cannot be seen anyway.
UNKNOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CONTENT_TYPES = f"""{HEAD}<Types xmlns="{PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>\
<Override PartName="/docProps/core.xml"\
 ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"""
RELATIONS = f"""{HEAD}<Relationships xmlns="{PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>\
<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties"\
 Target="docProps/core.xml"/></Relationships>"""
OF_WORKBOOK = f"""{HEAD}<Relationships xmlns="{PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>\
<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>"""
# The usual letters, and bold ones for names of columns; both as text: 0751 stays 0751 when it is edited.
STYLES = f"""{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2">\
<font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


@dataclass(frozen=True)
class About:
    """What the workbook says of itself: in its tab, and in the properties a program shows."""

    sheet: str
    title: str
    licence: str


class Outflow:
    """Takes what the zip writes until it is asked for it. As nobody can go back in it, sizes stand behind."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, content: bytes, /) -> int:
        self._written += content
        return len(content)

    def flush(self) -> None:
        """There is nowhere to flush to."""

    def close(self) -> None:
        """There is nothing to close."""

    def taken(self) -> bytes:
        content = bytes(self._written)
        self._written.clear()
        return content


def workbook(
    about: About, heads: Sequence[str], batches: Iterable[Iterable[Sequence[str]]]
) -> Iterator[bytes]:
    """The file in pieces: one when it begins, one after each batch of rows, one with its end."""
    out = Outflow()
    packed = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
    for name, part in _frame(about):
        packed.writestr(_member(name), part, zipfile.ZIP_DEFLATED, LEVEL)
    with packed.open(_member("xl/worksheets/sheet1.xml"), "w") as sheet:
        sheet.write(_sheet_head(heads).encode())
        yield out.taken()
        number = 1
        for rows in batches:
            text = []
            for row in rows:
                number += 1
                text.append(_row(number, row, style=0))
            sheet.write("".join(text).encode())
            if content := out.taken():
                yield content
        sheet.write(b"</sheetData></worksheet>")
    packed.close()
    yield out.taken()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, EPOCH)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _frame(about: About) -> Iterator[tuple[str, str]]:
    yield "[Content_Types].xml", CONTENT_TYPES
    yield "_rels/.rels", RELATIONS
    yield "docProps/core.xml", _properties(about)
    yield "xl/_rels/workbook.xml.rels", OF_WORKBOOK
    yield "xl/styles.xml", STYLES
    tab = quoteattr(re.sub(r"[][:*?/\\]", " ", about.sheet)[:31])
    yield (
        "xl/workbook.xml",
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<sheets><sheet name={tab} sheetId="1" r:id="rId1"/></sheets></workbook>',
    )


def _properties(about: About) -> str:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_text(about.title)}</dc:title><dc:creator>Stedkraft</dc:creator>"
        f"<dc:description>{_text(about.licence)}</dc:description></cp:coreProperties>"
    )


def _sheet_head(heads: Sequence[str]) -> str:
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{min(max(len(head) + 4, NARROWEST), WIDEST)}" customWidth="1"/>'
        for at, head in enumerate(heads, start=1)
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>{_row(1, heads, style=1)}"
    )


def _row(number: int, cells: Sequence[str], *, style: int) -> str:
    """Cells that say nothing are left out."""
    said = "".join(
        f'<c r="{get_column_letter(at)}{number}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{_text(cell)}</t></is></c>'
        for at, cell in enumerate(cells, start=1)
        if cell
    )
    return f'<row r="{number}">{said}</row>'


def _text(cell: str) -> str:
    """As XML may hold it: one kind of line break, no longer than Excel opens."""
    text = UNKNOWN.sub("", cell.replace("\r\n", "\n").replace("\r", "\n"))
    return escape(text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT)
