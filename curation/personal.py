"""What the register keeps of a person beside their account: drafts, suggestions, stewardships, decisions."""

from typing import Any

import pgtrigger
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.personal import addresses, redact, said

from .models import Asking, Draft, Record, RecordEvent, Stewardship, Suggestion


def export(user: User) -> dict[str, Any]:
    """All of it, in the words of the register."""
    suggestions = Suggestion.objects.select_related("record").filter(by=user)
    made = Q(created_by=user) | Q(contact_email__in=addresses(user))
    return {
        **said(Draft.objects.filter(user=user), "kind", "typed", "created_at", "updated_at"),
        **said(
            Record.objects.filter(made).order_by("pk"),
            "kind", "name", "state", "created_at", "contact_email", "decision",
        ),
        **said(suggestions, "record", "changes", "reason", "reply_to", "suggested_at", "outcome", "answer"),
        **said(
            Stewardship.objects.select_related("place", "theme").filter(user=user),
            "place", "theme", "since", "until",
        ),
        **said(
            RecordEvent.objects.select_related("record").filter(by=user), "record", "verb", "reason", "at"
        ),
        **said(
            Asking.objects.select_related("record").filter(answered_by=user),
            "record", "fact", "answer", "answered_at",
        ),
    }  # fmt: skip


def erase(user: User) -> None:
    """Drafts go, addresses are forgotten, stewardships end; what was decided stays decided."""
    known = addresses(user)
    made, suggested = Q(created_by=user), Q(by=user) | Q(reply_to__in=known)
    Draft.objects.filter(user=user).delete()
    redact(Record.objects.all(), "decision", user=user, own=made)
    redact(Suggestion.objects.all(), "changes", "reason", "answer", user=user, own=suggested)
    with pgtrigger.ignore("curation.RecordEvent:append_only"):  # the log of an entry never changes but here
        redact(RecordEvent.objects.all(), "reason", user=user, own=Q(by=user) | Q(record__created_by=user))
    Record.objects.filter(contact_email__in=known).update(contact_email="", contact_confirmed_at=None)
    Suggestion.objects.filter(suggested).update(reply_to="")
    Stewardship.objects.filter(user=user, until=None).update(until=timezone.now())
