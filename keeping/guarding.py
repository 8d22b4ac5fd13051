"""Telling people from programs without a puzzle: a field nobody sees, and how long the page stood open."""

import datetime as dt
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SOONEST = dt.timedelta(seconds=2)
LATEST = dt.timedelta(days=2)
SIGNER = signing.TimestampSigner(salt="keeping.guarding")


class Guarded(forms.Form):
    """A form anybody may send. What is refused keeps what was typed and can be sent again at once."""

    company_website = forms.CharField(
        label=gettext_lazy("Leave this field empty"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )  # fmt: skip
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def clean_company_website(self) -> str:
        if self.cleaned_data["company_website"]:
            raise ValidationError(_("This field is a trap for programs. Leave it empty."))
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not _is_in_time(self.data.get(self.add_prefix("opened"), ""), *self.times):
            self.add_error(None, _("The page was sent too fast or stood open too long. Send it again."))
        return cleaned

    @property
    def times(self) -> tuple[dt.timedelta, dt.timedelta]:
        """How soon after it was opened a page may be sent, and how late."""
        return SOONEST, LATEST

    @property
    def now_opened(self) -> str:
        """The token of a page that is shown now."""
        return SIGNER.sign("page")


def _is_in_time(token: str, soonest: dt.timedelta, latest: dt.timedelta) -> bool:
    try:
        SIGNER.unsign(token, max_age=latest)
    except signing.BadSignature:
        return False
    try:
        SIGNER.unsign(token, max_age=soonest)
    except signing.SignatureExpired:
        return True
    return False
