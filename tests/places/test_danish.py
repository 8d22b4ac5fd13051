"""Danish letters, and what belongs to what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.ancestry import Ancestry
from places.danish import fold, sort_key
from tests import factories


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ældre", "aeldre"),
        ("ÆLDRE", "aeldre"),
        ("aeldre", "aeldre"),
        ("Ærø – Søby", "aeroe soeby"),
        ("Århus/Aarhus", "aarhus aarhus"),
        ("A\u030arhus", "aarhus"),
        ("Café Müller", "cafe myller"),
        ("COVID-19_test", "covid 19 test"),
        ("  ", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once == " ".join(once.split())


def test_names_are_filed_in_danish_order() -> None:
    names = ["Zoo", "Ærø", "Østerbro", "Aabenraa", "Ålborg", "Abe", "Ørsted", "æble", "Ämne"]
    filed = ["Abe", "Zoo", "æble", "Ämne", "Ærø", "Ørsted", "Østerbro", "Aabenraa", "Ålborg"]
    assert sorted(names, key=sort_key) == filed


@pytest.mark.usefixtures("empty")
def test_ancestors_come_after_the_places_themselves_and_once() -> None:
    country = factories.place(kind="country")
    old, new = (factories.place(kind="region", within=[country]) for _number in range(2))
    council = factories.place(kind="health_council", within=[new])
    town, other = (factories.place(within=[old, new, council]) for _number in range(2))
    ancestry = Ancestry.read()
    above = sorted(place.pk for place in (country, old, new, council))
    assert ancestry.with_ancestors([town.pk]) == [town.pk, *above]
    assert ancestry.with_ancestors([other.pk, town.pk, other.pk]) == [other.pk, town.pk, *above]
    assert ancestry.with_ancestors([town.pk, old.pk]) == [town.pk, old.pk, *sorted(set(above) - {old.pk})]
    assert ancestry.with_ancestors([]) == []


def test_a_circle_ends() -> None:
    ancestry = Ancestry([(1, 2), (2, 3), (3, 1)])
    assert ancestry.with_ancestors([1]) == [1, 2, 3]
