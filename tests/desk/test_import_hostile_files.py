"""Files that mean harm or have suffered it: refused with a sentence or read as what they say, and soon."""

import io
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from curation.models import Record
from desk.importing import limits, uploading
from desk.models import Batch
from tests.desk.hostile_files import (
    ROWS,
    a_million_rows_of_nothing,
    billion_laughs,
    bomb_of_cells,
    bomb_of_far_cells,
    bomb_of_members,
    bomb_of_ratio,
    bomb_of_rows,
    bomb_of_size,
    bomb_of_styles,
    bomb_of_texts,
    by_hand,
    empty_rows,
    external_link,
    file_of_this_machine,
    formula,
    formula_with_a_value,
    formulas_of_one_another,
    huge_cell,
    instructions_far_down,
    laughs_in_other_letters,
    long,
    long_by_reference,
    macros,
    name_that_is_no_text,
    packed_badly,
    shared_strings_of_this_machine,
    string_that_is_nowhere,
    wide,
    wide_by_reference,
    with_a_password,
    zip_with_a_password,
)
from tests.pages import read
from tests.people import browser

pytestmark = pytest.mark.usefixtures("empty")

SOON = 5  # seconds


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


def sent(desk: Client, name: str, content: bytes) -> Any:
    """Handed in as a file of actors, through the page."""
    file = SimpleUploadedFile(name, content)
    return desk.post("/en/desk/import/new/", {"holds": "actor", "source": "A list", "file": file})


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
