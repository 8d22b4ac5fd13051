"""The link that opens a draft on another machine: signed, for thirty days, and only while nobody owns it."""

import datetime as dt

from django import forms
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from curation.models import Draft
from mail import links, outbox

LASTS = dt.timedelta(days=30)
SALT = "keeping.draft"


class LaterForm(forms.Form):
    """Where to send the link."""

    email = forms.EmailField(
        label=_("Your e-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("It is used for this mail and for nothing else."),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address such as anna@aarhus.dk."),
        },
    )  # fmt: skip


@transaction.atomic
def send_link(draft: Draft, *, to: str) -> None:
    """Mail the link; the mail holds not a word of what was typed, because anybody can name an address."""
    token = signing.dumps(draft.key, salt=SALT)
    path = reverse("keeping:resume_draft", args=[token])
    outbox.send(
        "keeping/draft_link", to=to, language=get_language() or "da",
        context={"link": links.absolute(path), "days": LASTS.days},
    )  # fmt: skip


def draft_of_link(token: str) -> Draft | None:
    """The draft a link opens; none for a link that is old, cut off, or of a draft that is gone."""
    try:
        key = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return Draft.objects.filter(key=key).first()
