"""How fresh a fact is, from when it was last confirmed, and when it is asked after."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from .choices import Fact, Freshness, Kind

# What a page says is asked after once a year (reliability of registers fades with a half-life of about two
# years), where to write twice, because people change posts more often than labs change.
INTERVALS: Mapping[str, dt.timedelta] = {
    Fact.DETAILS: dt.timedelta(days=365),
    Fact.CONTACT: dt.timedelta(days=182),
}
YEAR = INTERVALS[Fact.DETAILS]
# Needs and offers run out sooner than labs: a need is somebody's this spring, an offer this year's.
SOONER: Mapping[str, dt.timedelta] = {
    Kind.NEED: dt.timedelta(days=91),
    Kind.OFFER: dt.timedelta(days=182),
}
# A need or an offer nobody has confirmed for so many intervals has expired.
EXPIRES_AFTER = 2
# An expired one can be renewed for a year; after that it is written anew.
RENEWABLE = dt.timedelta(days=365)
# The mail goes out a month ahead, which is when a fact becomes due, and is repeated twice before it runs out.
DUE_AHEAD = dt.timedelta(days=30)
REMINDED_AFTER = (dt.timedelta(days=14), dt.timedelta(days=30))
# The column of a record that says when the fact was last confirmed.
CONFIRMED_AT: Mapping[str, str] = {Fact.DETAILS: "confirmed_at", Fact.CONTACT: "contact_confirmed_at"}


def interval(fact: str, kind: str) -> dt.timedelta:
    """How long a fact of an entry of a kind holds before it is to be confirmed again."""
    return SOONER.get(kind, YEAR) if fact == Fact.DETAILS else INTERVALS[fact]


def freshness(
    *, claimed: dt.date | None, confirmed: dt.date | None, today: dt.date, kind: str = Kind.LAB
) -> Freshness:
    """The state shown to readers. Who has just claimed an entry has a year to say whether it is right."""
    if claimed is None:
        return Freshness.UNCLAIMED
    if confirmed is None:
        return Freshness.DUE if today - claimed <= YEAR else Freshness.UNCONFIRMED
    if today - confirmed > YEAR:
        return Freshness.UNCONFIRMED
    if today - confirmed > interval(Fact.DETAILS, kind) - DUE_AHEAD:
        return Freshness.DUE
    return Freshness.CONFIRMED


def due_before(fact: str, today: dt.date, kind: str = Kind.LAB) -> dt.datetime:
    """A fact of a kind that was last confirmed before this moment is to be asked after."""
    return _morning_of(today - interval(fact, kind) + DUE_AHEAD)


def lapsed_before(today: dt.date) -> dt.datetime:
    """An entry that was last confirmed before this moment is shown as not confirmed."""
    return _morning_of(today - YEAR)


def expired_before(kind: str, today: dt.date) -> dt.datetime:
    """A need or an offer somebody looks after, and last confirmed before this moment, has expired."""
    return _morning_of(today - EXPIRES_AFTER * SOONER[kind])


def renewable(ended_on: dt.date | None, today: dt.date) -> bool:
    """Whether what expired on a day can still be renewed; not if the day is not known."""
    return ended_on is not None and today - ended_on <= RENEWABLE


def _morning_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
