"""A suggested edit nobody else has answered."""

from collections.abc import Sequence
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from curation.access import Scope
from curation.choices import Occasion, Outcome
from curation.models import Suggestion
from keeping import suggesting

from .case import ONCE_PUBLIC, Case, Decided, Decision, whole_number

TAKE = Decision("take", gettext_lazy("Take what is ticked"), "g", "primary")
DONE = Decision("done", gettext_lazy("It is done"), "g", "primary")
DECLINE = Decision("decline", gettext_lazy("Decline it"), "r", needs_words=True)


class Suggested(Case):
    """Field by field what it says now and what it should say."""

    template = "desk/suggested.html"
    occasions = (Occasion.DECLINE,)

    def __init__(self, suggestion: Suggestion, scope: Scope) -> None:
        super().__init__(suggestion.record, scope)
        self.suggestion = suggestion

    @classmethod
    def load(cls, number: str, scope: Scope) -> Self:
        rows = Suggestion.objects.select_related("record", "organisation", "by", "decided_by")
        found = rows.filter(pk=whole_number(number)).first()
        if found is None or found.record.state not in ONCE_PUBLIC:
            raise Http404
        return cls(found, scope)

    @property
    def decisions(self) -> Sequence[Decision]:
        if self.suggestion.outcome != Outcome.WAITING or not self.record.is_public:
            return ()
        return (TAKE if self.suggestion.changes else DONE, DECLINE)

    @property
    def decided(self) -> Decided | None:
        made = self.suggestion
        if made.decided_at is None:
            return super().decided
        return Decided(str(made.decided_by or ""), made.get_outcome_display(), made.decided_at)

    def shown(self) -> dict[str, Any]:
        shown = suggesting.suggested(self.suggestion)
        return {
            "suggestion": self.suggestion,
            "suggested": shown,
            "chosen": [each.field for each in shown if not each.overtaken],
            "waiting": bool(self.decisions),
        }

    def decide(self, decision: str, *, by: User, version: int, reason: str, form: QueryDict) -> str:
        if decision == TAKE.slug and not form.getlist("take"):
            raise ValidationError(_("Tick what it is about."))
        take = {
            TAKE.slug: form.getlist("take"),
            DONE.slug: [suggesting.IN_WORDS],
            DECLINE.slug: [],
        }[decision]
        outcome = suggesting.decide(self.suggestion, by=by, take=take, answer=reason, version=version)
        name = {"name": self.record.name}
        if outcome == Outcome.DECLINED:
            return _("The suggestion to %(name)s is declined.") % name
        return _("The suggestion to %(name)s is taken.") % name
