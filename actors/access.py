"""Who may speak for an organisation, and so who may edit which entry; derived anew for every request."""

from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from curation.access import Scope, Visitor, scope_of
from curation.choices import Kind, State
from curation.models import Record

from .choices import MemberRole
from .domains import domain_of, within
from .models import Actor, Membership, OwnedEntry


@dataclass(frozen=True)
class Standing:
    """What somebody may do, and why: curator or steward, member of organisations, colleague by e-mail."""

    user: Visitor
    scope: Scope = field(default_factory=Scope)
    memberships: dict[int, str] = field(default_factory=dict)
    colleague_of: frozenset[int] = frozenset()

    @property
    def speaks_for(self) -> frozenset[int]:
        """The organisations somebody may register and suggest for: a member's, and the e-mail domain's."""
        return self.colleague_of | self.memberships.keys()

    def owns(self, actor: int | None) -> bool:
        """Whether somebody may invite others to an organisation and hand it over."""
        return self.scope.everything or (
            actor is not None and self.memberships.get(actor) == MemberRole.OWNER
        )

    def may_edit(self, entry: "Actor | OwnedEntry") -> bool:
        """Curators and stewards; members of the organisation that answers for it; else who made it.

        Who made an entry for an organisation keeps the right only while still belonging to it.
        """
        actor = answers_for(entry)
        if self.scope.covers(entry.record) or actor in self.memberships:
            return True
        mine = self.user.is_authenticated and entry.record.created_by_id == self.user.pk
        return mine and (actor is None or actor in self.colleague_of)


def standing(user: Visitor) -> Standing:
    """Read it from the rows as they are now: two or three statements, none for a stranger."""
    if not isinstance(user, User) or not user.is_active:
        return Standing(user)
    memberships = Membership.objects.running().filter(user=user).order_by("pk")
    return Standing(
        user, scope_of(user), dict(memberships.values_list("actor_id", "role")), _colleague_of(user)
    )


def _colleague_of(user: User) -> frozenset[int]:
    """The organisations whose e-mail domain a verified address of the user lies in."""
    verified = EmailAddress.objects.filter(user=user, verified=True).order_by("pk")
    domains = {
        above for address in verified.values_list("email", flat=True) for above in within(domain_of(address))
    }
    if not domains:
        return frozenset()
    return frozenset(Actor.objects.filter(email_domain__in=domains).order_by().values_list("pk", flat=True))


def answers_for(entry: "Actor | OwnedEntry") -> int | None:
    """The organisation that answers for an entry; an organisation answers for itself."""
    return entry.pk if isinstance(entry, Actor) else entry.owner_id


def entry_of(record: Record) -> Any:
    """The entry of a record, of whatever kind."""
    entry = getattr(record, record.kind)
    entry.record = record
    return entry


def entry_to_edit(user: Visitor, kind: str, slug: str) -> Any:
    """A published entry one may edit. Others get 403, and 404 for what is not published."""
    if kind not in Kind.values:
        raise Http404
    records = Record.objects.shown().select_related(kind, "created_by")
    record = records.filter(kind=kind, slug=slug, state=State.PUBLISHED).first()
    if record is None:
        raise Http404
    entry = entry_of(record)
    if not standing(user).may_edit(entry):
        raise PermissionDenied
    return entry


def entry_to_follow(user: Visitor, public_id: str) -> Any:
    """An entry in whatever state, for those who made it or may edit it; for others it does not exist."""
    record = Record.objects.shown().select_related("created_by").filter(public_id=public_id).first()
    if record is None:
        raise Http404
    entry = entry_of(record)
    made = user.is_authenticated and record.created_by_id == user.pk
    if not made and not standing(user).may_edit(entry):
        raise Http404
    return entry


def actor_to_own(user: Visitor, slug: str) -> Actor:
    """An organisation one may invite people to. Others get 403, and 404 for what is not published."""
    actor = Actor.objects.select_related("record").filter(record__slug=slug).published().first()
    if actor is None:
        raise Http404
    if not standing(user).owns(actor.pk):
        raise PermissionDenied
    return actor
