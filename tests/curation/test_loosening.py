"""Where nothing answers: corrected, fewer words, without filters; other questions; what is near."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from curation.browsing import Browse, points
from curation.learning import learn
from curation.loosening import Looser
from curation.models import Record, Theme
from curation.reference import Reference
from curation.reindexing import reindex
from curation.search import index
from labs.filters import LabFilterSet
from tests import factories
from tests.statements import READER, statements

# A page that answers a looser question asks what is near, what would be found, and all that anew.
LOOSENED = READER + 4


@pytest.fixture
def labs(empty: None) -> None:
    lights, care = factories.theme("Lys"), factories.theme("Omsorg", synonyms_da=["pleje"])
    home = factories.place("Hjemby", code="0101", latitude=55.0, longitude=10.0)
    factories.place("Naboby", code="0102", latitude=55.1, longitude=10.1)
    factories.place("Fjernby", code="0103", latitude=57.0, longitude=10.1)
    for number in range(3):
        factories.lab(
            f"Alfa {number}", themes=[care], places=[home], summary_da="Om demens og robotter i ældreplejen.",
            latitude=55.0, longitude=10.0,
        )  # fmt: skip
    factories.lab("Beta", themes=[lights], summary_da="Om demens og drager.")
    learn()
    reindex()


def browse(**asked: str) -> Browse:
    return Browse(LabFilterSet(QueryDict(urlencode(asked)), Reference()))


ALFA = ["Alfa 0", "Alfa 1", "Alfa 2"]


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize(
    ("asked", "kind", "typed", "left_out", "names"),
    [
        ({"q": "demnes"}, Looser.SPELLING, "demens", [], [*ALFA, "Beta"]),
        ({"q": "ældrepljen"}, Looser.SPELLING, "ældreplejen", [], ALFA),
        ({"q": "robottr demens"}, Looser.SPELLING, "robotter demens", [], ALFA),
        ({"q": "demens xyzzyx"}, Looser.WORDS, "demens", ["xyzzyx"], [*ALFA, "Beta"]),
        ({"q": "robotter drager"}, Looser.WORDS, "robotter drager", [], [*ALFA, "Beta"]),
        ({"q": '"robotter og demens"'}, Looser.WORDS, "robotter demens", [], [*ALFA, "Beta"]),
        ({"q": "drager", "theme": "omsorg"}, Looser.FILTERS, "drager", [], ["Beta"]),
        ({"q": "dragre", "theme": "omsorg"}, Looser.FILTERS, "drager", [], ["Beta"]),
        ({"q": "robotter", "bbox": "8,57,9,58"}, Looser.FILTERS, "robotter", [], ALFA),
    ],
)
def test_a_looser_question_is_answered_and_said(
    asked: dict[str, str], kind: str, typed: str, left_out: list[str], names: list[str]
) -> None:
    page = browse(**asked)
    assert page.loosened
    assert (page.loosened.kind, page.loosened.typed, list(page.loosened.left_out)) == (kind, typed, left_out)
    assert page.loosened.either == (asked["q"].startswith(("robotter d", '"')))
    assert sorted(card.name for card in page.cards) == sorted(names)
    assert page.total == len(names)
    assert sum(option.count for option in page.facets[0].options) == len(names)
    assert page.filters.typed == asked["q"]
    assert page.parameters.get("q") == asked["q"]


@pytest.mark.usefixtures("labs")
def test_what_is_answered_is_not_loosened() -> None:
    for words in ("demens", "drager", "-demens", ""):
        assert browse(q=words).loosened is None


@pytest.mark.usefixtures("labs")
def test_what_nothing_resembles_stays_empty_and_offers_ways_on() -> None:
    page = browse(q="qqqqqq")
    assert page.loosened is None
    assert (page.total, page.cards, page.did_you_mean) == (0, [], [])
    assert [theme.name_da for theme in page.nearest.themes] == ["Lys", "Omsorg"]
    assert not page.nearest.like


@pytest.mark.usefixtures("labs")
def test_the_map_follows_the_list() -> None:
    """Leaflet asks for the same question with a section; the section does not decide the question."""
    found = [
        len(points(LabFilterSet(QueryDict(urlencode({"q": "robottr"} | box)), Reference()), 18)["features"])
        for box in ({}, {"bbox": "9,54,11,56"}, {"bbox": "8,57,9,58"})
    ]
    assert found[0] == found[1] > 0
    assert found[2] == 0


@pytest.mark.usefixtures("labs")
def test_did_you_mean_offers_whole_questions_that_find_something() -> None:
    factories.lab("Gamma", summary_da="Dement og robust.")
    assert browse(q="robust").did_you_mean == []
    page = browse(q="demense robotter")
    assert page.loosened is None or page.loosened.typed == "demens robotter"
    slip = browse(q="dragert Beta")
    assert [slip.loosened and slip.loosened.typed, *slip.did_you_mean][0] == "drager Beta"
    Record.objects.update(state="withdrawn")
    gone = browse(q="drageer")
    assert gone.loosened is None
    assert gone.did_you_mean == []


@pytest.mark.usefixtures("labs")
def test_nearest_themes_and_places() -> None:
    page = browse(q="plejer", place="0101", theme="lys")
    assert "Omsorg" in [theme.name_da for theme in page.nearest.themes]
    assert [place.name_da for place in page.nearest.places][:2] == ["Naboby", "Fjernby"]
    assert "Hjemby" in [place.name_da for place in browse(q="hjemby").nearest.places]


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize("words", ["demens", "demnes", "demens xyzzyx", "qqqqqq"])
def test_a_list_asks_a_small_and_constant_number_of_statements(
    client: Client, settings: Any, words: str
) -> None:
    settings.CACHE_PAGES = True
    few = len(statements(client, "/labs/", {"q": words, "v": "1"}))
    for number in range(3):
        factories.lab(f"Delta {number}", summary_da="Demens og robotter.")
    many = len(statements(client, "/labs/", {"q": words, "v": "2"}))
    assert few == many <= (READER if words == "demens" else LOOSENED)


@pytest.mark.usefixtures("labs")
def test_what_only_a_theme_is_called_finds_what_is_filed_beside_it(client: Client) -> None:
    """No entry says it and none is filed under it; the theme above has some, and the page says so."""
    above = Theme.objects.get(slug="omsorg")
    factories.theme("Svimmelhed", parent=above)
    for asked in ({"q": "svimmelhed"}, {"q": "svimmelhde"}, {"q": "svimmelhed", "sort": "name"}):
        page = browse(**asked)
        assert page.loosened
        assert (page.loosened.kind, page.loosened.theme) == (Looser.THEME, above)
        assert (page.loosened.without_filters, page.total) == (False, 3)
        assert sorted(card.name for card in page.cards) == ALFA
    page = browse(q="svimmelhed", theme="lys")
    assert page.loosened
    assert (page.loosened.kind, page.loosened.without_filters, page.total) == (Looser.THEME, True, 3)
    html = client.get("/en/labs/", {"q": "svimmelhed"}).text
    assert "No entry says “svimmelhed”" in html
    assert 'href="/en/themes/omsorg/"' in html
    assert browse(q="xyzzyx").loosened is None


@pytest.mark.usefixtures("labs")
def test_a_theme_above_lends_no_word_that_one_below_it_bears() -> None:
    """What is about waste lies under climate, energy and waste, and is no answer to energy."""
    above = factories.theme("Klima, energi og affald", synonyms_da=["grøn omstilling"])
    energy, waste = (factories.theme(name, parent=above) for name in ("Energi", "Affald"))
    index([factories.lab("Strøm", themes=[energy]), factories.lab("Skrald", themes=[waste])])
    found = {
        words: sorted(card.name for card in browse(q=words).cards) for words in ("energi", "grøn omstilling")
    }
    assert found == {"energi": ["Strøm"], "grøn omstilling": ["Skrald", "Strøm"]}
