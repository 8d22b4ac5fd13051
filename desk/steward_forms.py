"""What is asked of those who look after something: who takes it over, when they are away, who stands in."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

DATES = ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y"]
LONGEST = dt.timedelta(days=730)


class EntryStewardForm(forms.Form):
    """Who is to look after one entry; they need an account."""

    email = forms.EmailField(label=_("E-mail of the steward"), help_text=_("Somebody with an account."))


class AllForm(forms.Form):
    """Who takes over all somebody looks after."""

    heir = forms.EmailField(
        label=_("E-mail of the one who takes over"), help_text=_("Somebody with an account.")
    )


def _day(label: Any, help_text: Any) -> forms.DateField:
    return forms.DateField(
        label=label, input_formats=DATES, help_text=help_text,
        error_messages={"invalid": _("Write a date such as 12.03.2027.")},
    )  # fmt: skip


class AbsenceForm(forms.Form):
    """From when to when, and who stands in. `began`: of one that is changed, its first day."""

    since = _day(_("First day away"), _("For example 12.07.2027."))
    until = _day(_("Last day away"), _("The day after, everything comes to you again by itself."))
    cover = forms.ChoiceField(
        label=_("Who stands in"), required=False,
        help_text=_("They are told by mail. Where nobody stands in, the curators look after it."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[User], began: dt.date | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.people = {str(person.pk): person for person in people}
        self.began = began
        field: Any = self.fields["cover"]
        named = [(pk, person.name or person.email) for pk, person in self.people.items()]
        field.choices = [("", _("Nobody: the curators look after it")), *named]

    @property
    def said(self) -> dict[str, Any]:
        """What an action takes."""
        cleaned = self.cleaned_data
        cover = self.people.get(cleaned["cover"])
        return {"since": cleaned["since"], "until": cleaned["until"], "cover": cover}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until, today = cleaned.get("since"), cleaned.get("until"), timezone.localdate()
        if since and since < today and since != self.began:
            self.add_error("since", _("This day has passed."))
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first."))
        elif since and until and until - since > LONGEST:
            self.add_error("until", _("An absence lasts two years at most. Hand over what you look after."))
        elif until and until < today:
            self.add_error("until", _("This day has passed."))
        return cleaned
