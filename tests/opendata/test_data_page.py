"""The page about open data tells what there is, leads to all of it, and is never older than it is true."""

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from curation.choices import State
from keeping.lists import LISTS
from opendata.dumps.making import store
from tests import factories
from tests.pages import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]

DAY = dt.date(2026, 11, 22)


def kept(days_ago: int, content: bytes = b"PK") -> None:
    store(io.BytesIO(content), on=DAY - dt.timedelta(days=days_ago), version=1, entries=1234)


def links(page: Any) -> set[str]:
    return {link.attrs["href"] for link in page.one("main").all("a")}


def test_it_leads_to_every_list_in_every_form_with_fresh_numbers(client: Client) -> None:
    factories.lab("Havnelab")
    factories.lab("Kanarie", state=State.DRAFT)
    page = read(client.get("/en/data/"))
    assert {f"/en/{name}/export.{form}" for name in LISTS for form in ("csv", "xlsx", "geojson")} <= links(
        page
    )
    assert {f"/api/v1/{name}" for name in LISTS} | {f"/en/feeds/{name}.atom" for name in LISTS} <= links(page)
    (row,) = [row for row in page.one("main").all("tr") if "Living labs" in row.text]
    assert row.one("td", css="sk-num").text == "1"
    assert "The register holds 1 published entry today." in page.text
    for path in links(page):
        if path.startswith("/"):
            assert client.get(path).status_code == (302 if "/account/" in path else 200), path
    assert "/en/data/" in {link.attrs["href"] for link in page.one("footer").all("a")}


def test_what_programs_are_told_is_told_once_and_what_they_type_works(client: Client) -> None:
    factories.place("Aarhus", code="0751")
    page = read(client.get("/en/data/"))
    addresses = [link.attrs["href"] for link in page.by_id("api").all("a")]
    assert len(addresses) == len(set(addresses)) > 0
    assert not set(addresses) & {link.attrs["href"] for link in page.by_id("embed").all("a")}
    typed = re.findall(r'"(.*?)"', page.by_id("api").one("pre").text)
    assert len(typed) == 2
    for address in typed:
        assert client.get(address.removeprefix(settings.BASE_URL)).status_code == 200, address


def test_it_tells_the_newest_dump_and_those_of_earlier_nights(client: Client, settings: Any) -> None:
    settings.CACHE_PAGES = True
    assert "The first one is made tonight." in client.get("/en/data/").text
    kept(1)
    kept(0, b"PK of today")
    page = read(client.get("/en/data/"))
    assert "1,234" in page.by_id("dumps").text
    assert {
        "/data/dumps/stedkraft-2026-11-22.zip", "/data/dumps/stedkraft-2026-11-22.zip.sha256",
        "/data/dumps/stedkraft-2026-11-21.zip", "/data/dumps/newest.zip",
    } <= links(page)  # fmt: skip
    danish = client.get("/data/").text
    assert "1.234" in danish
    assert "22. november 2026" in danish
    assert "sha256sum --check" in danish


def test_few_statements_however_much_there_is(client: Client) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/data/").status_code == 200
        return len(asked)

    kept(0)
    one = statements()
    for number in range(1, 4):
        factories.lab(f"Lab {number}")
        kept(number)
    assert statements() == one <= 4
