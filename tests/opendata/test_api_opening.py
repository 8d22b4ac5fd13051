"""Who may ask the API, how often, from where, and how it says no."""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone, translation
from django.utils.text import capfirst

from keeping.lists import LISTS
from labs.models import Link
from opendata import throttle
from opendata.dumps.making import store
from opendata.models import Asking
from tests import factories
from tests.opendata.machines import token_for
from tests.pages import read
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]


@pytest.fixture
def counting(settings: Any, requests_are_counted: None) -> Any:
    """Three requests a minute, five with a token."""
    settings.API_PER_MINUTE, settings.API_PER_MINUTE_WITH_TOKEN = 3, 5
    return settings


NOON = dt.datetime(2026, 11, 22, 12, 0, 10, tzinfo=dt.UTC)


@time_machine.travel(NOON, tick=False)
@pytest.mark.usefixtures("counting")
def test_who_asks_too_often_waits_for_the_next_minute(client: Client) -> None:
    for left in (2, 1, 0):
        response = client.get("/api/v1/labs")
        assert response.status_code == 200
        assert response["RateLimit-Policy"] == '"everybody";q=3;w=60'
        assert response["RateLimit"] == f'"everybody";r={left};t=50'
    refused = client.get("/api/v1/labs")
    assert (refused.status_code, refused["Retry-After"]) == (429, "50")
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["status"] == 429
    assert client.get("/labs/").status_code == 200
    assert client.get("/api/v1/labs", REMOTE_ADDR="10.0.0.9").status_code == 200
    assert sorted(Asking.objects.values_list("number", flat=True)) == [1, 4]
    assert not any("127.0.0.1" in one.client for one in Asking.objects.all())
    with time_machine.travel(NOON + dt.timedelta(seconds=50), tick=False):
        assert client.get("/api/v1/labs")["RateLimit"] == '"everybody";r=2;t=60'


