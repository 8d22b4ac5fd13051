"""What was searched for in vain, on the desk: gathered, counted, settled by one of two."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from curation.models import SearchMiss
from tests import factories, people
from tests.pages import Node, read
from tests.people import browser
from tests.statements import MEMBER, statements

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def curator() -> User:
    return people.person("curator@example.org", name="Connie Curator", is_curator=True)


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


def told(words: str, **said: Any) -> SearchMiss:
    return SearchMiss.objects.create(words=words, **said)


def rows(page: Node) -> list[str]:
    return [row.text for row in page.all("li", "sk-q")]


def test_the_same_words_theme_and_place_are_one_and_the_most_told_come_first(desk: Client) -> None:
    theme, town = factories.theme("Demens"), factories.place("Byen")
    told("skraldebil")
    told("ældre og robotter", theme=theme, kind="lab")
    told("Aeldre og  robotter", theme=theme, kind="need", told_on=dt.date(2026, 11, 20))
    told("ældre og robotter", place=town)
    page = read(desk.get("/en/desk/searched/"))
    found = rows(page)
    assert len(found) == 3
    assert found[0].startswith("2 times")
    for said in ("Demens", "Living lab", "Need"):
        assert said in found[0]
    assert any("Byen" in row and row.startswith("1 time ") for row in found[1:])
    glance = read(desk.get("/en/desk/")).one("dl", "sk-glance").all("div")[-1]
    assert glance.text == "searched in vain 3"
    assert glance.links == ["/en/desk/searched/"]


def test_settling_takes_all_that_are_alike_and_keeps_what_was_done(desk: Client, curator: User) -> None:
    first = told("ældre", told_on=dt.date(2026, 11, 1))
    last = told("Aeldre")
    other = told("ældre", theme=factories.theme())
    page = read(desk.get(f"/desk/searched/{last.pk}/"))
    assert page.one("h1").text == "Aeldre"
    response = desk.post(f"/desk/searched/{last.pk}/", {"done": "Tilføjet som synonym."})
    assert response["Location"] == "/desk/searched/"
    for miss in (first, last):
        miss.refresh_from_db()
        assert (miss.settled_by, miss.settled_with) == (curator, "Tilføjet som synonym.")
    other.refresh_from_db()
    assert other.settled_at is None
    page = read(desk.get("/desk/searched/"))
    assert len(rows(page)) == 1
    assert "Tilføjet som synonym." in page.one("ul", "sk-plain").text
    assert "Connie Curator" in page.one("ul", "sk-plain").text


def test_of_two_curators_one_settles_it_and_the_other_is_told(desk: Client) -> None:
    miss = told("ældre")
    browser(people.person("other@example.org", is_curator=True)).post(
        f"/desk/searched/{miss.pk}/", {"done": "Intet."}
    )
    response = desk.post(f"/desk/searched/{miss.pk}/", {"done": "Noget."})
    assert response.status_code == 409
    assert "Intet." in read(response).one("div", "alert", role="alert").text
    miss.refresh_from_db()
    assert miss.settled_with == "Intet."


def test_what_was_done_has_to_be_said(desk: Client) -> None:
    miss = told("ældre")
    response = desk.post(f"/desk/searched/{miss.pk}/", {"done": " "})
    assert response.status_code == 422
    assert read(response).by_id("f-done_error")
    miss.refresh_from_db()
    assert miss.settled_at is None


def test_the_ways_on_carry_what_is_known(desk: Client) -> None:
    theme, town = factories.theme("Demens"), factories.place("Byen", code="0101")
    miss = told("robotter & kor", theme=theme, place=town, kind="lab")
    links = read(desk.get(f"/desk/searched/{miss.pk}/")).one("ul", "sk-ways").links
    assert links == [
        "/labs/?q=robotter+%26+kor&theme=demens&place=0101",
        "/desk/words/new/?word=robotter+%26+kor",
        "/register/need/?theme=demens&place=0101",
    ]
    form = read(desk.get(links[2]))
    hidden = {field.attrs["name"]: field.attrs["value"] for field in form.all("input", type="hidden")}
    assert (hidden["with-theme"], hidden["with-place"]) == ("demens", "0101")


def test_words_are_shown_as_words(desk: Client) -> None:
    miss = told("<script>alert(1)</script>")
    for path in ("", f"{miss.pk}/"):
        assert "<script>alert" not in desk.get(f"/desk/searched/{path}").text


@pytest.mark.parametrize("path", ["/desk/searched/", "/desk/"])
def test_many_cost_what_one_does(desk: Client, curator: User, path: str) -> None:
    def some(number: int) -> None:
        told(f"ord {number}", theme=factories.theme(), place=factories.place())
        settled = {"settled_at": dt.datetime.now(dt.UTC), "settled_by": people.person()}
        told(f"gammelt {number}", settled_with="Intet.", **settled)

    some(0)
    asked = statements(desk, path)
    for number in range(1, 30):
        some(number)
    assert len(statements(desk, path)) == len(asked) <= MEMBER
    assert len(rows(read(desk.get("/desk/searched/?page=2")))) == 5


@pytest.mark.parametrize("path", ["99/", "99999999999999999999/"])
def test_what_is_not_there_does_not_exist(desk: Client, path: str) -> None:
    assert desk.get(f"/desk/searched/{path}").status_code == 404
