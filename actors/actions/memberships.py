"""Giving, changing and ending a person's right in an organisation.

Whatever concerns who owns an organisation locks the organisation's row first, so that of two at once the
second sees what the first has done.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..choices import Basis, MemberRole
from ..models import Actor, Invitation, Membership
from .telling import link_to, tell


class LastOwner(Exception):
    """An organisation that has an owner keeps one: another must be made owner first."""


class NotRunning(Exception):
    """The membership has ended meanwhile."""


@transaction.atomic
def give(actor: Actor, *, user: User, role: str, by: User) -> Membership:
    """A steward or curator makes somebody a member where nobody owns the organisation; the person is told."""
    lock(actor)
    membership = belong(actor, user=user, role=role, basis=Basis.STEWARD, by=by)
    tell(user, "membership_given", actor=actor, membership=membership, by=by, link=_page(user, actor))
    return membership


@transaction.atomic
def change_role(membership: Membership, *, role: str, by: User) -> None:
    """Make an editor owner or an owner editor; the person is told unless it was their own doing.

    Who is no owner any more invites nobody: their open invitations are withdrawn.
    """
    lock(membership.actor)
    row = _running(membership)
    if row.role == role:
        return
    if row.role == MemberRole.OWNER:
        _leave_an_heir(row)
        _withdraw_invitations_of(row)
    row.role = role
    row.save(update_fields=["role"])
    membership.role = role
    if by != row.user:
        tell(
            row.user, "role_changed", actor=row.actor, membership=row, by=by, link=_page(row.user, row.actor)
        )


@transaction.atomic
def end_membership(membership: Membership, *, by: User, heirless: bool = False) -> None:
    """End it from this moment on; the person is told, also by way of receipt.

    The last owner cannot go without an heir. `heirless` is for curators, when nobody is left who could name
    one: the register's stewards then decide who comes next.
    """
    lock(membership.actor)
    row = _running(membership)
    if row.role == MemberRole.OWNER:
        if not heirless:
            _leave_an_heir(row)
        _withdraw_invitations_of(row)
    row.until, row.ended_by = timezone.now(), by
    row.save(update_fields=["until", "ended_by"])
    tell(row.user, "membership_ended", actor=row.actor, own=by == row.user, by=by)


def belong(actor: Actor, *, user: User, role: str, basis: str, by: User | None) -> Membership:
    """The running membership with at least this role; a higher one is never taken away by this.

    The caller holds the lock on the organisation and writes the mail.
    """
    row = Membership.objects.running().filter(actor=actor, user=user).first()
    if row is None:
        return Membership.objects.create(actor=actor, user=user, role=role, basis=basis, given_by=by)
    if role == MemberRole.OWNER and row.role != role:
        row.role = role
        row.save(update_fields=["role"])
    return row


def lock(actor: Actor) -> None:
    """Hold the organisation's row until the transaction ends: one change of its people at a time."""
    Actor.objects.select_for_update(of=("self",)).order_by().values_list("pk").get(pk=actor.pk)


def _running(membership: Membership) -> Membership:
    rows = Membership.objects.filter(pk=membership.pk, until__isnull=True)
    row = rows.select_related("user", "actor__record").first()
    if row is None:
        raise NotRunning
    return row


def _leave_an_heir(row: Membership) -> None:
    if not Membership.objects.owners().filter(actor=row.actor_id).exclude(pk=row.pk).exists():
        raise LastOwner


def _withdraw_invitations_of(row: Membership) -> None:
    open_ones = Invitation.objects.filter(
        actor=row.actor_id, invited_by=row.user_id, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    open_ones.update(withdrawn_at=timezone.now())


def _page(user: User, actor: Actor) -> str:
    return link_to(user, "actors:actor", actor.record.slug)
