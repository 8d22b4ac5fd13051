"""Claiming an entry nobody looks after, and asking to be let in where somebody does."""

from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from curation.actions import Overtaken, edit
from curation.choices import Verb
from curation.models import Record

from ..access import entry_of, is_free
from ..choices import Basis, MemberRole
from ..models import Actor, Claim, Membership
from .memberships import belong, lock
from .telling import link_to, tell, tell_owners

ASK_AGAIN_AFTER = 24 * 60 * 60  # seconds


class NotFree(Exception):
    """Somebody looks after the entry already."""


class NobodyToAsk(Exception):
    """The organisation has no owner any more."""


class AlreadyAsked(Exception):
    """The same person has asked the same and not been answered yet, or has asked within a day."""


@transaction.atomic
def claim(record: Record, *, user: User, actor: Actor, why: str) -> Claim:
    """Ask the curators for an entry nobody looks after; the one who asks is told that it is received."""
    if not is_free(entry_of(record)):
        raise NotFree
    try:
        with transaction.atomic():
            made = Claim.objects.create(record=record, user=user, actor=actor, why=why)
    except IntegrityError:
        raise AlreadyAsked from None
    tell(user, "claim_received", record=record, actor=actor, link=link_to(user, "keeping:home"))
    return made


@transaction.atomic
def grant_claim(claim: Claim, *, by: User, answer: str = "") -> None:
    """Hand the entry over: an organisation to its new owner, anything else to the organisation.

    Where the organisation has no owner the one who asked becomes it. Where it has, they are told and decide
    themselves whom to let in. Whoever else asked for the same is told that it is taken.
    """
    lock(claim.actor)
    Record.objects.select_for_update(of=("self",)).order_by().values_list("pk").get(pk=claim.record_id)
    row = _decide(claim, granted=True, by=by, answer=answer)
    entry = entry_of(row.record)
    if not is_free(entry):
        raise Overtaken
    edit(
        row.record, by=by, version=row.record.version, write=lambda: _hand_over(row, entry),
        verb=Verb.CLAIMED, organisation=row.actor.record, reviewed=True,
    )  # fmt: skip
    member = _seat(row, by)
    tell(
        row.user, "claim_granted", record=row.record, actor=row.actor, member=member, answer=answer,
        link=link_to(row.user, "keeping:entry", row.record.public_id),
    )  # fmt: skip
    _decline_the_others(row, by)


@transaction.atomic
def decline_claim(claim: Claim, *, by: User, answer: str) -> None:
    """Say no, with the reason the one who asked will read."""
    row = _decide(claim, granted=False, by=by, answer=answer)
    _tell_no(row)


@transaction.atomic
def take_over(entry: Any, *, by: User) -> None:
    """An organisation's member says that they look after what is the organisation's already.

    Of what was read from open sources the owner is known, but nobody has said yes. Nobody is written to.
    """
    record: Record = entry.record
    free = Record.objects.select_for_update(of=("self",)).filter(pk=record.pk, claimed_at__isnull=True)
    if not free.order_by().values_list("pk"):
        raise NotFree
    actor = entry if isinstance(entry, Actor) else entry.owner

    def write() -> None:
        Record.objects.filter(pk=record.pk).update(claimed_at=timezone.now())

    edit(
        record, by=by, version=record.version, write=write, verb=Verb.CLAIMED, organisation=actor.record,
        reviewed=record.reviewed_version == record.version,
    )  # fmt: skip


@transaction.atomic
def ask_to_be_let_in(actor: Actor, *, user: User, record: Record, why: str) -> None:
    """Pass a request on to an organisation's owners, who see the address of the one who asks. Once a day.

    Nothing is kept of it but for a day that it was asked; whoever asks never learns the owners' addresses.
    """
    if not cache.add(f"let-in:{user.pk}:{actor.pk}", True, ASK_AGAIN_AFTER):
        raise AlreadyAsked
    if not tell_owners(actor, "asked_in", user=user, record=record, why=why):
        raise NobodyToAsk


def _decide(claim: Claim, *, granted: bool, by: User, answer: str) -> Claim:
    """One of two curators wins; the other is told that it is decided."""
    undecided = Claim.objects.filter(pk=claim.pk, granted__isnull=True)
    if not undecided.update(granted=granted, answer=answer, decided_at=timezone.now(), decided_by=by):
        raise Overtaken
    claim.refresh_from_db()
    return Claim.objects.select_related("record", "user", "actor__record").get(pk=claim.pk)


def _hand_over(claim: Claim, entry: Any) -> None:
    Record.objects.filter(pk=claim.record_id).update(claimed_at=timezone.now())
    if not isinstance(entry, Actor):
        entry.owner = claim.actor
        entry.save(update_fields=["owner"])


def _seat(claim: Claim, by: User) -> bool:
    """Make the one who asked owner where there is none; whether they are a member now."""
    if is_free(claim.actor):
        belong(claim.actor, user=claim.user, role=MemberRole.OWNER, basis=Basis.CLAIMED, by=by)
        return True
    if Membership.objects.running().filter(actor=claim.actor, user=claim.user).exists():
        return True
    tell_owners(claim.actor, "asked_in", user=claim.user, record=claim.record, why=claim.why)
    return False


def _decline_the_others(claim: Claim, by: User) -> None:
    others = Claim.objects.filter(record=claim.record, granted__isnull=True).select_related("user")
    for other in others.order_by("pk"):
        with translation.override(other.user.language):
            answer = _("Somebody else who asked has been given it.")
        _tell_no(_decide(other, granted=False, by=by, answer=answer))


def _tell_no(claim: Claim) -> None:
    tell(
        claim.user, "claim_declined", record=claim.record, actor=claim.actor, answer=claim.answer,
        link=link_to(claim.user, "keeping:claim", claim.record.kind, claim.record.slug),
    )  # fmt: skip
