"""Danish letters, and what belongs to what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.ancestry import Ancestry
from places.danish import bare, fold, forms_of_short, sort_key, stem, unstemmed, without_endings
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


@pytest.mark.parametrize(
    ("folded", "without"),
    [("koebenhavn", "kobenhavn"), ("aeldre", "aldre"), ("aalborg", "alborg"), ("lys", "lys")],
)
def test_bare_words_are_as_a_keyboard_without_danish_letters_types_them(folded: str, without: str) -> None:
    assert bare(folded) == without


@pytest.mark.parametrize(
    ("word", "may_be"),
    [("plejehjemmet", "plejehjem"), ("robotter", "robot"), ("aeldres", "aeldre"), ("lys", None)],
)
def test_endings_are_taken_off(word: str, may_be: str | None) -> None:
    assert may_be in without_endings(word) if may_be else without_endings(word) == []


@pytest.mark.parametrize(
    ("word", "form", "no_form"),
    [
        ("bil", "bilerne", "billig"), ("billig", "billigt", "bil"), ("mad", "maden", "made"),
        ("bolig", "boliger", "bold"), ("boliger", "boligen", "bole"), ("bus", "busser", "buskads"),
        ("lys", "lyset", "lyst"), ("bo", "bo", "boer"), ("demens", "demensen", "dem"),
        ("leder", "ledere", "ledig"),
    ],
)  # fmt: skip
def test_words_with_a_short_stem_are_found_by_their_forms(word: str, form: str, no_form: str) -> None:
    assert form in forms_of_short(word)
    assert no_form not in forms_of_short(word)
    assert all(unstemmed(one).endswith("q") or len(stem(one)) > 3 for one in forms_of_short(word))


def test_other_words_are_found_by_their_stem() -> None:
    assert forms_of_short("plejehjem") == ()
    assert unstemmed("plejehjem") == "plejehjem"
    assert unstemmed("dem") == "dem"  # a small word, which PostgreSQL leaves out
