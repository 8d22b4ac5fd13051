"""Asking those who answer for an entry, and its stewards, whether it is still right; their answers."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from actors.access import entry_of
from curation import actions
from curation.choices import Answer
from curation.freshness import DUE_AHEAD
from curation.models import Asking, Record
from mail import links, outbox

from . import tokens
from .addressees import Addressee, everybody_to_ask
from .bearers import bearer_of, mailbox_of
from .editing import Speaker, speaker
from .links_in_mails import in_the_name_of
from .renewing import renewal_link
from .running_out import RUN_OUT, last_day
from .tokens import Unanswerable

PURPOSE = "still_right"


@dataclass(frozen=True)
class Question:
    """A mail's question as its reader may answer it: an entry, what is open of it, whose link it is.

    `by` is nobody where the mail went to a mailbox; `speaks`: for which organisation the answer is given.
    """

    entry: Any
    askings: Sequence[Asking]
    by: User | None
    speaks: Speaker

    @property
    def record(self) -> Record:
        record: Record = self.entry.record
        return record

    @property
    def reviewed(self) -> bool:
        """Whether curators need not look at what is changed: a steward does it, who has seen the rest."""
        return self.speaks.looks_after and self.record.reviewed_version >= self.record.version


class Answered(Exception):
    """Everything a link asks was answered: by its reader or by somebody else who got the mail."""

    def __init__(self, asking: Asking) -> None:
        super().__init__("answered")
        self.asking = asking


# Asking


@transaction.atomic
def ask_after(record: Record) -> int:
    """Ask after what is due of an entry, if nobody has yet; one mail to each person. How many were sent."""
    return _write("keeping/still_right", record) if actions.ask(record) else 0


@transaction.atomic
def ask_again(record: Record) -> int:
    """Ask once more after what nobody has answered in time; one mail to each person. How many were sent."""
    if not actions.remind(record):
        return 0
    needed = asks_whether_needed(entry_of(record), timezone.localdate())
    return _write("keeping/still_needed_again" if needed else "keeping/still_right_again", record)


@transaction.atomic
def ask_whether_needed(record: Record) -> int:
    """Ask of what runs out within a month whether it is to be renewed; how many mails were sent.

    Once for each last day, and not of what was published or confirmed within that month. Where nobody answers
    for it and it has no steward, nobody is asked.
    """
    entry = entry_of(record)
    if not asks_whether_needed(entry, timezone.localdate()) or not everybody_to_ask(entry):
        return 0
    asked = actions.ask_anew(record, unless_asked_since=month_before(entry))
    return _write("keeping/still_needed", record) if asked else 0


@transaction.atomic
def ask_now(record: Record, *, unless_asked_since: dt.datetime) -> int:
    """Ask after what an entry says though it is not due; how many mails were sent.

    Nobody is asked where it was asked since a moment, or where nobody answers for it and it has no steward.
    """
    if not everybody_to_ask(entry_of(record)):
        return 0
    asked = actions.ask_anew(record, unless_asked_since=unless_asked_since)
    return _write("keeping/still_right", record) if asked else 0


def asks_whether_needed(entry: Any, today: dt.date) -> bool:
    """Whether it goes on and its last day is less than a month away."""
    day = last_day(entry)
    return day is not None and not entry.ended and today <= day <= today + DUE_AHEAD


def month_before(entry: Any) -> dt.datetime:
    """The moment from which it is asked whether something with a last day is still needed."""
    day = last_day(entry)
    if day is None:
        raise ValueError("it has no last day")
    return timezone.make_aware(dt.datetime.combine(day - DUE_AHEAD, dt.time.min))


def _write(template: str, record: Record) -> int:
    """A mail asks after everything that is open, so that one answer is enough."""
    entry = entry_of(record)
    askings = list(record.askings.filter(answered_at__isnull=True).order_by("pk"))
    addressees = everybody_to_ask(entry)
    for addressee in addressees:
        _send(template, record, askings, addressee)
    return len(addressees)


def _send(template: str, record: Record, askings: Sequence[Asking], to: Addressee) -> None:
    user = to.user.pk if to.user else None
    token = tokens.make(PURPOSE, [asking.pk for asking in askings], user=user, address=to.email)
    with translation.override(to.language):
        context = {
            "record": record,
            "askings": askings,
            "to": to,
            "day": last_day(entry_of(record)),
            "page": links.absolute(record.get_absolute_url()),
            "still": links.absolute(reverse("keeping:still_right", args=[token])),
            "change": links.absolute(reverse("keeping:still_right_change", args=[token])),
            "ended": links.absolute(reverse("keeping:still_right_ended", args=[token])),
            "renew": renewal_link(record, to) if record.kind in RUN_OUT else "",
        }
    outbox.send(template, to=to.email, language=to.language, context=context)


# Answering


def question_of(token: str) -> Question:
    """What a link asks, of whom. Raises `Unanswerable`, or `Answered` where its reader may know of what."""
    said = tokens.read(PURPOSE, token)
    rows = Asking.objects.filter(pk__in=said.about).select_related("record__created_by")
    askings = list(rows.order_by("pk"))
    if not askings:
        raise Unanswerable("broken")
    record = askings[0].record
    entry = entry_of(record)
    by = bearer_of(said, entry)
    if not record.is_public:
        raise Unanswerable("closed")
    waiting = [asking for asking in askings if asking.answered_at is None]
    if not waiting:
        raise Answered(askings[-1])
    if entry.ended:
        raise Unanswerable("closed")
    return Question(entry, waiting, by, speaker(by, entry) if by else mailbox_of(entry))


def say_still_right(question: Question) -> None:
    """What was asked after holds. Raises `Overtaken` if somebody has answered meanwhile."""
    _answer(question, Answer.STILL)


@transaction.atomic
def say_changed(question: Question, *, version: int, write: Callable[[], object]) -> None:
    """Change what does not hold; what was asked after counts as confirmed. Raises `Overtaken`."""
    with in_the_name_of(question.by):
        actions.edit(
            question.record, by=question.by, version=version, write=write,
            organisation=question.speaks.organisation, reviewed=question.reviewed,
        )  # fmt: skip
    _answer(question, Answer.CHANGED)


@transaction.atomic
def say_ended(question: Question, *, version: int, **told: Any) -> None:
    """It has ended; `told` as for `curation.actions.end`, whose mail its author gets. Raises `Overtaken`."""
    _answer(question, Answer.ENDED)
    with in_the_name_of(question.by):
        actions.end(
            question.entry, by=question.by, version=version, organisation=question.speaks.organisation,
            reviewed=question.reviewed, **told,
        )  # fmt: skip


def _answer(question: Question, said: Answer) -> None:
    actions.answer(
        question.askings, by=question.by, said=said, organisation=question.speaks.organisation
    )  # fmt: skip
