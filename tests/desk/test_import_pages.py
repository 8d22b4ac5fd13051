"""The pages of import: a file is handed in, looked at row by row, mended, taken in and set back."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from actors.models import Actor
from curation.choices import Kind, State
from curation.models import Record
from desk.choices import BatchState, Verdict
from desk.importing import preview as previewing
from desk.importing.sheets import read as read_sheet
from desk.importing.showing import MOST_FAULTS
from desk.models import Batch
from tests import factories, people
from tests.pages import Node, read
from tests.people import browser
from tests.statements import statements

HEADS = "Dansk navn;Type;Websted"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


def handed_in(desk: Client, *rows: str, heads: str = HEADS, name: str = "liste.csv", **said: str) -> Batch:
    """A file of actors, handed in through its page."""
    file = SimpleUploadedFile(name, "\n".join([heads, *rows]).encode())
    form = {"holds": "actor", "source": "En liste", "file": file} | said
    response = desk.post("/desk/import/new/", form)
    assert response.status_code == 302, read(response).one("main").text
    return Batch.objects.latest("pk")


def path(batch: Batch, part: str = "") -> str:
    return f"/desk/import/{batch.pk}/{part}"


def shown(desk: Client, batch: Batch, **query: str) -> Node:
    return read(desk.get(path(batch), query))


def form_of(page: Node) -> dict[str, str]:
    """What the form of the rows would send, as a browser fills it."""
    form = page.by_id("rows-form")
    sent = {node.attrs["name"]: node.attrs.get("value", "") for node in form.all("input")}
    sent |= {node.attrs["name"]: node.text for node in form.all("textarea")}
    for node in form.all("select"):
        chosen = node.all("option", selected="") or node.all("option")
        sent[node.attrs["name"]] = chosen[0].attrs["value"]
    return sent


def numbers(page: Node) -> dict[str, int]:
    """The number beside each choice of rows."""
    found = (link.text.split(" ", 1) for link in page.by_id("import-numbers").all("a"))
    return {label: int(number) for number, label in found}


def verdicts(batch: Batch) -> Mapping[int, str]:
    return dict(batch.rows.values_list("number", "verdict"))


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
    assert read(response).by_id("error-summary").text
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


# Mending


@pytest.mark.usefixtures("empty")
def test_all_faults_of_a_page_are_mended_in_one_press(desk: Client) -> None:
    batch = handed_in(desk, *(f"Lab {number};Komune;" for number in range(4)), "Fin;Kommune;", ";Kommune;")
    sent = form_of(shown(desk, batch))
    sent |= {f"cell-{number}-type": "Kommune" for number in (2, 3, 4)} | {"cell-5-type": "By", "mend": ""}
    response = desk.post(f"{path(batch, 'rows/')}?show=refused&page=1", sent)
    assert response["Location"] == f"{path(batch)}?show=refused&page=1#c-5-type"
    assert list(verdicts(batch).values()) == [Verdict.NEW] * 3 + [
        Verdict.REFUSED,
        Verdict.NEW,
        Verdict.REFUSED,
    ]
    assert batch.rows.get(number=2).mended == {"type": "Kommune"}
    assert batch.rows.get(number=7).mended == {}, "what nobody wrote is nobody's"
    told = read(desk.get(f"/en{path(batch)}"))
    assert numbers(told)["Refused"] == 2


@pytest.mark.usefixtures("empty")
def test_what_is_mended_changes_in_place_and_is_what_the_page_would_be(desk: Client) -> None:
    batch = handed_in(desk, *(f"Lab {number};Komune;" for number in range(3)))
    page = shown(desk, batch, show="refused")
    sent = form_of(page) | {"cell-3-type": "Kommune", "mend": ""}
    response = desk.post(f"{path(batch, 'rows/')}?show=all&page=1", sent, headers=HTMX)
    assert response.status_code == 200
    answer = read(response)
    assert [node.attrs["id"] for node in answer.all("li", "sk-ir")] == ["row-3"]
    assert answer.by_id("import-status").text
    now = shown(desk, batch, show="all")
    for name in ("row-3", "import-numbers"):
        assert answer.by_id(name).plain() == now.by_id(name).plain()
    assert "import-summary" in answer


@pytest.mark.usefixtures("empty")
def test_rows_are_left_out_and_taken_back(desk: Client) -> None:
    batch = handed_in(desk, "A;Komune;", "B;Kommune;", "C;Komune;")
    page = shown(desk, batch, show="all")
    rows = f"{path(batch, 'rows/')}?show=all&page=1"
    assert desk.post(rows, form_of(page) | {"leave": "3"})["Location"].endswith("#do-3") is False
    assert verdicts(batch)[3] == Verdict.LEFT_OUT
    desk.post(rows, form_of(shown(desk, batch, show="all")) | {"take": "3"})
    assert verdicts(batch)[3] == Verdict.NEW
    page = shown(desk, batch)
    (everything,) = [form for form in page.all("form") if form.all("button", name="leave_refused")]
    desk.post(everything.attrs["action"], {"leave_refused": "1"})
    assert list(verdicts(batch).values()) == [Verdict.LEFT_OUT, Verdict.NEW, Verdict.LEFT_OUT]
    assert "apply" in shown(desk, batch)


@pytest.mark.usefixtures("empty")
def test_a_row_can_be_made_the_entry_it_looks_like(desk: Client) -> None:
    known = factories.actor("Solbakken Plejecenter", type="municipal_unit", side="pull")
    batch = handed_in(
        desk, "Solbakken Plejecenter;Kommunal institution eller enhed;https://solbakken.example"
    )
    page = shown(desk, batch, show="alike")
    row = page.by_id("row-2")
    assert known.get_absolute_url() in row.links
    (same,) = row.all("button", name="same")
    desk.post(path(batch, "rows/"), form_of(page) | {"same": same.attrs["value"]})
    made = batch.rows.get()
    assert (made.record, made.mended) == (known.record, {"id": known.record.public_id})
    assert made.verdict == Verdict.CHANGED
    assert "website" in made.changes


@pytest.mark.usefixtures("empty")
def test_a_row_with_many_faults_is_mended_part_by_part(desk: Client) -> None:
    fields = "type side website cvr ror latitude email_domain contact_email places"
    heads = ";".join(["Dansk navn", *fields.split()])
    batch = handed_in(desk, "A;x;x;x;x;x;x;x;x;Nowhere", heads=heads)
    row = shown(desk, batch).by_id("row-2")
    faults = [node for node in row if "data-fault" in node.attrs]
    assert 0 < len(faults) <= MOST_FAULTS
    assert len(faults) == len(batch.rows.get().problems)


# Two at once


@pytest.mark.usefixtures("empty")
def test_of_two_who_mend_a_row_the_second_is_told_and_another_row_is_nobodys_business(desk: Client) -> None:
    other = browser(people.person("other@example.org", is_curator=True))
    batch = handed_in(desk, "A;Komune;", "B;Komune;")
    mine, theirs = form_of(shown(desk, batch)), form_of(shown(other, batch))
    other.post(path(batch, "rows/"), theirs | {"cell-2-type": "Region"})
    response = desk.post(path(batch, "rows/"), mine | {"cell-2-type": "Virksomhed", "cell-3-type": "Kommune"})
    assert response.status_code == 409
    page = read(response)
    assert page.by_id("overtaken").text
    assert verdicts(batch)[3] == Verdict.NEW
    assert batch.rows.get(number=2).mended == {"type": "Region"}
    answer = desk.post(f"{path(batch, 'rows/')}?show=all", mine | {"cell-2-type": "Virksomhed"}, headers=HTMX)
    assert answer.status_code == 409
    assert "Virksomhed" in read(answer).by_id("row-2").one("p", "sk-gapnote").text


@pytest.mark.usefixtures("empty")
def test_what_somebody_wrote_stands_where_it_is_refused_still(desk: Client) -> None:
    other = browser(people.person("other@example.org", is_curator=True))
    batch = handed_in(desk, "A;Komune;x")
    mine, theirs = form_of(shown(desk, batch)), form_of(shown(other, batch))
    other.post(path(batch, "rows/"), theirs | {"cell-2-type": "Region"})
    response = desk.post(f"{path(batch, 'rows/')}?show=all", mine | {"cell-2-website": "https://mit.example"})
    assert response.status_code == 409
    assert read(response).by_id("c-2-website").attrs["value"] == "https://mit.example"
    again = form_of(read(response))
    assert desk.post(path(batch, "rows/"), again).status_code == 302
    assert verdicts(batch) == {2: Verdict.NEW}
    assert batch.rows.get().mended == {"type": "Region", "website": "https://mit.example"}


@pytest.mark.usefixtures("empty")
def test_what_was_taken_in_meanwhile_is_not_mended_nor_taken_in_twice(desk: Client) -> None:
    other = browser(people.person("other@example.org", is_curator=True))
    batch = handed_in(desk, "A;Kommune;", "B;Komune;")
    mine = form_of(shown(desk, batch, show="all"))
    other.post(path(batch, "rows/"), {"leave_refused": "1"})
    stale = desk.post(path(batch, "apply/"), {"version": str(batch.version)})
    assert stale.status_code == 409
    assert read(stale).by_id("overtaken").text
    assert not Actor.objects.exists()
    version = shown(other, batch).by_id("import-summary").all("input", name="version")[0].attrs["value"]
    assert other.post(path(batch, "apply/"), {"version": version})["Location"] == path(batch)
    assert desk.post(path(batch, "apply/"), {"version": version}).status_code == 409
    response = desk.post(path(batch, "rows/"), mine | {"cell-3-type": "Region"}, headers=HTMX)
    assert response["HX-Redirect"] == path(batch)
    assert desk.post(path(batch, "rows/"), mine | {"leave": "2"})["Location"] == path(batch)
    assert desk.post(path(batch, "drop/"), {"version": version}).status_code == 409
    assert [actor.name_da for actor in Actor.objects.all()] == ["A"]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    "sent",
    [{"seal-2": "[", "cell-2-type": "x"}, {"seal-x": "1", "cell-x-type": "x"}, {"cell-99999999999-type": "x"},
     {"seal-2": json.dumps(["x", {}]), "cell-2-nothing": "x"}, {"leave": "99"},
     {"same": "2:nobody"}, {"same": ":"}, {"seal-2": "[" * 5000, "cell-2-type": "y"}],
)  # fmt: skip
def test_what_no_page_sends_does_no_harm(desk: Client, sent: Mapping[str, str]) -> None:
    batch = handed_in(desk, "A;Kommune;")
    for headers in ({}, HTMX):
        assert desk.post(path(batch, "rows/"), dict(sent), headers=headers).status_code in (200, 302, 409)
    assert not Record.objects.exists()
    assert batch.rows.get().number == 2


# Taking in, and back


@pytest.mark.usefixtures("empty")
def test_a_file_is_taken_in_shown_and_set_back(desk: Client, curator: User) -> None:
    known = factories.actor("Kendt", type="company", side="push", website="https://foer.example")
    heads = "Public id;Dansk navn;Type;Websted"
    batch = handed_in(
        desk, ";Ny;Virksomhed;", f"{known.record.public_id};Kendt;Virksomhed;https://nu.example", ";Skæv;x;",
        heads=heads,
    )  # fmt: skip
    assert desk.post(path(batch, "apply/"), {"version": str(batch.version)}).status_code == 302
    batch.refresh_from_db()
    assert batch.state == BatchState.READY, "a row is refused"
    desk.post(path(batch, "rows/"), {"leave_refused": "1"})
    version = shown(desk, batch).by_id("import-summary").all("input", name="version")[0].attrs["value"]
    desk.post(path(batch, "apply/"), {"version": version})
    made = Actor.objects.get(name_da="Ny")
    assert made.record.state == State.PUBLISHED
    page = read(desk.get(f"/en{path(batch)}"))
    assert "It added 1 entry. It changed 1 entry." in page.one("main").text
    assert f"/en{made.get_absolute_url()}" in page.links
    assert "rows-form" not in page
    assert "Ny" in read(desk.get("/actors/")).by_id("results").text
    question = read(desk.get(path(batch, "revert/")))
    assert Actor.objects.get(pk=known.pk).website == "https://nu.example"
    [form] = [form for form in question.one("main").all("form") if form.all("button")]
    sent = {node.attrs["name"]: node.attrs["value"] for node in form.all("input")}
    assert desk.post(path(batch, "revert/"), sent)["Location"] == path(batch)
    made.record.refresh_from_db()
    assert made.record.state == State.WITHDRAWN
    assert Actor.objects.get(pk=known.pk).website == "https://foer.example"
    assert "Ny" not in read(desk.get("/actors/")).by_id("results").text
    assert desk.post(path(batch, "revert/"), sent).status_code == 409
    assert desk.get(path(batch)).status_code == 200


@pytest.mark.usefixtures("empty")
def test_a_file_is_dropped(desk: Client) -> None:
    batch = handed_in(desk, "A;Kommune;")
    desk.post(path(batch, "drop/"), {"version": str(batch.version)})
    batch.refresh_from_db()
    assert batch.state == BatchState.DROPPED
    page = read(desk.get(path(batch)))
    assert "rows-form" not in page
    assert desk.get(path(batch, "columns/"))["Location"] == path(batch)
    assert desk.get(path(batch, "revert/"))["Location"] == path(batch)


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("state", [BatchState.READING, BatchState.APPLYING, BatchState.REVERTING])
def test_how_far_it_is_can_be_seen(desk: Client, curator: User, state: BatchState) -> None:
    batch = Batch.objects.create(
        kind="actor", file_name="a.csv", digest="0", size=1, by=curator, state=state, done=3, total=12,
        applied_by=curator if state == BatchState.REVERTING else None,
        applied_at=Batch().at if state == BatchState.REVERTING else None,
    )  # fmt: skip
    bar = shown(desk, batch).one("progress")
    assert (bar.attrs["value"], bar.attrs["max"]) == ("3", "12")
    assert path(batch) in shown(desk, batch).by_id("progress").links
    part = desk.get(path(batch), headers=HTMX)
    assert read(part).by_id("progress").plain() == shown(desk, batch).by_id("progress").plain()
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.READY)
    assert desk.get(path(batch), headers=HTMX)["HX-Refresh"] == "true"


@pytest.mark.usefixtures("empty")
def test_what_was_not_handed_in_does_not_exist(desk: Client) -> None:
    paths = ["1/", "1/columns/", "1/revert/"]
    assert {desk.get(f"/desk/import/{one}").status_code for one in paths} == {404}
    posts = ["1/rows/", "1/apply/", "1/drop/", "1/revert/", "1/columns/"]
    assert {desk.post(f"/desk/import/{one}").status_code for one in posts} == {404}
