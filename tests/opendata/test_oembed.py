"""oEmbed: our own pages and no other, answers as the specification wants them, nothing fetched."""

import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from curation.choices import State
from tests import factories
from tests.pages import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]

OWN = settings.BASE_URL


def asked(client: Client, url: str, **more: str) -> Any:
    return client.get("/oembed", {"url": url} | more)


def frame(html: str) -> dict[str, str]:
    """The only element of the code, with its attributes."""
    root = Reader.read(html)
    (found,) = root.children
    assert getattr(found, "tag", "") == "iframe"
    return found.attrs  # type: ignore[union-attr]


def test_an_entry_a_list_and_a_place_are_rich(client: Client) -> None:
    town = factories.place("Byen", code="0101")
    lab = factories.lab('Lab <i>"&', slug="labbet", places=[town])
    pages = {
        "/labs/labbet/": f"/embed/id/{lab.record.public_id}/",
        "/en/labs/labbet/": f"/en/embed/id/{lab.record.public_id}/",
        f"/id/{lab.record.public_id}": f"/embed/id/{lab.record.public_id}/",
        "/labs/?place=0101&page=3&nonsense=1": "/embed/labs/?place=0101",
        "/needs/": "/embed/needs/",
        "/places/0101/": "/embed/places/0101/",
    }
    for page, embedded in pages.items():
        response = asked(client, OWN + page)
        assert response["Content-Type"] == "application/json"
        told = response.json()
        assert (told["version"], told["type"]) == ("1.0", "rich")
        assert told["provider_name"] == "Stedkraft"
        shown = frame(told["html"])
        assert shown["src"] == OWN + embedded
        assert (int(shown["width"]), int(shown["height"])) == (told["width"], told["height"])
        assert shown["title"] == told["title"]
        assert client.get(embedded).status_code == 200
    assert asked(client, f"{OWN}/labs/labbet/").json()["title"] == 'Lab <i>"& – Stedkraft'


def test_the_frame_is_no_larger_than_asked(client: Client) -> None:
    factories.lab("Labbet")
    told = asked(client, f"{OWN}/labs/labbet/", maxwidth="300", maxheight="200").json()
    assert (told["width"], told["height"]) == (300, 200)
    told = asked(client, f"{OWN}/labs/labbet/", maxwidth="9999", maxheight="9999").json()
    assert (told["width"], told["height"]) == (480, 430)


def test_xml_says_the_same(client: Client) -> None:
    factories.lab("Lab <i>\x0b&", slug="labbet")
    response = asked(client, f"{OWN}/labs/labbet/", format="xml")
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    told = ET.fromstring(response.content)  # noqa: S314 - our own answer
    plain = asked(client, f"{OWN}/labs/labbet/").json()
    assert told.tag == "oembed"
    assert {one.tag: one.text for one in told} == {
        name: str(value).replace("\x0b", "") for name, value in plain.items()
    }


NOT_OURS = (
    "https://example.org/labs/labbet/", f"{OWN}.example.org/labs/labbet/", "//localhost:8000/labs/labbet/",
    f"{OWN.replace('://', '://user@')}/labs/labbet/", "http://169.254.169.254/latest/", "file:///etc/passwd",
    "javascript:alert(1)", "/labs/labbet/", "http://[", f"{OWN}/labs/kladde/", f"{OWN}/labs/nothing/",
    f"{OWN}/", f"{OWN}/desk/", f"{OWN}/account/", f"{OWN}/oembed", f"{OWN}/places/9999/",
    f"{OWN}/embed/labs/", f"{OWN}/nowhere",
)  # fmt: skip


def test_other_pages_do_not_exist(client: Client) -> None:
    factories.lab("Labbet")
    factories.lab("Kladde", state=State.DRAFT)
    for url in NOT_OURS:
        assert asked(client, url).status_code == 404, url


def test_what_makes_no_sense_is_refused(client: Client) -> None:
    factories.lab("Labbet")
    page = f"{OWN}/labs/labbet/"
    assert client.get("/oembed").status_code == 400
    assert asked(client, f"{OWN}/{'x' * 3000}").status_code == 400
    assert asked(client, page, format="yaml").status_code == 501
    for size in ("0", "-1", "x", "1.5", "1000000", ""):
        assert asked(client, page, maxwidth=size).status_code == 400


def test_a_page_says_where_to_ask(client: Client) -> None:
    factories.lab("Labbet")
    (line,) = (one for one in client.get("/labs/labbet/").text.splitlines() if "json+oembed" in one)
    address = Reader.read(line).one("link").attrs["href"].removeprefix(OWN)
    assert json.loads(client.get(address).content)["type"] == "rich"
