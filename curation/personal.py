"""What the register keeps of a person beside their account: drafts, decisions, what they have kept."""

from typing import Any

import pgtrigger
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.personal import addresses, redact, said

from .actions import renamed
from .models import (
    Absence,
    Asking,
    Draft,
    Kept,
    Record,
    RecordEvent,
    SavedSearch,
    SearchMiss,
    Shortlist,
    Stewardship,
    Suggestion,
    Synonyms,
    WeeklyLetter,
)


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
            Stewardship.objects.with_scope().filter(user=user),
            "place", "theme", "record", "since", "until",
        ),
        **said(
            Absence.objects.filter(Q(user=user) | Q(cover=user)).select_related("user", "cover"),
            "user", "cover", "since", "until", "told_at", "called_off_at",
        ),
        **said(WeeklyLetter.objects.filter(user=user), "stopped_at", "seen_to"),
        **said(
            RecordEvent.objects.select_related("record").filter(by=user), "record", "verb", "reason", "at"
        ),
        **said(
            Asking.objects.select_related("record").filter(answered_by=user),
            "record", "fact", "answer", "answered_at",
        ),
        **said(
            Kept.objects.select_related("record").filter(shortlist__user=user), "entry", "note", "kept_at"
        ),
        **said(
            SavedSearch.objects.filter(user=user),
            "name", "path", "query", "rhythm", "saved_at", "told_at",
        ),
        **said(
            SearchMiss.objects.filter(settled_by=user).order_by("pk"), "words", "settled_at", "settled_with"
        ),
        **said(Synonyms.objects.filter(changed_by=user).order_by("pk"), "words", "source", "changed_at"),
    }  # fmt: skip


def erase(user: User) -> None:
    """Drafts and what they kept go, addresses are forgotten, stewardships end; what was decided stays."""
    known = addresses(user)
    made, suggested = Q(created_by=user), Q(by=user) | Q(reply_to__in=known)
    Draft.objects.filter(user=user).delete()
    Shortlist.objects.filter(user=user).delete()
    SavedSearch.objects.filter(user=user).delete()
    redact(Record.objects.all(), "decision", user=user, own=made)
    redact(Suggestion.objects.all(), "changes", "reason", "answer", user=user, own=suggested)
    redact(SearchMiss.objects.all(), "words", "settled_with", user=user, own=Q(settled_by=user))
    redact(Synonyms.objects.all(), "source", user=user, own=Q(changed_by=user))
    with pgtrigger.ignore("curation.RecordEvent:append_only"):  # the log of an entry never changes but here
        redact(RecordEvent.objects.all(), "reason", user=user, own=Q(by=user) | Q(record__created_by=user))
    _forget_where_to_write(known)
    Suggestion.objects.filter(suggested).update(reply_to="")
    Stewardship.objects.filter(user=user, until=None).update(until=timezone.now())
    Absence.objects.ahead().filter(user=user).update(called_off_at=timezone.now())
    Absence.objects.ahead().filter(cover=user).update(cover=None)
    WeeklyLetter.objects.filter(user=user).delete()


def _forget_where_to_write(known: list[str]) -> None:
    """How good an entry is depends on whether it can be written to."""
    written = Record.objects.filter(contact_email__in=known)
    ids = list(written.order_by("pk").values_list("pk", flat=True))
    written.update(contact_email="", contact_confirmed_at=None)
    renamed(Record.objects.filter(pk__in=ids))
