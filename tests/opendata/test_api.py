"""The API reads what lists and pages read, and nothing else."""

import random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from curation.choices import Kind, State
from keeping.history.words import PUBLIC_FIELDS
from opendata.lists import LISTS
from tests import factories
from tests.pages import ListPage

pytestmark = pytest.mark.django_db


def asked(client: Client, path: str) -> Any:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.text
    return response.json()


def ids(part: Any) -> list[str]:
    return [entry["id"] for entry in part["results"]]


@pytest.mark.usefixtures("denmark")
def test_counts_are_those_of_the_lists(client: Client) -> None:
    """For fifty random filters; the seed is told with what fails."""
    seed = 20261122
    chance = random.Random(seed)
    values = {
        "theme": ["energy", "climate", "ageing", "data-ai", "nix"], "place": ["0101", "1084", "0751", "DK"],
        "phase": ["running", "unknown", "ended", "open"], "kind": ["university", "platform", "test"],
        "q": ["energi", "vand", "ai", "demens -energi", "“smart city”"], "bbox": ["9,54.5,11,57", "x"],
    }  # fmt: skip
    for _time in range(50):
        name = chance.choice(sorted(LISTS))
        chosen = {key: chance.choice(values[key]) for key in chance.sample(sorted(values), 2)}
        query = urlencode(chosen)
        part = asked(client, f"{name}?{query}")
        page = ListPage(client.get(f"/{name}/?{query}&sort=name"))
        shown = 0 if "loosened" in page.page else page.total
        assert part["count"] == shown, (seed, name, chosen)


@pytest.mark.usefixtures("denmark")
def test_everything_is_read_once_going_on_from_entry_to_entry(client: Client) -> None:
    path, found = "actors?after=0&per_page=100", []
    while path:
        part = asked(client, path)
        found += ids(part)
        path = (part["next"] or "").removeprefix(f"{site.BASE_URL}/api/v1/")
    assert len(found) == len(set(found)) == part["count"] == Actor.objects.published().count()


@pytest.mark.usefixtures("empty")
def test_pages_follow_one_another_as_on_the_list(client: Client) -> None:
    for number in range(5):
        factories.lab(f"Lab {number}")
    first = asked(client, "labs?sort=name&per_page=2")
    last = asked(client, "labs?sort=name&per_page=2&page=3")
    assert first["next"] == f"{site.BASE_URL}/api/v1/labs?sort=name&per_page=2&page=2"
    assert [entry["name_da"] for entry in first["results"]] == ["Lab 0", "Lab 1"]
    assert [entry["name_da"] for entry in last["results"]] == ["Lab 4"]
    assert last["next"] is None
    assert asked(client, "labs?sort=name&per_page=2&page=9")["results"] == []


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("kind", list(Kind))
def test_an_entry_tells_what_its_public_fields_say(client: Client, kind: str) -> None:
    owner = factories.actor("Ejer", slug="ejer")
    lab = factories.lab("Lab", slug="lab")
    make: Any = getattr(factories, kind)
    said: dict[str, Any] = {"summary_da": "Om noget.", "themes": [factories.theme("Vand")]}
    if kind != Kind.ACTOR:
        said["owner"] = owner
    entry = make(lab, "Den", **said) if kind == Kind.TRIAL else make("Den", **said)
    told = asked(client, f"{kind}s/{entry.record.public_id}")
    assert set(PUBLIC_FIELDS[kind]) - {"latitude", "longitude", "point_basis"} <= set(told)
    assert (told["id"], told["name_da"], told["summary_da"]) == (entry.record.public_id, "Den", "Om noget.")
    assert told["url"] == site.BASE_URL + entry.get_absolute_url()
    assert [theme["name_da"] for theme in told["themes"]] == ["Vand"]
    if kind != Kind.ACTOR:
        assert told["owner"]["name"] == "Ejer"
    other = "actors" if kind != Kind.ACTOR else "labs"
    assert client.get(f"/api/v1/{other}/{entry.record.public_id}").status_code == 404


@pytest.mark.usefixtures("empty")
def test_nothing_of_what_is_not_public(client: Client) -> None:
    hidden = factories.actor("Kanarieejer", state=State.WITHDRAWN)
    lab = factories.lab("Synligt lab", owner=hidden, contact_email="kanarie@example.org")
    draft = factories.lab("Kanarielab", state=State.DRAFT)
    for path in ("labs", "actors", f"labs/{lab.record.public_id}"):
        text = client.get(f"/api/v1/{path}").text
        assert "anarie" not in text
    assert asked(client, "labs")["count"] == 1
    assert asked(client, f"labs/{lab.record.public_id}")["owner"] is None
    assert client.get(f"/api/v1/labs/{draft.record.public_id}").status_code == 404


@pytest.mark.usefixtures("empty")
def test_as_many_statements_for_three_entries_as_for_one(client: Client) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked_for:
            assert client.get("/api/v1/labs").status_code == 200
        return len(asked_for)

    factories.lab("Et", owner=factories.actor("Ejer 1"))
    one = statements()
    for number in (2, 3):
        factories.lab(f"Nummer {number}", owner=factories.actor(f"Ejer {number}"))
    assert statements() == one <= 8


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "per_page=101", "after=%C3%A6", "language=de", "q=" + "a" * 201]
)
def test_what_makes_no_sense_is_refused_by_name(client: Client, query: str) -> None:
    response = client.get(f"/api/v1/labs?{query}")
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"][-1] == query.partition("=")[0]


@pytest.mark.usefixtures("empty")
def test_unknown_values_are_left_out_and_told(client: Client) -> None:
    factories.lab("Lab")
    part = asked(client, "labs?theme=nix&setting=rummet")
    assert part["count"] == 1
    assert part["unknown"] == [{"filter": "theme", "value": "nix"}, {"filter": "setting", "value": "rummet"}]


@pytest.mark.usefixtures("empty")
def test_an_unchanged_answer_is_not_sent_again(client: Client, settings: Any) -> None:
    settings.CACHE_PAGES = True
    first = client.get("/api/v1/labs")
    assert client.get("/api/v1/labs", headers={"If-None-Match": first["ETag"]}).status_code == 304
    factories.lab("Nyt")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as a commit would
    assert client.get("/api/v1/labs", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_description_names_every_list_and_its_filters(client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    for name, listed in LISTS.items():
        parameters = {one["name"] for one in told["paths"][f"/api/v1/{name}"]["get"]["parameters"]}
        facets = set(listed.filters.order)
        assert facets | {"q", "bbox", "sort", "page", "after"} <= parameters
