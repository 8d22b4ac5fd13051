"""Files from anywhere: read as their sender sees them, or refused with a sentence that helps."""

import io
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import translation
from openpyxl import Workbook
from openpyxl.styles import numbers

from desk.importing import sheets
from desk.importing.limits import Refused
from desk.importing.sheets import read

TABLE = "Navn;Resumé\nÆldrelab;Om pleje, i hjemmet\n\nØlab;Åben\n"
SAID = [(2, ["Ældrelab", "Om pleje, i hjemmet"]), (4, ["Ølab", "Åben"])]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def rows(content: bytes) -> list[tuple[int, list[str]]]:
    return [(row.number, list(row.cells)) for row in read(content).rows]


def workbook(*lines: Sequence[Any], change: Callable[[Workbook], object] = lambda book: None) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(list(line))  # type: ignore[union-attr]
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def packed(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "cp1252"],
    ids=["utf-8", "bom", "utf-16", "cp1252"],
)
@pytest.mark.parametrize("separator", [";", ",", "\t"], ids=["semicolon", "comma", "tab"])
def test_encodings_and_separators(encoding: str, separator: str) -> None:
    lines = ["Navn;Resumé", 'Ældrelab;"Om pleje, i hjemmet"', "", "Ølab;Åben"]
    text = "\r\n".join(line.replace(";", separator) for line in lines)
    assert rows(text.encode(encoding)) == SAID


def test_an_older_programs_file_is_said_to_be_one() -> None:
    assert "Windows-1252" in " ".join(read(TABLE.encode("cp1252")).notes)
    assert read(TABLE.encode()).notes == []


def test_excel_as_its_sender_sees_it() -> None:
    content = workbook(
        ["Navn", "År", "Tal", "Dag", "Ja"],
        ["Ølab", 2024, 12.5, date(2026, 3, 1), True],
        [None, None, None, None, None],
        ["Ålab", 2025.0, "12,5", datetime(2026, 3, 1, 8, 30), False],  # noqa: DTZ001 - Excel knows no zones
    )
    assert read(content).columns == ["Navn", "År", "Tal", "Dag", "Ja"]
    assert rows(content) == [
        (2, ["Ølab", "2024", "12.5", "2026-03-01", "1"]),
        (4, ["Ålab", "2025", "12,5", "2026-03-01T08:30:00", "0"]),
    ]


def test_a_hidden_sheet_is_not_read() -> None:
    def hide(book: Workbook) -> None:
        secret = book.create_sheet("Hemmeligt", 0)
        secret.append(["Navn"])
        secret.append(["Kanarie"])
        secret.sheet_state = "hidden"

    content = workbook(["Navn"], ["Ølab"], change=hide)
    assert rows(content) == [(2, ["Ølab"])]
    assert "“Sheet”" in read(content).notes[0]


def test_cells_merged_in_another_sheet_are_nobodys_business() -> None:
    def cover(book: Workbook) -> None:
        book.create_sheet("Om listen").merge_cells("A1:C3")

    assert rows(workbook(["Navn"], ["Ølab"], change=cover)) == [(2, ["Ølab"])]


def test_rows_that_are_shorter_or_have_empty_cells_at_the_end() -> None:
    assert rows(b"a;b;c\n1\n1;2;3;;;\n") == [(2, ["1", "", ""]), (3, ["1", "2", "3"])]


def test_ten_thousand_rows_are_taken_and_one_more_is_not() -> None:
    line = "x;y\n"
    assert len(read(("a;b\n" + line * 10_000).encode()).rows) == 10_000
    with pytest.raises(Refused, match="10,000"):
        read(("a;b\n" + line * 10_001).encode())


def merged(book: Workbook) -> None:
    book.active.merge_cells("A2:A3")  # type: ignore[union-attr]


def formula(book: Workbook) -> None:
    book.active["A2"] = "=1+1"  # type: ignore[index]
    book.active["A2"].number_format = numbers.FORMAT_GENERAL  # type: ignore[index]


BOMB = packed(xl__workbook_xml=b"<x/>", xl__worksheets__sheet1_xml=b"0" * 40_000_000)
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;</x>'
HOSTILE = {
    "nothing": (b"  \n ", "empty"),
    "too large": (b"a;b\n" + b"x" * (10 * 1024 * 1024), "10 MB"),
    "an old Excel file": (sheets.OLE + b"\0" * 600, "xls"),
    "a bomb": (BOMB, "unpacks"),
    "too many members": (packed(**{f"m{n}": "x" for n in range(201)}), "unpacks"),
    "a document of another kind": (packed(word__document_xml="<x/>"), "no Excel file"),
    "entities": (packed(xl__workbook_xml=ENTITIES), "instructions"),
    "half a zip": (workbook(["a"], ["b"])[:900], "cannot be read"),
    "a zip with nothing in it": (packed(xl__workbook_xml="<workbook/>"), "cannot be read"),
    "merged cells": (workbook(["a", "b"], ["1", "2"], ["", "3"], change=merged), "merged"),
    "a formula without a value": (workbook(["a"], ["x"], change=formula), "formula"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 50, "neither"),
    "half of UTF-16": ("Navn;År\nx;y".encode("utf-16") + b"\x00", "letters"),
    "broken letters": ("Navn\nÃ†ldrelab".encode(), "broken"),
    "a quote without an end": (b'a;b\n"x;y\nz;w', "cannot be read"),
    "two columns of a name": (b"Navn;navn\nx;y", "Two columns"),
    "a column without a name": (b"Navn;;Sted\nx;y;z", "no name"),
    "more cells than names": (b"a;b\n1;2;3", "more cells"),
    "names and no rows": (b"a;b\n;\n", "no rows"),
    "too many columns": ((";".join(["a"] * 300) + "\n").encode(), "200 columns"),
    "a cell without end": (b"a;b\nx;" + b"y" * 40_000, "32,000"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_table_is_refused_at_once_and_says_why(name: str) -> None:
    content, why = HOSTILE[name]
    began = time.process_time()
    with pytest.raises(Refused, match=why):
        read(content)
    assert time.process_time() - began < 5  # a bomb takes minutes
