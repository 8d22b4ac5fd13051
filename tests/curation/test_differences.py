"""What differs between two texts, word by word."""

import pytest

from curation.differences import MOST_WORDS, differences, words_compared


def marked(old: str, new: str) -> tuple[str, str]:
    """The two cells of a row, with brackets around what is marked."""
    before, after = words_compared(old, new)
    return tuple(
        "".join(f"[{each.text}]" if each.change != "same" else each.text for each in cell)
        for cell in (before, after)
    )  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("et to tre", "et fire tre", ("et [to ]tre", "et [fire ]tre")),
        ("", "nyt", ("", "[nyt]")),
        ("gammelt", "", ("[gammelt]", "")),
        ("et\nto", "et\ntre", ("et\n[to]", "et\n[tre]")),
        ("et  to", "et to", ("et  to", "et to")),
        ("rød, blå", "rød; blå", ("[rød, ]blå", "[rød; ]blå")),
    ],
)
def test_words_are_marked_one_by_one(old: str, new: str, shown: tuple[str, str]) -> None:
    assert marked(old, new) == shown


@pytest.mark.parametrize("old", ["", "et to tre", "æ ø å\n\n- punkt\n- to", "  i   luften "])
@pytest.mark.parametrize("new", ["", "tre to et", "æ ø\n- punkt", " i luften"])
def test_nothing_that_was_said_gets_lost(old: str, new: str) -> None:
    before, after = words_compared(old, new)
    assert "".join(each.text for each in before) == old
    assert "".join(each.text for each in after) == new


def test_fields_come_in_the_order_of_the_labels_and_equal_ones_are_left_out() -> None:
    labels = {"name": "Navn", "summary": "Resumé", "place": "Sted", "phase": "Fase"}
    found = differences(
        {"place": "Aarhus", "name": "Lys", "phase": "Idé"},
        {"name": "Lys nu", "summary": "Ro", "phase": "Idé"}, labels,
    )  # fmt: skip
    assert [(each.label, each.is_new, each.is_gone) for each in found] == [
        ("Navn", False, False), ("Resumé", True, False), ("Sted", False, True),
    ]  # fmt: skip


def test_texts_too_long_to_compare_are_shown_whole() -> None:
    old, new = "a " * (MOST_WORDS + 1), "a " * MOST_WORDS
    assert marked(old, new) == (f"[{old}]", f"[{new}]")
