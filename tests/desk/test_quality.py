"""How good the entries are: counted by kind, place and theme, and listed with what they lack."""

import pytest
from django.test import Client

from accounts.models import User
from curation.access import Scope
from curation.choices import Level
from curation.models import Record
from desk import quality
from labs.models import Lab
from places.models import Place
from tests import factories
from tests.pages import read
from tests.people import browser, person
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def curator() -> User:
    return person("curator@example.org", is_curator=True)


def town(name: str) -> Place:
    return Place.objects.filter(name_da=name).first() or factories.place(name)


def lab(name: str, place: str = "Aarhus", level: Level = Level.LACKING, **said: object) -> Lab:
    made: Lab = factories.lab(name, places=[town(place)], **said)
    Record.objects.filter(pk=made.pk).update(level=level)
    return made


def test_what_is_public_and_goes_on_is_counted_at_its_level() -> None:
    theme = factories.theme("Demens")
    lab("Et", themes=[theme])
    lab("To", level=Level.GOOD)
    lab("Tre", "Odense", level=Level.GOOD)
    lab("Kladde", state="draft")
    lab("Slut", ended=True)
    found = quality.counted(Scope(everything=True))
    assert [(row.name, row.counts) for row in found["kind"]] == [("Living lab", [1, 0, 2, 0])]
    assert [(row.name, row.counts) for row in found["place"]] == [
        ("Odense", [0, 0, 1, 0]), ("Aarhus", [1, 0, 1, 0]),
    ]  # fmt: skip
    assert [(row.name, row.counts) for row in found["theme"]] == [("Demens", [1, 0, 0, 0])]
    assert found["kind"][0].parts == [(0, 0.0, 33.33), (2, 33.33, 66.67)]


def test_each_number_leads_to_as_many_entries_with_what_they_lack(curator: User) -> None:
    lab("Et")
    lab("To")
    lab("Tre", "Odense")
    desk = browser(curator)
    page = read(desk.get("/en/desk/quality/"))
    links = {
        link.attrs["href"]: link.text for link in page.all("a") if "?place=" in link.attrs.get("href", "")
    }
    assert len(links) == 2
    for href, text in links.items():
        listed = read(desk.get(href))
        assert len(listed.all("li", "sk-row3")) == int(text.split()[0])
        assert "What it is in short, in Danish" in listed.one("main").text


def test_what_an_address_asks_and_nobody_knows_is_left_out(curator: User) -> None:
    lab("Et")
    for query in (
        "level=9",
        "level=x",
        "kind=x",
        "place=x",
        "theme=%00x",
        "page=0",
        "page=99999999",
        "page=²",
    ):
        if "%00" in query:
            continue
        response = browser(curator).get(f"/en/desk/quality/entries/?{query}")
        assert len(read(response).all("li", "sk-row3")) == 1, query


def test_a_steward_sees_what_they_look_after_and_a_reader_nothing(curator: User) -> None:
    lab("Et")
    lab("To", "Odense")
    steward = person("sten@aarhus.dk")
    factories.stewardship(steward, town("Aarhus"))
    text = read(browser(steward).get("/en/desk/quality/entries/")).one("main").text
    assert "Et" in text
    assert "To" not in text.split()
    counted = read(browser(steward).get("/en/desk/quality/")).one("main").text
    assert "Odense" not in counted
    assert Client().get("/desk/quality/").status_code == 302


def test_as_many_statements_for_many_as_for_one(curator: User) -> None:
    client = browser(curator)
    lab("Et")
    few = [len(statements(client, path)) for path in ("/desk/quality/", "/desk/quality/entries/")]
    for number in range(5):
        lab(f"Lab {number}", f"By {number}")
    assert [len(statements(client, path)) for path in ("/desk/quality/", "/desk/quality/entries/")] == few
