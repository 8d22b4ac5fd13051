"""The judged queries: what is asked, why, and which entries a reader who asks it wants to see.

They stand in `queries/*.toml`, a file for each kind of query. Entries are named by their slug; in a query
over all lists by list and slug. They were judged from what the entries say, not from what a search finds.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
GRADES = {"exact": 3, "clear": 2, "some": 1}
EVERYWHERE = "all"
LISTS = ("labs", "actors", "missions", "needs", "offers", "trials", "solutions", EVERYWHERE)
LANGUAGES = ("da", "en")
FIELDS = {"words", "language", "list", "why", "wrong", *GRADES}


@dataclass(frozen=True)
class Query:
    """One question; `grades` holds what is relevant and `wrong` what must not be found, as `list/slug`."""

    kind: str
    words: str
    language: str
    list: str
    why: str
    grades: Mapping[str, int]
    wrong: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.words} ({self.language}, {self.list})"


def judged() -> Sequence[Query]:
    """All judged queries, kind by kind."""
    return [query for file in sorted((FOLDER / "queries").glob("*.toml")) for query in _read(file)]


def in_vain() -> Sequence[Query]:
    """Questions that nothing in the register is about."""
    return _read(FOLDER / "vain.toml")


def _read(file: Path) -> list[Query]:
    said = tomllib.loads(file.read_text("utf-8"))
    kind = said.get("kind", "in vain")
    return [_query(kind, row) for row in said["query"]]


def _query(kind: str, row: Mapping[str, Any]) -> Query:
    unknown = set(row) - FIELDS
    if unknown or row["list"] not in LISTS or row["language"] not in LANGUAGES:
        raise ValueError(f"{row['words']}: {unknown or row['list']} is not known.")
    start = "" if row["list"] == EVERYWHERE else f"{row['list']}/"
    grades = {f"{start}{slug}": grade for name, grade in GRADES.items() for slug in row.get(name, ())}
    wrong = frozenset(f"{start}{slug}" for slug in row.get("wrong", ()))
    if len(grades) != sum(len(row.get(name, ())) for name in GRADES) or wrong & set(grades):
        raise ValueError(f"{row['words']}: an entry is judged twice.")
    return Query(kind, row["words"], row["language"], row["list"], row["why"], grades, wrong)
