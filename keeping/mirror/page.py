"""A sheet as a page: seven dimensions of three statements, each with its answers and what is wrong."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from labs.choices import Half
from labs.instrument import DIMENSIONS, HIGH, STATEMENTS, Dimension, Score, Statement

from .access import Seat
from .words import MOST_EVIDENCE, MOST_POST, UNKNOWN, Said, Words, apart, seal, words_of


@dataclass(frozen=True)
class Row:
    """One statement: what is answered, and what is wrong with it."""

    statement: Statement
    said: Said
    wrong_answer: str
    wrong_evidence: str

    @property
    def options(self) -> list[tuple[str, str, Any, bool]]:
        """Value, figure, words, and whether it is chosen."""
        scores = [(str(score.value), str(score.value), score.label) for score in Score]
        unknown = (UNKNOWN, "?", _("Do not know"))
        return [(*option, option[0] == self.said.answer) for option in (*scores, unknown)]

    @property
    def about_host(self) -> bool:
        return self.statement.half == Half.HOST


@dataclass(frozen=True)
class Part:
    """One dimension, and the one after it."""

    number: int
    dimension: Dimension
    rows: Sequence[Row]
    after: str

    @property
    def answered(self) -> int:
        return sum(bool(row.said.answer) for row in self.rows)


@dataclass(frozen=True)
class Differing:
    """A statement that says something else here than what another window has saved."""

    number: int
    kept: str
    here: str


@dataclass
class SheetPage:
    """What the page shows; `typed` is what stands on it where that is not what is kept."""

    seat: Seat
    typed: Words | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)
    began: str = ""
    version: int | None = None
    clashes: bool = False

    high = HIGH
    most_evidence = MOST_EVIDENCE
    most_post = MOST_POST
    all = len(STATEMENTS)

    @cached_property
    def kept(self) -> Words:
        return words_of(self.seat.sheet)

    @property
    def words(self) -> Words:
        return self.kept if self.typed is None else self.typed

    @cached_property
    def window(self) -> str:
        return secrets.token_urlsafe(9)

    @property
    def seen(self) -> int:
        """The version that the page was made from."""
        return self.seat.sheet.version if self.version is None else self.version

    @property
    def sealed(self) -> str:
        return self.began or seal(self.kept)

    @cached_property
    def parts(self) -> list[Part]:
        after = [*(dimension.slug for dimension in DIMENSIONS[1:]), "end"]
        return [
            Part(number, dimension, [self._row(statement) for statement in dimension.statements], following)
            for number, (dimension, following) in enumerate(zip(DIMENSIONS, after, strict=True), start=1)
        ]

    def _row(self, statement: Statement) -> Row:
        number = statement.number
        wrong_answer, wrong_evidence = (
            self.wrong.get(f"{name}-{number}", "") for name in ("score", "evidence")
        )  # fmt: skip
        return Row(statement, self.words.said[number], wrong_answer, wrong_evidence)

    @property
    def problems(self) -> list[dict[str, str]]:
        """What is wrong, with the field to go to: the first answer, where one is to be chosen."""
        return [
            {"field": f"f-{name}-0" if name.startswith("score") else f"f-{name}", "message": message}
            for name, message in self.wrong.items()
        ]

    @property
    def wrong_post(self) -> str:
        return self.wrong.get("post", "")

    @property
    def differing(self) -> list[Differing]:
        """Side by side, where another window was faster."""
        if not self.clashes:
            return []
        return [
            Differing(number, self.kept.said[number].in_words, self.words.said[number].in_words)
            for number in apart(self.kept, self.words)
        ]
