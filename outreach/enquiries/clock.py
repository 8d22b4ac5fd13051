"""What time does to enquiries: reminds, asks what came of them, closes, forgets. Each may run twice."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from itertools import batched

from django.db import transaction
from django.utils import timezone

from actors.access import entry_of
from actors.choices import EnquiryState
from actors.models import Enquiry, EnquiryMessage
from keeping.addressees import responsible_for, stewards_of
from keeping.renewing import months_after

from . import mails
from .access import CONFIRM_WITHIN
from .recipients import keepers_of, recipients_of

logger = logging.getLogger(__name__)

ASKED_AFTER = dt.timedelta(days=60)
CLOSED_AFTER = dt.timedelta(days=30)  # after that was asked
FORGOTTEN_AFTER = 6  # months after it was closed
BATCH = 200


def drop_unconfirmed() -> int:
    """Delete what nobody has confirmed, when its link has run out; how many."""
    old = Enquiry.objects.unconfirmed().filter(made_at__lt=timezone.now() - CONFIRM_WITHIN)
    numbers = list(old.order_by("pk").values_list("pk", flat=True))
    Enquiry.objects.unconfirmed().filter(pk__in=numbers).delete()
    return len(numbers)


def remind_of_what_waits() -> None:
    """Once for each enquiry, the day after an answer was promised by."""
    late = Enquiry.objects.late(timezone.localdate()).filter(reminded_at=None)
    _each(late.order_by("pk").values_list("pk", flat=True), remind)


@transaction.atomic
def remind(enquiry: Enquiry) -> bool:
    """Remind those who were asked, tell the sender that there is no answer yet, and the stewards of both."""
    waits = Enquiry.objects.unanswered().filter(pk=enquiry.pk, reminded_at=None)
    if not waits.update(reminded_at=timezone.now()):
        return False
    entry = entry_of(enquiry.record)
    to = recipients_of(entry)
    first = enquiry.messages.first()
    mails.to_asked(
        "enquiry_reminder", enquiry, to.people, looked_after=to.looked_after, text=first.text if first else ""
    )
    known = {addressee.email.lower() for addressee in to.people}
    stewards = [each for each in stewards_of(entry.record) if each.email.lower() not in known]
    mails.to_asked("enquiry_waits", enquiry, stewards)
    mails.to_sender("enquiry_no_answer", enquiry)
    return True


def ask_what_came_of_all() -> None:
    """Once for each enquiry, sixty days after it was sent."""
    due = Enquiry.objects.open().filter(asked_at=None, sent_at__lte=timezone.now() - ASKED_AFTER)
    _each(due.order_by("pk").values_list("pk", flat=True), ask_what_came)


@transaction.atomic
def ask_what_came(enquiry: Enquiry) -> bool:
    """One question with four answers to each side that has not said it already.

    Those who only look after the register are asked where one of them has answered.
    """
    unasked = Enquiry.objects.open().filter(pk=enquiry.pk, asked_at=None)
    if not unasked.update(asked_at=timezone.now()):
        return False
    if not enquiry.owner_says:
        entry = entry_of(enquiry.record)
        people = responsible_for(entry)
        if not people and enquiry.state == EnquiryState.ANSWERED:
            people = keepers_of(entry.record)
        mails.to_asked("enquiry_came", enquiry, people)
    if not enquiry.sender_says:
        mails.to_sender("enquiry_came_sender", enquiry)
    return True


def close_what_was_asked() -> int:
    """Close what was asked a month ago, whatever was said; how many."""
    now = timezone.now()
    asked = Enquiry.objects.open().filter(asked_at__lte=now - CLOSED_AFTER)
    return asked.update(state=EnquiryState.CLOSED, closed_at=now)


@transaction.atomic
def forget_what_was_closed() -> int:
    """Six months after an enquiry was closed everything goes that tells of people or of what was written.

    That it was, when it was answered, and what came of it stays. How many.
    """
    until = months_after(timezone.localdate(), -FORGOTTEN_AFTER)
    old = Enquiry.objects.filter(
        state=EnquiryState.CLOSED, forgotten_at=None, closed_at__date__lte=until
    ).select_for_update()
    numbers = list(old.order_by("pk").values_list("pk", flat=True))
    EnquiryMessage.objects.filter(enquiry__in=numbers).delete()
    return Enquiry.objects.filter(pk__in=numbers).update(
        sender=None, sender_name="", sender_email="", sender_organisation="", about=None,
        forgotten_at=timezone.now(),
    )  # fmt: skip


def _each(numbers: Iterable[int], do: Callable[[Enquiry], object]) -> None:
    """Each is a transaction of its own: one that cannot be written about does not keep the others from it."""
    for some in batched(numbers, BATCH, strict=False):
        for enquiry in Enquiry.objects.shown().select_related("sender").filter(pk__in=some).order_by("pk"):
            try:
                do(enquiry)
            except Exception:
                logger.exception("Enquiry %s could not be seen to", enquiry.pk)
