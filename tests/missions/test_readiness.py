"""How ready a need is: each of the seven counts by itself, and only what says something counts."""

import pytest

from missions.readiness import SEVEN, readiness, readiness_of_words

ALL = {name: ["Noget"] for one in SEVEN for name in one.fields}


def test_nothing_told_is_none_of_seven() -> None:
    empty = readiness({})
    assert (empty.met, empty.all, len(empty.missing)) == (0, 7, 7)
    assert readiness_of_words(ALL).missing == []


@pytest.mark.parametrize("name", [one.name for one in SEVEN])
def test_each_counts_by_itself_and_by_any_of_its_fields(name: str) -> None:
    (asked,) = [one for one in SEVEN if one.name == name]
    for field in asked.fields:
        only = readiness_of_words({field: ["Noget"]})
        assert [item.asked.name for item in only.items if item.met] == [name]
    without = readiness_of_words({field: ALL[field] for field in ALL if field not in asked.fields})
    assert [item.asked.name for item in without.missing] == [name]


@pytest.mark.parametrize("text", ["", "   ", "\n", "…", "-", "?", "{}"])
def test_marks_alone_tell_nothing(text: str) -> None:
    assert readiness_of_words({name: [text] for name in ALL}).met == 0
    assert readiness(dict.fromkeys(ALL)).met == 0


def test_telling_more_never_counts_less() -> None:
    told: dict[str, list[str]] = {}
    counts = [readiness_of_words(told).met]
    for field, values in ALL.items():
        told[field] = values
        counts.append(readiness_of_words(told | {"hours": ["Ti"]}).met)
    assert counts == sorted(counts)
    assert counts[-1] == 7
