"""An entry that was sent in: published, returned with a reason, or set aside."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from actors.access import answers_for, entry_of, standing
from actors.actions import give
from actors.choices import MemberRole
from actors.models import Actor, Membership
from curation import actions, search
from curation.access import Scope
from curation.choices import Kind, Occasion, State, Verb
from curation.differences import Difference, differences
from curation.models import Record, RecordEvent
from keeping.alike import Alike, alike
from keeping.history import Reader
from keeping.history.words import labels_of

from .case import Case, Decision, record_numbered

PUBLISH = Decision("publish", gettext_lazy("Publish and show the next"), "g", "primary")
RETURN = Decision("return", gettext_lazy("Return with a reason"), "r", needs_words=True)
WITHDRAW = Decision("withdraw", gettext_lazy("Set aside for good"), style="link", needs_words=True)


class New(Case):
    """What the author said, who it is, and what it may be already."""

    template = "desk/new.html"
    occasions = (Occasion.RETURN, Occasion.PUBLISH, Occasion.WITHDRAW)

    @classmethod
    def load(cls, number: str, scope: Scope) -> Self:
        return cls(record_numbered(number), scope)

    @property
    def decisions(self) -> Sequence[Decision]:
        return (PUBLISH, RETURN, WITHDRAW) if self.record.state == State.SUBMITTED else ()

    def shown(self) -> dict[str, Any]:
        reader = Reader.of(self.record, full=True)
        said = reader.now()
        labels = labels_of(self.record.kind)
        return {
            "said": [(label, said[name]) for name, label in labels.items() if said.get(name)],
            "silent": [label for name, label in labels.items() if not said.get(name)],
            "mended": self._mended(reader, said, labels),
            "alike": self._alike(),
            "partners": list(self.partners),
            "basis": self._basis(),
            "seat": self.seat,
        }

    def decide(self, decision: str, *, by: User, version: int, reason: str, form: QueryDict) -> str:
        if decision == RETURN.slug:
            actions.return_to_author(self.record, by=by, version=version, reason=reason)
            return _("%(name)s is returned.") % {"name": self.record.name}
        if decision == WITHDRAW.slug:
            actions.withdraw(self.record, by=by, version=version, reason=reason)
            return _("%(name)s is set aside.") % {"name": self.record.name}
        self._publish(by=by, version=version, reason=reason, form=form)
        return _("%(name)s is public.") % {"name": self.record.name}

    @transaction.atomic
    def _publish(self, *, by: User, version: int, reason: str, form: QueryDict) -> None:
        """Together with the new organisations that were ticked, and the author made owner if that was."""
        seat, author = self.seat, self.record.created_by
        for partner in self.partners.filter(public_id__in=form.getlist("partner")):
            actions.publish(partner, by=by, version=partner.version)
        actions.publish(self.record, by=by, version=version, reason=reason)
        if "seat" in form and seat is not None and author is not None:
            give(seat, user=author, role=MemberRole.OWNER, by=by)

    @property
    def partners(self) -> QuerySet[Record]:
        """New organisations that were named in it by the same author and wait as well."""
        waiting = Record.objects.shown().filter(kind=Kind.ACTOR, state=State.SUBMITTED)
        own = waiting.filter(created_by=self.record.created_by, pk__in=search.linked_to(self.record))
        return own.exclude(pk=self.record.pk).order_by("sort_da", "pk")

    @property
    def seat(self) -> Actor | None:
        """The organisation the author could become owner of: it has none, and the author belongs to it."""
        author = self.record.created_by
        actor = answers_for(entry_of(self.record))
        if author is None or actor is None or Membership.objects.owners().filter(actor=actor).exists():
            return None
        if actor not in standing(author).colleague_of:
            return None
        return Actor.objects.select_related("record").get(pk=actor)

    def _mended(
        self, reader: Reader, said: Mapping[str, str], labels: Mapping[str, str]
    ) -> Sequence[Difference]:
        """What has changed since it was last returned."""
        back = RecordEvent.objects.filter(record=self.record, verb=Verb.RETURNED).order_by("-at").first()
        return differences(reader.since(back.at), said, labels) if back else ()

    def _alike(self) -> list[Alike]:
        entry = entry_of(self.record)
        words = {name: [str(getattr(entry, name) or "")] for name in ("name_da", "name_en", "website")}
        words |= {
            name: [str(value)]
            for name in ("latitude", "longitude")
            if (value := getattr(entry, name)) is not None
        }
        return alike(self.record.kind, words)

    def _basis(self) -> str:
        """On what the author's word for the organisation rests."""
        author, actor = self.record.created_by, answers_for(entry_of(self.record))
        if author is None:
            return _("Nobody is known to have sent it in.")
        if actor is None:
            return _("Sent in on nobody's behalf.")
        stands = standing(author)
        if actor in stands.memberships:
            return _("The author is a member of the organisation.")
        if actor in stands.colleague_of:
            return _("The author's verified e-mail address lies in the organisation's domain.")
        return _("Nothing shows that the author belongs to the organisation.")
