"""How much an entry says of what readers need: what every kind is asked for, and what its own app knows."""

from . import levels
from .choices import Freshness, Kind
from .facts import Facts
from .levels import Quality, quality
from .models import Entry, Record

FRESH = (Freshness.CONFIRMED, Freshness.DUE)


def quality_of(entry: Entry, record: Record, facts: Facts, *, placed: bool, themed: bool) -> Quality:
    """Where it stands and what it lacks. What depends on the day lapses when its rank does.

    An organisation answers for itself once somebody looks after it.
    """
    owner = getattr(entry, "owner_id", record.claimed_at)
    of_all = {
        levels.NAME: bool(entry.name_da),
        levels.SUMMARY: bool(entry.summary_da),
        levels.PLACE: placed,
        levels.ANSWERED_FOR: bool(record.source or owner),
        levels.ENGLISH: bool(entry.summary_en),
        levels.CONTACT: bool(record.contact_email),
        levels.CLAIMED: record.claimed_at is not None,
        levels.POINT: facts.point is not None,
        levels.CONFIRMED: record.confirmed_at is not None and record.freshness in FRESH,
    }
    themes = {} if entry.kind == Kind.ACTOR else {levels.THEME: themed}
    return quality({**of_all, **themes, **facts.checks})
