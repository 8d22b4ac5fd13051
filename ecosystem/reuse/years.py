"""Spread over time: how many had taken a solution over by the end of each year, and how long it took them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from curation.months import time_between

from .members import Member

# Fewer than this do not make a typical time.
ENOUGH = 3
# Of a chart: how high a bar may be, how much of its step it takes, how many of them are labelled.
HIGH, WIDE, LABELLED = 150, 0.62, 8


@dataclass(frozen=True)
class Year:
    """A year with how many took it over in it, by its end, and how many of those have confirmed it by now."""

    year: int
    new: int
    total: int
    confirmed: int
    ended: int


@dataclass(frozen=True)
class Bar:
    """A year as drawn: shares of the width in hundredths, heights in units; `named` is what is only named."""

    year: Year
    x: float
    width: float
    confirmed: int
    named: int
    labelled: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def confirmed_y(self) -> int:
        return HIGH - self.confirmed

    @property
    def named_y(self) -> int:
        return HIGH - self.confirmed - self.named


@dataclass(frozen=True)
class OverTime:
    """All years from the first to the last, those without a year told apart, and the time it took."""

    years: Sequence[Year]
    unknown: int
    months: Sequence[int]

    @property
    def bars(self) -> list[Bar]:
        if not self.years:
            return []
        step, most = 100 / len(self.years), self.years[-1].total
        every = -(-len(self.years) // LABELLED)
        return [
            Bar(
                year, round(step * (place + (1 - WIDE) / 2), 2), round(step * WIDE, 2),
                round(HIGH * year.confirmed / most), round(HIGH * (year.total - year.confirmed) / most),
                (len(self.years) - 1 - place) % every == 0,
            )
            for place, year in enumerate(self.years)
        ]  # fmt: skip

    @property
    def typical(self) -> float | None:
        """The median of months from idea to use; none where too few have told."""
        return median(self.months) if len(self.months) >= ENOUGH else None

    @property
    def said(self) -> str:
        """The same in words, in whole months."""
        if self.typical is None:
            return ""
        years, months = divmod(round(self.typical), 12)
        return time_between(dt.date(2000, 1, 1), dt.date(2000 + years, 1 + months, 1))


def over_time(adoptions: Sequence[Member]) -> OverTime:
    """Those that ended later were taken over all the same."""
    dated = [(one, one.year) for one in adoptions if one.year is not None]
    began = [year for _one, year in dated]
    ends = [one.ended.year for one in adoptions if one.ended]
    years = []
    for year in range(min(began), max(began + ends) + 1) if began else ():
        so_far = [one for one, first in dated if first <= year]
        confirmed = sum(1 for one in so_far if one.confirmed)
        years.append(Year(year, began.count(year), len(so_far), confirmed, ends.count(year)))
    months = sorted(one.months for one in adoptions if one.months is not None)
    return OverTime(years, len(adoptions) - len(dated), months)
