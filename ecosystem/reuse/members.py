"""Who is part of a solution's spread, as values: where it began, who took it over, what it inspired."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from curation.months import time_between
from labs.choices import HeardThrough, Reuse
from labs.models import Value
from places.models import Place


class What(StrEnum):
    """What somebody or something is in the tree."""

    ORIGIN = "origin"
    ADOPTION = "adoption"
    GAP = "gap"
    INSPIRED = "inspired"
    INSPIRATION = "inspiration"


def how_shortly(how: str) -> str:
    """How something was taken over, where there is little room."""
    return {
        Reuse.FIRST: _("First to use it"),
        Reuse.ADAPTED: _("Adapted"),
        Reuse.COPY: _("Largely a copy"),
    }[Reuse(how)]


@dataclass(frozen=True)
class Member:
    """A node of the tree. Months are kept as their first day; `key` is the same in picture and table.

    A gap is somebody who passed the solution on and is not in the register: nothing is told of them. `short`
    is what a municipality is called where there is little room, `by` who answers for a solution or the lab it
    came out of, `told_path` the page of one adoption.
    """

    key: str
    what: str
    name: str
    path: str = ""
    short: str = ""
    by: str = ""
    by_path: str = ""
    place: Place | None = None
    how: str = ""
    heard: str = ""
    heard_named: str = ""
    since: dt.date | None = None
    idea: dt.date | None = None
    confirmed: dt.date | None = None
    ended: dt.date | None = None
    reason: str = ""
    effect: str = ""
    effect_language: str = "da"
    bent: str = ""
    told_path: str = ""
    worth: Mapping[str, Value] = field(default_factory=dict)

    @property
    def is_adoption(self) -> bool:
        return self.what == What.ADOPTION

    @property
    def sure(self) -> bool:
        """Whether it rests on those it is about: only an adoption can be named by others alone."""
        return self.confirmed is not None or not self.is_adoption

    @property
    def year(self) -> int | None:
        """When it came into use there."""
        return self.since.year if self.since else None

    @property
    def months(self) -> int | None:
        """From the idea until it was in use, in whole months, as far as both are known."""
        if self.since is None or self.idea is None:
            return None
        return 12 * (self.since.year - self.idea.year) + self.since.month - self.idea.month

    @property
    def time(self) -> str:
        """The same in words."""
        return time_between(self.idea, self.since) if self.idea and self.since else ""

    @property
    def how_label(self) -> str:
        return str(Reuse(self.how).label) if self.how else ""

    @property
    def how_short(self) -> str:
        return how_shortly(self.how) if self.how else ""

    @property
    def heard_label(self) -> str:
        """Through whom or what, the choice and the words told beside it."""
        parts = [str(HeardThrough(self.heard).label) if self.heard else "", self.heard_named]
        return ": ".join(part for part in parts if part)

    @property
    def tells_of_effect(self) -> bool:
        return bool(self.worth or self.effect or self.bent)


@dataclass(frozen=True)
class Row:
    """An adoption as it was read: of one whose organisation is not public there is no member."""

    id: int
    taken_from: int | None
    member: Member | None


@dataclass(frozen=True)
class Spread:
    """All that is known of how a solution spread; inspired solutions hang on where it began."""

    name: str
    origin: Member
    rows: Sequence[Row]
    inspired: Sequence[Member] = ()
    inspiration: Member | None = None

    @property
    def adoptions(self) -> list[Member]:
        """Those everybody may read, in the order they were told."""
        return [row.member for row in self.rows if row.member]


def gap(key: str) -> Member:
    """Somebody who is not in the register."""
    return Member(key, What.GAP, _("somebody who is not in the register"))
