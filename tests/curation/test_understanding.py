"""What words mean beyond themselves: compounds both ways, synonyms, spelling without æ, ø and å, places."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import translation

from curation.browsing import Browse
from curation.learning import learn
from curation.models import Synonyms
from curation.reference import Reference
from curation.reindexing import reindex
from curation.understanding import Because, telling_words
from labs.filters import LabFilterSet
from tests import factories


def browse(words: str, language: str = "da") -> Browse:
    with translation.override(language):
        return Browse(LabFilterSet(QueryDict(urlencode({"q": words})), Reference()))


def found(words: str, language: str = "da") -> list[str]:
    """The names of what answers exactly this, best first."""
    asked = browse(words, language)
    assert asked.loosened is None or not asked.filters.found()
    return [card.name for card in asked.cards] if not asked.loosened else []


@pytest.fixture
def labs(empty: None) -> None:
    """Learnt, as the worker does it."""
    funen = factories.place("Fynby", code="0461", further_names=["Fyn", "Funen", "Fyns Amt"])
    care = factories.theme("Omsorg", name_en="Care of people", synonyms_da=["varme hænder"])
    Synonyms.objects.create(words=["demens", "Alzheimer", "memory loss"])
    Synonyms.objects.create(words=["kunstig intelligens", "AI", "artificial intelligence"])
    Synonyms.objects.create(words=["hospital", "sygehus"])
    factories.lab("Alfa", summary_da="Pleje af de ældre i hjemmet.", places=[funen])
    factories.lab("Beta", summary_da="Ældreplejen i byen.", themes=[care])
    factories.lab("Gamma", summary_da="En robot til beboere og deres pleje. Til sidst er vi alle ældre.")
    factories.lab("Delta", summary_en="Living with Alzheimer's at home.")
    factories.lab("Epsilon", summary_da="København prøver kunstig intelligens.")
    factories.lab("Zeta", summary_da="Ny viden om demens, et sygehus og dets affald.")
    factories.lab("Eta", summary_da="Velfærdsteknologi i praksis, velfærd og teknologi.")
    factories.lab("Theta", summary_en="The air and the aim.", summary_da="Intelligens kan ikke læres.")
    learn()
    reindex()


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("ældrepleje", ["Beta", "Alfa"]),
        ("ældreplejen", ["Beta", "Alfa"]),
        ("ældre pleje", ["Alfa", "Gamma", "Beta"]),
        ("pleje af ældre", ["Alfa", "Gamma", "Beta"]),
        ('"pleje af ældre"', []),
        ('"ældreplejen i byen"', ["Beta"]),
        ("plejerobot", []),
        ("velfærds teknologi", ["Eta"]),
        ("hospitalsaffald", ["Zeta"]),
        ("teknologi", ["Eta"]),
    ],
)
def test_compounds_both_ways(words: str, names: list[str]) -> None:
    assert sorted(found(words)) == sorted(names)


@pytest.mark.usefixtures("labs")
def test_the_compound_itself_comes_before_its_parts() -> None:
    assert found("ældrepleje")[0] == "Beta"
    assert found("velfærdsteknologi")[0] == "Eta"


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize(
    ("words", "language", "names"),
    [
        ("demens", "da", ["Zeta", "Delta"]),
        ("Alzheimers", "da", ["Delta", "Zeta"]),
        ("memory loss", "da", ["Delta", "Zeta"]),
        ("memory loss", "en", ["Delta", "Zeta"]),
        ("ai", "da", ["Epsilon"]),
        ("AI", "en", ["Epsilon"]),
        ("kunstig intelligens", "en", ["Epsilon"]),
        ('"memory loss"', "en", []),
        ("care of people", "en", ["Beta"]),
        ("varme hænder", "da", ["Beta"]),
    ],
)
def test_words_that_mean_the_same(words: str, language: str, names: list[str]) -> None:
    """The word itself comes before what means the same; a quoted word is only itself."""
    assert found(words, language) == names


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("kobenhavn", ["Epsilon"]),
        ("aldrepleje", ["Beta", "Alfa"]),
        ("aldre", ["Alfa", "Gamma", "Beta"]),
        ("koebenhavns", ["Epsilon"]),
    ],
)
def test_typed_on_a_keyboard_without_danish_letters(words: str, names: list[str]) -> None:
    assert sorted(found(words)) == sorted(names)


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Fyn", ["Alfa"]), ("funen", ["Alfa"]), ("Fyns Amt", ["Alfa"]), ("Fynby Kommune", ["Alfa"]),
        ("Fynbys Kommune", ["Alfa"]), ("fyns", ["Alfa"]), ("fynb", ["Alfa"]), ("kommu", []),
    ],
)  # fmt: skip
def test_landscapes_and_old_counties_are_whole_words(words: str, names: list[str]) -> None:
    assert [record.name_da for record in browse(words).filters.found()] == names


@pytest.mark.usefixtures("labs")
def test_the_page_can_say_what_was_searched_for_as_well() -> None:
    told = {(one.typed, one.word, one.because) for one in browse("aldrepleje AI").filters.understood.also}
    assert ("aldrepleje", "ældreplejen", Because.SPELLING) in told or any(
        because == Because.PARTS and word == "ældre + pleje" for _typed, word, because in told
    )
    assert ("ai", "kunstig intelligens", Because.SYNONYM) in told
    first, _second = browse("aldrepleje AI").filters.understood.terms
    assert first.forms[0] == "aldrepleje"
    assert {"aeldre", "pleje"} <= set(first.forms)


@pytest.mark.usefixtures("labs")
def test_a_question_is_understood_by_one_statement(django_assert_num_queries: object) -> None:
    reference = Reference()
    reference.themes  # noqa: B018 - every page reads them
    words = QueryDict(urlencode({"q": "aldrepleje kunstig intelligens hospitalsaffald"}))
    for _again in range(2):
        filters = LabFilterSet(words, reference)
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert filters.understood.search("da")


@pytest.mark.usefixtures("labs")
def test_the_telling_words_of_a_text_are_those_fewest_entries_say() -> None:
    text = "Vi vil prøve robotter og pleje; ældreteknologi på et sygehus. Xyzzy og de andre."
    told = telling_words(text * 20, Reference(), limit=50)
    assert [one.entries for one in told] == sorted(one.entries for one in told)
    words = [one.word for one in told]
    assert {"sygehus", "robot", "pleje", "teknologi", "aeldre"} <= set(words)
    assert not {"xyzzy", "og", "de"} & set(words)
    assert [one.word for one in telling_words(text, Reference(), limit=2)] == words[:2]
