"""What people do with enquiries: write, confirm, answer, say no, pass on, say what came of it.

Each sends its mails in the same transaction. What reaches those who are asked counts (`limits`); answers and
what is written after them are bounded by the number of messages alone.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from actors.access import answers_for, entry_of
from actors.answering import PROMISED_WORKING_DAYS
from actors.choices import EnquiryState, WhatCame
from actors.models import Enquiry, EnquiryMessage
from curation.models import Record
from curation.promises import answer_by
from keeping.addressees import responsible_for

from . import limits, mails
from .access import Seat
from .letter import Letter
from .recipients import recipients_of


class NotOpen(Exception):
    """Nothing can be written: it is closed, full, or the entry is not to be written to any more."""


class SomebodyWrote(Exception):
    """Somebody else has written since the page was opened, and is to be read first."""


# Writing


@transaction.atomic
def write(entry: Any, *, letter: Letter, by: User | None, client: str) -> Enquiry:
    """Send it at once for somebody with an account; others are sent a link with which they confirm.

    What is the same as an hour ago is not written again: whoever presses twice has written once. Raises
    `TooMany`, and `NotOpen` for an entry that has ended.
    """
    if entry.record.ended or not entry.record.is_public:
        raise NotOpen
    limits.hold()
    if same := _same(entry.record, letter, by):
        return same
    limits.may_write(by=by, email=letter.email, client=client)
    made = Enquiry.objects.create(
        record=entry.record, about=letter.about, sender=by, sender_name=letter.name,
        sender_organisation=letter.organisation, sender_email="" if by else letter.email,
        language=letter.language,
    )  # fmt: skip
    EnquiryMessage.objects.create(enquiry=made, text=letter.text, by=by)
    if by:
        _send(made, entry, client)
    else:
        mails.to_confirm(made)
    return made


def _same(record: Record, letter: Letter, by: User | None) -> Enquiry | None:
    mine = Q(sender=by) if by else Q(sender_email__iexact=letter.email)
    lately = Enquiry.objects.filter(mine, record=record, made_at__gt=timezone.now() - limits.HOUR)
    return lately.filter(messages__text=letter.text).first()


@transaction.atomic
def confirm(enquiry: Enquiry, *, client: str) -> None:
    """Send what a stranger wrote, now that the address is known to be theirs; pressed twice it is sent once.

    Raises `TooMany` and `NotOpen`; nothing is lost then.
    """
    limits.hold()
    enquiry.refresh_from_db(fields=["state"])
    if enquiry.state != EnquiryState.UNCONFIRMED:
        return
    entry = entry_of(enquiry.record)
    if enquiry.record.ended or not enquiry.record.is_public:
        raise NotOpen
    _send(enquiry, entry, client)


def _send(enquiry: Enquiry, entry: Any, client: str) -> None:
    limits.may_send(entry, by=enquiry.sender, email=enquiry.sender_email, client=client)
    now = timezone.now()
    enquiry.state, enquiry.sent_at = EnquiryState.SENT, now
    enquiry.answer_by = answer_by(timezone.localdate(now), PROMISED_WORKING_DAYS)
    enquiry.organisation_id = answers_for(entry)
    enquiry.save(update_fields=["state", "sent_at", "answer_by", "organisation"])
    to = recipients_of(entry)
    mails.to_asked("enquiry", enquiry, to.people, looked_after=to.looked_after, text=_said(enquiry))


def _said(enquiry: Enquiry) -> str:
    """What was asked first."""
    first = enquiry.messages.first()
    return first.text if first else ""


# Answering


@transaction.atomic
def answer(seat: Seat, *, text: str, seen: int) -> None:
    """One message more, from either side; the other gets it by mail.

    `seen`: the last message its writer has read. Raises `SomebodyWrote` if another has come since, `NotOpen`
    if there can be none. The same sent twice is sent once.
    """
    held = _held(seat)
    last = held.messages[-1] if held.messages else None
    if last and last.text == text and last.by_owner == seat.asked and last.by_id == _number(seat.by):
        return
    if not held.may_write:
        raise NotOpen
    if held.last != seen:
        raise SomebodyWrote
    _add(held, text)
    if not seat.asked:
        entry = entry_of(held.enquiry.record)
        mails.to_asked("enquiry_again", held.enquiry, recipients_of(entry).people, text=text)
        return
    _is_answered(held.enquiry)
    mails.to_sender("enquiry_answered", held.enquiry, text=text)


@transaction.atomic
def decline(seat: Seat, *, reason: str) -> None:
    """It is not for them: an answer as well, after which it is closed. Raises `NotOpen`."""
    held = _held(seat)
    if not held.may_decline:
        raise NotOpen
    _add(held, reason)
    _is_answered(held.enquiry)
    _close(held.enquiry)
    mails.to_sender("enquiry_declined", held.enquiry, text=reason)


def _add(seat: Seat, text: str) -> None:
    EnquiryMessage.objects.create(enquiry=seat.enquiry, by_owner=seat.asked, by=seat.by, text=text)


def _is_answered(enquiry: Enquiry) -> None:
    if enquiry.state == EnquiryState.SENT:
        enquiry.state, enquiry.answered_at = EnquiryState.ANSWERED, timezone.now()
        enquiry.save(update_fields=["state", "answered_at"])


@transaction.atomic
def pass_on(seat: Seat) -> int:
    """Send it to those who look after the entry by now; to how many.

    Raises `NotOpen` if it waits for no answer.
    """
    held = _held(seat)
    if not seat.steward or held.enquiry.state != EnquiryState.SENT:
        raise NotOpen
    people = responsible_for(entry_of(held.enquiry.record))
    mails.to_asked("enquiry", held.enquiry, people, looked_after=True, text=_said(held.enquiry))
    return len(people)


# What came of it


@transaction.atomic
def say_what_came(seat: Seat, *, came: WhatCame) -> None:
    """May be said before it is asked, and changed as long as it is kept; when both have, it is closed."""
    enquiry = _held(seat).enquiry
    side = "owner_says" if seat.asked else "sender_says"
    setattr(enquiry, side, came)
    enquiry.save(update_fields=[side])
    if enquiry.owner_says and enquiry.sender_says:
        _close(enquiry)


def _close(enquiry: Enquiry) -> None:
    if enquiry.state != EnquiryState.CLOSED:
        enquiry.state, enquiry.closed_at = EnquiryState.CLOSED, timezone.now()
        enquiry.save(update_fields=["state", "closed_at"])


# What they share


def _held(seat: Seat) -> Seat:
    """The same place at the enquiry as it is now, which nobody else changes until the transaction ends."""
    Enquiry.objects.select_for_update(of=("self",)).get(pk=seat.enquiry.pk)
    fresh = Enquiry.objects.shown().get(pk=seat.enquiry.pk)
    if fresh.forgotten_at is not None:
        raise NotOpen
    return Seat(fresh, seat.asked, seat.by, seat.token, seat.steward)


def _number(user: User | None) -> int | None:
    return user.pk if user else None
