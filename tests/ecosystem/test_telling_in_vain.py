"""What a page says of a search that finds little: how it was loosened, what is near, how to tell of it."""

import pytest
from django.test import Client

from curation.learning import learn
from curation.models import Synonyms
from tests import factories
from tests.pages import Node, read

pytestmark = pytest.mark.usefixtures("register")
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def register(empty: None) -> None:
    theme, town = factories.theme("Demens"), factories.place("Byen", code="0101")
    for number in range(6):
        factories.lab(
            f"Lab {number}", themes=[theme], places=[town], summary_da="Robotter og teknologi på plejehjem."
        )
    factories.lab("Haven", summary_da="Biodiversitet i haven.", themes=[factories.theme("Natur")])
    Synonyms.objects.create(words=["robot", "automat"])
    learn()


def results(client: Client, path: str, query: str, **headers: str) -> Node:
    return read(client.get(f"{path}?{query}", headers=headers))


@pytest.mark.parametrize("path", ["/en/labs/", "/en/search/"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "partial"])
def test_a_corrected_word_is_said_and_its_results_shown(
    client: Client, path: str, headers: dict[str, str]
) -> None:
    page = results(client, path, "q=teknolgi", **headers)
    assert page.by_id("loosened").text == ("Showing results for “teknologi”; nothing is called “teknolgi”.")
    assert page.by_id("results").all("h3")
    status = [node for node in page if node.attrs.get("role") == "status"]
    assert [node.text for node in status] == ["Nothing exactly; 6 entries come close"]
    assert {mark.text for mark in page.all("mark")} == {"teknologi"}


@pytest.mark.parametrize("path", ["/en/labs/", "/en/search/"])
def test_fewer_words_are_said(client: Client, path: str) -> None:
    page = results(client, path, "q=robotter+biodiversitet")
    assert "Nothing matches all of it" in page.by_id("loosened").text
    assert len(page.by_id("results").all("h3")) >= 5
    page = results(client, path, "q=robotter+qwertzuiop")
    assert "No entry here says “qwertzuiop”." in page.by_id("loosened").text
    assert "Showing results for “robotter”." in page.by_id("loosened").text


def test_leaving_the_filters_out_is_said(client: Client) -> None:
    page = results(client, "/en/labs/", "q=biodiversitet&theme=demens")
    assert "without" in page.by_id("loosened").text
    assert [node.text for node in page.by_id("results").all("h3")] == ["Haven"]


def test_what_was_searched_for_besides_is_said(client: Client) -> None:
    page = results(client, "/en/labs/", "q=automat")
    assert page.by_id("also-searched").text == "Also searched for: robot"
    assert page.by_id("results").all("h3")


@pytest.mark.parametrize(("path", "kind"), [("/en/labs/", "&kind=lab"), ("/en/search/", "")])
@pytest.mark.parametrize("words", ["qwertzuiop", "biodiversitet"])
def test_what_finds_little_leads_to_telling_of_it(client: Client, path: str, kind: str, words: str) -> None:
    page = results(client, path, f"q={words}&theme=natur&place=0101")
    near = page.by_id("nearest")
    [tell] = [link for link in near.links if "missing" in link]
    assert tell == f"/en/search/missing/?q={words}{kind}&theme=natur&place=0101"
    form = read(client.get(tell))
    assert form.by_id("f-q").attrs["value"] == words
    chosen = [option.attrs["value"] for option in form.all("option") if "selected" in option.attrs]
    assert chosen == ["natur", "0101"]


def test_what_finds_much_says_nothing_of_it(client: Client) -> None:
    page = results(client, "/en/labs/", "q=robotter")
    for name in ("nearest", "loosened", "did-you-mean"):
        assert name not in page


def test_a_page_anybody_reads_holds_no_token(client: Client) -> None:
    for path in ("/labs/", "/search/"):
        response = client.get(path, {"q": "qwertzuiop"})
        assert not response.cookies
        assert "csrf" not in response.text
