"""What is chosen about a run: who answers the host's half, and what everybody may read."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from labs.choices import Shown

LINK, PERSON, STOP = "link", "person", "stop"
NOTHING = "nothing"


class PersonForm(forms.Form):
    """Which colleague answers for the host."""

    person = forms.ModelChoiceField(
        User.objects.none(), label=_("A colleague who answers for the host"),
        empty_label=_("Choose a colleague"),
        error_messages={
            "required": _("Choose who answers for the host."),
            "invalid_choice": _("Choose one of your colleagues."),
        },
    )  # fmt: skip

    def __init__(self, data: Any, *, colleagues: QuerySet[User]) -> None:
        super().__init__(data, auto_id="f-%s", label_suffix="")
        person: Any = self.fields["person"]
        person.queryset = colleagues


class ShowForm(forms.Form):
    """What everybody may read; as long as nobody has chosen, nothing."""

    shown = forms.ChoiceField(
        label=_("What may everybody read?"), widget=forms.RadioSelect,
        choices=[(NOTHING, _("Nothing")), *Shown.choices],
        error_messages={"required": _("Choose what everybody may read.")},
    )  # fmt: skip

    def __init__(self, data: Any, *, shown: str) -> None:
        super().__init__(data, initial={"shown": shown or NOTHING}, auto_id="f-%s", label_suffix="")

    @property
    def chosen(self) -> str:
        """As the run keeps it."""
        chosen: str = self.cleaned_data["shown"]
        return "" if chosen == NOTHING else chosen
