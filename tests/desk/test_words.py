"""Words that mean the same: kept by curators, one group for each word, nobody's change lost."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from curation.models import Synonyms
from tests import factories, people
from tests.pages import read
from tests.people import browser
from tests.statements import MEMBER, statements

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def curator() -> User:
    return people.person("curator@example.org", name="Connie Curator", is_curator=True)


@pytest.fixture
def desk(curator: User) -> Client:
    return browser(curator)


def group(*words: str, **said: Any) -> Synonyms:
    return Synonyms.objects.create(words=list(words), **said)


def opened(client: Client, made: Synonyms) -> dict[str, str]:
    """The form of a group as its page shows it."""
    page = read(client.get(f"/desk/words/{made.pk}/"))
    [form] = [form for form in page.one("main").all("form") if form.all("textarea")]
    fields = {field.attrs["name"]: field.attrs.get("value", "") for field in form.all("input")}
    return fields | {"words": form.one("textarea").text}


def test_a_group_is_kept_with_who_and_when(desk: Client, curator: User) -> None:
    said = {"words": " demens \nAlzheimer\n\nloss  of memory\nDemens", "source": "Videnscenter"}
    assert desk.post("/desk/words/new/", said)["Location"] == "/desk/words/"
    made = Synonyms.objects.get()
    assert made.words == ["demens", "Alzheimer", "loss of memory"]
    assert (made.source, made.changed_by) == ("Videnscenter", curator)
    row = read(desk.get("/desk/words/")).one("li", "sk-row3").text
    assert "demens ~ Alzheimer ~ loss of memory" in row
    assert "Connie Curator" in row


@pytest.mark.parametrize(
    "words",
    ["", "demens", "demens\nDEMENS", "ældre\naeldre", "demens\nog", "demens\n" + "a" * 81,
     "\n".join(f"ord{number}" for number in range(21))],
)  # fmt: skip
def test_what_is_no_group_is_refused(desk: Client, words: str) -> None:
    response = desk.post("/desk/words/new/", {"words": words})
    assert response.status_code == 422
    assert read(response).by_id("id_words_error")
    assert not Synonyms.objects.exists()


def test_a_word_stands_in_one_group(desk: Client) -> None:
    other = group("ældre", "seniorer")
    response = desk.post("/desk/words/new/", {"words": "gamle\nAeldre"})
    assert response.status_code == 422
    error = read(response).by_id("id_words_error").text
    assert "“Aeldre”" in error
    assert "ældre ~ seniorer" in error
    assert f"/desk/words/{other.pk}/" in read(response).one("main").links
    assert Synonyms.objects.count() == 1


def test_a_group_is_changed_and_removed(desk: Client) -> None:
    made = group("demens", "Alzheimer")
    assert desk.post(f"/desk/words/{made.pk}/", opened(desk, made) | {"words": "demens\nglemsel"})["Location"]
    made.refresh_from_db()
    assert made.words == ["demens", "glemsel"]
    desk.post(f"/desk/words/{made.pk}/remove/", {"seen": opened(desk, made)["seen"]})
    assert not Synonyms.objects.exists()


def test_of_two_who_change_it_the_second_is_told_and_keeps_what_was_typed(desk: Client) -> None:
    made = group("demens", "Alzheimer")
    mine = opened(desk, made) | {"words": "demens\nglemsel"}
    other = browser(people.person("other@example.org", is_curator=True))
    other.post(f"/desk/words/{made.pk}/", opened(other, made) | {"words": "demens\nhukommelsestab"})
    response = desk.post(f"/desk/words/{made.pk}/", mine)
    assert response.status_code == 409
    page = read(response)
    assert "demens ~ hukommelsestab" in page.by_id("overtaken").text
    assert page.one("textarea").text == "demens glemsel"
    made.refresh_from_db()
    assert made.words == ["demens", "hukommelsestab"]
    assert desk.post(f"/desk/words/{made.pk}/remove/", {"seen": mine["seen"]}).status_code == 409
    again = page.one("main").all("input", name="seen")[0].attrs["value"]
    assert desk.post(f"/desk/words/{made.pk}/", mine | {"seen": again}).status_code == 302
    made.refresh_from_db()
    assert made.words == ["demens", "glemsel"]
    made.delete()
    assert desk.post(f"/desk/words/{made.pk}/", mine).status_code == 404


def test_a_group_is_found_by_a_word_however_it_is_spelt(desk: Client) -> None:
    group("demens", "Alzheimer")
    group("ældre", "seniorer")
    page = read(desk.get("/desk/words/", {"q": "AELD"}))
    assert [row.text for row in page.all("h2", "sk-h3")] == ["ældre ~ seniorer"]
    assert "stands in no group" in desk.get("/en/desk/words/?q=xyzzy").text


def test_what_an_address_says_stands_in_a_new_group(desk: Client) -> None:
    page = read(desk.get("/desk/words/new/", {"word": ["demens", "Alzheimer"]}))
    assert page.one("textarea").text == "demens Alzheimer"


def test_many_groups_have_pages_and_cost_no_more(desk: Client, curator: User) -> None:
    group("ord", "gloser", changed_by=curator)
    asked = statements(desk, "/desk/words/")
    for number in range(26):
        group(f"a{number}", f"b{number}", changed_by=people.person())
    assert len(statements(desk, "/desk/words/")) == len(asked) <= MEMBER
    first, second = (read(desk.get(f"/desk/words/?page={page}")) for page in ("1", "99"))
    assert [len(page.all("li", "sk-row3")) for page in (first, second)] == [25, 2]


@pytest.mark.parametrize("path", ["", "new/", "1/"])
def test_stewards_and_members_have_no_say(path: str) -> None:
    steward = people.person()
    factories.stewardship(steward, factories.theme())
    for user in (steward, people.person()):
        client = browser(user)
        assert client.get(f"/desk/words/{path}").status_code == 403
        assert client.get("/desk/searched/").status_code == 403
    assert "/desk/words/" not in read(browser(steward).get("/desk/")).links
