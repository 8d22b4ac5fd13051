"""Telling what was looked for in vain: by a press, without the person, and not without end."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from curation.models import SearchMiss
from ecosystem.views import missing
from keeping import guarding
from tests import factories
from tests.pages import Node, read

pytestmark = pytest.mark.usefixtures("empty")

PATH = "/search/missing/"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test sends a page faster than people do."""
    monkeypatch.setattr(guarding, "SOONEST", dt.timedelta(seconds=-1))


def filled(page: Node) -> dict[str, str]:
    """What the form on a page sends when nobody touches it."""
    form = next(form for form in page.one("main").all("form") if form.attrs.get("method") == "post")
    fields = {field.attrs["name"]: field.attrs.get("value", "") for field in form.all("input")}
    for select in form.all("select"):
        chosen = [option for option in select.all("option") if "selected" in option.attrs]
        fields[select.attrs["name"]] = chosen[0].attrs["value"] if chosen else ""
    return fields


def tell(client: Client, **said: str) -> Any:
    return client.post(PATH, filled(read(client.get(PATH))) | said)


def test_a_press_keeps_words_theme_place_list_language_and_day(client: Client) -> None:
    theme, town = factories.theme("Demens"), factories.place("Byen", code="0101")
    asked = {"q": " robotter   til kor ", "theme": ["nothing", "demens"], "place": "0101", "kind": "lab"}
    page = read(client.get("/en" + PATH, asked))
    assert not SearchMiss.objects.exists()
    response = client.post("/en" + PATH, filled(page))
    assert response["Location"] == "/en/search/missing/thanks/"
    assert client.get(response["Location"]).status_code == 200
    told = SearchMiss.objects.get()
    assert (told.words, told.theme, told.place) == ("robotter til kor", theme, town)
    assert (told.kind, told.language, told.settled_at) == ("lab", "en", None)


def test_the_same_words_by_many_count_as_many(client: Client) -> None:
    for _reader in range(3):
        tell(client, q="robotter til kor")
    assert SearchMiss.objects.filter(words="robotter til kor").count() == 3


def test_nothing_is_kept_of_who_told_it(client: Client, as_member: Client) -> None:
    tell(as_member, q="robotter")
    told = SearchMiss.objects.get()
    kept = {field.name: getattr(told, field.attname) for field in SearchMiss._meta.fields}
    said = {name for name, value in kept.items() if value not in (None, "")}
    assert said == {"id", "words", "language", "told_on"}


@pytest.mark.parametrize(
    "words",
    [
        "mail til anna.hansen@aarhus.dk", "ring 12 34 56 78", "12345678", "+45 12345678", "cpr 010190-1234",
        "0101901234", "010190 1234",
    ],
)  # fmt: skip
def test_what_stands_for_a_person_is_refused_and_says_why(client: Client, words: str) -> None:
    response = tell(client, q=words)
    assert response.status_code == 422
    assert "CPR" in read(response).by_id("error-summary").text
    assert read(response).by_id("f-q").attrs["value"] == words
    assert not SearchMiss.objects.exists()


@pytest.mark.parametrize("words", ["plan 2025 2026", "covid 19", "9000 Aalborg", "lov 692 af 2018", "C@mp"])
def test_other_figures_are_words(client: Client, words: str) -> None:
    assert tell(client, q=words).status_code == 302
    assert SearchMiss.objects.get().words == words


@pytest.mark.parametrize(
    "said", [{"q": ""}, {"q": " ?! "}, {"q": "a" * 201}, {"theme": "nothing"}, {"place": "9999"}]
)
def test_what_makes_no_sense_is_refused(client: Client, said: dict[str, str]) -> None:
    assert tell(client, **{"q": "ord"} | said).status_code == 422
    assert not SearchMiss.objects.exists()


def test_programs_and_floods_are_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tell(client, q="ord", company_website="https://spam.example").status_code == 422
    assert client.post(PATH, {"q": "ord"}).status_code == 422
    monkeypatch.setattr(missing, "EACH", 2)
    answers = [tell(client, q=f"ord {number}").status_code for number in range(3)]
    assert answers == [302, 302, 429]
    assert SearchMiss.objects.count() == 2


def test_a_form_without_a_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    fields = filled(read(client.get(PATH))) | {"q": "ord"}
    del client.cookies["csrftoken"]
    assert client.post(PATH, fields).status_code == 403
    assert not SearchMiss.objects.exists()
