"""Somebody asks to look after an entry nobody looks after."""

from collections.abc import Sequence
from typing import Any, Self

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from actors.access import standing
from actors.actions import decline_claim, grant_claim
from actors.models import Claim, Membership
from curation.access import Scope
from curation.choices import Occasion

from .case import Case, Decided, Decision, whole_number

GRANT = Decision("grant", gettext_lazy("Hand the entry over"), "g", "primary")
DECLINE = Decision("decline", gettext_lazy("Decline it"), "r", needs_words=True)


class Claimed(Case):
    """Who asks, for which organisation, and what shows that they belong to it."""

    template = "desk/claimed.html"
    occasions = (Occasion.DECLINE,)

    def __init__(self, claim: Claim, scope: Scope) -> None:
        super().__init__(claim.record, scope)
        self.claim = claim

    @classmethod
    def load(cls, number: str, scope: Scope) -> Self:
        rows = Claim.objects.select_related("record", "user", "actor__record", "decided_by")
        found = rows.filter(pk=whole_number(number)).first()
        if found is None:
            raise Http404
        return cls(found, scope)

    @property
    def decisions(self) -> Sequence[Decision]:
        return (GRANT, DECLINE) if self.claim.granted is None else ()

    @property
    def decided(self) -> Decided | None:
        claim = self.claim
        if claim.decided_at is None:
            return None
        what = _("handed over") if claim.granted else _("declined")
        return Decided(str(claim.decided_by or ""), what, claim.decided_at)

    def shown(self) -> dict[str, Any]:
        stands = standing(self.claim.user)
        return {
            "claim": self.claim,
            "is_colleague": self.claim.actor_id in stands.colleague_of,
            "is_member": self.claim.actor_id in stands.memberships,
            "has_owner": Membership.objects.owners().filter(actor=self.claim.actor).exists(),
        }

    def decide(self, decision: str, *, by: User, version: int, reason: str, form: QueryDict) -> str:
        name = {"name": self.record.name}
        if decision == GRANT.slug:
            grant_claim(self.claim, by=by, answer=reason)
            return _("%(name)s is handed over.") % name
        decline_claim(self.claim, by=by, answer=reason)
        return _("The claim of %(name)s is declined.") % name
