"""What the register keeps of a person's systems: tokens and webhooks, never their secrets."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.personal import redact, said

from .models import Delivery, Token, Webhook
from .webhooks import delivering


def export(user: User) -> dict[str, Any]:
    """How they are called, what they may do and where they send."""
    tokens = Token.objects.select_related("actor").filter(user=user)
    return {
        **said(
            tokens, "name", "hint", "actor", "may_write", "made_at", "expires_at", "used_on", "revoked_at"
        ),
        **said(
            Webhook.objects.filter(user=user),
            "name", "address", "kind", "query", "made_at", "ended_at", "stopped_because",
        ),
        **said(
            Delivery.objects.select_related("record").filter(webhook__user=user),
            "record", "change", "made_at", "tries", "answered", "delivered_at", "given_up_at",
        ),
    }  # fmt: skip


def erase(user: User) -> None:
    """Nothing can be done with them any more; their names and addresses go."""
    now = timezone.now()
    Token.objects.filter(user=user, revoked_at=None).update(revoked_at=now)
    for webhook in Webhook.objects.filter(user=user).order_by("pk"):
        delivering.end(webhook)
    Delivery.objects.filter(webhook__user=user).delete()
    redact(Token.objects.all(), "name", user=user, own=Q(user=user))
    redact(Webhook.objects.all(), "name", "address", "query", user=user, own=Q(user=user))
    Token.objects.filter(user=user).update(name="…")
    Webhook.objects.filter(user=user).update(name="…", address="https://erased.invalid/", secret="", query="")
