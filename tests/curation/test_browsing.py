"""The way to the first results depends on how broad the words are; the results do not."""

import pytest
from django.http import QueryDict

from curation import browsing
from curation.browsing import PAGE_SIZE, Browse
from curation.reference import Reference
from labs.filters import LabFilterSet
from tests import factories


def asked(address: str) -> Browse:
    return Browse(LabFilterSet(QueryDict(address), Reference()))


@pytest.fixture
def labs(empty: None) -> None:
    for number in range(PAGE_SIZE + 5):
        factories.lab(f"Laboratorium {number}", summary_da="fjord " * (number % 3) + "hav")
    factories.lab("Et andet", summary_da="skov")


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize("address", ["q=hav", "q=fjord", "q=hav&sort=name", "q=hav&page=2"])
def test_broad_words_are_met_along_the_index_and_find_the_same(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for step, walks in ((0.001, True), (1000, False)):
        monkeypatch.setattr(browsing, "STEP", step)
        browse = asked(address)
        assert ("IS NULL" in str(browse._records().query)) != walks
        found.append([card.path for card in browse.cards])
    assert found[0] == found[1]
    assert len(found[0]) > 1


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize(("address", "walks"), [("q=hav", True), ("q=skov", False)])
def test_rare_words_are_found_by_their_own_index(
    address: str, walks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing, "STEP", 10 / browsing.RANKED)
    assert ("IS NULL" in str(asked(address)._records().query)) != walks
