"""Who may write to whom, and who may read and answer an enquiry. Loading it is the check."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from actors.access import Standing, entry_of, standing
from actors.choices import EnquiryState
from actors.models import Actor, Enquiry, EnquiryMessage, Offer
from curation.access import Scope, Visitor
from curation.models import Record
from keeping import tokens
from keeping.addressees import responsible_for
from keeping.bearers import bearer_of
from keeping.tokens import Unanswerable
from labs.models import Lab
from missions.models import Mission, Need

CONFIRM, ASKED, SENDER = "enquiry_confirm", "enquiry_asked", "enquiry_sender"
CONFIRM_WITHIN = dt.timedelta(days=3)
# Longer than an enquiry is kept: a link does not run out before there is nothing behind it.
LASTS = dt.timedelta(days=2 * 365)
MOST_MESSAGES = 20
IN_A_ROW = 3  # messages of the sender without an answer between them
OWNED = (Lab, Mission, Need, Offer)


@dataclass(frozen=True)
class Seat:
    """Somebody's place at an enquiry: on which side, in whose name, and through which door.

    `by` is nobody where a mailbox answers, or a sender without an account. `token`: from a link in a mail.
    `steward`: sees to it that somebody answers, and may.
    """

    enquiry: Enquiry
    asked: bool
    by: User | None = None
    token: str = ""
    steward: bool = False

    @property
    def path(self) -> str:
        return self._page("")

    @property
    def decline_path(self) -> str:
        return self._page("_decline")

    @property
    def came_path(self) -> str:
        return self._page("_came")

    def _page(self, page: str) -> str:
        door = "asked" if self.asked else "sender"
        if self.token:
            return reverse(f"outreach:enquiry_{door}{page}", args=[self.token])
        return reverse(f"outreach:enquiry{page}", args=[self.enquiry.pk])

    @property
    def may_write(self) -> bool:
        """Whether one more message is taken: after the first answer from the sender, too."""
        if self.full:
            return False
        if self.asked:
            return self.enquiry.state in (EnquiryState.SENT, EnquiryState.ANSWERED)
        return self.enquiry.state == EnquiryState.ANSWERED and not self._has_written_enough

    @property
    def full(self) -> bool:
        return len(self.messages) >= MOST_MESSAGES

    @property
    def _has_written_enough(self) -> bool:
        last = self.messages[-IN_A_ROW:]
        return len(last) == IN_A_ROW and not any(message.by_owner for message in last)

    @property
    def may_decline(self) -> bool:
        return self.asked and self.enquiry.state in (EnquiryState.SENT, EnquiryState.ANSWERED)

    @cached_property
    def messages(self) -> list[EnquiryMessage]:
        """In their order, with who wrote them."""
        return list(self.enquiry.messages.select_related("by"))

    @property
    def last(self) -> int:
        """The number of the last message, from which a page tells that somebody has written meanwhile."""
        return self.messages[-1].pk if self.messages else 0

    @property
    def says(self) -> str:
        """What this side has said came of it."""
        return self.enquiry.owner_says if self.asked else self.enquiry.sender_says


# Writing


def about_of(user: Visitor, public_id: str) -> Record | None:
    """The sender's own public entry that an enquiry is about; anything else is left out without a word."""
    if not isinstance(user, User) or not public_id:
        return None
    record = Record.objects.shown().published().filter(public_id=public_id[:20]).first()
    if record is None or not _is_theirs(standing(user), entry_of(record)):
        return None
    return record


# The links in mails


def unconfirmed(token: str) -> Enquiry:
    """What a stranger wrote and is to confirm, or has. Raises `Unanswerable`."""
    said = tokens.read(CONFIRM, token, lasts=CONFIRM_WITHIN)
    enquiry = Enquiry.objects.shown().filter(pk__in=said.about, forgotten_at=None).first()
    if enquiry is None or not said.is_for_mailbox(enquiry.sender_email):
        raise Unanswerable("expired")
    return enquiry


