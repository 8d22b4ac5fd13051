"""The day a need or an offer stands until: which kinds have one, what it says, and whether it is over."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actors.access import entry_of
from actors.choices import OfferStatus
from actors.models import Offer
from curation.choices import Kind
from curation.freshness import renewable
from curation.models import Record
from missions.choices import NeedStatus
from missions.models import Need


@dataclass(frozen=True)
class RunsOut:
    """A kind of entry that runs out: its model, the column of its last day, and the status it then has."""

    model: type[Any]
    column: str
    expired: str


RUN_OUT: Mapping[str, RunsOut] = {
    Kind.NEED: RunsOut(Need, "deadline", NeedStatus.EXPIRED),
    Kind.OFFER: RunsOut(Offer, "open_until", OfferStatus.EXPIRED),
}


def as_it_is(record: Record) -> Any:
    """The entry read anew, for whoever has held it."""
    rows = Record.objects.shown().select_related(record.kind, "created_by")
    return entry_of(rows.get(pk=record.pk))


def last_day(entry: Any) -> dt.date | None:
    """The last day it stands; nothing where it has none, or is of a kind that does not run out."""
    kind = RUN_OUT.get(entry.kind)
    day: dt.date | None = getattr(entry, kind.column) if kind else None
    return day


def has_expired(entry: Any) -> bool:
    """Whether it has run out, rather than ended in another way."""
    kind = RUN_OUT.get(entry.kind)
    return kind is not None and entry.ended and entry.status == kind.expired


def may_be_renewed(entry: Any, today: dt.date) -> bool:
    """Going on, or expired less than a year ago."""
    if entry.kind not in RUN_OUT:
        return False
    if not entry.ended:
        return True
    return has_expired(entry) and renewable(entry.ended_on, today)
