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
from curation.filters import FacetFilter
from curation.models import Record
from curation.reference import Reference
from keeping.history.words import PUBLIC_FIELDS
from keeping.lists import LISTS
from labs.models import Link
from missions.models import CoalitionMember
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
    """For fifty random filters of all kinds in both languages; the seed is told with what fails."""
    seed = 20261122
    chance = random.Random(seed)
    words = ["energi", "vand", "ai", "demens -energi", "“smart city”", "klima", "water", "ældre", "zzz"]
    for time in range(50):
        name = sorted(LISTS)[time % len(LISTS)]
        language = chance.choice(["da", "en"])
        chosen = _random_filters(chance, name) | ({"q": [chance.choice(words)]} if time % 2 else {})
        query = urlencode(chosen, doseq=True)
        part = asked(client, f"{name}?{query}&language={language}")
        start = "/en" if language == "en" else ""
        page = ListPage(client.get(f"{start}/{name}/?{query}&sort=name"))
        shown = 0 if "loosened" in page.page else page.total
        assert part["count"] == shown, (seed, name, language, chosen)
        if time % 5 == 0:
            features = asked(client, f"{name}.geojson?{query}&language={language}&per_page=100")
            assert (features["count"], len(features["features"])) == (shown, min(shown, 100))


def _random_filters(chance: random.Random, name: str) -> dict[str, list[str]]:
    """Values of one or two of the list's own facets, some unknown, and now and then a section of the map."""
    reference, facets = Reference(), LISTS[name].filters.base_filters
    offered = {
        key: [*one.known(reference), "nix"] for key, one in facets.items() if isinstance(one, FacetFilter)
    }
    chosen = {
        key: chance.sample(sorted(offered[key]), chance.randint(1, min(3, len(offered[key]))))
        for key in chance.sample(sorted(offered), chance.randint(1, 2))
    }
    return chosen | ({"bbox": [chance.choice(["9,54.5,11,57", "x"])]} if chance.random() < 0.3 else {})


@pytest.mark.usefixtures("denmark")
def test_everything_is_read_once_going_on_from_entry_to_entry(client: Client) -> None:
    path, found = "actors?after=0&per_page=100", []
    while path:
        part = asked(client, path)
        found += ids(part)
        path = (part["next"] or "").removeprefix(f"{site.BASE_URL}/api/v1/")
    assert len(found) == len(set(found)) == part["count"] == Actor.objects.published().count()


@pytest.mark.usefixtures("empty")
def test_the_beginning_leads_to_all_that_is_there(client: Client) -> None:
    told = asked(client, "")
    assert set(LISTS) <= set(told)
    for address in set(told.values()) - {told["license"]}:
        assert client.get(address.removeprefix(site.BASE_URL)).status_code == 200, address


@pytest.mark.usefixtures("empty")
def test_reading_goes_on_after_what_was_withdrawn_and_never_begins_again_by_mistake(client: Client) -> None:
    first, second = factories.lab("Først"), factories.lab("Så")
    path = asked(client, "labs?after=0&per_page=1")["next"].removeprefix(site.BASE_URL)
    Record.objects.filter(pk=first.pk).update(state="withdrawn")
    assert ids(client.get(path).json()) == [second.record.public_id]
    draft = factories.lab("Kladde", state="draft")
    for nothing in ("zzzzzzzzzz", "1", draft.record.public_id):
        for name in ("labs", "labs.geojson"):
            assert client.get(f"/api/v1/{name}?after={nothing}").status_code == 404