@time_machine.travel(NOON, tick=False)
@pytest.mark.usefixtures("counting")
def test_a_token_may_ask_more_often_and_is_counted_by_itself(client: Client) -> None:
    sent = {"Authorization": f"Bearer {token_for(person())}"}
    answers = [client.get("/api/v1/labs", headers=sent) for _time in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[0]["RateLimit"] == '"token";r=4;t=50'
    assert client.get("/api/v1/labs").status_code == 200


@pytest.mark.parametrize("header", ["Bearer nix", "Bearer ", "Basic YTpi", "Bearer skt_" + "a" * 43])
def test_a_token_that_is_none_is_refused_whatever_is_kept(client: Client, settings: Any, header: str) -> None:
    settings.CACHE_PAGES = True
    assert client.get("/api/v1/labs").status_code == 200
    response = client.get("/api/v1/labs", headers={"Authorization": header})
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert client.get("/labs/", headers={"Authorization": header}).status_code == 200


@time_machine.travel(NOON, tick=False)
def test_what_is_kept_or_unchanged_is_not_counted_and_tells_nobody_elses_number(
    client: Client, counting: Any
) -> None:
    counting.CACHE_PAGES = True
    first = client.get("/api/v1/labs")
    assert first["RateLimit"] == '"everybody";r=2;t=50'
    for _time in range(5):
        again = client.get("/api/v1/labs")
        assert (again.status_code, again.content) == (200, first.content)
        assert "RateLimit" not in again
        assert again["Access-Control-Allow-Origin"] == "*"
        unchanged = client.get("/api/v1/labs", headers={"If-None-Match": first["ETag"]})
        assert unchanged.status_code == 304
        assert unchanged["Access-Control-Allow-Origin"] == "*"
    assert Asking.objects.get().number == 1


def test_counting_that_fails_keeps_nobody_from_reading(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(client: str, window: int) -> int:
        raise OperationalError("disk full")

    settings.API_PER_MINUTE = 1
    monkeypatch.setattr(throttle, "_counted", full)
    assert client.get("/api/v1/labs").status_code == 200


def test_what_was_counted_is_forgotten_and_its_table_waits_for_no_disk(client: Client) -> None:
    now = int(NOON.timestamp()) // 60
    Asking.objects.create(client="a", window=now - 60, number=4)
    Asking.objects.create(client="b", window=now, number=1)
    with time_machine.travel(NOON, tick=False):
        assert throttle.forget() == 1
    assert Asking.objects.get().client == "b"
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'opendata_asking'")
        assert cursor.fetchone() == ("u",)


def test_pages_of_others_may_read_and_nothing_else(client: Client) -> None:
    lab = factories.lab("Lab")
    preflight = client.options(
        f"/api/v1/labs/{lab.record.public_id}", headers={"Origin": "https://x.example"}
    )
    assert preflight.status_code == 204
    assert preflight["Access-Control-Allow-Origin"] == "*"
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Authorization" in preflight["Access-Control-Allow-Headers"]
    for path in ("/api/v1/labs", "/api/v1/labs.geojson", "/api/v1/nix", "/api/v1/labs?nix=1"):
        response = client.get(path)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert not response.cookies
    assert "Link" in client.get("/api/v1/labs")["Access-Control-Expose-Headers"]
    for path in ("/labs/", "/", "/api/v1/docs/", "/account/login/", f"/labs/{lab.record.slug}/"):
        assert "Access-Control-Allow-Origin" not in client.get(path)
    assert "Access-Control-Allow-Origin" not in client.post("/api/v1/labs")


def test_files_feeds_and_linked_data_may_be_read_by_pages_of_others_also_when_unchanged(
    client: Client, settings: Any
) -> None:
    settings.CACHE_PAGES = True
    lab = factories.lab("Lab")
    store(BytesIO(b"zip"), on=timezone.localdate(), version=1, entries=1)
    day, public_id = timezone.localdate(), lab.record.public_id
    for path in (
        "/labs/export.csv", "/labs/export.xlsx", "/labs/export.geojson", "/feeds/labs.atom",
        f"/data/dumps/stedkraft-{day}.zip", f"/data/dumps/stedkraft-{day}.zip.sha256", "/data/catalog.ttl",
        "/data/catalog.jsonld", f"/id/{public_id}.jsonld", f"/id/{public_id}/murmurations.json",
        "/murmurations/index.json", "/oembed?url=x", "/data/dumps/newest.zip", f"/id/{public_id}",
    ):  # fmt: skip
        first = client.get(path)
        assert first["Access-Control-Allow-Origin"] == "*", path
        assert "Access-Control-Allow-Credentials" not in first
        if "ETag" in first:
            for _kept in (True, False):
                again = client.get(path, headers={"If-None-Match": first["ETag"]})
                assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*"), path
                caches["pages"].clear()


def test_a_member_reads_what_everybody_does(client: Client) -> None:
    """The session is not looked at: no page of others can read by it what its reader could."""
    draft = factories.lab("Kanarie", state="draft")
    client.force_login(person(is_superuser=True))
    assert client.get("/api/v1/labs").json()["count"] == 0
    assert client.get(f"/api/v1/labs/{draft.record.public_id}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "trace", "nix"])
def test_other_methods_are_refused_with_those_there_are(client: Client, method: str) -> None:
    response = client.generic(method.upper(), "/api/v1/themes")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["status"] == 405


def test_head_is_get_without_a_body(client: Client) -> None:
    got, asked = client.get("/api/v1/themes"), client.head("/api/v1/themes")
    assert asked.status_code == 200
    assert asked.content == b""
    assert asked["Content-Type"] == got["Content-Type"]
    assert asked["Link"] == got["Link"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/labs?q=%00", 400), ("/api/v1/labs?q=%ff", 400), ("/api/v1/labs/%00", 400),
        ("/api/v1/labs?" + "&".join(f"a{n}=1" for n in range(1001)), 400), ("/api/nix", 404),
        ("/api/v1/labs/nix", 404), ("/api/v1/labs/a.b", 404), ("/api/v1/places/nix/balance", 404),
        ("/api/v1/links?of=nix", 404), ("/api/v1/links?after=-1", 422),
        ("/api/v1/labs?page=" + "9" * 400, 422), ("/api/v1/labs?q=" + "a" * 5000, 422),
        ("/api/v1/links?after=99999999999999999999", 422),
    ],
    ids=lambda value: str(value)[:32],
)  # fmt: skip
def test_every_problem_has_the_same_shape(client: Client, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status
    assert {"type", "title", "detail"} <= set(told)
    assert told["type"].endswith(f"/api/v1/docs/#problem-{status}")


def test_a_lost_database_is_a_problem_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*args: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("opendata.api.reference.themes_told", lost)
    client.raise_request_exception = False
    response = client.get("/api/v1/themes")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response.json()["status"] == 503


def test_an_entrys_tag_tells_its_version(client: Client, settings: Any) -> None:
    settings.CACHE_PAGES = True
    lab = factories.lab("Lab").record
    path = f"/api/v1/labs/{lab.public_id}"
    first = client.get(path)
    assert first["ETag"].endswith(f'.{lab.public_id}-{lab.version}"')
    assert first.json()["version"] == lab.version
    unchanged = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (unchanged.status_code, unchanged["ETag"]) == (304, first["ETag"])
    caches["pages"].clear()
    unchanged = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (unchanged.status_code, unchanged["ETag"]) == (304, first["ETag"])
    assert client.get(path, headers={"If-None-Match": first["ETag"].replace('"', '"x', 1)}).status_code == 200


def test_the_reference_tells_every_address_and_problem(client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    for start in ("", "/en"):
        text = client.get(f"{start}/api/v1/docs/").text
        for path, operations in told["paths"].items():
            assert f"<code>{path}</code>" in text
            for operation in operations.values():
                assert f'id="{operation["operationId"]}"' in text
        for name in told["components"]["schemas"]:
            assert f'id="model-{name}"' in text
        assert 'id="problem-429"' in text


def test_the_reference_speaks_the_readers_language_and_says_where_it_does_not(client: Client) -> None:
    page, told = read(client.get("/api/v1/docs/")), client.get("/api/v1/openapi.json").json()
    heads = [head.text for head in page.all("h2")]
    with translation.override("da"):
        for name, listed in LISTS.items():
            assert str(listed.label) in heads
            for word in listed.filters.order:
                label = str(listed.filters.base_filters[word].label)
                assert f"{label}. " in page.by_id(f"list_{name}").text
        assert capfirst(str(Link._meta.verbose_name_plural)) in page.by_id("list_links").text
    for operations in told["paths"].values():
        for operation in operations.values():
            english = page.by_id(operation["operationId"]).all(lang="en")
            assert any(operation["description"].partition("`")[0].strip() in part.text for part in english)
