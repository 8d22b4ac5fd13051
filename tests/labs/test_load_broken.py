"""`load_denmark` with wrong files: every fault is told by file, line and reason, and nothing is loaded."""

import csv
import shutil
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from pghistory.models import Events

from actors.models import Relation
from curation.models import EntryPlace, EntryTheme, Record, RegisterVersion
from labs.models import Lab, Link
from missions.models import CoalitionMember
from places.models import Place, PlaceLink

pytestmark = pytest.mark.usefixtures("denmark")

type Rows = list[list[str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the files, to be broken."""
    return Path(shutil.copytree(settings.BASE_DIR / "data", tmp_path / "data"))


def edit(file: Path, change: Callable[[Rows], object]) -> None:
    with file.open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    change(rows)
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)


def put(file: Path, line: int, **cells: str) -> None:
    """Write cells of a line; the first is the header."""

    def change(rows: Rows) -> None:
        for column, value in cells.items():
            rows[line - 1][rows[0].index(column)] = value

    edit(file, change)


def refused(data: Path) -> list[str]:
    """The refusals of a load that fails, which leaves everything as it was."""
    before = state()
    with pytest.raises(CommandError) as caught:
        call_command("load_denmark", "--folder", str(data), stdout=StringIO())
    assert state() == before
    assert caught.value.returncode == 1
    count, *reasons, end = str(caught.value).splitlines()
    assert (count, end) == (f"{len(reasons)} refused:", "Nothing was loaded.")
    return reasons


def state() -> Sequence[object]:
    models = (Place, PlaceLink, Record, EntryPlace, EntryTheme, Relation, CoalitionMember, Lab, Link, Events)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    records = set(Record.objects.values_list("pk", "version", "updated_at", "source", "link_count"))
    return [model.objects.count() for model in models], RegisterVersion.objects.get().number, records


@pytest.mark.parametrize(
    ("file", "cells", "reason"),
    [
        ("labs.csv", {"municipality_codes": "0101;9999"}, "there is no municipality 9999"),
        ("labs.csv", {"status": "perhaps"}, "status: mapping.csv has no term for “perhaps”"),
        ("labs.csv", {"setting": "månen"}, "setting: mapping.csv has no term for “månen”"),
        ("labs.csv", {"themes": "lys;månefart"}, "there is no theme månefart"),
        ("labs.csv", {"themes": ""}, "0 themes, where there must be one to 5"),
        ("labs.csv", {"themes": "lys;energi;vand;klima;bolig;handicap"},
         "6 themes, where there must be one to 5"),
        ("labs.csv", {"latitude": ""}, "latitude and longitude must both be given, or neither"),
        ("labs.csv", {"latitude": "12.5", "longitude": "55.7"}, "latitude 12.5 is not in Denmark"),
        ("labs.csv", {"latitude": "55,7"}, "latitude: “55,7” is not a number of degrees"),
        ("labs.csv", {"latitude": "nan"}, "latitude nan is not in Denmark"),
        ("labs.csv", {"start_year": "in 2015"}, "start_year: “in 2015” is not a year"),
        ("labs.csv", {"status": "ended", "start_year": "2019", "end_year": "2015"},
         "end_year 2015 is before start_year 2019"),
        ("labs.csv", {"status": "active", "end_year": "2024"}, "end_year 2024, but the status is “active”"),
        ("labs.csv", {"name": "", "source": "x"}, "name is empty"),
        ("labs.csv", {"name": "!?"}, "the name has no letter or digit"),
        ("labs.csv", {"source": ""}, "source is empty"),
        ("labs.csv", {"website": "www example"}, "website: Enter a valid URL."),
        ("labs.csv", {"website": "javascript:alert(1)"}, "website: Enter a valid URL."),
        ("actors.csv", {"kind": "guild"}, "kind: mapping.csv has no term for “guild”"),
        ("actors.csv", {"side": "left"}, "side: mapping.csv has no term for “left”"),
        ("actors.csv", {"municipality_code": "751"}, "there is no municipality 751"),
        ("actors.csv", {"cvr": "1234567"}, "cvr: Eight digits."),
        ("actors.csv", {"ror_id": "https://example.org/035b05819"},
         "ror_id: “https://example.org/035b05819” is not an address like https://ror.org/035b05819"),
        ("missions.csv", {"owner": "Nobody At All"}, "there is no actor Nobody At All"),
        ("missions.csv", {"level": "cosmic"}, "level: mapping.csv has no term for “cosmic”"),
        ("missions.csv", {"start_year": "2051"}, "target_year 2050 is before start_year 2051"),
        ("links.csv", {"from_name": "Nobody At All"}, "there is no actor Nobody At All"),
        ("links.csv", {"to_name": "No Such Lab"}, "there is no lab No Such Lab"),
        ("links.csv", {"to_type": "need"}, "a link cannot go from “actor” to “need”"),
        ("links.csv", {"role": "friend"}, "role: mapping.csv has no term for “friend”"),
        ("links.csv", {"direction": "up"}, "direction: mapping.csv has no term for “up”"),
        ("municipalities.csv", {"region_code": "1099"}, "there is no region 1099"),
        ("municipalities.csv", {"population": "many"}, "population: “many” is not a whole number"),
        ("municipalities.csv", {"area_km2": "wide"}, "area_km2: “wide” is not a number"),
        ("regions.csv", {"valid_from": "1.1.2007"}, "valid_from: “1.1.2007” is not a date like 2027-01-31"),
        ("health_councils.csv", {"municipality_codes": "0101;0147;9999"}, "there is no municipality 9999"),
        ("themes.csv", {"parent": "nowhere"}, "there is no theme nowhere"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_refused_with_its_line(
    data: Path, file: str, cells: dict[str, str], reason: str
) -> None:
    put(data / file, 4, **cells)
    assert f"{file}:4: {reason}" in refused(data)


def test_a_wrong_code_of_a_municipality(data: Path) -> None:
    put(data / "municipalities.csv", 4, code="15A1")
    assert "municipalities.csv:4: code: “15A1” is not four digits" in refused(data)


def test_a_name_twice(data: Path) -> None:
    edit(data / "labs.csv", lambda rows: rows.append(rows[1]))
    assert refused(data) == ["labs.csv:57: “DOLL Living Lab” stands in line 2 already"]


def test_a_link_twice(data: Path) -> None:
    edit(data / "links.csv", lambda rows: rows.insert(2, rows[1]))
    told = "actor – We Build Denmark – lab – DOLL Living Lab – host"
    assert refused(data) == [f"links.csv:3: “{told}” stands in line 2 already"]


def test_a_second_host(data: Path) -> None:
    put(data / "links.csv", 3, role="host")
    assert refused(data) == ["links.csv:3: the lab has another host: We Build Denmark"]


def test_a_ror_identifier_twice(data: Path) -> None:
    put(data / "actors.csv", 3, ror_id="https://ror.org/035b05819")
    assert refused(data) == ["actors.csv:3: ror_id stands in line 2 already"]


def test_an_actor_tied_to_itself(data: Path) -> None:
    put(data / "links.csv", 234, to_name="EWII")
    assert refused(data) == ["links.csv:234: an actor cannot be tied to itself"]


def test_a_missing_column(data: Path) -> None:
    edit(data / "labs.csv", lambda rows: [row.pop(2) for row in rows])
    assert refused(data) == ["labs.csv:1: the column “status” is missing"]


def test_a_column_twice(data: Path) -> None:
    def double(rows: Rows) -> None:
        rows[:] = [[row[0], *row] for row in rows]

    edit(data / "labs.csv", double)
    assert refused(data) == ["labs.csv:1: the column “name” stands more than once"]


def test_a_line_with_too_few_fields(data: Path) -> None:
    edit(data / "actors.csv", lambda rows: rows[16].pop())
    assert refused(data) == ["actors.csv:17: 13 fields where the header has 14"]


def test_a_file_in_another_encoding(data: Path) -> None:
    text = (data / "missions.csv").read_text(encoding="utf-8")
    (data / "missions.csv").write_bytes(text.encode("cp1252"))
    line = next(number for number, told in enumerate(text.splitlines(), start=1) if not told.isascii())
    (reason,) = refused(data)
    assert reason.startswith(f"missions.csv:{line}: byte 0x")
    assert reason.endswith(" is not UTF-8; save the file as UTF-8")


def test_a_quote_that_never_ends(data: Path) -> None:
    with (data / "labs.csv").open("a", encoding="utf-8") as file:
        file.write('"Endless lab,')
    assert refused(data) == ["labs.csv:57: cannot be read as CSV: unexpected end of data"]


def test_a_line_is_counted_where_it_begins(data: Path) -> None:
    put(data / "labs.csv", 3, summary_da="Two\nlines")
    put(data / "labs.csv", 4, start_year="soon")
    assert refused(data) == ["labs.csv:5: start_year: “soon” is not a year"]


def test_a_missing_file(data: Path) -> None:
    (data / "themes.csv").unlink()
    assert refused(data) == ["themes.csv: the file is missing or cannot be read"]


def test_an_empty_file(data: Path) -> None:
    (data / "mapping.csv").write_bytes(b"")
    assert "mapping.csv:1: the column “term” is missing" in refused(data)


def test_every_fault_is_told_at_once(data: Path) -> None:
    put(data / "labs.csv", 2, start_year="then", municipality_codes="9999")
    put(data / "labs.csv", 9, setting="månen")
    put(data / "actors.csv", 2, cvr="12", kind="guild")
    assert refused(data) == [
        "actors.csv:2: kind: mapping.csv has no term for “guild”",
        "actors.csv:2: cvr: Eight digits.",
        "labs.csv:2: start_year: “then” is not a year",
        "labs.csv:2: there is no municipality 9999",
        "labs.csv:9: setting: mapping.csv has no term for “månen”",
    ]


def test_what_refers_to_a_refused_row_is_not_told_too(data: Path) -> None:
    """Of a refused university only its own row is told, not the many links to it."""
    put(data / "actors.csv", 2, kind="guild")
    assert refused(data) == ["actors.csv:2: kind: mapping.csv has no term for “guild”"]


def test_a_broken_file_leaves_an_empty_register_empty(data: Path) -> None:
    state()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE places_place, curation_theme, curation_record CASCADE")
    put(data / "links.csv", 257, role="friend")
    assert refused(data) == ["links.csv:257: role: mapping.csv has no term for “friend”"]
    assert not Place.objects.exists()
