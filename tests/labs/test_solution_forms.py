"""What the sections of a solution take and refuse, and what they write."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation

from curation.forms import Section
from labs.choices import ValueKind
from labs.forms.solutions import HowFar, Makers, WhatAndWhere, Worth
from labs.forms.values import set_values
from labs.models import Solution, Value
from tests import factories as make

pytestmark = pytest.mark.usefixtures("empty")

TOMORROW = timezone.localdate() + dt.timedelta(days=1)
MARCH, MAY = dt.date(2026, 3, 1), dt.date(2026, 5, 1)


def filled(section: type[Section], entry: Solution, **said: Any) -> Section:
    """The section as it stands on the entry, with something typed over it."""
    words = section.typed(entry) | {name: [value] for name, value in said.items()}
    return section(words, entry=entry)


def problems(section: Section) -> list[tuple[str, str]]:
    section.is_valid()
    with translation.override("en"):
        return [(problem.field, str(problem.message)) for problem in section.problems]


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"in_use_since": "03.2026"}, "in_use_since", "Only what is in use has this month."),
        ({"in_use_since": "03.2026", "stage": "trial"}, "in_use_since", "Only what is in use has"),
        ({"in_use_since": "2999-01", "stage": "in_use"}, "in_use_since", "That month lies ahead."),
        ({"in_use_since": "i foråret", "stage": "in_use"}, "in_use_since", "Write month and year"),
        (
            {"in_use_since": "03.2026", "idea_on": "05.2026", "stage": "in_use"},
            "in_use_since", "It cannot have been in use before the idea came up.",
        ),
        ({"idea_on": "13.2026"}, "idea_on", "Write month and year"),
        ({"stage": "trial", "stage_since": f"{TOMORROW:%d.%m.%Y}"}, "stage_since", "That day lies ahead."),
        ({"stage_since": "01.03.2026"}, "stage_since", "Choose how far it has come"),
        ({"stage": "trial", "stage_since": "i går"}, "stage_since", "Write a date such as 01.03.2026."),
        ({"stage": "documented"}, "stage", "documented"),
        ({"waiting_for": "luck"}, "waiting_for", "luck"),
        ({"waiting_said": "x" * 601}, "waiting_said", "at most 600"),
    ],
)  # fmt: skip
def test_how_far_it_is_is_refused_with_a_word(said: dict[str, str], field: str, words: str) -> None:
    with translation.override("en"):
        ((where, message),) = problems(filled(HowFar, make.solution(), **said))
    assert where.startswith(f"f-{field}")
    assert words in message


def test_months_and_stage_are_written(empty: None) -> None:
    solution = make.solution()
    section = filled(
        HowFar, solution, stage="in_use", stage_since="01.03.2026", idea_on="marts 2024",
        in_use_since="2026-03", new_here="False", waiting_for="it",
    )  # fmt: skip
    assert section.is_valid(), section.errors
    section.write(solution)
    solution.save()
    solution.refresh_from_db()
    assert (solution.stage, solution.stage_since) == ("in_use", MARCH)
    assert (solution.idea_on, solution.in_use_since) == (dt.date(2024, 3, 1), MARCH)
    assert (solution.new_here, solution.waiting_for) == (False, ["it"])


@pytest.mark.parametrize(
    ("before", "said", "since"),
    [
        ({"stage": "idea", "stage_since": MARCH}, {"stage": "trial"}, timezone.localdate()),
        ({"stage": "idea"}, {"stage": "trial"}, timezone.localdate()),
        ({"stage": "idea"}, {"stage": "trial", "stage_since": "01.05.2026"}, MAY),
        ({"stage": "trial", "stage_since": MARCH}, {"waiting_said": "Penge."}, MARCH),
        ({"stage": "trial", "stage_since": MARCH}, {"stage_since": "01.05.2026"}, MAY),
        ({"stage": "trial", "stage_since": MARCH}, {"stage": "", "stage_since": ""}, None),
    ],
    ids=["changed", "not known before", "told", "the same", "only the day", "not told any more"],
)
def test_another_stage_began_today_unless_told(
    before: dict[str, Any], said: dict[str, str], since: dt.date | None
) -> None:
    solution = make.solution(**before)
    section = filled(HowFar, solution, **said)
    assert section.is_valid(), section.errors
    section.write(solution)
    assert solution.stage_since == since


def test_of_a_new_one_nobody_knows_since_when(empty: None) -> None:
    section = HowFar({"stage": ["trial"]})
    assert section.is_valid()
    solution = Solution()
    section.write(solution)
    assert (solution.stage, solution.stage_since) == ("trial", None)


# Value


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"quality_evidence": "counted"}, "quality_source", "Quality: write where one can read it."),
        (
            {"efficiency_evidence": "compared", "efficiency_source": " "},
            "efficiency_source",
            "Efficiency: write",
        ),
        ({"quality_said": "Bedre."}, "quality_evidence", "Quality: say how one knows."),
        ({"quality_year": "2025"}, "quality_evidence", "Quality: say how one knows."),
        ({"quality_source": "En rapport"}, "quality_evidence", "Quality: say how one knows."),
        ({"quality_evidence": "felt", "quality_year": "2999"}, "quality_year", "Write a year between"),
        ({"quality_evidence": "guessed"}, "quality_evidence", "guessed"),
    ],
)
def test_a_value_is_refused_with_a_word(said: dict[str, str], field: str, words: str) -> None:
    with translation.override("en"):
        ((where, message),) = problems(filled(Worth, make.solution(), **said))
    assert where == f"f-{field}"
    assert words in message


def test_values_are_written_kept_and_taken_away(empty: None) -> None:
    solution = make.solution(values={"quality": "counted", "efficiency": "felt"})
    kept = Value.objects.get(kind="quality")
    section = filled(
        Worth, solution, quality_said="Halvt så mange.", quality_year="2025", efficiency_evidence="",
        political_goals_evidence="felt",
    )  # fmt: skip
    assert section.is_valid(), section.errors
    section.write_ties(solution)
    rows = {row.kind: row for row in Value.objects.filter(solution=solution)}
    assert set(rows) == {"quality", "political_goals"}
    assert (rows["quality"].pk, rows["quality"].said, rows["quality"].year) == (
        kept.pk,
        "Halvt så mange.",
        2025,
    )
    assert (rows["quality"].evidence, rows["quality"].source) == ("counted", kept.source)
    before = list(Value.objects.values())
    again = filled(Worth, solution)
    assert again.is_valid(), again.errors
    again.write_ties(solution)
    assert list(Value.objects.values()) == before


def test_only_the_kinds_that_are_asked_are_touched(empty: None) -> None:
    solution = make.solution(values={"quality": "felt", "efficiency": "felt"})
    set_values({"solution_id": solution.pk}, [], [ValueKind.EFFICIENCY])
    assert Value.objects.get().kind == "quality"


def test_each_kind_of_value_is_a_group_with_its_name(empty: None) -> None:
    parts = Worth(entry=make.solution()).parts
    assert [part.look for part in parts] == ["value"] * 5
    shown: Any = parts[0].bound
    with translation.override("en"):
        assert (shown.name, str(shown.evidence.label)) == ("quality", "How one knows")
        labels = [label for label, _text in Worth.shown({})]
    assert labels[:2] == ["Quality: How one knows", "Quality: What has changed"]


# Where it comes from


def test_it_is_not_inspired_by_itself(empty: None) -> None:
    solution = make.solution()
    with translation.override("en"):
        ((_where, message),) = problems(filled(Makers, solution, inspired_by=solution.record.public_id))
    assert "not inspired by itself" in message


@pytest.mark.parametrize("other", ["inspired_by", "inspired_by_named"])
def test_what_is_inspired_by_others_is_not_the_first(other: str) -> None:
    solution, before = make.solution(), make.solution()
    said = before.record.public_id if other == "inspired_by" else "Malmö"
    with translation.override("en"):
        ((where, message),) = problems(filled(Makers, solution, reuse="first", **{other: said}))
    assert where.startswith("f-reuse")
    assert "is not the first" in message


def test_what_it_comes_from_is_chosen_and_may_stay(empty: None) -> None:
    lab, need, before = make.lab(), make.need(), make.solution()
    solution = make.solution()
    chosen = {"lab": lab.record.public_id, "need": need.record.public_id}
    section = filled(WhatAndWhere, solution, summary_da="Lamper.", **chosen)
    section.is_valid()
    assert (section.cleaned_data["lab"], section.cleaned_data["need"]) == (lab, need)
    inspired = make.solution(inspired_by=before)
    before.record.state = "withdrawn"
    before.record.save()
    assert filled(Makers, inspired).is_valid()
    refused = filled(Makers, solution, inspired_by=before.record.public_id)
    assert not refused.is_valid()
