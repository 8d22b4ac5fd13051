"""What organisations keep of a person: memberships, invitations, claims."""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import User
from accounts.personal import addresses, redact, said

from .models import Claim, Invitation, Membership, Refusal


def export(user: User) -> dict[str, Any]:
    """All of it, in the words of the register."""
    return {
        **said(
            Membership.objects.select_related("actor__record").filter(user=user),
            "actor", "role", "basis", "since", "until",
        ),
        **said(
            _invitations(user).select_related("actor__record"),
            "actor", "email", "role", "invited_at", "expires_at", "accepted_at", "withdrawn_at",
        ),
        **said(
            Claim.objects.select_related("record", "actor__record").filter(user=user),
            "record", "actor", "why", "claimed_at", "granted", "answer", "decided_at",
        ),
        **said(
            Refusal.objects.select_related("record", "actor__record").filter(by=user),
            "record", "actor", "reason", "at",
        ),
    }  # fmt: skip


def erase(user: User) -> None:
    """Memberships end and open claims are taken back, with nobody told; invitations forget the address.

    An organisation whose last owner this was has none any more: its stewards and the curators let people in.
    """
    now = timezone.now()
    Membership.objects.filter(user=user, until=None).update(until=now, ended_by=user)
    open_ones = Q(accepted_at=None, withdrawn_at=None) & (Q(invited_by=user) | Q(pk__in=_invitations(user)))
    Invitation.objects.filter(open_ones).update(withdrawn_at=now)
    _invitations(user).update(email="")
    Claim.objects.filter(user=user, granted=None).update(granted=False, decided_at=now, decided_by=user)
    redact(Claim.objects.all(), "why", "answer", user=user, own=Q(user=user))
    redact(Refusal.objects.all(), "reason", user=user, own=Q(by=user))


def _invitations(user: User) -> Any:
    """Those sent to one of the person's addresses, whatever their case."""
    known = [address.lower() for address in addresses(user)]
    sent = Invitation.objects.annotate(lower=Lower("email")).filter(lower__in=known)
    return Invitation.objects.filter(pk__in=sent.values("pk"))
