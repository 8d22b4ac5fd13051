"""Organisations from ROR's data file and from a table with CVR numbers, beside those that are known."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from actors.models import Actor
from desk.choices import Verdict
from desk.importing import actions, organisations
from desk.importing.handing_in import hand_in_organisations
from desk.importing.limits import Refused
from desk.importing.organisations import ror
from desk.models import Batch
from places.models import Place
from tests import factories
from tests.desk.importing import row, taken_in, verdicts

AU, DTU, LUND, SDU = "01aj84f44", "04qtj9h94", "012a77v79", "03yrrjy16"


def record(identifier: str, *names: tuple[str, str, str], **said: Any) -> dict[str, Any]:
    """A record as ROR gives it; names are (text, types, language)."""
    details = {
        "name": said.pop("town", "Aarhus"), "country_code": said.pop("country", "DK"),
        "lat": said.pop("lat", 56.15674), "lng": said.pop("lng", 10.21076), "country_name": "Denmark",
        "continent_code": "EU", "country_subdivision_code": "82",
    }  # fmt: skip
    return {
        "id": f"https://ror.org/{identifier}",
        "status": "active",
        "types": ["education", "funder"],
        "established": 1928,
        "domains": [],
        "names": [
            {"value": text, "types": types.split(), "lang": language or None}
            for text, types, language in names
        ],
        "links": [{"type": "wikipedia", "value": "http://en.wikipedia.org/wiki/X"},
                  {"type": "website", "value": said.pop("website", "https://www.au.dk")}],
        "locations": [{"geonames_id": 2624652, "geonames_details": details}],
        "external_ids": [{"type": "isni", "all": ["0000 0001 1956 2722"], "preferred": None}],
        "relationships": [],
        "admin": {"created": {"date": "2018-11-14", "schema_version": "1.0"}},
    } | said  # fmt: skip


AARHUS = record(
    AU, ("AU", "acronym", ""), ("Aarhus University", "label ror_display", "en"),
    ("Aarhus Universitet", "label", "da"),
)  # fmt: skip
LYNGBY = record(
    DTU, ("Technical University of Denmark", "label ror_display", "en"), town="Lyngby", lat=55.77, lng=12.5,
    website="http://www.dtu.dk", types=["company"],
)  # fmt: skip
SWEDISH = record(LUND, ("Lund University", "ror_display", "en"), country="SE")
GONE = record(SDU, ("Syddansk Universitet", "label ror_display", "da"), status="withdrawn")


def packed(*records: Any, name: str = "v1.63-2025-04-03-ror-data_schema_v2.json") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("v1.63-2025-04-03-ror-data.csv", "id;name")
        into.writestr(name, json.dumps(records, indent=2))
    return out.getvalue()


@pytest.fixture
def town(empty: None) -> Place:
    return factories.place("Aarhus", code="0751", latitude=56.15, longitude=10.2)


def given(by: User, content: bytes, register: str = "ror") -> Batch:
    return hand_in_organisations(
        file_name="fil", content=content, register=register, source="", language="da", by=by
    )


def test_danish_organisations_become_rows_about_actors(town: Place, curator: User) -> None:
    batch = given(curator, packed(AARHUS, SWEDISH, GONE, LYNGBY))
    assert verdicts(batch) == [Verdict.NEW, Verdict.NEW]
    taken_in(batch, curator)
    made, other = Actor.objects.select_related("record").order_by("record__slug")
    assert (made.name_da, made.name_en, made.ror) == ("Aarhus Universitet", "Aarhus University", AU)
    assert (made.type, made.side, made.website) == ("university", "push", "https://www.au.dk")
    assert (made.record.source, made.point_basis) == (f"https://ror.org/{AU}", "kommunens hovedby")
    assert (other.name_da, other.type, other.latitude) == (
        "Technical University of Denmark", "university", 55.77,
    )  # fmt: skip
    assert batch.source.startswith("ROR")


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_is_read_record_by_record_however_it_is_set_out(
    indent: int | None, town: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a piece ends in the middle of a letter."""
    monkeypatch.setattr(ror, "PIECE", 7)
    many = [record(AU, (f"Østerå {number}", "ror_display", "da")) for number in range(3)]
    content = json.dumps(many, indent=indent, ensure_ascii=False).encode()
    found = list(ror.organisations(io.BytesIO(content), ("DK",), 10**6))
    assert [one.name for one in found] == ["Østerå 0", "Østerå 1", "Østerå 2"]


