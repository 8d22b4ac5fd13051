"""The pages of import: a file is handed in, its columns are told, its rows are looked at."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from openpyxl import load_workbook

from accounts.models import User
from actors.models import Actor
from curation.choices import Kind
from desk.choices import BatchState, Verdict
from desk.importing import preview as previewing
from desk.importing.sheets import read as read_sheet
from desk.models import Batch
from tests import factories, people
from tests.desk.import_pages import handed_in, numbers, path, shown, verdicts
from tests.pages import read
from tests.people import browser
from tests.statements import statements


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


# Handing in and what there is


@pytest.mark.usefixtures("empty")
def test_a_file_is_handed_in_and_listed(desk: Client, curator: User) -> None:
    assert "/desk/import/" in read(desk.get("/desk/")).links
    assert "Nothing has been handed in yet." in desk.get("/en/desk/import/").text
    batch = handed_in(desk, "Ølab;Kommune;", "Ålab;Ukendt;")
    assert (batch.by, batch.kind, batch.source, batch.language) == (curator, "actor", "En liste", "da")
    assert batch.state == BatchState.READY
    page = read(desk.get("/en/desk/import/"))
    row = page.one("li", "sk-row3").text
    assert "liste.csv" in row
    assert "Connie Curator" in row
    assert "New : 1" in row or "New: 1" in row
    assert "Refused: 1" in row
    assert batch.digest[:12] in row
    assert batch.digest not in row
    assert batch.digest in read(desk.get(f"/en{path(batch)}")).one("main").text


@pytest.mark.usefixtures("empty")
def test_what_is_missing_is_said_beside_the_form(desk: Client) -> None:
    response = desk.post("/en/desk/import/new/", {"holds": "actor", "source": "A list"})
    assert response.status_code == 422
    page = read(response)
    assert "f-file_error" in page
    assert "f-source_error" not in page
    assert page.by_id("f-source").text == "A list"
    assert desk.post("/en/desk/import/new/", {}).status_code == 422
    assert not Batch.objects.exists()


@pytest.mark.usefixtures("empty")
def test_a_file_that_is_handed_in_again_while_it_waits_is_the_one_that_waits(desk: Client) -> None:
    """What was mended stands, and its rows are read as the register is by now."""
    first = handed_in(desk, "Ølab;Komune;", "Ålab;Kommune;")
    batch_row = first.rows.get(number=2)
    batch_row.mended = {"type": "Kommune"}
    batch_row.save()
    factories.actor("Ålab", type="municipality")
    again = handed_in(desk, "Ølab;Komune;", "Ålab;Kommune;")
    assert (again.pk, again.version) == (first.pk, first.version + 1)
    assert verdicts(again) == {2: Verdict.NEW, 3: Verdict.NEW}
    assert len(again.rows.get(number=3).alike) == 1
    with translation.override("da"):
        assert (
            gettext("This file was handed in already and waits; it is this one.")
            in desk.get(path(again)).text
        )
    other = handed_in(desk, "Ølab;Komune;", "Ålab;Kommune;", source="En anden liste")
    assert other.pk != first.pk
    desk.post(path(again, "apply/"), {"version": str(again.version)})
    last = handed_in(desk, "Ølab;Komune;", "Ålab;Kommune;")
    assert last.pk not in (first.pk, other.pk), "the first is taken in"
    assert last.notes


@pytest.mark.usefixtures("empty")
def test_many_files_cost_no_more_and_have_pages(desk: Client, curator: User) -> None:
    handed_in(desk, "Ølab;Kommune;")
    asked = statements(desk, "/desk/import/")
    for number in range(26):
        made = Batch.objects.create(
            kind="lab", file_name=f"{number}.csv", digest="0", size=1, by=people.person()
        )
        made.rows.create(number=2, verdict=Verdict.NEW)
    assert len(statements(desk, "/desk/import/")) == len(asked)
    first, second = (read(desk.get(f"/desk/import/?page={page}")) for page in ("1", "9"))
    assert [len(page.all("li", "sk-row3")) for page in (first, second)] == [25, 2]


@pytest.mark.parametrize("who", ["steward", "member"])
@pytest.mark.usefixtures("empty")
def test_import_is_the_curators(who: str, member: User) -> None:
    if who == "steward":
        factories.stewardship(member, factories.theme())
        assert "/desk/import/" not in read(browser(member).get("/desk/")).links
    client = browser(member)
    batch = Batch.objects.create(kind="lab", file_name="a.csv", digest="0", size=1, by=people.person())
    gets = ["", "new/", "example/lab.csv", f"{batch.pk}/", f"{batch.pk}/columns/", f"{batch.pk}/revert/"]
    posts = ["new/", *(f"{batch.pk}/{part}/" for part in ("columns", "rows", "apply", "drop", "revert"))]
    assert {client.get(f"/desk/import/{one}").status_code for one in gets} == {403}
    assert {client.post(f"/desk/import/{one}").status_code for one in posts} == {403}


# Files to begin with


@pytest.mark.usefixtures("denmark")
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["da", "en"])
@pytest.mark.parametrize("kind", Kind.values)
def test_a_file_to_begin_with_is_read_without_a_fault(desk: Client, kind: str, prefix: str) -> None:
    for form in ("csv", "xlsx"):
        response = desk.get(f"{prefix}/desk/import/example/{kind}.{form}")
        assert f"stedkraft-{kind}-" in response["Content-Disposition"]
        sheet = read_sheet(response.content)
        assert len(sheet.rows) == 2
        file = SimpleUploadedFile(f"a.{form}", response.content)
        sent = {"holds": kind, "source": "x", "file": file}
        assert desk.post(f"{prefix}/desk/import/new/", sent)["Location"] == (
            f"{prefix}/desk/import/{Batch.objects.latest('pk').pk}/"
        )
        batch = Batch.objects.latest("pk")
        assert "" not in batch.columns
        found = [(row.verdict, row.problems) for row in batch.rows.order_by("number")]
        assert found == [(Verdict.NEW, {})] * 2


@pytest.mark.usefixtures("denmark")
def test_excel_explains_each_column(desk: Client) -> None:
    content = desk.get("/en/desk/import/example/need.xlsx").content
    book: Any = load_workbook(io.BytesIO(content))
    heads, first, _second = book.worksheets[0].iter_rows(values_only=True)
    explained = {row[0]: row[1:] for row in book.worksheets[1].iter_rows(values_only=True, min_row=2)}
    assert list(explained) == list(heads)
    assert "EXAMPLE" in first[heads.index("Danish name")]
    assert explained["Status"][3].split("; ")[0] == "Open"
    assert explained["Danish name"][1] == "Yes"
    assert explained["Public id"][0] == "id"
    danish = desk.get("/desk/import/example/need.csv").content.decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(danish), delimiter=";"))[1] == "Dansk navn"


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("name", ["x.csv", "lab.pdf", "lab.exe"])
def test_there_are_no_other_files_to_begin_with(desk: Client, name: str) -> None:
    assert desk.get(f"/desk/import/example/{name}").status_code == 404


# Columns


@pytest.mark.usefixtures("empty")
def test_a_column_nobody_knows_is_named_and_can_be_told(desk: Client) -> None:
    file = SimpleUploadedFile("a.csv", b"Dansk navn;Hvad;Smag\n\xc3\x98lab;Kommune;S\xc3\xb8d\n")
    response = desk.post("/en/desk/import/new/", {"holds": "actor", "source": "x", "file": file})
    batch = Batch.objects.get()
    assert response["Location"] == f"/en{path(batch, 'columns/')}"
    page = read(desk.get(response["Location"]))
    assert "2 columns have names the register does not know: Hvad, Smag." in page.one("main").text
    second = page.by_id("column-1")
    assert second.all("option", selected="") == [] or second.one("option", selected="").attrs["value"] == ""
    assert "Kommune" in page.one("main").text
    version = page.one("main").all("input", name="version")[0].attrs["value"]
    sent = {"version": version, "column-0": "name_da", "column-1": "type", "column-2": ""}
    assert desk.post(path(batch, "columns/"), sent)["Location"] == path(batch)
    batch.refresh_from_db()
    assert batch.columns == ["name_da", "type", ""]
    assert verdicts(batch) == {2: Verdict.NEW}
    assert "Smag" in read(desk.get(path(batch))).by_id("ways").text
    stale = desk.post(path(batch, "columns/"), sent | {"column-1": "cvr"})
    assert stale.status_code == 409
    assert read(stale).by_id("column-1").one("option", selected="").attrs["value"] == "cvr"
    batch.refresh_from_db()
    assert batch.columns == ["name_da", "type", ""]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("chosen", [("type", "type"), ("nonsense", "")], ids=["twice", "unknown"])
def test_columns_that_cannot_be_are_refused(desk: Client, chosen: tuple[str, str]) -> None:
    batch = handed_in(desk, "Ølab;Kommune;")
    sent = {
        "version": str(batch.version),
        "column-0": "name_da",
        "column-1": chosen[0],
        "column-2": chosen[1],
    }
    response = desk.post(f"/en{path(batch, 'columns/')}", sent)
    assert response.status_code == 422
    page = read(response)
    assert page.by_id("error-summary").text
    both = [f"column-{at}" for at in (1, 2)] if chosen[0] == chosen[1] else []
    told = [node for node in page.one("main").all("select") if node.attrs.get("aria-invalid")]
    assert [node.attrs["id"] for node in told] == both
    for node in told:
        assert f"#{node.attrs['id']}" in page.by_id("error-summary").links
        assert page.by_id(node.attrs["aria-describedby"]).text
    batch.refresh_from_db()
    assert batch.columns == ["name_da", "type", "website"]


# Looking


@pytest.mark.usefixtures("empty")
def test_each_row_says_what_it_would_do(desk: Client) -> None:
    known = factories.actor("Kendt Kommune", type="municipality", side="pull", website="https://foer.example")
    same = factories.actor("Samme", type="company", side="push")
    heads = "Public id;Dansk navn;Type;Websted"
    batch = handed_in(
        desk, ";Ny;Virksomhed;", f"{known.record.public_id};Kendt Kommune;Kommune;https://nu.example",
        f"{same.record.public_id};Samme;Virksomhed;", ";Skæv;Virksomheden;ingen adresse", heads=heads,
    )  # fmt: skip
    assert list(verdicts(batch).values()) == [Verdict.NEW, Verdict.CHANGED, Verdict.SAME, Verdict.REFUSED]
    first = read(desk.get(f"/en{path(batch)}"))
    assert numbers(first) == {"All": 4, "New": 1, "Changed": 1, "The same": 1, "Refused": 1}
    assert [node.attrs["id"] for node in first.all("li", "sk-ir")] == ["row-5"]
    fault = first.by_id("c-5-website")
    assert fault.attrs["value"] == "ingen adresse"
    assert first.by_id(fault.attrs["aria-describedby"]).text
    allowed = [option.attrs["value"] for option in first.by_id("c-5-type").all("option")]
    assert allowed[0] == "Virksomheden"
    assert "Virksomhed" in allowed
    everything = shown(desk, batch, show="all")
    assert "Ny" in everything.by_id("row-2").text
    change = everything.by_id("row-3")
    assert [node.text for node in change.all("del") + change.all("ins")] == [
        "https://foer.example", "https://nu.example",
    ]  # fmt: skip
    assert known.get_absolute_url() in change.links
    assert "rows-form" not in shown(desk, batch, show="left_out")
    assert "apply" not in everything


@pytest.mark.usefixtures("empty")
def test_a_page_of_many_rows_costs_no_more(desk: Client) -> None:
    known = [factories.actor(f"Aktør {number}", type="company") for number in range(12)]
    heads = "Public id;Dansk navn;Type;Websted"

    def lines(some: Sequence[Actor]) -> list[str]:
        told = [f"{one.record.public_id};{one.name_da} A/S;Kommune;https://ny.example" for one in some]
        refused = [f";{one.name_da};Virksomheden;x" for one in some]
        return [*told, *refused, *(f";{one.name_da} og venner;Virksomhed;" for one in some)]

    few, many = (handed_in(desk, *lines(some), heads=heads) for some in (known[:1], known))
    for show in ("all", "refused", "changed", "alike"):
        asked = [statements(desk, path(batch), {"show": show}) for batch in (few, many)]
        assert len(asked[0]) == len(asked[1]) <= 12, show


@pytest.mark.usefixtures("empty")
def test_rows_have_pages(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewing, "SHOWN", 3)
    batch = handed_in(desk, *(f"Lab {number};Kommune;" for number in range(7)))
    pages = [
        [node.attrs["id"] for node in shown(desk, batch, page=page).all("li", "sk-ir")] for page in "139x"
    ]
    assert [len(page) for page in pages] == [3, 1, 1, 3]
    assert pages[0][0] == "row-2"
    assert "?show=all&page=2" in shown(desk, batch, page="1").links
