"""Bars from 0 to 4 with their words: the seven dimensions, the six capacities."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ..instrument import Level
from .drawing import TICKS, length
from .results import Measured, Result


def moved(change: float) -> str:
    """How far a mean has moved, in words."""
    if not change:
        return _("unchanged")
    by = {"by": number_format(abs(change), 1)}
    return _("up %(by)s") % by if change > 0 else _("down %(by)s") % by


@dataclass(frozen=True)
class Bar:
    """A dimension or a capacity: its words, its bar, and what it was before."""

    slug: str
    title: Any
    measured: Measured
    earlier: float | None = None
    ticks: Sequence[float] = tuple(TICKS)

    @property
    def mean(self) -> float | None:
        return self.measured.mean

    @property
    def level(self) -> Level | None:
        return self.measured.level

    @property
    def length(self) -> float:
        return length(self.mean or 0)

    @property
    def earlier_length(self) -> float | None:
        return None if self.earlier is None else length(self.earlier)

    @property
    def change(self) -> float | None:
        """Rounded as the means are, so that what is printed adds up."""
        if self.mean is None or self.earlier is None:
            return None
        return round(round(self.mean, 1) - round(self.earlier, 1), 1)

    @property
    def moved(self) -> str:
        """The change in words."""
        return "" if self.change is None else moved(self.change)


def bars_of(result: Result, earlier: Result | None = None) -> list[Bar]:
    """The seven dimensions."""
    before = earlier.dimensions if earlier else [None] * len(result.dimensions)
    return [
        Bar(one.dimension.slug, one.dimension.title, one, old.mean if old else None)
        for one, old in zip(result.dimensions, before, strict=True)
    ]


def bars_of_capacities(result: Result, earlier: Result | None = None) -> list[Bar]:
    """The six capacities."""
    before = earlier.capacities if earlier else [None] * len(result.capacities)
    return [
        Bar(one.capacity.slug, one.capacity.title, one, old.mean if old else None)
        for one, old in zip(result.capacities, before, strict=True)
    ]
