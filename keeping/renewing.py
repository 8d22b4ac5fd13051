"""Giving a need or an offer a new last day: before it has run out, or within a year after."""

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from actors.access import entry_of
from curation import actions
from curation.choices import Fact
from curation.forms import Section
from curation.freshness import RENEWABLE
from curation.models import Record
from mail import links

from . import tokens
from .addressees import Addressee
from .bearers import bearer_of, mailbox_of
from .editing import Speaker, speaker
from .links_in_mails import in_the_name_of
from .running_out import RUN_OUT, as_it_is, last_day, may_be_renewed
from .tokens import Unanswerable

PURPOSE = "renew"
MONTHS = 6
AT_MOST = dt.timedelta(days=3 * 365)


@dataclass(frozen=True)
class Renewal:
    """Something that can be renewed, and who does it; `by` is nobody where the mail went to a mailbox."""

    entry: Any
    by: User | None
    speaks: Speaker


class Renewing(Section):
    """Until when it stands from now on."""

    slug = "renew"
    title = gettext_lazy("Renew it")

    until = forms.DateField(
        label=gettext_lazy("Open until"),
        help_text=gettext_lazy("The last day. A month before it we ask you again."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Write until when it stands."),
            "invalid": gettext_lazy("Write a date such as 30.06.2027."),
        },
    )

    @classmethod
    def said(cls, entry: Any) -> dict[str, Any]:
        return {"until": months_after(timezone.localdate())}

    def clean_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["until"]
        today = timezone.localdate()
        if day <= today:
            raise ValidationError(_("Write a day that is still to come."))
        if day - today > AT_MOST:
            raise ValidationError(_("Write a day within the next three years."))
        return day


def months_after(day: dt.date, months: int = MONTHS) -> dt.date:
    """The same day of the month so many months later, or the last that month has."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def renewal_link(record: Record, to: Addressee) -> str:
    """Where somebody renews it without logging in, in the language of the moment; it works for a year."""
    user = to.user.pk if to.user else None
    token = tokens.make(PURPOSE, [record.pk], user=user, address=to.email)
    return links.absolute(reverse("keeping:renew_by_token", args=[token]))


def renewal_by(token: str) -> Renewal:
    """What a link renews, and in whose name. Raises `Unanswerable`."""
    said = tokens.read(PURPOSE, token, lasts=RENEWABLE)
    rows = Record.objects.shown().select_related("created_by").filter(pk__in=said.about, kind__in=RUN_OUT)
    record = rows.first()
    if record is None:
        raise Unanswerable("broken")
    entry = entry_of(record)
    by = bearer_of(said, entry)
    if not record.is_public or not may_be_renewed(entry, timezone.localdate()):
        raise Unanswerable("closed")
    return Renewal(entry, by, speaker(by, entry) if by else mailbox_of(entry))


def renewal_of(entry: Any, by: User) -> Renewal:
    """The same for somebody who is logged in and may edit it. Raises `Unanswerable`."""
    if not may_be_renewed(entry, timezone.localdate()):
        raise Unanswerable("closed")
    return Renewal(entry, by, speaker(by, entry))


@transaction.atomic
def renew(renewal: Renewal, *, until: dt.date) -> None:
    """Let it stand until a day; what had expired is open again. What its page says counts as confirmed.

    Done twice it is done once. Raises `Overtaken` if it can no longer be renewed.
    """
    actions.hold(renewal.entry.record)
    entry = as_it_is(renewal.entry.record)
    if not entry.is_public or not may_be_renewed(entry, timezone.localdate()):
        raise actions.Overtaken
    if not entry.ended and last_day(entry) == until and _confirmed_today(entry.record):
        return
    told: dict[str, Any] = {
        "by": renewal.by, "version": entry.record.version, "organisation": renewal.speaks.organisation,
        "reviewed": renewal.speaks.looks_after and entry.record.reviewed_version >= entry.record.version,
    }  # fmt: skip
    with in_the_name_of(renewal.by):
        _stand_until(entry, until, told)
        actions.confirm(
            entry.record, by=renewal.by, organisation=renewal.speaks.organisation, facts=(Fact.DETAILS,)
        )


def _confirmed_today(record: Record) -> bool:
    confirmed = record.confirmed_at
    return confirmed is not None and timezone.localdate(confirmed) == timezone.localdate()


def _stand_until(entry: Any, until: dt.date, told: dict[str, Any]) -> None:
    changed = last_day(entry) != until
    setattr(entry, RUN_OUT[entry.kind].column, until)
    if entry.ended:
        actions.resume(entry, **told)
    elif changed:
        actions.edit(entry.record, write=entry.save, **told)
