"""The dump holds all that is published and nothing else, of one moment; it is kept whole or not at all."""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import threading
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from curation.choices import State
from curation.models import Record
from curation.spreadsheet import unsafe
from opendata.dumps import making
from opendata.dumps.making import one_moment, store, write
from opendata.models import Dump, DumpPart
from opendata.tasks.dumps import make_the_dump_of_the_night
from tests import factories

DAY = dt.date(2026, 11, 22)


def packed(day: dt.date = DAY, version: int = 7) -> io.BytesIO:
    file = io.BytesIO()
    write(file, day, version)
    return file


def opened() -> zipfile.ZipFile:
    return zipfile.ZipFile(packed())


def sheets(dump: zipfile.ZipFile) -> Mapping[str, list[dict[str, str]]]:
    return {
        name.removeprefix("csv/").removesuffix(".csv"): list(
            csv.DictReader(io.StringIO(dump.read(name).decode(), newline=""), strict=True)
        )
        for name in dump.namelist()
        if name.startswith("csv/")
    }


def lines(dump: zipfile.ZipFile, name: str) -> list[Any]:
    return [json.loads(line) for line in dump.read(f"json/{name}.ndjson").splitlines()]


# What is in it


@pytest.mark.usefixtures("denmark")
def test_everything_published_is_in_it_once_as_rows_and_as_json(client: Client) -> None:
    dump = opened()
    tables = sheets(dump)
    entries = [row for name in ("labs", "actors", "missions", "needs", "offers", "trials", "solutions")
               for row in tables[name]]  # fmt: skip
    published = Record.objects.published().order_by().values_list("public_id", flat=True)
    assert sorted(row["id"] for row in entries) == sorted(published)
    for name, rows in tables.items():
        told = lines(dump, name)
        key = "code" if name in ("places", "themes") else "id"
        assert [str(one[key]) for one in told] == [row[key] for row in rows]
        assert len({row[key] for row in rows}) == len(rows)
    lab = client.get(f"/api/v1/labs/{tables['labs'][0]['id']}").json()
    told = lines(dump, "labs")[0]
    assert {name: told[name] for name in told if name != "changed_at"} == {
        name: value for name, value in lab.items() if name != "changed_at"
    }
    links = client.get("/api/v1/links").json()
    assert (links["results"], links["count"]) == (lines(dump, "links")[:100], len(tables["links"]))


@pytest.mark.usefixtures("denmark")
def test_the_data_package_tells_every_file_and_column_truly() -> None:
    dump = opened()
    package = json.loads(dump.read("datapackage.json"))
    tables = sheets(dump)
    told = {one["path"]: one for one in package["resources"]}
    assert set(told) | {"README.txt", "LICENSE.txt", "datapackage.json"} == set(dump.namelist())
    for path, one in told.items():
        content = dump.read(path)
        assert one["bytes"] == len(content)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    for name, rows in tables.items():
        one = told[f"csv/{name}.csv"]
        assert one["rows"] == len(rows)
        schema = one["schema"]
        head = dump.read(f"csv/{name}.csv").decode().splitlines()[0]
        assert ",".join(field["name"] for field in schema["fields"]) == head
        for field in schema["fields"]:
            held = {row[field["name"]] for row in rows} - {""}
            assert all(READABLE[field["type"]](cell) for cell in held), (name, field)
            assert held <= set(field.get("constraints", {}).get("enum", held))
        for key in schema.get("foreignKeys", ()):
            known = {row["id"] for row in tables[key["reference"]["resource"]]}
            assert {row[key["fields"]] for row in rows} - {""} <= known
    assert package["licenses"][0]["name"] == "CC-BY-4.0"


def is_day(cell: str) -> bool:
    return bool(dt.date.fromisoformat(cell))


READABLE: Mapping[str, Any] = {
    "string": lambda _cell: True, "integer": lambda cell: int(cell) is not None, "date": is_day,
    "number": lambda cell: float(cell) is not None, "boolean": ("true", "false").__contains__,
    "datetime": lambda cell: bool(dt.datetime.fromisoformat(cell).tzinfo),
    "array": lambda cell: isinstance(json.loads(cell), list),
}  # fmt: skip


@pytest.mark.usefixtures("denmark")
def test_the_papers_tell_licence_sources_and_how_to_read_it_in_both_languages() -> None:
    dump = opened()
    readme, licence = (dump.read(name).decode() for name in ("README.txt", "LICENSE.txt"))
    assert re.search(r"^labs +55 ", readme, re.MULTILINE)
    assert readme.count("datapackage.json") == licence.count("(CC BY 4.0)\n") == 2
    sources = list(csv.reader(io.StringIO(dump.read("SOURCES.csv").decode(), newline="")))
    assert sources[0] == ["source", "address", "entries"]
    numbers = [int(row[2]) for row in sources[1:]]
    assert numbers == sorted(numbers, reverse=True)
    assert ["Innovationsfonden: Innomissions", "https://innovationsfonden.dk/en/p/innomissions"] in [
        row[:2] for row in sources
    ]


@pytest.mark.usefixtures("denmark")
def test_the_same_register_is_the_same_bytes_but_for_the_day() -> None:
    assert packed().getvalue() == packed().getvalue()
    one, other = zipfile.ZipFile(packed()), zipfile.ZipFile(packed(DAY + dt.timedelta(days=1)))
    differing = {name for name in one.namelist() if one.read(name) != other.read(name)}
    assert differing == {"README.txt", "LICENSE.txt", "datapackage.json"}


