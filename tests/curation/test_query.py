"""What a reader types, taken apart; and what the words find in both languages."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from curation.query import MAX_LETTERS, MAX_WORDS, STOP_WORDS, read
from tests import factories
from tests.pages import ListPage


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ()),
        ("  ", ()),
        ("Ældre på plejehjem", ("aeldre", "plejehjem")),
        ("CO2-neutral", ("co2", "neutral")),
        ("Café & Blåbær!", ("cafe", "blaabaer")),
        ("og", ("og",)),
        ("lys og the vand", ("lys", "vand")),
        ("'; DROP TABLE x --", ("drop", "table", "x")),
        ("energi:* & !x | (y)", ("energi", "x", "y")),
    ],
)
def test_words(typed: str, words: tuple[str, ...]) -> None:
    question = read(typed)
    assert question.words == words
    assert bool(question) is bool(words)
    assert not question.cut


@pytest.mark.parametrize("typed", ["a" * 201, "lys " * 60, " ".join(f"ord{n}" for n in range(17))])
def test_too_much_is_cut_and_said(typed: str) -> None:
    question = read(typed)
    assert question.cut
    assert len(question.words) <= MAX_WORDS
    assert sum(map(len, question.words)) <= MAX_LETTERS


@given(st.text(max_size=400))
def test_any_text_is_words_without_operators(typed: str) -> None:
    question = read(typed)
    assert len(question.words) <= MAX_WORDS
    assert all(word and not set(word) & set(" :*&|!()<>'\"\\") for word in question.words)
    assert question == read(typed)


def test_stop_words_are_spelt_as_words_are() -> None:
    assert all(read(f"{word} x").words == ("x",) for word in STOP_WORDS)


@pytest.fixture
def labs(empty: None) -> None:
    care = factories.theme(
        "Demens", name_en="Dementia", synonyms_da=["hukommelsestab"], synonyms_en=["memory loss"]
    )
    region = factories.place("Region Hovedstaden", kind="region", code="1084")
    town = factories.place("Ærøskøbing", within=[region], name_en="Aeroskobing")
    funder = factories.actor("Blåfonden")
    partner = factories.actor("Robotfabrikken")
    lab = factories.lab(
        "Hverdagslab", themes=[care], places=[town], summary_da="Ældre tester løsninger.",
        summary_en="Older people test solutions.",
    )  # fmt: skip
    factories.link(lab, funder, "push", role="funder")
    factories.link(lab, partner, "push", role="company")
    factories.lab("Et andet", summary_da="Om noget helt andet.", summary_en="Something else.")


def found(client: Client, words: str, language: str = "") -> list[str]:
    return ListPage.at(client, f"{language}/labs/", {"q": words}).names


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize(
    "words",
    [
        "hverdagslab", "hverdag", "HVERDAGSLAB", "ældre", "aeldre", "Æl", "løsning", "loesninger", "demens",
        "dementia", "hukommelsestab", "hukommelse", "memory", "ærøskøbing", "aeroeskoebing", "robotfabrik",
        "hovedstaden", "blåfonden", "blaafonden", "ældre løsning", "ældre og løsninger", "older", "tester",
    ],
)  # fmt: skip
def test_danish_words_find_the_lab(client: Client, words: str) -> None:
    assert found(client, words) == ["Hverdagslab"]


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize(
    "words", ["solution", "solutions", "older people", "dementia", "memory loss", "testing"]
)
def test_english_words_find_it_on_the_english_page(client: Client, words: str) -> None:
    assert found(client, words, "/en") == ["Hverdagslab"]


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize("words", ["xyzzy", "ældre xyzzy", "erdagslab", "blåfo", "hovedst"])
def test_other_words_do_not(client: Client, words: str) -> None:
    """Who only pays, and the region, are found by whole words alone."""
    assert found(client, words) == []


@pytest.mark.usefixtures("empty")
def test_a_name_weighs_more_than_a_theme_and_a_theme_more_than_a_summary(client: Client) -> None:
    factories.lab("Tredje", summary_da="Om lys.")
    factories.lab("Anden", themes=[factories.theme("Lys")])
    factories.lab("Lys", slug="lys-lab")
    for name in ("Femte", "Sjette"):
        factories.lab(name, summary_da="Om noget andet.")
    assert found(client, "lys") == ["Lys", "Anden", "Tredje"]


@pytest.mark.usefixtures("empty")
def test_among_equals_the_one_that_runs_comes_first(client: Client) -> None:
    factories.lab("Lyslab alfa", ended=True)
    factories.lab("Lyslab beta", phase="running")
    factories.lab("Lyslab gamma")
    assert found(client, "lyslab") == ["Lyslab beta", "Lyslab gamma", "Lyslab alfa"]
