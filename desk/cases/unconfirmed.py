"""An organisation that has not said whether it takes part in what names it."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from actors.models import Actor
from curation.access import Scope
from curation.actions import Overtaken
from curation.choices import Kind
from curation.models import Record
from keeping import naming

from .case import ONCE_PUBLIC, Case, Decision, record_numbered

CONFIRM = Decision("confirm", gettext_lazy("What is ticked is confirmed"), "g", "primary")
REMOVE = Decision("remove", gettext_lazy("Take what is ticked away"), "r", needs_words=True)


class Unconfirmed(Case):
    """Where it is named, each to be confirmed from a source or taken away."""

    template = "desk/unconfirmed.html"

    def __init__(self, record: Record, scope: Scope) -> None:
        super().__init__(record, scope)
        if record.kind != Kind.ACTOR:
            raise Http404
        self.actor = Actor.objects.select_related("record").get(pk=record.pk)
        self.namings = naming.namings_of(self.actor)

    @classmethod
    def load(cls, number: str, scope: Scope) -> Self:
        return cls(record_numbered(number, *ONCE_PUBLIC), scope)

    @property
    def decisions(self) -> Sequence[Decision]:
        return (CONFIRM, REMOVE) if self.record.is_public and self.namings else ()

    def shown(self) -> dict[str, Any]:
        return {"namings": self.namings}

    def decide(self, decision: str, *, by: User, version: int, reason: str, form: QueryDict) -> str:
        if not form.getlist("named"):
            raise ValidationError(_("Tick what it is about."))
        for named in self.namings:
            if named.key not in form.getlist("named"):
                continue
            with suppress(Overtaken):  # what somebody has answered meanwhile stays as it is
                if decision == CONFIRM.slug:
                    naming.confirm(named, by=by)
                else:
                    naming.decline(self.actor, named, by=by, reason=reason)
        return _("What names %(name)s is settled.") % {"name": self.record.name}
