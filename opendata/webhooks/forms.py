"""What is asked of a webhook: a name, where to send, and changes of what."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .addresses import LONGEST, Forbidden, target_of
from .matching import NoList, Unknown, list_asked

WRONG = {
    "address": gettext_lazy("Write a whole web address, without a password in it."),
    "https": gettext_lazy("The address has to begin with https://, so that nobody reads along."),
    "port": gettext_lazy("Only the usual ports 443 and 8443 can be used."),
}


class WebhookForm(forms.Form):
    """The list is named by the address of its page, filters and all."""

    name = forms.CharField(
        label=gettext_lazy("Name of the webhook"), max_length=80,
        help_text=gettext_lazy("Which system is told? So that you know it again in the list."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    address = forms.CharField(
        label=gettext_lazy("Address of your system"), max_length=LONGEST,
        help_text=gettext_lazy("Where we send a POST with each change. It begins with https://."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )  # fmt: skip
    list = forms.CharField(
        label=gettext_lazy("Changes of what?"), required=False, max_length=1000,
        help_text=gettext_lazy(
            "Filter a list as you want it, and put the address of its page here. Left empty, you are told of"
            " every public change in the register."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )  # fmt: skip

    def clean_name(self) -> str:
        """In one line."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_address(self) -> str:
        """One we may send to; whether it answers is seen when something is sent."""
        address: str = self.cleaned_data["address"]
        try:
            target_of(address)
        except Forbidden as forbidden:
            raise ValidationError(WRONG[str(forbidden)]) from None
        return address

    def clean_list(self) -> tuple[str, str]:
        """The kind and the filters."""
        try:
            return list_asked(self.cleaned_data["list"])
        except NoList:
            raise ValidationError(
                _("That is not the address of one of the lists here. Copy it from the page of a list.")
            ) from None
        except Unknown as unknown:
            said = _("The list does not know %(values)s. Open it, choose again, and copy its address.")
            raise ValidationError(said % {"values": unknown}) from None

    @property
    def said(self) -> dict[str, Any]:
        """As a webhook keeps it."""
        kind, query = self.cleaned_data["list"]
        return {name: self.cleaned_data[name] for name in ("name", "address")} | {
            "kind": kind,
            "query": query,
        }
