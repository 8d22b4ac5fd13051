"""Profiles hold to the Murmurations schema for organisations, and the list of them is whole."""

from typing import Any

import jsonschema_rs
import pytest
from django.conf import settings
from django.test import Client

from curation.choices import State
from opendata import murmurations
from tests import factories
from tests.statements import statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]

ADDRESS = {"type": "string", "maxLength": 2000, "pattern": "^https?://.*"}
TEXT = {"type": "string"}
# organizations_schema-v1.0.0 in our own words, as far as we fill it in; anything else is refused.
SCHEMA = {
    "type": "object",
    "required": ["linked_schemas", "name"],
    "additionalProperties": False,
    "properties": {
        "linked_schemas": {
            "type": "array", "minItems": 1, "uniqueItems": True,
            "items": {"type": "string", "pattern": r"^[a-z][a-z0-9_]{7,97}-v[0-9]+\.[0-9]+\.[0-9]+$"},
        },
        "name": {"type": "string", "maxLength": 200},
        "primary_url": ADDRESS,
        "description": TEXT,
        "mission": TEXT,
        "status": {"enum": ["active", "completed", "cancelled", "on_hold", "in_planning"]},
        "country_iso_3166": {"const": "DK"},
        "geolocation": {
            "type": "object", "required": ["lat", "lon"], "additionalProperties": False,
            "properties": {
                "lat": {"type": "number", "minimum": -90, "maximum": 90},
                "lon": {"type": "number", "minimum": -180, "maximum": 180},
            },
        },
        "geographic_scope": {"enum": ["local", "regional", "national", "international"]},
        "starts_at": {"type": "number"},
        "ends_at": {"type": "number"},
        "contact_details": {"type": "object", "properties": {"contact_form": ADDRESS}},
        "unique_id": TEXT,
        "tags": {
            "type": "array", "minItems": 1, "maxItems": 100, "uniqueItems": True,
            "items": {"type": "string", "maxLength": 100},
        },
        "urls": {
            "type": "array", "uniqueItems": True,
            "items": {"type": "object", "required": ["url"], "properties": {"name": TEXT, "url": ADDRESS}},
        },
        "relationships": {
            "type": "array", "uniqueItems": True,
            "items": {
                "type": "object", "required": ["predicate_url", "object_url"],
                "properties": {"predicate_url": ADDRESS, "object_url": ADDRESS},
            },
        },
    },
}  # fmt: skip
VALID = jsonschema_rs.validator_for(SCHEMA)


def profile(client: Client, entry: Any) -> dict[str, Any]:
    response = client.get(f"/id/{entry.record.public_id}/murmurations.json")
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    found: dict[str, Any] = response.json()
    VALID.validate(found)
    return found


def test_a_lab_has_a_profile(client: Client) -> None:
    town = factories.place("Byen", code="0101")
    host = factories.actor("Værten")
    lab = factories.lab(
        "Labbet", summary_da="Dansk.", summary_en="English.", website="https://lab.dk", phase="running",
        start_year=2020, latitude=55.7, longitude=12.5, places=[town],
        themes=[factories.theme("Vand", name_en="Water")],
    )  # fmt: skip
    factories.link(lab, host, role="host")
    told = profile(client, lab)
    assert told["name"] == "Labbet"
    assert told["primary_url"] == "https://lab.dk"
    assert told["description"] == "English."
    assert told["tags"] == ["living lab", "Vand", "Water"]
    assert (told["status"], told["geographic_scope"]) == ("active", "local")
    assert told["geolocation"] == {"lat": 55.7, "lon": 12.5}
    assert told["starts_at"] == 1577836800
    page = f"{settings.BASE_URL}/id/{host.record.public_id}"
    assert [one["object_url"] for one in told["relationships"]] == [page]
    assert told["contact_details"]["contact_form"] == f"{settings.BASE_URL}/write/labs/labbet/"


def test_little_is_enough_and_too_much_is_cut(client: Client) -> None:
    assert profile(client, factories.actor("Lille"))["primary_url"].startswith(settings.BASE_URL)
    ended = factories.lab(
        "N" * 200, slug="lang", ended=True, end_year=2024, website=f"https://x.dk/{'y' * 480}"
    )
    told = profile(client, ended)
    assert (told["status"], told["ends_at"]) == ("completed", 1704067200)
    odd = factories.lab("Odd", website="ftp://x.dk/")
    assert profile(client, odd)["primary_url"] == f"{settings.BASE_URL}/id/{odd.record.public_id}"


def test_what_is_not_public_or_no_organisation_has_none(client: Client) -> None:
    hidden = factories.actor("Kanarie", state=State.WITHDRAWN)
    lab = factories.lab("Labbet", backbone=hidden)
    factories.link(lab, hidden, role="host")
    assert profile(client, lab)["relationships"] == []
    for entry in (hidden, factories.need("Behovet")):
        assert client.get(f"/id/{entry.record.public_id}/murmurations.json").status_code == 404


def test_the_list_of_profiles_is_whole(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(murmurations, "PER_PART", 2)
    made = [factories.lab("Et"), factories.actor("To"), factories.lab("Tre")]
    factories.lab("Kanarie", state=State.DRAFT)
    factories.need("Behovet")
    found, path = [], "/murmurations/index.json"
    while path:
        answer = client.get(path).json()
        found += [one["profile_url"] for one in answer["data"]]
        path = (answer["links"]["next"] or "").removeprefix(settings.BASE_URL)
    ids = [f"{settings.BASE_URL}/id/{entry.record.public_id}/murmurations.json" for entry in made]
    assert found == ids
    for page in ("0", "3", "x", "-1", "10000"):
        assert client.get("/murmurations/index.json", {"page": page}).status_code == 404


def test_the_list_asks_for_the_same_however_long_it_is(client: Client) -> None:
    factories.lab("Et")
    before = len(statements(client, "/murmurations/index.json"))
    for number in range(3):
        factories.lab(f"Lab {number}")
    assert len(statements(client, "/murmurations/index.json")) == before <= 2
