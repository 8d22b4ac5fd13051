"""The section part that asks on whose behalf an entry is kept, and where to write about it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from curation.forms import Section
from curation.models import Entry

from ..models import Actor, OwnedEntry
from .picking import PickActors, made_of, written


class OwnedSection(Section):
    """Which organisation answers for an entry, and its mailbox."""

    owner = PickActors(
        label=gettext_lazy("On behalf of which organisation?"), required=False,
        help_text=gettext_lazy(
            "The organisation that answers for it. If you are not known to belong to it, a curator checks."
        ),
    )  # fmt: skip
    contact_email = forms.EmailField(
        label=gettext_lazy("Where to write about it"), required=False,
        help_text=gettext_lazy("A shared mailbox rather than a person's own. It is never shown."),
        error_messages={"invalid": gettext_lazy("Write an e-mail address such as lab@aarhus.dk.")},
    )  # fmt: skip

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        owner = Actor.objects.filter(pk=getattr(entry, "owner_id", None)).select_related("record").first()
        rows = [written({"actor": owner.record.public_id})] if owner else []
        return super().said(entry) | {"owner": rows}

    def write(self, entry: Entry) -> None:
        """The owner too, where it is in the register already."""
        email = entry.record.contact_email
        chosen = self.cleaned_data.pop("owner", None)
        super().write(entry)
        if chosen is not None:
            self.cleaned_data["owner"] = chosen
            if isinstance(entry, OwnedEntry):
                entry.owner = chosen[0].actor if chosen else None
        if entry.record.contact_email != email:
            entry.record.contact_confirmed_at = timezone.now() if entry.record.contact_email else None

    def write_ties(self, entry: Entry, *, by: User | None = None) -> None:
        super().write_ties(entry, by=by)
        chosen = self.cleaned_data.get("owner")
        if chosen and chosen[0].named and isinstance(entry, OwnedEntry):
            ((entry.owner, _one),) = made_of(chosen, by=by)
            entry.save(update_fields=["owner"])
