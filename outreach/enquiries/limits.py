"""How much is written to whom, counted so that several processes agree.

Everybody who writes or confirms waits for one lock until their transaction ends, so that what is counted is
what is there. At most one enquiry is written at a time; it takes some milliseconds.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from actors.access import answers_for
from actors.models import Enquiry

LOCK = 0x656E7175
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
EACH_OWNER = 5  # enquiries that reach those behind an entry, and their organisation, in an hour
EACH_CLIENT = 5  # that one browser's network, or one account, writes in an hour
EACH_SENDER = 10  # of one account or address in a day


class TooMany(Exception):
    """One more is not taken now; `why` is one word (owner, client, sender, all), `again_at` when it is."""

    def __init__(self, why: str, again_at: dt.datetime) -> None:
        super().__init__(why)
        self.why, self.again_at = why, again_at


def hold() -> None:
    """Wait until nobody else is counting; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def may_write(*, by: User | None, email: str, client: str) -> None:
    """Raises `TooMany` if one more may not be written; else it is counted."""
    _below(EACH_SENDER, Enquiry.objects.filter(_of(by, email)), "made_at", DAY, "sender")
    _below(settings.ENQUIRIES_PER_HOUR, Enquiry.objects.all(), "made_at", HOUR, "all")
    _count("write", f"account-{by.pk}" if by else client)


def may_send(entry: Any, *, by: User | None, email: str, client: str) -> None:
    """Raises `TooMany` if one more may not reach those behind an entry; else it is counted."""
    sent = Enquiry.objects.sent()
    _below(EACH_OWNER, sent.filter(_reaching(entry)), "sent_at", HOUR, "owner")
    _below(EACH_SENDER, sent.filter(_of(by, email)), "sent_at", DAY, "sender")
    _below(settings.ENQUIRIES_PER_HOUR, sent, "sent_at", HOUR, "all")
    _count("send", f"account-{by.pk}" if by else client)


def _of(by: User | None, email: str) -> Q:
    return Q(sender=by) if by else Q(sender_email__iexact=email)


def _reaching(entry: Any) -> Q:
    """What reaches the same people: of the entry, of its organisation's others, of its author's own."""
    owner, author = answers_for(entry), entry.record.created_by_id
    same = Q(record=entry.record)
    if owner:
        return same | Q(organisation=owner)
    return same | Q(organisation=None, record__created_by=author) if author else same


def _below(most: int, rows: QuerySet[Enquiry], moment: str, span: dt.timedelta, why: str) -> None:
    since = timezone.now() - span
    latest = rows.filter(**{f"{moment}__gt": since}).order_by(f"-{moment}").values_list(moment, flat=True)
    counted = list(latest[:most])
    if len(counted) >= most:
        raise TooMany(why, (counted[-1] if counted else timezone.now()) + span)


def _count(what: str, who: str) -> None:
    """Kept in the cache that is a table, so that it counts with the transaction, and is gone in an hour."""
    now, key, cache = timezone.now(), f"enquiry:{what}:{who}", caches["default"]
    lately = [moment for moment in cache.get(key, ()) if moment > now - HOUR]
    if len(lately) >= EACH_CLIENT:
        raise TooMany("client", lately[-EACH_CLIENT] + HOUR)
    cache.set(key, [*lately, now], timeout=int(HOUR.total_seconds()))
