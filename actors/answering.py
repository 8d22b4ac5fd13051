"""How the owners of entries answer enquiries: how many, how fast, what came of it; what a sender can expect.

Only enquiries that were sent on are counted: one whose address nobody has confirmed never was one. Those
whose texts are forgotten still count. An enquiry is due when the day its answer was promised by has passed;
before that nobody can be said not to have answered, so the rate counts those that are due and no others.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curation.models import Record

from .access import answers_for, entry_of
from .choices import WhatCame
from .models import Enquiry

# What the register promises senders where it does not know better: two weeks, a holiday among them.
PROMISED_WORKING_DAYS = 10
# Fewer say nothing of an organisation's habits: a single holiday would be half of them.
ENOUGH = 3
# An organisation is not held to what it did before; two years also bridge a change of staff.
LOOKED_BACK = dt.timedelta(days=730)
# "Usually" is said of what holds for three answers of four.
USUALLY = 0.75

type Asked = tuple[dt.datetime, dt.date, dt.datetime | None, str, str]


@dataclass(frozen=True)
class Answering:
    """Enquiries of two years: `asked` in all, `due` of them, and `answered` of those that are due.

    `days`: how long the answers to those took, in order. `sender_says` and `owner_says` count what came of
    those asked in all; `said` is how many somebody has told that of, `agreed` how often both told the same
    and `differ` how often not.
    """

    asked: int = 0
    due: int = 0
    answered: int = 0
    days: Sequence[int] = ()
    sender_says: Counter[str] = field(default_factory=Counter)
    owner_says: Counter[str] = field(default_factory=Counter)
    said: int = 0
    agreed: int = 0
    differ: int = 0

    @property
    def known(self) -> bool:
        """Whether enough were due to say how an owner answers."""
        return self.due >= ENOUGH

    @property
    def usual_days(self) -> int | None:
        """Three of four answers came within so many days."""
        return self.days[ceil(len(self.days) * USUALLY) - 1] if self.days else None

    @property
    def tells_what_came(self) -> bool:
        """Whether enough has been told of what came of them to be public."""
        return self.said >= ENOUGH

    @property
    def outcomes(self) -> list[tuple[str, int, int]]:
        """What can come of an enquiry; how often those who asked say so, and those who were asked."""
        return [(str(what.label), self.sender_says[what], self.owner_says[what]) for what in WhatCame]

    @property
    def promised(self) -> str:
        """What a sender can expect, in one sentence."""
        return promise(self)

    @property
    def usually(self) -> str:
        """How long answers usually take, as words in a sentence; only where there are any."""
        return usual_time(self.usual_days or 0)


def counted() -> QuerySet[Enquiry]:
    """The enquiries that figures are made of: what was sent on."""
    return Enquiry.objects.filter(sent_at__isnull=False)


def answering_of(record: Record) -> Answering:
    """How those behind an entry answer, one statement: their organisation, for all that is its own.

    Where no organisation answers for the entry, what was asked of this entry alone.
    """
    owner = answers_for(entry_of(record))
    return answering(_rows(Q(organisation=owner) if owner else Q(record=record)))


def answering_of_each(actors: Iterable[int]) -> dict[int, Answering]:
    """The same for several organisations, by their number; one statement."""
    found: dict[int, list[Asked]] = {pk: [] for pk in actors}
    rows = _since().filter(organisation__in=found).order_by("pk")
    for owner, *row in rows.values_list("organisation_id", *COLUMNS):
        found[owner].append(tuple(row))
    return {owner: answering(rows) for owner, rows in found.items()}


COLUMNS = ("sent_at", "answer_by", "answered_at", "sender_says", "owner_says")


def _since() -> QuerySet[Enquiry]:
    return counted().filter(sent_at__gte=timezone.now() - LOOKED_BACK)


def _rows(whose: Q) -> list[Asked]:
    return list(_since().filter(whose).order_by("pk").values_list(*COLUMNS))


def answering(rows: Sequence[Asked], today: dt.date | None = None) -> Answering:
    """What rows of enquiries say of whoever was asked."""
    today = today or timezone.localdate()
    due = [(sent, answered) for sent, by, answered, *_said in rows if by < today]
    told = [(sender, owner) for *_when, sender, owner in rows if sender or owner]
    both = [sender == owner for sender, owner in told if sender and owner]
    days = tuple(sorted(days_between(sent, answered) for sent, answered in due if answered))
    return Answering(
        asked=len(rows),
        due=len(due),
        answered=len(days),
        days=days,
        sender_says=Counter(sender for sender, _owner in told if sender),
        owner_says=Counter(owner for _sender, owner in told if owner),
        said=len(told),
        agreed=sum(both),
        differ=len(both) - sum(both),
    )


def days_between(sent: dt.datetime, answered: dt.datetime) -> int:
    """Days by the calendar in Denmark: an answer on the same day took none."""
    return (timezone.localdate(answered) - timezone.localdate(sent)).days


def promise_of(record: Record) -> str:
    """What somebody who writes to those behind an entry can expect, in one sentence; one statement.

    How they have answered before, where enough is known of that; else what the register promises.
    """
    return promise(answering_of(record))


def promise(known: Answering) -> str:
    """The same of figures one has already."""
    if not known.known:
        return _("You can expect an answer within ten working days.")
    return rate(known)


def rate(known: Answering) -> str:
    """How an owner answers, for three enquiries or more that were due."""
    if not known.answered:
        return _("Of the last %(due)s enquiries none has been answered yet.") % {"due": known.due}
    return _("Answers %(answered)s of %(due)s enquiries, usually %(time)s.") % {
        "answered": known.answered, "due": known.due, "time": usual_time(known.usual_days or 0),
    }  # fmt: skip


def usual_time(days: int) -> str:
    """How long answers usually take, as words in a sentence."""
    if days == 0:
        return _("on the same day")
    return ngettext("within %(n)s day", "within %(n)s days", days) % {"n": days}