@pytest.mark.django_db
@pytest.mark.usefixtures("empty")
def test_nothing_of_what_is_not_public_is_in_it() -> None:
    hidden = factories.actor("Kanarieejer", state=State.WITHDRAWN, email_domain="kanarie.example")
    lab = factories.lab("Synligt lab", owner=hidden, contact_email="kanarie@example.org")
    factories.link(lab, hidden)
    factories.lab("Kanarielab", state=State.DRAFT)
    draft = factories.solution("Kanarieløsning", state=State.SUBMITTED)
    factories.adoption(draft, factories.actor("Synlig"))
    dump = opened()
    for name in dump.namelist():
        assert "anarie" not in dump.read(name).decode(), name
    assert [row["name_da"] for row in sheets(dump)["labs"]] == ["Synligt lab"]
    assert sheets(dump)["links"] == sheets(dump)["adoptions"] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("empty")
def test_texts_are_safe_in_tables_and_as_they_are_in_json() -> None:
    factories.lab("=1+1", latitude=64.2, longitude=-51.7, places=[factories.place("Nuuk")])
    dump = opened()
    (row,) = sheets(dump)["labs"]
    assert (row["name_da"], row["longitude"]) == ("'=1+1", "-51.7")
    assert unsafe(row["name_da"]) == lines(dump, "labs")[0]["name_da"] == "=1+1"


@pytest.mark.django_db
@pytest.mark.usefixtures("empty")
def test_as_many_statements_for_three_entries_as_for_one() -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            packed()
        return len(asked)

    factories.link(factories.lab("Et", owner=factories.actor("Ejer 1")), factories.actor("A 1"))
    one = statements()
    for number in (2, 3):
        lab = factories.lab(f"Nummer {number}", owner=factories.actor(f"Ejer {number}"))
        factories.link(lab, factories.actor(f"A {number}"))
    assert statements() == one


# How it is kept


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Dump:
    """A dump in more than one part."""
    monkeypatch.setattr(making, "PART", 1000)
    factories.lab("Havnelab")
    return store(packed(), on=DAY, version=7, entries=1)


@pytest.mark.django_db
@pytest.mark.usefixtures("empty")
def test_it_is_fetched_whole_and_can_be_checked(client: Client, kept: Dump) -> None:
    assert kept.parts.count() > 3
    path = "/data/dumps/stedkraft-2026-11-22.zip"
    assert client.get("/data/dumps/newest.zip")["Location"] == path
    with CaptureQueriesContext(connection) as asked:
        response: Any = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert len(asked) <= 3
    content = b"".join(response.streaming_content)
    digest = hashlib.sha256(content).hexdigest()
    assert client.get(f"{path}.sha256").text == f"{digest}  stedkraft-2026-11-22.zip\n"
    assert (kept.size, kept.digest) == (len(content), digest)
    assert response["Content-Length"] == str(len(content))
    assert "Content-Encoding" not in response
    assert response["Content-Disposition"] == 'attachment; filename="stedkraft-2026-11-22.zip"'
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert client.get(path, headers={"If-None-Match": f'"{digest}"'}).status_code == 304
    head = client.head(path)
    assert (head["Content-Length"], b"".join(head.streaming_content)) == (str(len(content)), b"")  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("day", ["2026-11-21", "x", "2026-13-40", "20261122x", "0"])
def test_there_is_none_of_other_days(client: Client, day: str) -> None:
    for path in (f"/data/dumps/stedkraft-{day}.zip", f"/data/dumps/stedkraft-{day}.zip.sha256"):
        assert client.get(path).status_code == 404
    assert client.get("/data/dumps/newest.zip").status_code == 404


@pytest.mark.django_db
def test_two_weeks_are_kept_and_the_first_of_each_month() -> None:
    for number in range(60):
        store(io.BytesIO(b"x"), on=DAY - dt.timedelta(days=59 - number), version=1, entries=0)
    days = [str(day) for day in Dump.objects.values_list("on", flat=True)]
    last = [str(DAY - dt.timedelta(days=number)) for number in range(14)]
    assert days == [*last, "2026-11-01", "2026-10-01", "2026-09-24"]
    assert DumpPart.objects.count() == len(days)


@pytest.mark.django_db
def test_a_dump_that_cannot_be_stored_leaves_nothing() -> None:
    class Torn(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            if DumpPart.objects.exists():
                raise OSError("torn")
            return b"x" * 10

    with pytest.raises(OSError, match="torn"):
        store(Torn(), on=DAY, version=1, entries=0)
    assert not Dump.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_night(capsys: pytest.CaptureFixture[str]) -> None:
    """One moment of the register; once a day; anew, where something must be in none of them."""
    lab = factories.lab("Havnelab")
    with one_moment():
        before = Record.objects.count()
        elsewhere(lambda: factories.lab("Senere"))
        assert Record.objects.count() == before
        with pytest.raises(DatabaseError, match="read-only"):
            factories.lab("Her")
        connection.needs_rollback = False
    assert Record.objects.count() == before + 1
    make_the_dump_of_the_night(0)
    made = Dump.objects.get()
    assert made.entries == 2
    Record.objects.filter(pk=lab.pk).update(state=State.WITHDRAWN)
    make_the_dump_of_the_night(0)
    call_command("make_dump")
    assert Dump.objects.get().digest == made.digest
    store(io.BytesIO(b"of yesterday, with it"), on=made.on - dt.timedelta(days=1), version=1, entries=2)
    call_command("make_dump", "--anew")
    assert Dump.objects.get().entries == 1
    assert "nothing was made" in capsys.readouterr().out


def elsewhere(do: Any) -> None:
    """In another transaction, which is committed."""

    def run() -> None:
        do()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
