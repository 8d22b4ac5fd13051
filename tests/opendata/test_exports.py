"""A list as a file holds what the list finds, in its order, safely, and never looks whole where it is not."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from curation import browsing, firsts
from curation.choices import State
from curation.models import Record
from curation.spreadsheet import safe, unsafe
from keeping.columns import columns_of
from keeping.lists import LISTS
from opendata.exports import files, order
from opendata.views import exports
from tests import factories
from tests.pages import read

pytestmark = pytest.mark.django_db

FORMS = ("csv", "xlsx", "geojson")


def content(response: Any) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def rows_of_csv(told: bytes) -> list[list[str]]:
    assert told.startswith(b"\xef\xbb\xbf")
    assert told.endswith(b"\r\n")
    text = io.StringIO(told.decode("utf-8-sig"), newline="")
    return [[unsafe(cell) for cell in row] for row in csv.reader(text, delimiter=";", strict=True)]


def rows_of_xlsx(told: bytes) -> list[list[str]]:
    sheet: Any = load_workbook(io.BytesIO(told)).active
    assert sheet.freeze_panes == "A2"
    cells = [cell for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    return [[cell.value or "" for cell in row] for row in sheet]


def ids(client: Client, path: str) -> list[str]:
    return [row[0] for row in rows_of_csv(content(client.get(path)))[1:]]


def pages(client: Client, name: str, query: str) -> list[str]:
    """The same list as the API pages it."""
    found: list[str] = []
    for page in range(1, 20):
        part = client.get(f"/api/v1/{name}?per_page=100&page={page}&{query}").json()["results"]
        if not part:
            return found
        found += [entry["id"] for entry in part]
    raise AssertionError("no end")


@pytest.mark.usefixtures("denmark")
@pytest.mark.parametrize("name", list(LISTS))
def test_the_three_forms_hold_the_whole_list_in_its_order(client: Client, name: str) -> None:
    told = {form: content(client.get(f"/{name}/export.{form}")) for form in FORMS}
    table = rows_of_csv(told["csv"])
    columns = columns_of(LISTS[name].kind, public=True)
    assert table[0] == [column.label("da") for column in columns]
    assert rows_of_xlsx(told["xlsx"]) == [[cell.replace("\r\n", "\n") for cell in row] for row in table]
    features = json.loads(told["geojson"])["features"]
    assert [row[0] for row in table[1:]] == [one["id"] for one in features] == pages(client, name, "")
    english = rows_of_csv(content(client.get(f"/en/{name}/export.csv")))
    assert english[0] == [column.label("en") for column in columns]


@pytest.mark.usefixtures("denmark")
def test_with_words_all_hits_come_the_best_ranked_first(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (browsing, firsts, order):
        monkeypatch.setattr(module, "RANKED", 5)
    found = ids(client, "/labs/export.csv?q=energi")
    assert len(found) == len(set(found)) == client.get("/api/v1/labs?q=energi").json()["count"] > 5
    monkeypatch.setattr(order, "BATCH", 3)
    assert ids(client, "/labs/export.csv?q=energi") == found
    by_name = ids(client, "/labs/export.csv?q=energi&sort=name&theme=nix&place=0751")
    assert by_name == pages(client, "labs", "q=energi&sort=name&place=0751")


@pytest.mark.usefixtures("empty")
def test_where_nothing_is_found_nothing_stands_in_its_place(client: Client) -> None:
    factories.lab("Havnelab")
    assert ids(client, "/labs/export.csv?q=havnelab+zzzqqq") == []
    assert client.get("/labs/export.csv?q=" + "a" * 300).status_code == 200
    assert client.get("/harbours/export.csv").status_code == 404
    assert client.post("/labs/export.csv").status_code == 405


@pytest.mark.parametrize(
    "text",
    ["=1+1", " =1+1", "'=1+1", "''=1", "+45", "-", "@x", "\tx", "＝1", "' =x", "it's", "'x", "", "' '"],
)
def test_what_was_made_safe_comes_back_as_it_was(text: str) -> None:
    assert unsafe(safe(text)) == text
    assert not safe(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "＝"))


@pytest.mark.usefixtures("empty")
def test_no_file_calculates(client: Client) -> None:
    summary = '=HYPERLINK("http://x";"y")\r\nog "mere" <b>&\x0b'
    factories.lab("+45 lab", summary_da=summary, summary_en="x" * 40_000)
    raw = content(client.get("/labs/export.csv"))
    assert b";'+45 lab;" in raw
    assert b";\"'=HYPERLINK" in raw
    sheet = rows_of_xlsx(content(client.get("/labs/export.xlsx")))
    assert sheet[1][1] == "+45 lab"
    assert sheet[1][3] == summary.replace("\r\n", "\n").replace("\x0b", "")
    assert len(sheet[1][4]) == 32_767
    with zipfile.ZipFile(io.BytesIO(content(client.get("/labs/export.xlsx")))) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


@pytest.mark.usefixtures("empty")
def test_danish_files_have_a_decimal_comma(client: Client) -> None:
    factories.lab("Lab", latitude=55.5, longitude=10.25)
    danish, english = (rows_of_csv(content(client.get(f"{p}/labs/export.csv")))[1] for p in ("", "/en"))
    assert {"55,5", "10,25"} <= set(danish)
    assert {"55.5", "10.25"} <= set(english)
    (feature,) = json.loads(content(client.get("/labs/export.geojson")))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [10.25, 55.5]}


@pytest.mark.usefixtures("empty")
def test_what_is_not_public_is_in_no_file(client: Client) -> None:
    hidden = factories.actor("Kanarieejer", state=State.WITHDRAWN)
    factories.lab("Synligt", owner=hidden, contact_email="kanarie@example.org")
    factories.lab("Kanarielab", state=State.DRAFT)
    factories.actor("Synlig", email_domain="kanarie.example")
    for name in ("labs", "actors"):
        for form in ("csv", "geojson"):
            assert b"anarie" not in content(client.get(f"/{name}/export.{form}"))


@pytest.mark.usefixtures("empty")
def test_what_is_withdrawn_while_the_file_is_written_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "BATCH", 1)
    labs = [factories.lab(f"Lab {number}") for number in range(3)]
    pieces = files.csv_of(order.Found(LISTS["labs"], QueryDict("sort=name")))
    written = [next(pieces), next(pieces)]
    Record.objects.filter(pk=labs[1].pk).update(state=State.WITHDRAWN)
    told = b"".join([*written, *pieces]).decode()
    assert ("Lab 0" in told, "Lab 1" in told, "Lab 2" in told) == (True, False, True)


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_broke_off_does_not_look_whole(
    client: Client, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    for number in range(3):
        factories.lab(f"Lab {number}")
    monkeypatch.setattr(order, "BATCH", 1)
    broken(monkeypatch)
    response: Any = client.get(f"/labs/export.{form}")
    pieces: list[bytes] = []
    with pytest.raises(OperationalError):
        pieces.extend(response.streaming_content)
    told = b"".join(pieces)
    assert len(told) > 100
    match form:
        case "csv":
            assert "Filen er ikke hel" in told.decode() or "This file is not whole" in told.decode()
            with pytest.raises(csv.Error):
                list(csv.reader(io.StringIO(told.decode(), newline=""), delimiter=";", strict=True))
        case "xlsx":
            assert not zipfile.is_zipfile(io.BytesIO(told))
        case "geojson":
            with pytest.raises(json.JSONDecodeError):
                json.loads(told)


def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second batch cannot be read."""
    whole = order.in_batches

    def first_only(*arguments: Any) -> Iterator[Sequence[Any]]:
        yield next(whole(*arguments))
        raise OperationalError("gone")

    monkeypatch.setattr(files, "in_batches", first_only)


