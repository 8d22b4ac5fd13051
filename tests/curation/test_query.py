"""What a reader types, taken apart; and what the words find in both languages."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from curation.query import MAX_LETTERS, MAX_TERMS, STOP_WORDS, Term, read
from curation.reference import Reference
from labs.filters import LabFilterSet
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
        ("smart by", ("smart", "by")),
    ],
)
def test_words(typed: str, words: tuple[str, ...]) -> None:
    question = read(typed)
    assert question.words == words
    assert bool(question) is bool(words)
    assert not question.cut
    assert not question.minus


@pytest.mark.parametrize(
    ("typed", "terms", "minus"),
    [
        ('"pleje af ældre"', [("pleje", "af", "aeldre")], []),
        ("”pleje af ældre” robot", [("pleje", "af", "aeldre"), ("robot",)], []),
        ("demens -robot", [("demens",)], [("robot",)]),
        ('demens -"pleje af ældre"', [("demens",)], [("pleje", "af", "aeldre")]),
        ("demens -CO2-neutral", [("demens",)], [("co2", "neutral")]),
        ("CO2-neutral - robot", [("co2",), ("neutral",), ("robot",)], []),
        ("-robot", [], [("robot",)]),
        ('"demens', [("demens",)], []),
        ('""', [], []),
    ],
)
def test_phrases_and_minus(typed: str, terms: list[object], minus: list[object]) -> None:
    question = read(typed)
    assert [term.words for term in question.terms] == terms
    assert [term.words for term in question.minus] == minus
    assert question.words == tuple(word for words in terms for word in words)  # type: ignore[attr-defined]


def test_a_small_english_word_says_something_in_danish_only() -> None:
    assert read("it i skolen").words == ("it", "skolen")
    with translation.override("en"):
        assert read("care by robots").words == ("care", "robots")


@pytest.mark.parametrize("typed", ["a" * 201, "lys " * 60, " ".join(f"ord{n}" for n in range(17))])
def test_too_much_is_cut_and_said(typed: str) -> None:
    question = read(typed)
    assert question.cut
    assert len(question.terms) <= MAX_TERMS
    assert sum(map(len, question.words)) <= MAX_LETTERS


@given(st.text(max_size=400))
def test_any_text_is_words_without_operators(typed: str) -> None:
    question = read(typed)
    terms: tuple[Term, ...] = (*question.terms, *question.minus)
    words = [word for term in terms for word in (*term.words, *question.sentence)]
    assert len(terms) <= MAX_TERMS
    assert all(word and not set(word) & set(" :*&|!()<>'\"\\-") for word in words)
    assert question == read(typed)


def test_stop_words_are_spelt_as_words_are() -> None:
    with translation.override("en"):
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


def asked(words: str) -> LabFilterSet:
    """What answers exactly this, nothing looser."""
    return LabFilterSet(QueryDict(urlencode({"q": words})), Reference())


def found(client: Client, words: str, language: str = "") -> list[str]:
    return ListPage.at(client, f"{language}/labs/", {"q": words}).names


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize(
    "words",
    [
        "hverdagslab", "hverdag", "HVERDAGSLAB", "ældre", "aeldre", "Æld", "løsning", "loesninger", "demens",
        "dementia", "hukommelsestab", "memory", "ærøskøbing", "aeroeskoebing", "robotfabrik",
        "hovedstaden", "blåfonden", "blaafonden", "ældre løsning", "ældre og løsninger", "older", "tester",
        "solutions", "testing", "Ærøskøbing Kommune", '"ærøskøbing kommune"', '"ældre tester"',
        "ældre -noget",
    ],
)  # fmt: skip
def test_danish_words_find_the_lab(client: Client, words: str) -> None:
    assert found(client, words) == ["Hverdagslab"]


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize(
    "words", ["solution", "solutions", "older people", "dementia", "memory loss", "testing", "ældre løsning"]
)
def test_english_words_find_it_on_the_english_page(client: Client, words: str) -> None:
    assert found(client, words, "/en") == ["Hverdagslab"]


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize(
    "words",
    [
        "ærøskøbing -ældre", '"tester ældre"', '"løsninger hverdagslab"', "erdagslab", "blåfo", "hovedst",
        "huko", "tes",
    ],
)  # fmt: skip
def test_other_words_do_not(words: str) -> None:
    """Who only pays, the region and what a theme is also called are found by whole words alone."""
    assert "Hverdagslab" not in [record.name_da for record in asked(words).found()]


@pytest.mark.usefixtures("labs")
def test_what_only_must_not_be_there_leaves_the_others(client: Client) -> None:
    assert found(client, "-ældre") == ["Et andet"]
    assert sorted(found(client, '-"older hverdagslab"')) == ["Et andet", "Hverdagslab"]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("ai", ["Et lab om AI"]),
        ("bil", ["Bilerne"]),
        ("mad", ["Mad"]),
        ("billige", ["Billigt byggeri"]),
        ("bo", ["At bo"]),
    ],
)
def test_short_words_are_whole_words(client: Client, typed: str, finds: list[str]) -> None:
    """Danish stems of three letters fall together with those of other words, and beginnings say little."""
    for name in (
        "Et lab om AI", "Air and aid", "Bilerne", "Billigt byggeri", "Mad", "Mads og MADE", "At bo",
        "Børn bør bore", "Healthcare cares",
    ):  # fmt: skip
        factories.lab(name)
    assert found(client, typed) == finds


@pytest.mark.usefixtures("empty")
def test_a_name_weighs_more_than_a_text_and_a_text_more_than_a_theme(client: Client) -> None:
    """What an entry says itself tells more than what it is filed under."""
    factories.lab("Tredje", themes=[factories.theme("Lys")])
    factories.lab("Anden", summary_da="Om lys.")
    factories.lab("Lys", slug="lys-lab")
    for name in ("Femte", "Sjette"):
        factories.lab(name, summary_da="Om noget andet.")
    assert found(client, "lys") == ["Lys", "Anden", "Tredje"]


@pytest.mark.usefixtures("empty")
def test_the_whole_word_comes_before_what_only_begins_with_it(client: Client) -> None:
    factories.lab("Energipark", phase="running")
    factories.lab("Anden", summary_da="Om energi.")
    assert found(client, "energi") == ["Anden", "Energipark"]


@pytest.mark.usefixtures("empty")
def test_a_name_that_is_what_was_typed_comes_first(client: Client) -> None:
    factories.lab("Copenhagen Business School is a university", phase="running")
    factories.lab("The University of Copenhagen and all that belongs to it in the city")
    assert found(client, "university of copenhagen")[0].startswith("The University of Copenhagen")


@pytest.mark.usefixtures("empty")
def test_among_equals_the_one_that_runs_comes_first(client: Client) -> None:
    factories.lab("Lyslab alfa", ended=True)
    factories.lab("Lyslab beta", phase="running")
    factories.lab("Lyslab gamma")
    assert found(client, "lyslab") == ["Lyslab beta", "Lyslab gamma", "Lyslab alfa"]
