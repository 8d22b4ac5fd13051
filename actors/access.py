"""Who may speak for an organisation, and so who may edit which entry; derived anew for every request."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from curation.access import Scope, Visitor, scope_of
from curation.choices import Kind, State
from curation.models import Record

from .choices import MemberRole
from .domains import domain_of, is_public, within
from .models import Actor, Invitation, Membership, OwnedEntry


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
    """An entry in whatever state, for those who follow it; for others it does not exist."""
    entry, _stands = entry_followed(user, public_id)
    return entry


def entry_followed(user: Visitor, public_id: str) -> tuple[Any, Standing]:
    """The same, with what the one who follows it may do."""
    owned = (kind for kind in Kind.values if kind != Kind.ACTOR)
    loaded = ("created_by", "draft", *Kind.values, *(f"{kind}__owner__record" for kind in owned))
    record = Record.objects.shown().select_related(*loaded).filter(public_id=public_id).first()
    if record is None:
        raise Http404
    entry, stands = entry_of(record), standing(user)
    if not _follows(stands, entry):
        raise Http404
    return entry, stands


def _follows(stands: Standing, entry: "Actor | OwnedEntry") -> bool:
    """Who may edit it; and who made it, as long as nobody else can read it.

    What one has written oneself stays one's own until it is published; from then on it is the organisation's,
    and whoever has left the organisation follows it as any reader does.
    """
    made = stands.user.is_authenticated and entry.record.created_by_id == stands.user.pk
    return (made and not entry.record.is_public) or stands.may_edit(entry)


def takes_back(stands: Standing, entry: "Actor | OwnedEntry") -> bool:
    """Whether somebody may take it from the curators: who made it, and its organisation's members."""
    made = stands.user.is_authenticated and entry.record.created_by_id == stands.user.pk
    return made or answers_for(entry) in stands.memberships


def actor_to_own(user: Visitor, slug: str) -> Actor:
    """An organisation one may let people into. Others get 403, and 404 for what is not published."""
    actor = Actor.objects.select_related("record").filter(record__slug=slug).published().first()
    if actor is None:
        raise Http404
    if not may_let_in(user, actor):
        raise PermissionDenied
    return actor


def actor_to_belong_to(user: Visitor, slug: str) -> tuple[Actor, bool]:
    """An organisation whose people one may see, and whether one may let others in. Others get 403."""
    actor = Actor.objects.select_related("record").filter(record__slug=slug).published().first()
    if actor is None:
        raise Http404
    stands = standing(user)
    lets_in = _lets_in(stands, actor)
    if actor.pk not in stands.memberships and not lets_in:
        raise PermissionDenied
    return actor, lets_in


def may_let_in(user: Visitor, actor: Actor) -> bool:
    """Its owners and curators; where nobody owns it, also the stewards of its places and themes."""
    return _lets_in(standing(user), actor)


def _lets_in(stands: Standing, actor: Actor) -> bool:
    if stands.owns(actor.pk):
        return True
    return stands.scope.covers(actor.record) and not Membership.objects.owners().filter(actor=actor).exists()


def actor_to_give(user: Visitor, slug: str) -> Actor:
    """An organisation nobody owns, for curators and its stewards. 404 where somebody owns it, else 403."""
    actor = actor_to_own(user, slug)
    if not is_free(actor):
        raise Http404
    return actor


def colleagues_at(actor: Actor) -> QuerySet[User]:
    """People with a verified address in an organisation's e-mail domain, who are no members of it."""
    domain = actor.email_domain.lower()
    if not domain or is_public(domain):
        return User.objects.none()
    verified = EmailAddress.objects.filter(verified=True).filter(
        Q(email__iendswith=f"@{domain}") | Q(email__iendswith=f".{domain}")
    )
    members = Membership.objects.running().filter(actor=actor).order_by().values("user")
    people = User.objects.filter(is_active=True, pk__in=verified.order_by().values("user"))
    return people.exclude(pk__in=members).order_by("email")


def entry_to_claim(kind: str, slug: str) -> Any:
    """A published entry, for whoever is logged in; whether it is free to be claimed is another question."""
    records = Record.objects.shown().published().select_related(kind)
    record = records.filter(kind=kind, slug=slug).first()
    if record is None:
        raise Http404
    return entry_of(record)


def is_free(entry: "Actor | OwnedEntry") -> bool:
    """Whether nobody looks after it: an organisation without an owner, an entry of no organisation."""
    if isinstance(entry, Actor):
        return not Membership.objects.owners().filter(actor=entry).exists()
    return entry.owner_id is None


def digest_of(token: str) -> str:
    """What is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitations_for(user: User) -> QuerySet[Invitation]:
    """What is open for one of the verified addresses of somebody who can log in.

    The address is what counts and not the link: a mail that was forwarded gives nobody else anything.
    """
    mine = EmailAddress.objects.filter(user=user, user__is_active=True, verified=True)
    rows = Invitation.objects.alias(address=Lower("email")).filter(
        address__in=mine.order_by().values(address=Lower("email")), accepted_at__isnull=True,
        withdrawn_at__isnull=True, expires_at__gt=timezone.now(), invited_by__is_active=True,
        actor__record__state=State.PUBLISHED,
    )  # fmt: skip
    return rows.select_related("actor__record", "invited_by")


def invitation_to_answer(user: User, **which: Any) -> Invitation | None:
    """An invitation by its token or its number; None for whatever cannot be accepted by this person now."""
    token = which.pop("token", None)
    if token is not None:
        which["digest"] = digest_of(token)
    return invitations_for(user).filter(**which).first()
