"""How fresh a fact is, from when it was last confirmed."""

import datetime as dt

from .choices import Freshness

# Facts are asked after once a year (reliability of registers fades with a half-life of about two years);
# the mail goes out a month ahead, which is when a fact becomes due.
YEAR = dt.timedelta(days=365)
DUE_AHEAD = dt.timedelta(days=30)


def freshness(*, claimed: bool, confirmed: dt.date | None, today: dt.date) -> Freshness:
    """The state shown to readers."""
    if not claimed:
        return Freshness.UNCLAIMED
    if confirmed is None or today - confirmed > YEAR:
        return Freshness.UNCONFIRMED
    if today - confirmed > YEAR - DUE_AHEAD:
        return Freshness.DUE
    return Freshness.CONFIRMED
