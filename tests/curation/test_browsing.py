"""The first results and their map are told by what counts them, or read by themselves: they are the same."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from curation import browsing, firsts
from curation.browsing import PAGE_SIZE, Browse
from curation.choices import State
from curation.models import Record
from curation.reference import Reference
from labs.filters import LabFilterSet
from tests import factories


def asked(address: str) -> Browse:
    return Browse(LabFilterSet(QueryDict(address), Reference()))


@pytest.fixture
def labs(empty: None) -> None:
    for number in range(PAGE_SIZE + 5):
        spot = {"latitude": 55 + number / 20, "longitude": 9 + number / 10} if number % 4 else {}
        factories.lab(
            f"Laboratorium {number}", summary_da="fjord " * (number % 3) + "hav", phase="running", **spot
        )
    factories.lab("Et andet", summary_da="skov", latitude=56.0, longitude=10.0)


@pytest.mark.usefixtures("labs")
@pytest.mark.parametrize(
    "address",
    ["q=hav", "q=fjord", "q=hav&sort=name", "q=hav&page=2", "q=hav&page=99", "q=skov", "q=hav&phase=running",
     "bbox=9,55,10,57", "bbox=9,55,10,57&sort=newest&phase=running"],
)  # fmt: skip
@pytest.mark.parametrize("ranked", [500, 10])
def test_what_is_read_once_is_what_is_read_by_itself(
    address: str, ranked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (browsing, firsts):
        monkeypatch.setattr(module, "RANKED", ranked)
    once = asked(address)
    assert set(once.counts.also) == {"first", "cells"}
    alone = Browse(once.filters, replace(once.counts, also={}))
    assert [card.path for card in once.cards] == [card.path for card in alone.cards]
    assert once.map_data == alone.map_data
    assert len(once.map_data["features"]) > 0
    assert len(once.cards) > 0


@pytest.mark.usefixtures("labs")
def test_nothing_found_has_no_first_and_lies_nowhere() -> None:
    browse = asked("q=hav&phase=idea")
    assert (browse._asked.total, browse._asked.also) == (0, {"cells": {}, "first": {}})


@pytest.mark.usefixtures("labs")
def test_what_is_withdrawn_after_counting_is_not_shown() -> None:
    browse = asked("q=skov")
    assert browse.total == 1
    Record.objects.filter(lab__name_da="Et andet").update(state=State.WITHDRAWN)
    assert browse.cards == []
    assert browse.map_data["features"] == []
