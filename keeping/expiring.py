"""Needs and offers that have run out: by the day they stood until, or because nobody said that they hold."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from curation import actions
from curation.choices import Answer, Fact, Verb
from curation.freshness import REMINDED_AFTER, expired_before
from curation.models import Asking, Record
from mail import links, outbox

from .addressees import Addressee, responsible_for
from .links_in_mails import in_the_name_of
from .renewing import renewal_link
from .running_out import RUN_OUT, as_it_is, last_day

# The register's own language, in which it writes in its log.
LANGUAGE = "da"


def to_expire(today: dt.date) -> list[int]:
    """The records of what has run out and is not marked as expired."""
    return sorted(pk for kind in RUN_OUT for rows in _run_out(kind, today) for pk in rows)


def _run_out(kind: str, today: dt.date) -> Iterator[QuerySet[Any, int]]:
    current = RUN_OUT[kind].model.objects.current().order_by()
    yield current.past(today).values_list("pk", flat=True)
    yield _unconfirmed(kind, today).order_by().values_list("pk", flat=True)


def _unconfirmed(kind: str, today: dt.date) -> QuerySet[Record]:
    """Looked after by somebody who was asked and reminded, and has not confirmed it for two intervals.

    What nobody looks after expires by its day alone.
    """
    asked = Asking.objects.filter(
        record=OuterRef("pk"), fact=Fact.DETAILS, answered_at__isnull=True,
        reminders__gte=len(REMINDED_AFTER),
    )  # fmt: skip
    rows = Record.objects.current().of_kind(kind).filter(claimed_at__isnull=False)
    return rows.alias(last=Greatest("claimed_at", "confirmed_at")).filter(
        Exists(asked), last__lt=expired_before(kind, today)
    )


@transaction.atomic
def expire(record: Record) -> bool:
    """Mark one as expired, with one line in its log and one mail to each who answers for it.

    Whether it has run out is looked at again while it is held, so that of two workers one does it, and
    whoever renews it at the same moment is not overruled. Nothing where it has not.
    """
    actions.hold(record)
    today, entry = timezone.localdate(), as_it_is(record)
    day = _ended_on(entry, today)
    if day is None:
        return False
    by_day = day != today
    _write(entry, day, by_day)
    for to in responsible_for(entry):
        _tell(entry, to, by_day)
    return True


def _ended_on(entry: Any, today: dt.date) -> dt.date | None:
    """The last day it stood; today where nobody has confirmed it for too long; nothing while it stands."""
    if entry.ended or not entry.is_public:
        return None
    day = last_day(entry)
    if day is not None and day < today:
        return day
    return today if _unconfirmed(entry.kind, today).filter(pk=entry.pk).exists() else None


def _write(entry: Any, day: dt.date, by_day: bool) -> None:
    """Curators need not look at it: they find it among what changed only if they had something to look at."""
    record = entry.record

    def write() -> None:
        entry.status = RUN_OUT[entry.kind].expired
        entry.end(on=day, reason="")
        entry.save()
        waiting = Asking.objects.filter(record=record, answered_at__isnull=True)
        waiting.update(answer=Answer.ENDED, answered_at=timezone.now())

    with in_the_name_of(None), translation.override(LANGUAGE):
        actions.edit(
            record, by=None, version=record.version, write=write, verb=Verb.EXPIRED,
            reason=_("Its last day has passed.") if by_day else _("Nobody has confirmed it for too long."),
            reviewed=record.reviewed_version >= record.version,
        )  # fmt: skip


def _tell(entry: Any, to: Addressee, by_day: bool) -> None:
    with translation.override(to.language):
        context = {
            "record": entry.record,
            "to": to,
            "day": last_day(entry) if by_day else None,
            "page": links.absolute(entry.get_absolute_url()),
            "renew": renewal_link(entry.record, to),
        }
    outbox.send("keeping/expired", to=to.email, language=to.language, context=context)
