"""Inviting somebody to an organisation by mail.

The link's token only says which invitation is meant. Accepting needs a verified address equal to the invited
one, so a mail that was forwarded or an address in a proxy's log gives nobody anything; and who has that
address in their account needs no token.
"""

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from mail import outbox

from ..access import digest_of, invitations_for, may_let_in
from ..choices import Basis, MemberRole
from ..models import Actor, Invitation, Membership
from .memberships import belong, lock
from .telling import link_to, page_in, tell

# An organisation may write to this many new addresses in a day: a way to write to strangers otherwise.
A_DAY = 20


UNANSWERED = {"accepted_at__isnull": True, "withdrawn_at__isnull": True}


class AlreadyInvited(Exception):
    """The address has an open invitation with the same role."""


class AlreadyBelongs(Exception):
    """The address is that of a member with this role or a higher one."""


class TooMany(Exception):
    """The organisation has invited as many as it may in a day."""


class NotOpen(Exception):
    """Unknown, used, withdrawn, run out, or not for this person: nobody is told which."""


@transaction.atomic
def invite(actor: Actor, *, email: str, role: str, by: User) -> Invitation:
    """Write to an address with a link that is good for two weeks; one that ran out makes room for another."""
    lock(actor)
    email = email.strip().lower()
    _check_member(actor, email, role)
    _check_number(actor)
    _clear(actor, email, role)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        actor=actor, email=email, role=role, digest=digest_of(token), invited_by=by
    )
    known = User.objects.filter(email__iexact=email, is_active=True).first()
    language = (known or by).language
    context = {
        "actor": actor, "invitation": invitation, "by": by,
        "link": page_in(language, "keeping:invitation", token),
    }  # fmt: skip
    outbox.send("actors/invited", to=email, language=language, context=context)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation) -> None:
    """Its link does nothing from now on; nobody is written to."""
    if not Invitation.objects.filter(pk=invitation.pk, **UNANSWERED).update(withdrawn_at=timezone.now()):
        raise NotOpen


@transaction.atomic
def accept(invitation: Invitation, *, user: User) -> Membership:
    """Become a member; the one who invited is told. A second time, also at the same moment, is `NotOpen`.

    The right given is the inviter's to give at this moment, not only when the mail was written.
    """
    lock(invitation.actor)
    row = invitations_for(user).filter(pk=invitation.pk).first()
    if row is None or not may_let_in(row.invited_by, row.actor):
        raise NotOpen
    row.accepted_at = timezone.now()
    row.save(update_fields=["accepted_at"])
    owner = Membership.objects.owners().filter(actor=row.actor, user=row.invited_by).exists()
    basis = Basis.INVITED if owner else Basis.STEWARD
    membership = belong(row.actor, user=user, role=row.role, basis=basis, by=row.invited_by)
    tell(
        row.invited_by, "invitation_accepted", actor=row.actor, membership=membership, user=user,
        link=link_to(row.invited_by, "keeping:people", row.actor.record.slug),
    )  # fmt: skip
    return membership


def _check_member(actor: Actor, email: str, role: str) -> None:
    rows = Membership.objects.running().filter(actor=actor, user__email__iexact=email)
    if rows.filter(role__in={role, MemberRole.OWNER}).exists():
        raise AlreadyBelongs


def _check_number(actor: Actor) -> None:
    day = timezone.now() - dt.timedelta(days=1)
    if Invitation.objects.filter(actor=actor, invited_at__gt=day).count() >= A_DAY:
        raise TooMany


def _clear(actor: Actor, email: str, role: str) -> None:
    """One invitation at a time: the same one is not written twice, another one takes its place."""
    before = Invitation.objects.filter(actor=actor, email__iexact=email, **UNANSWERED)
    if before.filter(role=role, expires_at__gt=timezone.now()).exists():
        raise AlreadyInvited
    before.update(withdrawn_at=timezone.now())
