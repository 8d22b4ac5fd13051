"""A published entry its owner has changed: live already, and looked at afterwards."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from curation import actions
from curation.access import Scope
from curation.choices import Occasion, Verb
from curation.differences import differences
from curation.models import RecordEvent
from keeping.history import Reader
from keeping.history.words import labels_of

from .case import ONCE_PUBLIC, Case, Decision, record_numbered

SEEN = Decision("seen", gettext_lazy("Seen, show the next"), "g", "primary")
WITHDRAW = Decision("withdraw", gettext_lazy("Withdraw the entry"), style="link", needs_words=True)
LOOKED_AT = (Verb.REVIEWED, Verb.PUBLISHED, Verb.CLAIMED)


class Changed(Case):
    """What it says now against what it said when a curator last looked."""

    template = "desk/changed.html"
    occasions = (Occasion.WITHDRAW,)

    @classmethod
    def load(cls, number: str, scope: Scope) -> Self:
        return cls(record_numbered(number, *ONCE_PUBLIC), scope)

    @property
    def decisions(self) -> Sequence[Decision]:
        waits = self.record.is_public and self.record.version > self.record.reviewed_version
        return (SEEN, WITHDRAW) if waits else ()

    def shown(self) -> dict[str, Any]:
        since = self._last_looked_at()
        reader = Reader.of(self.record, full=True)
        before, now, labels = reader.since(since), reader.now(), labels_of(self.record.kind)
        return {
            "differences": differences(before, now, labels),
            "same": sum(1 for name in labels if now.get(name) and now[name] == before.get(name)),
            "changes": [change for change in reader.changes() if change.at > since],
        }

    def decide(self, decision: str, *, by: User, version: int, reason: str, form: QueryDict) -> str:
        if decision == WITHDRAW.slug:
            actions.withdraw(self.record, by=by, version=version, reason=reason)
            return _("%(name)s is withdrawn.") % {"name": self.record.name}
        actions.review(self.record, by=by, version=version)
        return _("The changes of %(name)s are seen.") % {"name": self.record.name}

    def _last_looked_at(self) -> dt.datetime:
        seen = RecordEvent.objects.filter(
            record=self.record, verb__in=LOOKED_AT, version__lte=self.record.reviewed_version
        )
        last = seen.order_by("-at").first()
        return last.at if last else self.record.published_at or self.record.created_at
