"""What Innovationsbarometeret has found in the whole public sector: printed beside our figures, not in them.

The official statistics ask a sample of workplaces; the register holds what people have put into it. So the
two have neither a number nor an axis in common. Read once by each process.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.utils.formats import localize
from django.utils.translation import get_language
from django.utils.translation import gettext as _

SHEET = settings.BASE_DIR / "data" / "innovation_barometer.csv"


@dataclass(frozen=True)
class Fact:
    """One published number: of which edition, what it counts, of how many answers where that is told."""

    figure: str
    what_da: str
    what_en: str
    value: int
    unit: str
    edition: int
    period: str
    answers: int | None
    counts_da: str
    counts_en: str
    published_by: str
    source: str

    @property
    def number(self) -> str:
        """As it was published."""
        said = {"percent": _("%(n)s %%"), "of_ten": _("%(n)s of 10")}
        return said[self.unit] % {"n": self.value}

    @property
    def what(self) -> str:
        return self.what_en if get_language() == "en" else self.what_da

    @property
    def counts(self) -> str:
        return self.counts_en if get_language() == "en" else self.counts_da

    @property
    def note(self) -> tuple[str, str, str, str]:
        """What several numbers of one question have in common."""
        return self.said_of, self.counts, self.published_by, self.source

    @property
    def said_of(self) -> str:
        """The edition, the years and the number of answers."""
        text = _("Edition %(edition)s, %(period)s") % {"edition": self.edition, "period": self.period}
        return f"{text}, n = {localize(self.answers)}" if self.answers else text


def beside(figure: str) -> list[list[Fact]]:
    """What is printed beside a figure; numbers that have edition, question and source in common together."""
    return [list(found) for _note, found in groupby(facts().get(figure, ()), key=lambda fact: fact.note)]


@cache
def facts() -> Mapping[str, Sequence[Fact]]:
    """All of them by the figure they stand beside."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in read(SHEET):
        found[fact.figure].append(fact)
    return found


def read(sheet: Path) -> list[Fact]:
    """The sheet's rows; one without a value, a period or a source is an error."""
    with sheet.open(encoding="utf-8", newline="") as file:
        return [_fact(row) for row in csv.DictReader(file)]


def _fact(row: Mapping[str, str]) -> Fact:
    for column in ("figure", "what_da", "what_en", "value", "period", "source"):
        if not row[column]:
            raise ValueError(f"{SHEET.name}: {row['figure']}/{row['key']} has no {column}")
    return Fact(
        figure=row["figure"], what_da=row["what_da"], what_en=row["what_en"], value=int(row["value"]),
        unit=row["unit"], edition=int(row["edition"]), period=row["period"],
        answers=int(row["answers"]) if row["answers"] else None, counts_da=row["counts_da"],
        counts_en=row["counts_en"], published_by=row["published_by"], source=row["source"],
    )  # fmt: skip
