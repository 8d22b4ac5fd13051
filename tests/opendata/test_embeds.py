"""Frames on other people's pages: open to be framed, blind to who looks, and they show what is public."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from curation.choices import State
from curation.models import Record
from opendata.embeds.showing import ROWS
from tests import factories
from tests.pages import Node, Reader, read
from tests.people import browser, person
from tests.statements import READER, statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]

HOSTILE = "</textarea></script><script>alert(1)</script>\"'&"


class Made:
    """A place with a lab and what is hidden."""

    def __init__(self) -> None:
        self.country = factories.place("Danmark", kind="country", code="DK", name_en="Denmark")
        self.town = factories.place("Byen", code="0101", within=[self.country], latitude=55.7, longitude=12.5)
        self.theme = factories.theme("Vand", name_en="Water")
        at: dict[str, Any] = {
            "places": [self.town],
            "themes": [self.theme],
            "latitude": 55.7,
            "longitude": 12.5,
        }
        self.lab = factories.lab("Labbet", name_en="The lab", summary_da="Om vand.", **at)
        self.other = factories.lab("Andetsteds")
        self.hidden = factories.lab("Kanarie", state=State.DRAFT, **at)
        factories.link(self.lab, factories.actor("Værten", places=[self.town]), side="pull")

    @property
    def card(self) -> str:
        return f"/embed/id/{self.lab.record.public_id}/"

    @property
    def frames(self) -> list[str]:
        return [
            "/embed/map/?list=labs&place=0101",
            "/embed/labs/?place=0101",
            self.card,
            "/embed/places/0101/",
        ]


@pytest.fixture
def made(empty: None) -> Made:
    return Made()


def policy(response: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


def check_frame(response: Any) -> None:
    """Anybody may frame it; nothing else is let in or out; no cookie."""
    told = policy(response)
    assert told["frame-ancestors"] == "*"
    assert told["default-src"] == told["form-action"] == told["base-uri"] == "'none'"
    assert told["script-src"] == told["connect-src"] == "'self'"
    assert "frame-src" not in told
    assert "X-Frame-Options" not in response
    assert not response.cookies
    assert "Set-Cookie" not in response


def links(page: Node) -> list[Node]:
    return page.all("a")


def test_every_frame_is_open_small_and_leads_out(client: Client, made: Made) -> None:
    for path in made.frames:
        for prefix, language in (("", "da"), ("/en", "en")):
            response = client.get(prefix + path)
            assert response.status_code == 200
            check_frame(response)
            page = read(response)
            assert page.one("html").attrs["lang"] == language
            assert len(page.all("h1")) == 1
            assert page.one("title").text.endswith("– Stedkraft")
            assert not page.all("form") + page.all("input") + page.all("button")
            for link in links(page):
                assert (link.attrs["target"], link.attrs["rel"].split()[0]) == ("_blank", "noopener")
            assert "https://creativecommons.org/licenses/by/4.0/deed." + language in page.links
            assert len(response.content) < 8_000
            scripts = [node.attrs["src"] for node in page.all("script") if "src" in node.attrs]
            assert bool(scripts) is ("/map/" in path)


def test_what_they_show(client: Client, made: Made) -> None:
    for path in made.frames[:2]:
        page = read(client.get(path))
        assert page.one("h1").text == "Living labs: Byen"
        rows = page.one("ul", "ek-rows").all("li")
        assert [row.one("h2").text for row in rows] == ["Labbet"]
        assert "/labs/?place=0101" in page.links
    english = read(client.get("/en" + made.card))
    assert english.one("h1").text == "The lab"
    assert "/en/labs/labbet/" in english.links
    (summary,) = (node for node in english.all("p") if node.text == "Om vand.")
    assert summary.attrs["lang"] == "da"
    place = read(client.get("/embed/places/0101/"))
    assert place.one("h1").text == "Byen"
    assert "/labs/?place=0101" in place.links
    assert place.one("svg", role="img").attrs["aria-label"] == "PULL 2, PUSH 1"


def test_who_is_logged_in_sees_what_everybody_sees(client: Client, made: Made) -> None:
    curator = browser(person(is_curator=True))
    for path in made.frames:
        asked = statements(curator, path)
        assert not [sql for sql in asked if "session" in sql or "accounts_user" in sql]
        seen = curator.get(path)
        check_frame(seen)
        assert seen.content == client.get(path).content
    assert curator.get("/account/").status_code == 200  # and is still logged in


def test_kept_frames_stay_open(client: Client, made: Made, settings: Any) -> None:
    settings.CACHE_PAGES = True
    for path in [*made.frames, "/embed/"]:
        first, kept = client.get(path), client.get(path)
        again = client.get(path, headers={"If-None-Match": kept["ETag"]})
        caches["pages"].clear()
        fresh = client.get(path, headers={"If-None-Match": kept["ETag"]})
        assert (first.status_code, kept.status_code, again.status_code, fresh.status_code) == (
            200,
            200,
            304,
            304,
        )
        policies = {one["Content-Security-Policy"] for one in (first, kept, again, fresh)}
        assert len(policies) == 1
        frames = {one.get("X-Frame-Options") for one in (first, kept, again, fresh)}
        assert frames == {"DENY" if path == "/embed/" else None}
    labs, usual = client.get("/labs/"), client.get("/labs/")
    assert policy(labs) == policy(usual)
    assert policy(usual)["frame-ancestors"] == "'none'"
    assert usual["X-Frame-Options"] == "DENY"


def test_what_is_withdrawn_is_gone_and_says_so(client: Client, made: Made) -> None:
    assert client.get(made.card).status_code == 200
    Record.objects.filter(pk=made.lab.pk).update(state=State.WITHDRAWN)
    hidden = f"/embed/id/{made.hidden.record.public_id}/"
    for path in (made.card, hidden, "/embed/id/nothing/", "/embed/nothing/", "/embed/places/9999/",
                 "/embed/map/?list=nothing"):  # fmt: skip
        response = client.get(path)
        assert response.status_code == 404
        check_frame(response)
        page = read(response)
        assert page.one("h1").text == "Ikke længere i registeret"
        assert "Labbet" not in response.text
        assert "Kanarie" not in response.text
    page = read(client.get("/embed/labs/?place=0101"))
    assert not page.all("ul", "ek-rows")


def test_a_merged_entry_shows_the_one_it_is_now(client: Client, made: Made) -> None:
    Record.objects.filter(pk=made.other.pk).update(state=State.MERGED, merged_into=made.lab.pk)
    page = read(client.get(f"/embed/id/{made.other.record.public_id}/"))
    assert page.one("h1").text == "Labbet"


def test_a_list_has_twenty_rows_and_a_way_to_all(client: Client, made: Made) -> None:
    for number in range(ROWS):
        factories.lab(f"Lab {number}")
    page = read(client.get("/embed/labs/?page=2&list=needs&nonsense=1"))
    assert len(page.one("ul", "ek-rows").all("h2")) == ROWS
    (more,) = (link for link in links(page) if str(ROWS + 2) in link.text)
    assert more.attrs["href"] == "/labs/"
    assert not read(client.get("/embed/labs/?q=findesikke")).all("ul", "ek-rows")


def test_frames_ask_for_the_same_however_much_there_is(client: Client, made: Made) -> None:
    before = {path: len(statements(client, path)) for path in made.frames}
    for number in range(3):
        factories.lab(f"Lab {number}", places=[made.town], themes=[made.theme])
    assert {path: len(statements(client, path)) for path in made.frames} == before
    assert max(before.values()) <= READER


def test_hostile_text_stays_text(client: Client, made: Made) -> None:
    lab = factories.lab(HOSTILE, slug="fjendtlig", places=[made.town], latitude=55.7, longitude=12.5)
    card = f"/embed/id/{lab.record.public_id}/"
    for path in (
        *made.frames,
        card,
        f"/embed/?show=card&entry={lab.record.public_id}",
        "/embed/?list=labs&q=%3C/textarea%3E",
    ):
        response = client.get(path)
        assert "<script>alert" not in response.text
        read(response)  # whole markup
    code = code_of(client, f"/embed/?show=card&entry={lab.record.public_id}")
    assert code.attrs["title"] == f"{HOSTILE} – Stedkraft"


# The page that builds the code


def code_of(client: Client, path: str) -> Node:
    """The frame in the code to copy."""
    page = read(client.get(path))
    (frame,) = Reader.read("".join(str(child) for child in page.by_id("code").children)).children
    assert isinstance(frame, Node)
    (preview,) = page.all("iframe")
    assert settings.BASE_URL + preview.attrs["src"] == frame.attrs["src"]
    return frame


def test_the_code_follows_what_is_chosen(client: Client, made: Made) -> None:
    lab = made.lab.record.public_id
    chosen = {
        "": "/embed/map/?list=labs",
        "?show=map&list=needs&place=0101&theme=vand": "/embed/map/?list=needs&theme=vand&place=0101",
        "?list=labs&place=0101&phase=running": "/embed/labs/?place=0101&phase=running",
        "?show=list&lang=en": "/en/embed/labs/",
        f"?show=card&entry={lab}": f"/embed/id/{lab}/",
        "?show=card&entry=https%3A%2F%2Fwhatever.dk%2Fen%2Flabs%2Flabbet%2F": f"/embed/id/{lab}/",
        "?show=place&place=0101&lang=en": "/en/embed/places/0101/",
        "?show=place": "/embed/places/DK/",
        "?list=nonsense": "/embed/labs/",
        "?show=nonsense&lang=xx&width=x&height=-1&place=9999": "/embed/map/?list=labs",
    }
    for query, embedded in chosen.items():
        frame = code_of(client, f"/embed/{query}")
        assert frame.attrs["src"] == settings.BASE_URL + embedded
        assert client.get(embedded).status_code == 200
    frame = code_of(client, "/en/embed/?show=list&width=400&height=99999")
    assert (frame.attrs["width"], frame.attrs["height"]) == ("400", "2000")
    assert frame.attrs["src"].startswith(f"{settings.BASE_URL}/en/embed/")


@pytest.mark.parametrize(
    "entry", ["", "nothing", "/labs/kanarie/", "https://[", "/needs/", "/desk/", "/places/0101/"]
)
def test_what_is_no_entry_has_no_code(client: Client, made: Made, entry: str) -> None:
    page = read(client.get("/embed/", {"show": "card", "entry": entry}))
    assert "code" not in page
    assert page.by_id("entry").attrs["value"] == entry


def test_it_keeps_filters_it_has_no_field_for(client: Client, made: Made) -> None:
    page = read(client.get("/embed/?list=labs&place=0101&place=DK&phase=running&q=vand"))
    kept = {(one.attrs["name"], one.attrs["value"]) for one in page.all("input", type="hidden")}
    assert kept == {("q", "vand"), ("place", "0101"), ("phase", "running")}
    assert [one.attrs["value"] for one in page.by_id("place").all("option") if "selected" in one.attrs] == [
        "DK"
    ]


def test_it_shows_frames_of_ours_only_and_is_no_frame_itself(client: Client, made: Made) -> None:
    told = policy(client.get("/embed/"))
    assert (told["frame-src"], told["frame-ancestors"]) == ("'self'", "'none'")
    assert "frame-src" not in policy(client.get("/labs/"))


def test_lists_and_places_lead_there_with_what_they_show(client: Client, made: Made) -> None:
    (link,) = (one for one in read(client.get("/labs/?place=0101")).links if one.startswith("/embed/"))
    assert code_of(client, link).attrs["src"] == f"{settings.BASE_URL}/embed/labs/?place=0101"
    (link,) = (one for one in read(client.get("/places/0101/")).links if one.startswith("/embed/"))
    assert code_of(client, link).attrs["src"] == f"{settings.BASE_URL}/embed/map/?list=labs&place=0101"
    assert re.search("place=0101", link)
