"""Two entries that look like one: they are different, or one is merged into the other."""

from collections.abc import Sequence
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from curation.access import Scope
from curation.actions import Overtaken
from curation.choices import Kind
from curation.querysets import slim

from ..choices import PairOutcome
from ..duplicates import finding
from ..duplicates.reasons import apart, reasons
from ..merging import actions
from ..merging.comparing import HOST, compared, taken_in
from ..merging.fields import LEFT, RIGHT
from ..models import Pair
from .case import Case, Decided, Decision, whole_number

MERGE = Decision("merge", gettext_lazy("Merge them"), "g", "primary", needs_words=True)
DIFFERENT = Decision("different", gettext_lazy("They are two different things"), "d")


class Duplicates(Case):
    """The two side by side. Somebody has to look after both."""

    template = "desk/duplicate.html"
    asks = gettext_lazy("Why they are one, if you merge them. Everybody can read it in the history.")

    def __init__(self, pair: Pair, scope: Scope) -> None:
        super().__init__(pair.left, scope)
        if not scope.covers(pair.right):
            raise Http404
        self.pair = pair

    @classmethod
    def load(cls, number: str, scope: Scope) -> Self:
        rows = Pair.objects.select_related("left__created_by", "right", "decided_by")
        rows = rows.select_related(*(f"{side}__{kind}" for side in ("left", "right") for kind in Kind.values))
        rows = rows.defer(*slim("left__"), *slim("right__"))
        found = rows.filter(pk=whole_number(number)).first()
        if found is None:
            raise Http404
        return cls(found, scope)

    @property
    def decisions(self) -> Sequence[Decision]:
        pair = self.pair
        both = pair.left.is_public and pair.right.is_public
        return (MERGE, DIFFERENT) if both and pair.outcome == PairOutcome.WAITING else ()

    @property
    def decided(self) -> Decided | None:
        pair = self.pair
        if pair.decided_at is None:
            return super().decided
        return Decided(str(pair.decided_by or ""), pair.get_outcome_display(), pair.decided_at)

    def shown(self) -> dict[str, Any]:
        pair = self.pair
        return {
            "pair": pair,
            "reasons": reasons(pair),
            "apart": apart(pair),
            "compared": compared(pair.left, pair.right, _said(self.typed)),
            "waiting": bool(self.decisions),
        }

    def decide(self, decision: str, *, by: User, version: int, reason: str, form: QueryDict) -> str:
        left, right = self.pair.left, self.pair.right
        if decision == DIFFERENT.slug:
            if not finding.decided_different(self.pair, by=by):
                raise Overtaken
            return _("%(one)s and %(other)s stay two entries.") % {"one": left.name, "other": right.name}
        keep = form.get("keep", "")
        if keep not in (LEFT, RIGHT):
            raise ValidationError(_("Choose which of the two stays."))
        versions = {LEFT: version, RIGHT: _number(form.get("version_right", ""))}
        gone, kept, other = (right, left, RIGHT) if keep == LEFT else (left, right, LEFT)
        sides = taken_in(_said(form))
        taken, together = actions.chosen(keep, sides)
        actions.merge(
            gone, kept, by=by, version=versions[other], into_version=versions[keep], reason=reason,
            taken=[name for name in taken if name != HOST], together=together, host=sides.get(HOST) == other,
        )  # fmt: skip
        return _("%(gone)s is merged into %(kept)s.") % {"gone": gone.name, "kept": kept.name}


def _said(form: QueryDict) -> dict[str, str]:
    return {name: str(form[name]) for name in form}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