@pytest.mark.usefixtures("empty")
def test_pages_follow_one_another_as_on_the_list(client: Client) -> None:
    for number in range(5):
        factories.lab(f"Lab {number}")
    first = asked(client, "labs?sort=name&per_page=2")
    last = asked(client, "labs?sort=name&per_page=2&page=3")
    assert first["next"] == f"{site.BASE_URL}/api/v1/labs?sort=name&per_page=2&page=2"
    header = client.get("/api/v1/labs?sort=name&per_page=2")["Link"]
    assert f'<{first["next"]}>; rel="next"' in header
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
def test_as_many_statements_for_a_hundred_rows_as_for_ten(client: Client) -> None:
    mission, hub = factories.mission("Mission"), factories.lab("Navet")
    paths = ["labs", "labs.geojson", "links", "members", f"labs/{hub.record.public_id}/related"]

    def add(numbers: range) -> None:
        actors = [factories.actor(f"Aktør {number}") for number in numbers]
        Link.objects.bulk_create(Link(lab=hub, actor=actor, side="push") for actor in actors)
        CoalitionMember.objects.bulk_create(
            CoalitionMember(mission=mission, actor=actor, side="pull") for actor in actors
        )
        for number, actor in zip(numbers, actors, strict=True):
            factories.lab(f"Lab {number}", owner=actor)

    def statements(path: str) -> int:
        query = "" if path.endswith("related") else "?per_page=100"
        with CaptureQueriesContext(connection) as asked_for:
            assert client.get(f"/api/v1/{path}{query}").status_code == 200
        return len(asked_for)

    add(range(10))
    few = {path: statements(path) for path in paths}
    add(range(10, 100))
    assert {path: statements(path) for path in paths} == few
    assert max(few.values()) <= 10


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=x", "page=401", "per_page=101", "after=%C3%A6", "language=de", "q=" + "a" * 201,
        "themes=energy", "theme=" + "a" * 101, "bbox=" + "1" * 101,
    ],
    ids=lambda query: query[:12],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_name(client: Client, query: str) -> None:
    response = client.get(f"/api/v1/labs?{query}")
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    (error,) = response.json()["errors"]
    name = query.partition("=")[0]
    assert error["in"] == "query"
    assert error["name"] in (name, "0")  # the first of several


@pytest.mark.usefixtures("empty")
def test_unknown_values_are_left_out_and_told(client: Client) -> None:
    factories.lab("Lab")
    part = asked(client, "labs?theme=nix&setting=rummet&sort=bedst&bbox=1,2")
    assert part["count"] == 1
    assert [tuple(one.values()) for one in part["unknown"]] == [
        ("theme", "nix"), ("setting", "rummet"), ("sort", "bedst"), ("bbox", "1,2"),
    ]  # fmt: skip


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
    assert told["info"]["license"]["identifier"] == "CC-BY-4.0"
    for name, listed in LISTS.items():
        parameters = {one["name"] for one in told["paths"][f"/api/v1/{name}"]["get"]["parameters"]}
        facets = set(listed.filters.order)
        assert facets | {"q", "bbox", "sort", "page", "after"} <= parameters


def test_every_status_of_every_address_is_described(client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    responses = told["components"]["responses"]
    for path, operations in told["paths"].items():
        answers = operations.get("get", {}).get("responses")
        if answers and "304" in answers:
            assert {"200", "400", "401", "405", "422", "429", "503"} <= set(answers), path
            names = {one["name"] for one in operations["get"]["parameters"]}
            assert ("404" in answers) is ("{" in path or bool({"of", "after"} & names)), path
    for status in ("401", "405", "422", "429", "503"):
        assert list(responses[f"Problem{status}"]["content"]) == ["application/problem+json"]
    assert set(responses["Problem429"]["headers"]) == {"Retry-After", "RateLimit-Policy", "RateLimit"}


@pytest.mark.usefixtures("empty")
def test_an_entry_is_a_feature_with_all_it_says(client: Client) -> None:
    lab = factories.lab("Lab", latitude=56.1, longitude=10.2, point_basis="By")
    nowhere = factories.lab("Uden punkt")
    told = asked(client, f"labs/{lab.record.public_id}")
    feature = asked(client, f"labs/{lab.record.public_id}.geojson")
    assert feature == {
        "type": "Feature", "id": lab.record.public_id, "properties": told,
        "geometry": {"type": "Point", "coordinates": [10.2, 56.1]},
    }  # fmt: skip
    first = client.get("/api/v1/labs.geojson?per_page=1")
    assert first["Content-Type"] == "application/geo+json"
    assert first.json()["type"] == "FeatureCollection"
    assert first.json()["features"] == [feature]
    rest = client.get(first.json()["next"].removeprefix(site.BASE_URL)).json()
    assert [(one["id"], one["geometry"]) for one in rest["features"]] == [(nowhere.record.public_id, None)]
