"""The gate of the word innovation, what a solution is called, when it is stuck: without a database."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from labs.gate import Gate, gate, reached
from labs.stuck import LONG, Tried, stuck_since
from labs.verdict import Verdict, verdict

TODAY = dt.date(2026, 11, 22)
LONG_AGO = TODAY - LONG
LATELY = LONG_AGO + dt.timedelta(days=1)
OPEN: dict[str, Any] = {"new_here": True, "dated": True, "stage": "in_use", "evidence": ["counted"]}


def passed(**said: Any) -> Gate:
    return gate(**OPEN | said)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, []),
        ({"new_here": None}, ["new"]),
        ({"new_here": False}, ["new"]),
        ({"dated": False}, ["used"]),
        ({"stage": "trial"}, ["used"]),
        ({"evidence": []}, ["value"]),
        ({"evidence": ["felt", "felt"]}, ["value"]),
        ({"evidence": ["felt", "evaluated"]}, []),
        ({"evidence": ["compared"]}, []),
        ({"new_here": None, "dated": False, "stage": "", "evidence": []}, ["new", "used", "value"]),
    ],
)
def test_the_gate_opens_when_all_three_are_met(said: dict[str, Any], missing: list[str]) -> None:
    found = passed(**said)
    assert [condition.slug for condition in found.missing] == missing
    assert found.open is (not missing)


@pytest.mark.parametrize(
    ("stage", "opened", "adoptions", "far"),
    [
        ("", False, 0, ""),
        ("idea", False, 0, "idea"),
        ("trial", False, 3, "trial"),
        ("in_use", False, 0, "in_use"),
        ("in_use", True, 0, "documented"),
        ("in_use", True, 2, "spread"),
        ("in_use", False, 1, "spread"),
    ],
)
def test_how_far_it_has_come(stage: str, opened: bool, adoptions: int, far: str) -> None:
    found = passed(stage=stage) if opened else passed(stage=stage, evidence=[])
    assert reached(stage, found, adoptions=adoptions) == far


def said_of(*, ended: bool = False, **said: Any) -> Verdict:
    values = OPEN | said
    with translation.override("en"):
        return verdict(gate(**values), ended=ended, **values)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "This is an innovation: new to the workplace, in use and of documented value."),
        ({"ended": True}, "This was an innovation until it ended"),
        ({"stage": "idea", "dated": False}, "This is an idea, but not yet an innovation, because it is"),
        ({"stage": "proof", "dated": False}, "This is a proof of concept, but not yet"),
        ({"stage": "trial", "dated": False}, "This is a trial, but not yet"),
        ({"stage": "in_use", "dated": False}, "not yet an innovation, because nobody has told since when"),
        ({"new_here": False}, "because it is not new to the workplace."),
        ({"new_here": None}, "because nobody has told whether it is new to the workplace."),
        ({"evidence": ["felt"]}, "because its value is experienced, but not documented."),
        (
            {"stage": "", "dated": False, "new_here": None, "evidence": []},
            "Nobody has told how far this has come. It is not an innovation yet, because nobody has told"
            " whether it is new to the workplace, it is not in use and no value is documented.",
        ),
        (
            {"stage": "trial", "dated": False, "ended": True, "evidence": []},
            "This ended before it became an innovation: it is not in use and no value is documented.",
        ),
    ],
)  # fmt: skip
def test_it_is_called_what_it_is(said: dict[str, Any], words: str) -> None:
    found = said_of(**said)
    assert words in found.sentence
    assert found.open is (not found.gate.missing)


def test_the_drawing_has_a_stone_for_each_condition() -> None:
    found = said_of(new_here=None)
    assert [(stone.number, stone.met) for stone in found.stones] == [(1, False), (2, True), (3, True)]
    assert found.met == 2
    assert [stone.x for stone in found.stones] == sorted({stone.x for stone in found.stones})


@pytest.mark.parametrize(
    ("stage", "said", "since"),
    [
        ("trial", {"stage_since": LONG_AGO}, LONG_AGO),
        ("proof", {"stage_since": LONG_AGO}, LONG_AGO),
        ("trial", {"stage_since": LATELY}, None),
        ("idea", {"stage_since": LONG_AGO}, None),
        ("in_use", {"stage_since": LONG_AGO}, None),
        ("", {"stage_since": LONG_AGO}, None),
        ("trial", {"stage_since": LONG_AGO, "ended": True}, None),
        ("trial", {}, None),
        ("trial", {"trials": [Tried()]}, None),
        ("trial", {"trials": [Tried(dt.date(2020, 1, 1), LONG_AGO)]}, LONG_AGO),
        ("trial", {"trials": [Tried(LONG_AGO), Tried(dt.date(2020, 1, 1))]}, LONG_AGO),
        ("trial", {"trials": [Tried(LONG_AGO), Tried(LATELY)]}, None),
        ("trial", {"stage_since": LATELY, "trials": [Tried(LONG_AGO)]}, None),
        ("trial", {"stage_since": LONG_AGO, "trials": [Tried(LATELY)]}, LONG_AGO),
    ],
)
def test_when_it_is_stuck(stage: str, said: dict[str, Any], since: dt.date | None) -> None:
    asked: dict[str, Any] = {"ended": False, "stage_since": None, "trials": (), "today": TODAY} | said
    assert stuck_since(stage, **asked) == since
