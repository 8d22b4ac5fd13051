"""Where entries say what was asked for: which words are marked, which passage is shown, nothing as HTML."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from curation.browsing import Browse
from curation.models import Synonyms, Theme
from curation.reference import Reference
from curation.snippets import LETTERS, Marker
from labs.filters import LabFilterSet
from places.templatetags.pages import Said
from tests import factories
from tests.pages import Node, read


def marked(wanted: list[str], text: str, language: str = "da", **said: Any) -> list[str]:
    """What of a text is marked for some terms of one form each."""
    pieces = Marker([[form] for form in wanted], **said).whole(text, language).pieces
    assert "".join(piece for piece, _is in pieces) == text
    return [piece for piece, is_marked in pieces if is_marked]


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("aeldre", "Ældre, AELDRE og ældres hjem", ["Ældre", "AELDRE", "ældres"]),
        ("plejehjem", "på plejehjemmene", ["plejehjemmene"]),
        ("pleje", "ældrepleje og Plejehjem", ["ældrepleje", "Plejehjem"]),
        ("demens", "en demensvenlig by for dem", ["demensvenlig"]),
        ("ai", "AI, air, fair og CitCom.ai", ["AI", "ai"]),
        ("bil", "en billig bil, to biler", ["bil", "biler"]),
        ("aabent", "Åbent og aabent", ["Åbent", "aabent"]),
        ("loss of memory", "a Loss  of memory. Loss of time", ["Loss  of memory"]),
        ("cafe", "Café <b>", ["Café"]),
        ("xyzzy", "Intet af det", []),
    ],
)
def test_what_is_marked(wanted: str, text: str, expected: list[str]) -> None:
    language = "en" if "memory" in text else "da"
    assert marked([wanted], text, language) == expected


def test_a_word_is_stemmed_in_the_language_of_its_text() -> None:
    assert marked(["cities"], "one city", "en") == ["city"]
    assert marked(["cities"], "one city", "da") == []


def test_what_begins_with_the_unfinished_word_is_marked() -> None:
    assert marked(["energi"], "Energistyrelsen", unfinished="energi") == ["Energistyrelsen"]
    assert marked(["teknol"], "Teknologi", unfinished="teknol") == ["Teknologi"]


def test_nothing_an_entry_says_becomes_html() -> None:
    passage = Marker([["lys"]]).passage([Said("<b>Lys</b> & <script>lys</script>", "")], "da")
    assert passage
    assert passage.html == (
        "&lt;b&gt;<mark>Lys</mark>&lt;/b&gt; &amp; &lt;script&gt;<mark>lys</mark>&lt;/script&gt;"
    )


def test_the_passage_answers_most_of_the_words_and_begins_with_a_sentence() -> None:
    long = "Noget helt andet. " * 30 + "Her bor **ældre** med [demens](https://x.dk). " + "Mere. " * 60
    texts = [Said("Et hus for ældre.", ""), Said(long, "da"), Said("Dementia.", "en")]
    passage = Marker([["aeldre"], ["demens"]]).passage(texts, "en")
    assert passage
    text = "".join(piece for piece, _is in passage.pieces)
    assert text.startswith("… Her bor ældre med demens. ")
    assert text.endswith("…")
    assert len(text) <= LETTERS + 4
    assert (passage.lang, passage.terms) == ("da", frozenset({0, 1}))
    assert Marker([["xyzzy"]]).passage(texts, "da") is None


def test_of_equal_passages_the_beginning_is_shown() -> None:
    passage = Marker([["lys"]]).passage([Said("Lys i byen. " + "Mere. " * 60 + "Lys igen.", "")], "da")
    assert passage
    assert passage.html.startswith("<mark>Lys</mark> i byen.")


# On the page


def entries(client: Client, path: str, query: str) -> dict[str, Node]:
    found = read(client.get(path, {"q": query})).by_id("results").all("li", "sk-entry")
    return {entry.one("h3").text: entry for entry in found}


def marks(node: Node) -> list[str]:
    return [mark.text for mark in node.all("mark")]


@pytest.fixture
def world(empty: None) -> None:
    lights = factories.theme("Lys", synonyms_da=["belysning"], name_en="Light")
    town = factories.place("Byen", within=[factories.place("Midterlandet", kind="region")])
    Synonyms.objects.create(words=["demens", "hukommelsestab", "loss of memory"])
    factories.lab("Lampehuset", themes=[lights], places=[town], summary_da="En stue.")
    factories.lab("Stuen", summary_da="En stue.", description_da="Fyld. " * 60 + "Her måles hukommelsestab.")
    factories.lab("Værket", summary_da="Om noget.", summary_en="About <i>loss of memory</i>.")


@pytest.mark.usefixtures("world")
def test_the_words_are_marked_where_they_stand(client: Client) -> None:
    found = entries(client, "/labs/", "demens")
    assert set(found) == {"Stuen", "Værket"}
    assert marks(found["Stuen"]) == ["hukommelsestab"]
    assert "En stue" not in found["Stuen"].text
    english = found["Værket"].one("p", "sk-entry__s")
    assert english.attrs["lang"] == "en"
    assert marks(english) == ["loss of memory"]
    assert english.text.startswith("About <i>")
    assert "lang" not in found["Stuen"].one("p", "sk-entry__s").attrs


@pytest.mark.usefixtures("world")
def test_what_no_text_says_is_told_apart(client: Client) -> None:
    [entry] = entries(client, "/labs/", "Midterlandet").values()
    assert entry.one("p", "sk-entry__also").text == "Sted: Midterlandet"
    assert marks(entry) == ["Midterlandet"]
    [entry] = entries(client, "/en/labs/", "belysning").values()
    assert {"Light", "belysning"} & set(marks(entry))
    [entry] = entries(client, "/en/labs/", "Byen").values()
    assert marks(entry.one("p", "sk-entry__meta")) == ["Byen"]
    assert not entry.all("p", "sk-entry__also")


@pytest.mark.usefixtures("world")
def test_entries_with_the_same_theme_all_tell_of_it(client: Client) -> None:
    for name in ("Kuben", "Kuglen"):
        factories.lab(name, themes=[Theme.objects.get(name_da="Lys")], summary_da="En stue.")
    told = {
        name: entry.one("p", "sk-entry__also")
        for name, entry in entries(client, "/labs/", "belysning").items()
    }
    assert {name: (node.text, marks(node)) for name, node in told.items()} == dict.fromkeys(
        ("Kuben", "Kuglen", "Lampehuset"), ("Tema Lys: belysning", ["belysning"])
    )


@pytest.mark.usefixtures("world")
def test_without_words_nothing_is_marked(client: Client) -> None:
    assert "<mark>" not in client.get("/labs/").text
    with translation.override("da"):
        [card] = Browse(LabFilterSet(QueryDict("theme=lys"), Reference.now())).cards
    assert (card.shown.name, card.shown.text, card.shown.also) == (card.name, card.summary, "")


@pytest.mark.usefixtures("world")
def test_search_marks_too(client: Client) -> None:
    assert marks(entries(client, "/search/", "lampehus")["Lampehuset"]) == ["Lampehuset"]
