"""Asking after facts, and what the answers do. Who is written to is known further up, in `keeping.asking`."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User

from ..choices import Answer, Fact, Verb
from ..freshness import CONFIRMED_AT, REMINDED_AFTER
from ..models import Asking, Record, RecordEvent
from .reviewing import Overtaken
from .writing import renamed


@transaction.atomic
def ask(record: Record) -> list[Asking]:
    """Make a question for each fact that is due and not asked after yet; those this call has made.

    The record's row is locked, so that of two workers one makes them. Writing the mails is the caller's, in
    the same transaction.
    """
    today = timezone.localdate()
    _lock(record)
    asked = set(_open(record).values_list("fact", flat=True))
    return Asking.objects.bulk_create(
        Asking(record=record, fact=fact)
        for fact in Fact.values
        if fact not in asked and Record.objects.due(fact, today).filter(pk=record.pk).exists()
    )


@transaction.atomic
def ask_anew(record: Record, *, unless_asked_since: dt.datetime) -> Asking | None:
    """Ask after what the page says though it is not due, and from now on if it is asked after already.

    Nothing where it was asked, and perhaps answered, since a moment. Writing the mails is the caller's.
    """
    _lock(record)
    asked = Asking.objects.filter(record=record, fact=Fact.DETAILS)
    if asked.filter(asked_at__gte=unless_asked_since).exists():
        return None
    open_one = asked.filter(answered_at__isnull=True).first()
    if open_one is None:
        return Asking.objects.create(record=record, fact=Fact.DETAILS)
    open_one.asked_at, open_one.reminders = timezone.now(), 0
    open_one.save(update_fields=["asked_at", "reminders"])
    return open_one


@transaction.atomic
def remind(record: Record) -> list[Asking]:
    """Count a reminder for each open question whose time has come; those this call has counted for.

    At most one at a time, however long nothing was sent. Writing the mails is the caller's, as in `ask`.
    """
    _lock(record)
    late = [asking for asking in _open(record) if _is_late(asking)]
    for asking in late:
        asking.reminders += 1
        asking.save(update_fields=["reminders"])
    return late


@transaction.atomic
def answer(
    askings: Sequence[Asking], *, by: User | None, said: Answer, organisation: Record | None = None
) -> None:
    """Close questions about one entry, unless all of them were answered meanwhile.

    Who says that they still hold, or changes what does not, has confirmed those facts. The changing and the
    ending is done by `edit` and `end`, in the same transaction.
    """
    record, now = askings[0].record, timezone.now()
    waiting = _open(record).filter(pk__in=[asking.pk for asking in askings])
    if not waiting.update(answer=said, answered_at=now, answered_by=by):
        raise Overtaken
    if said != Answer.ENDED:
        _confirmed(record, {asking.fact for asking in askings})
    if said == Answer.STILL:
        _log(record, by, organisation)


@transaction.atomic
def confirm(
    record: Record, *, by: User | None, organisation: Record | None = None,
    facts: Sequence[str] = tuple(Fact.values),
) -> None:  # fmt: skip
    """Say of a published entry, asked or not, that all of it holds, or the facts that are named."""
    waiting = _open(record).filter(fact__in=facts)
    waiting.update(answer=Answer.STILL, answered_at=timezone.now(), answered_by=by)
    _confirmed(record, facts)
    _log(record, by, organisation)


# What they share


def _lock(record: Record) -> None:
    Record.objects.select_for_update(no_key=True).filter(pk=record.pk).values_list("pk").get()


def _open(record: Record) -> QuerySet[Asking]:
    return Asking.objects.filter(record=record, answered_at__isnull=True)


def _is_late(asking: Asking) -> bool:
    sent = asking.reminders
    return sent < len(REMINDED_AFTER) and asking.asked_at + REMINDED_AFTER[sent] <= timezone.now()


def _confirmed(record: Record, facts: Iterable[str]) -> None:
    """Only what goes on can be confirmed. Lists rank what was confirmed higher."""
    now = timezone.now()
    rows = Record.objects.current().filter(pk=record.pk)
    if not rows.update(**{CONFIRMED_AT[fact]: now for fact in facts}):
        raise Overtaken
    record.refresh_from_db(fields=["version", *CONFIRMED_AT.values()])
    renamed(Record.objects.filter(pk=record.pk))


def _log(record: Record, by: User | None, organisation: Record | None) -> None:
    RecordEvent.objects.create(
        record=record, verb=Verb.CONFIRMED, by=by, organisation=organisation, version=record.version
    )
