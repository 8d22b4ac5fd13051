"""Judged projects for the partner finder: what somebody pastes, and the labs, needs and actors that fit."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .judgements import FOLDER, GRADES
from .metrics import CUT

FIRST = 5
LISTS = ("labs", "needs", "actors")


@dataclass(frozen=True)
class Project:
    """A text as it is pasted; `grades` holds who fits as `list/slug`."""

    name: str
    language: str
    text: str
    grades: Mapping[str, int]

    def of(self, which: str) -> Mapping[str, int]:
        """The grades of one list."""
        return {entry: grade for entry, grade in self.grades.items() if entry.startswith(f"{which}/")}


def judged() -> Sequence[Project]:
    """All judged projects."""
    said = tomllib.loads((FOLDER / "projects.toml").read_text("utf-8"))
    return [
        Project(
            row["name"],
            row["language"],
            " ".join(row["text"].split()),
            {
                f"{which}/{slug}": grade
                for which in LISTS
                for name, grade in GRADES.items()
                for slug in row.get(which, {}).get(name, ())
            },
        )
        for row in said["project"]
    ]


def precision(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """The share of the first five that fit; where fewer than five do, of as many."""
    wanted = min(FIRST, len(grades))
    return sum(1 for entry in found[:FIRST] if entry in grades) / wanted


def recall(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """The share of those that fit among the first ten; where more than ten do, of ten."""
    return sum(1 for entry in found[:CUT] if entry in grades) / min(CUT, len(grades))
