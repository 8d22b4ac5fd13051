"""What is asked of a search that is saved: a name, and how often one is told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from curation.choices import Rhythm

NEVER = ("", _("Never; I look for myself"))


class SearchForm(forms.Form):
    """Name and rhythm."""

    name = forms.CharField(
        label=_("Name of the search"),
        max_length=120,
        help_text=_("So that you know it again, on your page and in mails."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    rhythm = forms.ChoiceField(
        label=_("How often do you want a mail when something new fits?"),
        choices=[*Rhythm.choices, NEVER],
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_name(self) -> str:
        """In one line."""
        return " ".join(self.cleaned_data["name"].split())