def seat_of_sender(token: str) -> Seat:
    """The place of whoever wrote it. Raises `Unanswerable`."""
    said, enquiry = _named(SENDER, token)
    if said.user is None:
        if not said.is_for_mailbox(enquiry.sender_email):
            raise Unanswerable("closed")
        return Seat(enquiry, asked=False, token=token)
    by = User.objects.filter(pk=said.user, is_active=True).first()
    if by is None or enquiry.sender_id != by.pk:
        raise Unanswerable("right")
    return Seat(enquiry, asked=False, by=by, token=token)


def seat_of_asked(token: str) -> Seat:
    """The place of somebody it was sent to, by the right of this moment. Raises `Unanswerable`."""
    said, enquiry = _named(ASKED, token)
    entry = entry_of(enquiry.record)
    by = bearer_of(said, entry)
    if by is None:
        return Seat(enquiry, asked=True, token=token)
    seat = _seat(by, enquiry, entry)
    if seat is None or not seat.asked:
        raise Unanswerable("closed")
    return replace(seat, token=token)


def _named(purpose: str, token: str) -> tuple[tokens.Token, Enquiry]:
    try:
        said = tokens.read(purpose, token, lasts=LASTS)
    except Unanswerable as problem:
        raise Unanswerable("closed" if problem.why == "expired" else problem.why) from None
    enquiry = _sent().filter(pk__in=said.about).first()
    if enquiry is None:
        raise Unanswerable("closed")
    return said, enquiry


# Logged in


def seat_for(user: User, number: int) -> Seat:
    """The place of somebody who is logged in at an enquiry; for others it does not exist."""
    enquiry = _sent().filter(pk=number).first()
    seat = _seat(user, enquiry, entry_of(enquiry.record)) if enquiry else None
    if seat is None:
        raise Http404
    return seat


def _sent() -> QuerySet[Enquiry]:
    """Those one can still read: sent, and not forgotten."""
    rows = Enquiry.objects.shown().sent().filter(forgotten_at=None)
    return rows.select_related("record__created_by", "record", "about", "organisation__record", "sender")


def _seat(user: User, enquiry: Enquiry, entry: Any) -> Seat | None:
    if enquiry.sender_id == user.pk:
        return Seat(enquiry, asked=False, by=user)
    stands = standing(user)
    if _is_theirs(stands, entry):
        return Seat(enquiry, asked=True, by=user)
    if stands.scope.covers(entry.record) and _is_for_stewards(enquiry, entry, user):
        return Seat(enquiry, asked=True, by=user, steward=True)
    return None


def _is_theirs(stands: Standing, entry: Any) -> bool:
    """Whether somebody may edit an entry as one of its own, and not as one who looks after the register."""
    return replace(stands, scope=Scope()).may_edit(entry)


def _is_for_stewards(enquiry: Enquiry, entry: Any, user: User) -> bool:
    """Nobody looks after the entry, nobody has answered in time, or they have answered themselves."""
    return (
        entry.record.claimed_at is None
        or is_late(enquiry)
        or not responsible_for(entry)
        or enquiry.messages.filter(by=user, by_owner=True).exists()
    )


def is_late(enquiry: Enquiry) -> bool:
    """Whether it waits though the day has passed by which an answer was promised."""
    by = enquiry.answer_by
    return enquiry.state == EnquiryState.SENT and by is not None and by < timezone.localdate()


def sent_by(user: User) -> QuerySet[Enquiry]:
    """What somebody has written, newest first."""
    return Enquiry.objects.shown().by(user)


def received_by(user: User) -> QuerySet[Enquiry]:
    """What has come to somebody's organisations, and to entries of their own that have no organisation."""
    stands = standing(user)
    theirs = list(stands.memberships)
    ids = Actor.objects.filter(pk__in=theirs).order_by().values("pk")
    mine = Q(record__created_by=user, owner=None)
    ids = ids.union(*(m.objects.filter(Q(owner__in=theirs) | mine).order_by().values("pk") for m in OWNED))
    return Enquiry.objects.shown().sent().filter(record__in=ids, forgotten_at=None).exclude(sender=user)