@pytest.mark.usefixtures("empty")
def test_what_fails_before_it_begins_is_an_error_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_found: order.Found) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(order.Found, "ids", gone)
    client.raise_request_exception = False
    assert client.get("/labs/export.csv").status_code == 503


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("form", FORMS)
def test_as_many_statements_for_three_entries_as_for_one(client: Client, form: str) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            content(client.get(f"/solutions/export.{form}"))
        return len(asked)

    factories.solution("Et", owner=factories.actor("Ejer 1"), themes=[factories.theme("Vand")])
    one = statements()
    for number in (2, 3):
        factories.solution(f"Nummer {number}", owner=factories.actor(f"Ejer {number}"))
    assert statements() == one <= 11


@pytest.mark.usefixtures("empty")
def test_an_unchanged_file_is_not_made_again(client: Client) -> None:
    factories.lab("Lab")
    first = client.get("/labs/export.xlsx")
    content(first)
    today = timezone.localdate().isoformat()
    assert first["Content-Disposition"] == f'attachment; filename="stedkraft-labs-{today}.xlsx"'
    asked = {"If-None-Match": first["ETag"]}
    with CaptureQueriesContext(connection) as statements:
        again = client.get("/labs/export.xlsx", headers=asked)
    assert (again.status_code, again["ETag"], len(statements)) == (304, first["ETag"], 1)
    assert client.get("/en/labs/export.xlsx", headers=asked).status_code == 200
    factories.lab("Nyt")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as a commit would
    assert client.get("/labs/export.xlsx", headers=asked).status_code == 200
    head = client.head("/labs/export.xlsx")
    assert (head.status_code, head.content, head["Content-Type"]) == (200, b"", first["Content-Type"])


@pytest.mark.usefixtures("empty", "fetching_is_counted")
def test_who_fetches_large_files_again_and_again_is_asked_to_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "HEAVY", 0)
    monkeypatch.setattr(exports, "EACH", 2)
    assert client.get("/labs/export.csv").status_code == 200  # nothing in it: not counted
    factories.lab("Lab")
    for _time in range(2):
        assert client.get("/labs/export.csv").status_code == 200
    refused = client.get("/en/labs/export.csv")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert "the whole register at once" in refused.text


@pytest.mark.usefixtures("denmark")
def test_each_list_leads_to_its_files(client: Client) -> None:
    page = read(client.get("/en/labs/?theme=energy&nix=1"))
    links = {link.attrs["href"] for link in page.by_id("results").all("a")}
    assert {f"/en/labs/export.{form}?theme=energy" for form in FORMS} <= links
    loosened = read(client.get("/en/labs/?q=energy+zzzzqqq"))
    assert "/export.csv" not in str([link.attrs["href"] for link in loosened.by_id("results").all("a")])
