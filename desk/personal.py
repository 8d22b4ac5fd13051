"""What the desk keeps of a person: the files they handed in, and what they did to many entries at once."""

from typing import Any

from django.db.models import Q

from accounts.models import User
from accounts.personal import redact, said

from .models import Batch, BatchRow, Bulk, Merge, Pair


def export(user: User) -> dict[str, Any]:
    """What they handed in, took in, set back, merged and did to many."""
    own = Q(by=user) | Q(applied_by=user) | Q(reverted_by=user)
    pairs = Pair.objects.select_related("left", "right").filter(decided_by=user).order_by("pk")
    merges = Merge.objects.select_related("kept", "gone").filter(Q(by=user) | Q(undone_by=user))
    bulks = Bulk.objects.filter(Q(by=user) | Q(steward=user)).order_by("pk")
    return {
        **said(
            Batch.objects.filter(own).order_by("pk"),
            "kind", "file_name", "source", "state", "at", "applied_at", "reverted_at",
        ),
        **said(pairs, "left", "right", "outcome", "decided_at"),
        **said(merges.order_by("pk"), "kept", "gone", "reason", "at", "undone_at"),
        **said(bulks, "deed", "kind", "query", "reason", "state"),
    }  # fmt: skip


def erase(user: User) -> None:
    """Their address and name go out of the rows and reasons; what was taken in and merged stays."""
    redact(
        BatchRow.objects.all(), "cells", "mended", "words", "problems", "changes", "before",
        user=user, own=Q(batch__by=user),
    )  # fmt: skip
    redact(
        Batch.objects.all(), "file_name", "source", "notes", "headings", "problem",
        user=user, own=Q(by=user),
    )  # fmt: skip
    redact(Bulk.objects.all(), "query", "reason", user=user, own=Q(by=user))
    redact(Merge.objects.all(), "reason", "before", "moved", user=user, own=Q(by=user) | Q(undone_by=user))
