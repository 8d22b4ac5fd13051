"""Ending ties between entries, and taking them up again. What was no more than a slip is deleted."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from curation.models import Record

# What stood in public for less may have been a slip of the hand, and leaves nothing behind.
SLIP = dt.timedelta(days=1)


def let_go(rows: Iterable[Any], record: Record) -> None:
    """Ties of an entry that are not said any more.

    One that the other party had ever confirmed, or that everybody could read for more than a day, has ended
    today and stays readable; any other is deleted. The history keeps both.
    """
    running = [row for row in rows if row.ended_on is None]
    stood = _stood(running, record)
    for row in running:
        if row.pk in stood:
            row.ended_on = timezone.localdate()
            row.save(update_fields=["ended_on"])
        else:
            row.delete()


def take_up(row: Any, *, confirmed: bool) -> None:
    """A tie goes on that had ended. The other party is asked anew, unless it says so itself."""
    row.ended_on = row.asked_at = None
    row.confirmed_at = timezone.now() if confirmed else None


def over_since(until: int | None) -> dt.date | None:
    """The last day of a year that has passed; nothing where it goes on."""
    return dt.date(until, 12, 31) if until and until < timezone.localdate().year else None


def _stood(rows: Sequence[Any], record: Record) -> set[int]:
    if not rows:
        return set()
    events = type(rows[0]).pgh_event_model.objects.filter(pgh_obj_id__in=[row.pk for row in rows])
    ids = events.order_by().values_list("pgh_obj_id", flat=True)
    once_confirmed = set(ids.filter(confirmed_at__isnull=False))
    lately = timezone.now() - SLIP
    if not record.is_public or record.published_at is None or record.published_at > lately:
        return once_confirmed
    new = set(ids.filter(pgh_label="insert", pgh_created_at__gt=lately))
    return once_confirmed | {row.pk for row in rows if row.pk not in new}
