"""What organisations keep of a person: memberships, invitations, claims, enquiries."""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import User
from accounts.personal import addresses, redact, said

from .choices import EnquiryState
from .models import Claim, Enquiry, EnquiryMessage, Invitation, Membership, Refusal


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
        **said(
            Enquiry.objects.shown().filter(_sent_by(user)),
            "record", "organisation", "about", "sender_name", "sender_organisation", "sender_email",
            "language", "state", "made_at", "sent_at", "answered_at", "sender_says", "closed_at",
        ),
        **said(
            EnquiryMessage.objects.select_related("enquiry__record").filter(_written_by(user)),
            "enquiry", "text", "at",
        ),
    }  # fmt: skip


def erase(user: User) -> None:
    """Memberships end and open claims are taken back, with nobody told; invitations forget the address.
    Of enquiries the person's own words go.

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
    _erase_enquiries(user)


def _erase_enquiries(user: User) -> None:
    """What the person asked is gone and closed; what others wrote stays, without the person's name.

    An answer given for an organisation is the organisation's, and keeps its words but for name and address.
    """
    sent = Enquiry.objects.filter(_sent_by(user))
    sent.unconfirmed().delete()
    of_theirs = Q(enquiry__in=list(sent.order_by("pk").values_list("pk", flat=True)))
    EnquiryMessage.objects.filter(of_theirs, by_owner=False).update(text="…")
    redact(EnquiryMessage.objects.all(), "text", user=user, own=Q(by=user) | of_theirs)
    sent.open().update(state=EnquiryState.CLOSED, closed_at=timezone.now())
    sent.update(sender_name="", sender_organisation="", sender_email="", about=None)


def _sent_by(user: User) -> Q:
    """While logged in, or with one of the person's addresses, whatever its case."""
    known = Q(sender=user)
    for address in addresses(user):
        known |= Q(sender_email__iexact=address)
    return known


def _written_by(user: User) -> Q:
    sent = Enquiry.objects.filter(_sent_by(user)).order_by().values("pk")
    return Q(by=user) | Q(by=None, by_owner=False, enquiry__in=sent)


def _invitations(user: User) -> Any:
    """Those sent to one of the person's addresses, whatever their case."""
    known = [address.lower() for address in addresses(user)]
    sent = Invitation.objects.annotate(lower=Lower("email")).filter(lower__in=known)
    return Invitation.objects.filter(pk__in=sent.values("pk"))