@pytest.mark.parametrize(
    "content",
    [
        b"{}", b"[1]", b'[{"id": "x"}]', b'[{"names": [], "id"', b"[", b"", b"\xff\xfe[]", b"PK\x03\x04rest",
        packed(AARHUS, name="data.txt"), packed(SWEDISH), b"[" * 5000,
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_such_list_is_refused(content: bytes, town: Place, curator: User) -> None:
    with pytest.raises(Refused):
        given(curator, content)
    assert not Batch.objects.exists()


def test_more_than_is_read_is_refused(town: Place) -> None:
    for content in (packed(AARHUS), json.dumps([AARHUS]).encode()):
        with pytest.raises(Refused):
            list(ror.organisations(io.BytesIO(content), ("DK",), 100))


def test_who_is_known_is_matched_and_only_filled_in(town: Place, curator: User) -> None:
    """By number, by website and name, by name; what the register says stays."""
    known = [
        factories.actor("AU", ror=AU, type="research_group", website="https://eget.example"),
        factories.actor("Danmarks Tekniske", type="university", website="https://dtu.dk/"),
        factories.actor("Syddansk Universitet", type="university"),
    ]
    odense = record(SDU, ("Syddansk Universitet", "label ror_display", "da"), website="https://sdu.dk")
    danish = LYNGBY | {
        "names": [{"value": "Danmarks Tekniske Universitet", "types": ["ror_display"], "lang": "da"}]
    }
    batch = given(curator, packed(AARHUS, danish, odense))
    assert list(batch.rows.order_by("number").values_list("record", flat=True)) == [one.pk for one in known]
    assert row(batch).changes.keys() == {"name_en", "source", "places"}
    assert "ror" in row(batch, 3).changes
    assert "3" in batch.notes[0]
    taken_in(batch, curator)
    first = Actor.objects.get(pk=known[0].pk)
    assert (first.name_da, first.type, first.website) == ("AU", "research_group", "https://eget.example")
    assert verdicts(given(curator, packed(AARHUS, danish, odense))) == [Verdict.SAME] * 3


def test_what_a_record_should_not_hold_is_left_out(town: Place, curator: User) -> None:
    """What no database takes, and values of another sort than ROR's."""
    odd = record(AU, ("Aarhus\0 \ud800Universitet", "label ror_display", "da"), types=7, town=None)
    odd["links"] = [{"type": "website"}, {"type": "website", "value": 3}]
    odd["names"] += [{"value": None, "types": 5}, {"value": ["x"], "types": "label", "lang": {}}, 8]
    batch = given(curator, packed(odd))
    assert row(batch).cells[1] == "Aarhus Universitet"
    assert row(batch).words["type"] == ["university"]
    assert row(batch).words["website"] == [""]


def test_another_number_is_another_organisation(town: Place, curator: User) -> None:
    """And of a house that many share the name decides."""
    factories.actor("Aarhus Universitet", ror=DTU, type="university")
    factories.actor("Institut for Datalogi", type="research_group", website="https://au.dk")
    batch = given(curator, packed(AARHUS))
    assert verdicts(batch) == [Verdict.NEW]
    assert len(row(batch).alike) == 2


TABLE = """CVR-nr.;Navn;Adresse;Kommunekode;Hjemmeside;Virksomhedsform
55133018;Aarhus Kommune;Rådhuspladsen 2;751;www.aarhus.dk;Primærkommune
10 15 08 17;Vandsagen A/S;Å Vej 1;0751;;
12345678;Noget;;;;
"""


def test_a_table_with_cvr_numbers(town: Place, curator: User) -> None:
    """A number that is none, and a kind nobody tells, are for the curator to mend."""
    known = factories.actor("Aarhus Kommune", cvr="55133018", type="municipality")
    batch = given(curator, TABLE.encode(), "cvr")
    assert row(batch).record_id == known.pk
    assert row(batch).changes.keys() == {"website", "places", "source"}
    assert verdicts(batch)[2] == Verdict.REFUSED
    assert row(batch, 4).problems.keys() == {"type", "cvr"}
    second = row(batch, 3)
    assert (second.words["type"], second.words["places"]) == (["company"], ["0751"])
    actions.leave_out(batch, None, by=curator)
    taken_in(batch, curator)
    assert Actor.objects.get(pk=known.pk).website == "https://www.aarhus.dk"


def test_a_table_without_numbers_is_refused(town: Place, curator: User) -> None:
    with pytest.raises(Refused):
        given(curator, b"Navn;By\nA;B\n", "cvr")


def test_an_operator_hands_a_file_in(
    town: Place, curator: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ror.zip"
    file.write_bytes(packed(AARHUS, SWEDISH))
    call_command("import_organisations", str(file), by=curator.email)
    assert "1 rows wait at" in capsys.readouterr().out
    call_command("import_organisations", str(file), by=curator.email, country=["SE", "DK"])
    assert list(Batch.objects.order_by("pk").values_list("total", flat=True)) == [1, 2]
    for told in ({"by": "nobody@example.org"}, {"by": curator.email, "register": "cvr"}):
        with pytest.raises(CommandError):
            call_command("import_organisations", str(file), **told)
    with pytest.raises(CommandError):
        call_command("import_organisations", str(tmp_path / "none"), by=curator.email)
    assert organisations.ON_DISK_BYTES > organisations.SENT_BYTES
