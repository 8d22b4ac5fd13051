"""What is asked when an entry ends, is taken up again or is withdrawn."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.choices import Kind
from curation.fields import OFFERED, Lines, Pick, PickBound, Picked
from curation.forms import Section
from curation.models import Entry, Record
from missions.choices import NeedStatus
from missions.models import Need
from places.danish import sort_key

ENOUGH = 5000  # letters of a reason


class HeirBound(PickBound):
    """The picker of what carries an entry on; it finds more on the page that ends the entry."""

    @property
    def find_path(self) -> str:
        entry = self.field.section.entry
        if entry is None:
            raise ValueError("it is an entry that ends")
        return reverse("keeping:find_heir", args=[entry.kind, entry.record.slug])


class PickHeir(Pick):
    """A published entry of the same kind, by its public id; found by the words of its name."""

    what = "heir"

    def get_bound_field(self, form: Any, field_name: str) -> HeirBound:
        return HeirBound(form, self, field_name)

    def things(self, values: Sequence[str]) -> Mapping[str, Record]:
        wanted = [value for value in values if value.isalnum()]
        records = self._records().filter(public_id__in=wanted) if wanted else []
        return {record.public_id: record for record in records}

    def shown(self, value: str, thing: Record) -> Picked:
        return Picked(value, thing.name)

    def offers(self, typed: str, chosen: Sequence[str]) -> list[Picked]:
        words = sort_key(typed[:200]).split()
        if not words:
            return []
        records = self._records().exclude(public_id__in=chosen)
        for word in words:
            records = records.filter(Q(sort_da__contains=word) | Q(sort_en__contains=word))
        return [self.shown(record.public_id, record) for record in records[:OFFERED]]

    def _records(self) -> Any:
        entry = self.section.entry
        records = Record.objects.published().shown().order_by("sort_da", "pk")
        return records.filter(kind=entry.kind).exclude(pk=entry.pk) if entry else records.none()


class Ending(Section):
    """When and why something ended, what was learned, and what carries it on."""

    slug = "end"
    title = gettext_lazy("It has ended")

    ended_on = forms.DateField(
        label=gettext_lazy("When did it end?"), required=False,
        help_text=gettext_lazy("Leave it empty if the day is not known."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip
    ended_reason = Lines(
        most=ENOUGH, label=gettext_lazy("Why did it end?"),
        help_text=gettext_lazy("Everybody can read this on the page."),
    )  # fmt: skip
    lessons = Lines(
        most=ENOUGH, required=False, label=gettext_lazy("What was learned?"),
        help_text=gettext_lazy("What would you tell somebody who is about to begin something like it?"),
    )  # fmt: skip
    heir = PickHeir(
        required=False, label=gettext_lazy("Does something carry it on?"),
        help_text=gettext_lazy("Search by name among what is in the register."),
    )  # fmt: skip

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        said = super().said(entry)
        heir = entry.heir
        return said | {"heir": [heir.public_id] if heir and heir.is_public else []}

    def clean_ended_on(self) -> Any:
        day = self.cleaned_data["ended_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The day lies in the future. Write it here when the day has come."))
        return day

    def clean_heir(self) -> Record | None:
        return next(iter(self.cleaned_data["heir"]), None)

    def mark(self, entry: Entry) -> None:
        """Put on an entry that is about to end what its kind has to say of it."""

    @property
    def told(self) -> dict[str, Any]:
        """As `curation.actions.end` takes it."""
        cleaned = self.cleaned_data
        return {
            "on": cleaned["ended_on"], "reason": cleaned["ended_reason"], "lessons": cleaned["lessons"],
            "heir": cleaned["heir"],
        }  # fmt: skip


class EndingNeed(Ending):
    """How a need ended, besides."""

    status = forms.ChoiceField(
        label=gettext_lazy("How did it end?"), widget=forms.RadioSelect,
        choices=[
            (NeedStatus.ANSWERED.value, gettext_lazy("It has been answered")),
            (NeedStatus.WITHDRAWN.value, gettext_lazy("It is no longer a need")),
        ],
        error_messages={"required": gettext_lazy("Say how it ended.")},
    )  # fmt: skip
    field_order = ("status", "ended_on", "ended_reason", "lessons", "heir")

    def mark(self, entry: Entry) -> None:
        if isinstance(entry, Need):
            entry.status = self.cleaned_data["status"]


def ending_of(kind: str) -> type[Ending]:
    """What is asked when something of a kind ends."""
    return EndingNeed if kind == Kind.NEED else Ending


class Resuming(Section):
    """Why something goes on after all."""

    slug = "resume"
    title = gettext_lazy("It goes on")

    reason = Lines(
        most=ENOUGH, required=False, label=gettext_lazy("What has happened?"),
        help_text=gettext_lazy("The curators and your colleagues can read this; others cannot."),
    )  # fmt: skip


class Withdrawing(Section):
    """Why something is taken away from the register."""

    slug = "withdraw"
    title = gettext_lazy("Withdraw it")

    reason = Lines(
        most=ENOUGH, label=gettext_lazy("Why should it not be shown?"),
        help_text=gettext_lazy("The curators and your colleagues can read this; others cannot."),
    )  # fmt: skip
