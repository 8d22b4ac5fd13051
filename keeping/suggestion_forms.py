"""What is asked beside a suggested edit, and how one is answered."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.fields import Limit, Lines

from .guarding import Guarded

ENOUGH = 5000  # letters of a reason or an answer


class Reasons(Guarded):
    """Why, and where to answer; somebody who is logged in is answered at the account's address."""

    reason = Lines(
        most=ENOUGH, required=False, label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Where can one read it? Those who decide see this; it is not published."),
    )  # fmt: skip
    reply_to = forms.EmailField(
        label=gettext_lazy("Your e-mail, if you want an answer"), required=False, max_length=254,
        help_text=gettext_lazy("It is used for one answer and then forgotten. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    def __init__(self, *args: Any, known: bool = False, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "f-%s", "label_suffix": ""} | options)
        if known:
            del self.fields["reply_to"]


class InWords(Reasons):
    """A suggestion no field has room for."""

    field_order = ("reason", "reply_to")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = True
        self.fields["reason"].label = _("What should be changed?")
        self.fields["reason"].help_text = _("Say what is wrong or missing, and where one can read it.")


class Deciding(forms.Form):
    """Which fields to take, and what to answer."""

    take = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    answer = forms.CharField(
        label=gettext_lazy("Answer"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        validators=[Limit(ENOUGH)],
        help_text=gettext_lazy("Goes to the one who suggested it, if an address was left."),
    )  # fmt: skip

    def __init__(self, *args: Any, fields: list[str], **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "f-%s", "label_suffix": ""} | options)
        self.offered = fields
        self.fields["take"].choices = [(name, name) for name in fields]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        declines = "decline" in self.data
        if declines:
            cleaned["take"] = []
            if not cleaned.get("answer") and "answer" not in self.errors:
                self.add_error("answer", ValidationError(_("Say why it is declined.")))
        elif not cleaned.get("take") and "take" not in self.errors:
            self.add_error("take", ValidationError(_("Choose what to take, or decline it all.")))
        return cleaned
