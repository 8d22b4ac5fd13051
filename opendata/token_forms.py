"""What is asked of a token: a name, what it may do, and for how long."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from actors.models import Actor

from .tokens import DAYS, organisations_of

READS = "read"


class TokenForm(forms.Form):
    """In whose name it writes is one of the organisations somebody is a member of now."""

    name = forms.CharField(
        label=gettext_lazy("Name of the token"),
        max_length=80,
        help_text=gettext_lazy("Which system is it for? So that you know it again in the list."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    organisation = forms.ChoiceField(label=gettext_lazy("What may the system do?"), widget=forms.RadioSelect)
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long is it valid?"), coerce=int, initial=DAYS[1], widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, initial={"organisation": READS})
        self.actors = {actor.record.public_id: actor for actor in organisations_of(user)}
        choices: Any = self.fields["organisation"]
        choices.choices = [
            (READS, _("Only read, and ask more often than others")),
            *(
                (public_id, _("Read, and write in the name of %(name)s") % {"name": actor.name})
                for public_id, actor in self.actors.items()
            ),
        ]
        if not self.actors:
            choices.help_text = _("Only members of an organisation can let a system write in its name.")
        days: Any = self.fields["days"]
        days.choices = [
            (number, ngettext("%(n)s day", "%(n)s days", number) % {"n": number}) for number in DAYS
        ]

    def clean_name(self) -> str:
        """In one line."""
        return " ".join(self.cleaned_data["name"].split())

    @property
    def actor(self) -> Actor | None:
        """The organisation in whose name it writes."""
        return self.actors.get(self.cleaned_data["organisation"])
