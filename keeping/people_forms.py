"""What is asked of those who invite, claim, or ask to be let in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.choices import MemberRole
from actors.models import Actor

WHY_LETTERS = 1000


class InviteForm(forms.Form):
    """Whom to invite, and to what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The person’s own work address: only who has it can accept."),
    )
    role = forms.ChoiceField(
        label=pgettext_lazy("member", "Role"),
        choices=MemberRole.choices,
        initial=MemberRole.EDITOR,
        help_text=_("An editor edits. An owner also invites others and hands over."),
    )


class WhyForm(forms.Form):
    """A request to those who look after an entry."""

    why = forms.CharField(
        label=_("Who are you, and why do you ask?"),
        max_length=WHY_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Your work, and what you have to do with it."),
    )


class ClaimForm(WhyForm):
    """Who one is, and on behalf of which organisation: one of those one speaks for."""

    actor = forms.ModelChoiceField(
        label=_("On behalf of which organisation?"),
        queryset=Actor.objects.none(),
        empty_label=None,
        help_text=_("The organisations you belong to, or whose e-mail domain your address is in."),
    )
    field_order = ("actor", "why")

    def __init__(self, *args: Any, actors: Iterable[int] | None, **kwargs: Any) -> None:
        """Without `actors` the entry is an organisation, which is claimed on its own behalf."""
        super().__init__(*args, **kwargs)
        if actors is None:
            del self.fields["actor"]
            return
        choice: Any = self.fields["actor"]
        rows = Actor.objects.published().filter(pk__in=actors).select_related("record")
        choice.queryset = rows.order_by("record__sort_da", "pk")
