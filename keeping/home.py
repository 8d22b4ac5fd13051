"""What waits for somebody and what is theirs, read in a fixed number of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from actors.access import Standing, invitations_for, standing
from actors.answering import Answering, answering_of_each
from actors.models import Actor, Claim, Enquiry, Invitation, Offer
from curation.choices import Outcome, State
from curation.models import Asking, Draft, Record, Suggestion
from labs.models import Lab, Solution, Trial
from missions.models import Mission, Need

from .adopting_home import Adopted
from .mirror.waiting import Mirrors

MOST = 100
OWNED = (Lab, Mission, Need, Offer, Trial, Solution)
# What asks for something comes first.
ORDER = (State.RETURNED, State.DRAFT, State.SUBMITTED, State.PUBLISHED, State.WITHDRAWN)


@dataclass
class Home:
    """One's own page. `more`: there are more entries than are shown."""

    user: User
    stands: Standing
    drafts: Sequence[Draft]
    entries: Sequence[Any]
    more: bool
    invitations: Sequence[Invitation]
    claims: Sequence[Claim]
    actors: Sequence[Actor]
    mirrors: Mirrors
    adopted: Adopted

    @classmethod
    def of(cls, user: User) -> "Home":
        """Nine statements besides those that tell who one is."""
        stands = standing(user)
        entries = list(_entries(user, stands.memberships)[: MOST + 1])
        return cls(
            user,
            stands,
            drafts=list(user.drafts.filter(record__isnull=True)[:MOST]),
            entries=sorted(entries[:MOST], key=lambda record: ORDER.index(record.state)),
            more=len(entries) > MOST,
            invitations=list(invitations_for(user).order_by("expires_at", "pk")[:MOST]),
            claims=list(user.claims.select_related("record", "actor__record").order_by("-claimed_at")[:20]),
            actors=list(_actors(stands)),
            mirrors=Mirrors.of(stands),
            adopted=Adopted.of(stands),
        )

    @cached_property
    def to_mend(self) -> list[Any]:
        """Sent back with a reason, by whoever may mend it."""
        return [record for record in self.entries if record.state == State.RETURNED]

    @cached_property
    def to_decide(self) -> list[Any]:
        """Published entries others have suggested changes to."""
        return [record for record in self.entries if record.is_public and record.suggested]

    @cached_property
    def to_answer(self) -> list[Any]:
        """Entries that somebody has written to and that have not answered, as far as one may read it."""
        return [record for record in self.entries if record.enquired and record.pk in self.follows]

    @cached_property
    def to_confirm(self) -> list[Any]:
        """Published entries that are asked after."""
        return [record for record in self.entries if record.is_public and record.asked]

    @property
    def waiting(self) -> bool:
        asked = self.to_mend or self.to_decide or self.to_answer or self.to_confirm
        return bool(self.invitations or asked or self.drafts or self.mirrors or self.adopted.waiting)

    @property
    def members_of(self) -> list[tuple[Actor, str, Answering]]:
        """The organisations one belongs to, with one's role and how they answer enquiries; one statement."""
        roles = self.stands.memberships
        theirs = [actor for actor in self.actors if actor.pk in roles]
        answers = answering_of_each(actor.pk for actor in theirs)
        return [(actor, roles[actor.pk], answers[actor.pk]) for actor in theirs]

    @property
    def colleague_of(self) -> list[Actor]:
        """The organisations one may register for without belonging to them."""
        return [actor for actor in self.actors if actor.pk not in self.stands.memberships]

    @cached_property
    def follows(self) -> set[int]:
        """The entries whose page of their life is open to one; of others one reads the public page."""
        return {record.pk for record in self.entries if self._follows(record)}

    def _follows(self, record: Any) -> bool:
        if not record.is_public or record.answering is None:
            return True
        return record.answering in self.stands.memberships or (
            record.created_by_id == self.user.pk and record.answering in self.stands.colleague_of
        )


def _entries(user: User, actors: Iterable[int]) -> QuerySet[Any]:
    """What one has made, and what one's organisations answer for, changed last first."""
    theirs = list(actors)
    ids = Record.objects.filter(created_by=user).order_by().values("pk")
    ids = ids.union(
        *(model.objects.filter(owner__in=theirs).order_by().values("pk") for model in OWNED),
        Actor.objects.filter(pk__in=theirs).order_by().values("pk"),
    )
    records = Record.objects.shown().filter(pk__in=ids).exclude(state=State.MERGED)
    return (
        records.annotate(
            suggested=_number(Suggestion.objects.filter(outcome=Outcome.WAITING)),
            asked=_number(Asking.objects.filter(answered_at__isnull=True)),
            enquired=_number(Enquiry.objects.unanswered()),
            answering=Coalesce(*(f"{model.kind}__owner" for model in OWNED), "actor__pk"),
        )
        .select_related("draft")
        .order_by("-updated_at", "pk")
    )


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows a record has, as part of the statement that reads the record."""
    counted = rows.filter(record=OuterRef("pk")).order_by().values("record").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _actors(stands: Standing) -> QuerySet[Actor]:
    return (
        Actor.objects.published()
        .filter(pk__in=stands.speaks_for)
        .select_related("record")
        .order_by(F("record__sort_da"), "pk")
    )
