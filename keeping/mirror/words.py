"""What stands on a sheet of PULL-spejlet: an answer and a line of evidence for each of the 21 statements.

Whatever is typed is kept while the sheet is under way; what is wrong with it counts when it is finished.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from labs.instrument import HIGH, STATEMENTS, Score
from labs.models import Sheet

UNKNOWN = "x"
ANSWERS = (*(str(score) for score in Score.values), UNKNOWN)
MOST_EVIDENCE, MOST_POST = 300, 120  # as many as the columns hold


@dataclass(frozen=True)
class Said:
    """What is answered to one statement; no answer yet is the empty one."""

    answer: str = ""
    evidence: str = ""

    @property
    def score(self) -> int | None:
        return int(self.answer) if self.answer not in ("", UNKNOWN) else None

    @property
    def in_words(self) -> str:
        """The answer as one reads it, and what shows it."""
        answer = _("Not answered")
        if self.answer == UNKNOWN:
            answer = _("Do not know")
        elif self.score is not None:
            answer = f"{self.score} {Score(self.score).label}"
        return f"{answer}: {self.evidence}" if self.evidence else answer


@dataclass(frozen=True)
class Words:
    """All of a sheet: the post of whoever answers, and what is said to each statement."""

    post: str
    said: Mapping[int, Said]

    @property
    def answered(self) -> int:
        """To how many there is an answer, "do not know" included."""
        return sum(bool(said.answer) for said in self.said.values())


def words_of(sheet: Sheet) -> Words:
    """What is kept; one statement. A line of evidence without an answer waits for one."""
    said = {number: Said() for number in STATEMENTS}
    for row in sheet.answers.all():
        unanswered = "" if row.evidence else UNKNOWN
        said[row.statement] = Said(unanswered if row.score is None else str(row.score), row.evidence)
    return Words(sheet.post, said)


def words_in(sent: Mapping[str, str], kept: Words) -> Words:
    """What a form says; what it does not speak of at all stays as it is kept."""
    said = {number: _said(sent, number, kept.said[number]) for number in STATEMENTS}
    return Words(sent.get("post", kept.post).strip(), said)


def _said(sent: Mapping[str, str], number: int, kept: Said) -> Said:
    answer, evidence = sent.get(f"score-{number}"), sent.get(f"evidence-{number}")
    if answer is None and evidence is None:
        return kept
    told = answer if answer in ANSWERS else ""
    return Said(told, "" if told == UNKNOWN else (evidence or "").strip())


# What is wrong with them


def too_long(words: Words) -> dict[str, str]:
    """What cannot be kept even on the way, by the field it stands in."""
    found = {
        f"evidence-{number}": _("Statement %(n)d: at most %(most)d characters.")
        % {"n": number, "most": MOST_EVIDENCE}
        for number, said in words.said.items()
        if len(said.evidence) > MOST_EVIDENCE
    }
    if len(words.post) > MOST_POST:
        found["post"] = _("Your post: at most %(most)d characters.") % {"most": MOST_POST}
    return found


def missing(words: Words) -> dict[str, str]:
    """What keeps a sheet from being finished, by the field that lacks it."""
    found = {}
    for number, said in words.said.items():
        if not said.answer:
            found[f"score-{number}"] = (
                _("Statement %(n)d: choose an answer. “Do not know” is one too.") % {"n": number}
            )  # fmt: skip
        elif (said.score or 0) >= HIGH and not said.evidence:
            found[f"evidence-{number}"] = (
                _("Statement %(n)d: write one line about what shows it, or choose a lower answer.")
                % {"n": number}
            )  # fmt: skip
    return found


# What another window has said meanwhile


def seal(words: Words) -> str:
    """What a page began with, to be sent along with it."""
    said = {str(number): [one.answer, one.evidence] for number, one in words.said.items() if one != Said()}
    return json.dumps({"post": words.post, "said": said}, ensure_ascii=False)


def unseal(text: str, kept: Words) -> Words:
    """What a page began with; a page that does not tell began with what is kept."""
    try:
        sent: Any = json.loads(text)
        said = {number: Said(*map(str, sent["said"].get(str(number), ()))) for number in STATEMENTS}
        return Words(str(sent["post"]), said)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return kept


def merged(began: Words, kept: Words, typed: Words) -> Words:
    """What was typed where it was changed here, and what is kept everywhere else."""
    said = {
        number: kept.said[number] if one == began.said[number] else one for number, one in typed.said.items()
    }
    return Words(kept.post if typed.post == began.post else typed.post, said)


def apart(kept: Words, typed: Words) -> list[int]:
    """The statements to which something else was typed here than is kept."""
    return [number for number, said in typed.said.items() if said != kept.said[number]]
