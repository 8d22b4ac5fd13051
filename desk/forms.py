"""What curators type: a decision with its reason, a text for the shelf, a steward."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from curation.models import ReasonText

MOST_LETTERS = 4000


class Deciding(forms.Form):
    """A decision about one case. `decisions` are those the case allows, `needing` those that need words."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=MOST_LETTERS, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        label=_("What the other reads"),
    )  # fmt: skip
    decision = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, decisions: Sequence[str] = (), needing: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.decisions = decisions
        self.needing = needing

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decision = cleaned.get("decision")
        if decision not in self.decisions:
            self.add_error(None, _("Choose what to do."))
        elif decision in self.needing and not cleaned.get("reason"):
            self.add_error("reason", _("Write what is asked for, or why. The author reads it."))
        return cleaned


class TextForm(forms.ModelForm):
    """A text for the shelf, in both languages."""

    class Meta:
        model = ReasonText
        fields = ("occasion", "order", "title_da", "text_da", "title_en", "text_en")
        labels = {
            "occasion": _("For"),
            "order": _("Order"),
            "title_da": _("Title in Danish"),
            "text_da": _("Text in Danish"),
            "title_en": _("Title in English"),
            "text_en": _("Text in English"),
        }
        widgets = {
            "text_da": forms.Textarea(attrs={"rows": 4}),
            "text_en": forms.Textarea(attrs={"rows": 4}),
        }


class StewardForm(forms.Form):
    """Who is to look after a place or a theme; they need an account."""

    email = forms.EmailField(label=_("E-mail of the steward"), help_text=_("Somebody with an account."))
    scope = forms.ChoiceField(label=_("Place or theme"))

    def __init__(self, *args: Any, scopes: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]


class HeirForm(forms.Form):
    """Who takes a stewardship over; left empty, it ends without anybody."""

    heir = forms.EmailField(
        label=_("E-mail of the one who takes over"), required=False,
        help_text=_("Leave it empty to end the stewardship without handing it over."),
    )  # fmt: skip
