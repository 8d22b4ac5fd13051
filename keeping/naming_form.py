"""The form where an organisation says yes or no to each entry that names it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from curation.fields import Lines

from .naming import Naming

AT_ONCE = 50
REASON_LETTERS = 1000


class YesNo(models.TextChoices):
    """Nothing is chosen before the reader chooses, so that nothing is confirmed by haste."""

    YES = "yes", _("Yes, we are part of it")
    NO = "no", _("No, take us off")
    LATER = "later", _("Answer later")


# To a tie of something that is the organisation's.
OF_ITS = [
    (YesNo.YES.value, _("Yes, that is right")),
    (YesNo.NO.value, _("No, take it away")),
    (YesNo.LATER.value, YesNo.LATER.label),
]
# To having taken a solution over.
USES = [
    (YesNo.YES.value, _("Yes, we use it")),
    (YesNo.NO.value, _("No, we do not use it")),
    (YesNo.LATER.value, YesNo.LATER.label),
]


@dataclass(frozen=True)
class Line:
    """One entry with its field."""

    naming: Naming
    field: forms.BoundField


class NamingForm(forms.Form):
    """One answer for each of the first fifty entries, and one reason for all that are declined."""

    reason = Lines(
        most=REASON_LETTERS, required=False, rows=3, label=_("Why not?"),
        help_text=_("Only if you take yourselves off something. Those who look after it can read this."),
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, namings: Sequence[Naming]) -> None:
        super().__init__(data, auto_id="f-%s", label_suffix="")
        self.waiting, self.namings = len(namings), namings[:AT_ONCE]
        for naming in self.namings:
            self.fields[_name(naming)] = forms.ChoiceField(
                choices=_choices(naming), required=False,
                label=naming.record.name, widget=forms.RadioSelect,
            )  # fmt: skip

    @property
    def lines(self) -> list[Line]:
        """The entries in their order."""
        return [Line(naming, self[_name(naming)]) for naming in self.namings]

    def answers(self) -> Iterator[tuple[Naming, str]]:
        """Yes or no for each entry that got an answer."""
        for naming in self.namings:
            said = self.cleaned_data[_name(naming)]
            if said in (YesNo.YES, YesNo.NO):
                yield naming, said


def _choices(naming: Naming) -> Sequence[tuple[Any, Any]]:
    if naming.uses:
        return USES
    return OF_ITS if naming.about else YesNo.choices


def _name(naming: Naming) -> str:
    return f"entry-{naming.key}"
