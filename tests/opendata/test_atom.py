"""Feeds are what RFC 4287 asks of them."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from keeping.lists import LISTS
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]

A = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# An entry has these at least once (the first three exactly once), and nothing else but these.
ONCE = ("id", "title", "updated", "published", "summary")
OF_ENTRY = {*ONCE, "link", "category", "author", "rights"}
OF_FEED = {"id", "title", "updated", "subtitle", "link", "author", "rights", "entry"}


def feed(client: Client, path: str) -> ET.Element:
    response = client.get(path)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = ET.fromstring(response.content)  # noqa: S314 - our own answer
    assert found.tag == f"{A}feed"
    return found


def words(node: ET.Element) -> list[str]:
    return [child.tag.removeprefix(A) for child in node]


def text(node: ET.Element, name: str) -> str:
    (found,) = node.findall(f"{A}{name}")
    return found.text or ""


def links(node: ET.Element) -> dict[str, str]:
    return {one.attrib.get("rel", "alternate"): one.attrib["href"] for one in node.findall(f"{A}link")}


def check(found: ET.Element, address: str) -> None:
    """What must be there, once; full addresses; names and moments as they are written."""
    assert set(words(found)) <= OF_FEED
    assert text(found, "title")
    moment = dt.datetime.fromisoformat(text(found, "updated"))
    assert found.findall(f"{A}author/{A}name")
    assert links(found)["self"] == text(found, "id") == settings.BASE_URL + address
    assert links(found)["alternate"].startswith(settings.BASE_URL)
    ids, before = set(), None
    for entry in found.findall(f"{A}entry"):
        assert set(words(entry)) <= OF_ENTRY
        ids.add(text(entry, "id"))
        assert text(entry, "title")
        changed, published = (
            dt.datetime.fromisoformat(text(entry, name)) for name in ("updated", "published")
        )
        assert changed.tzinfo
        assert published <= changed <= moment
        assert before is None or published <= before  # the newest first
        before = published
        assert links(entry)["alternate"].startswith(f"{settings.BASE_URL}/")
        assert all(one.attrib["term"] for one in entry.findall(f"{A}category"))
        assert entry.find(f"{A}summary").attrib["type"] == "html"  # type: ignore[union-attr]
    assert len(ids) == len(found.findall(f"{A}entry"))


def test_feeds_are_valid_in_both_languages(client: Client) -> None:
    theme = factories.theme("Vand & sol", slug="vand")
    now = timezone.now()
    for number, name in enumerate(("Lab <et>", "Lab & to", "Lab \x0b\x01 tre")):
        factories.lab(
            name, slug=f"lab-{number}", summary_da=f"<b>{name}</b>", themes=[theme],
            published_at=now - dt.timedelta(days=number),
        )  # fmt: skip
    for path in ("/feeds/labs.atom", "/en/feeds/labs.atom", "/feeds/labs.atom?theme=vand"):
        found = feed(client, path)
        check(found, path)
        assert found.attrib[LANGUAGE] == ("en" if path.startswith("/en/") else "da")
    found = feed(client, "/feeds/labs.atom")
    titles = [text(entry, "title") for entry in found.findall(f"{A}entry")]
    assert titles == ["Lab <et>", "Lab & to", "Lab  tre"]


def test_an_empty_feed_is_one_too(client: Client) -> None:
    for name in LISTS:
        found = feed(client, f"/feeds/{name}.atom?q=findesikke")
        check(found, f"/feeds/{name}.atom?q=findesikke")
        assert not found.findall(f"{A}entry")


def test_an_entry_keeps_its_id_in_every_feed(client: Client) -> None:
    lab = factories.lab("Labbet", themes=[factories.theme("Vand")])
    told = {
        text(feed(client, path).findall(f"{A}entry")[0], "id")
        for path in ("/feeds/labs.atom", "/en/feeds/labs.atom", "/feeds/labs.atom?theme=vand")
    }
    assert told == {f"{settings.BASE_URL}/id/{lab.record.public_id}"}
