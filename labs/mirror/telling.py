"""A run of PULL-spejlet as pages and paper show it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from ..choices import Half
from ..models import Assessment
from .bars import Bar, bars_of, bars_of_capacities, moved
from .drawing import Radar, Small, radar, small
from .results import OfDimension, Result, result_of
from .runs import Run

# With more letters of evidence than this the second page of the print is set in smaller type.
DENSE = 4000


@dataclass(frozen=True)
class Told:
    """A finished run in full, beside the one before it."""

    on: dt.date
    result: Result
    earlier_on: dt.date | None = None
    earlier: Result | None = None

    @cached_property
    def bars(self) -> list[Bar]:
        return bars_of(self.result, self.earlier)

    @cached_property
    def capacities(self) -> list[Bar]:
        return bars_of_capacities(self.result, self.earlier)

    @cached_property
    def radar(self) -> Radar:
        return radar(self.result, self.earlier)

    @property
    def strongest(self) -> list[OfDimension]:
        """Where the mean is highest, if not everything is equal."""
        means = [one.mean for one in self.result.known if one.mean is not None]
        if not means or min(means) == max(means):
            return []
        return [one for one in self.result.known if one.mean == max(means)]

    @property
    def answered_by(self) -> str:
        """For whom, never by whom."""
        if self.half is None:
            return _("Answered for the lab and for its host.")
        return _("Answered for the lab.") if self.half == Half.LAB else _("Answered for the host.")

    @property
    def finding(self) -> str:
        """What stands out, in a sentence."""
        if not self.result.known:
            return _("Too few statements are answered to say anything of a dimension.")
        if not self.strongest:
            return _("All dimensions that are answered stand at %(level)s.") % {
                "level": _level(self.result.known[0])
            }
        said = {"strongest": _named(self.strongest), "weakest": _named(self.result.weakest)}
        return _("Strongest in %(strongest)s; weakest in %(weakest)s.") % said

    @property
    def half(self) -> Half | None:
        """For whom it was answered, where it was for one of the two alone."""
        return self.result.halves[0] if len(self.result.halves) == 1 else None

    @property
    def dense(self) -> bool:
        """Whether so much is said that paper needs smaller type."""
        said = (answer.counting.evidence for answer in self.result.answers if answer.counting)
        return sum(len(evidence) for evidence in said) > DENSE


def told(assessment: Assessment, earlier: Assessment | None = None) -> Told:
    """Reads `sheets` and their `answers` of both, which may be prefetched."""
    return Told(
        on=assessment.finished_on or dt.date.min,
        result=result_of(assessment),
        earlier_on=earlier.finished_on if earlier else None,
        earlier=result_of(earlier) if earlier else None,
    )


@dataclass(frozen=True)
class OverTime:
    """A lab's runs, oldest first, and a small chart for each dimension, with how far it has moved."""

    runs: Sequence[Run]

    @property
    def told(self) -> list[Run]:
        return [run for run in self.runs if run.result]

    @cached_property
    def charts(self) -> list[tuple[Small, str]]:
        """None where no run says more than that it was done."""
        if not self.told or self.told[0].result is None:
            return []
        charts = [
            small(one.dimension.title, [(run.on, _mean(run, number)) for run in self.runs])
            for number, one in enumerate(self.told[0].result.dimensions)
        ]
        return [(chart, "" if chart.change is None else moved(chart.change)) for chart in charts]

    @property
    def titles(self) -> list[Any]:
        """Of the dimensions, where any run tells them."""
        told = self.told[0].result if self.told else None
        return [one.dimension.title for one in told.dimensions] if told else []

    @property
    def years(self) -> str:
        """From when until when."""
        first, last = self.runs[0].on, self.runs[-1].on
        if first == last:
            return ""
        said = {"first": date_format(first), "last": date_format(last)}
        return _("From %(first)s at the left to %(last)s at the right.") % said

    @property
    def newest_first(self) -> list[Run]:
        return [*reversed(self.runs)]


def over_time(newest_first: Sequence[Run]) -> OverTime:
    return OverTime([*reversed(newest_first)])


def _mean(run: Run, number: int) -> float | None:
    return run.result.dimensions[number].mean if run.result else None


def quoted(name: Any) -> str:
    """Names of dimensions and levels hold commas and an "and" of their own."""
    return _("“%(name)s”") % {"name": name}


def _level(one: OfDimension) -> str:
    return "" if one.level is None else quoted(one.level.label)


def _named(dimensions: Sequence[OfDimension]) -> str:
    return get_text_list([quoted(one.dimension.title) for one in dimensions], _("and"))
