"""What is asked of an offer: what it is and who makes it, and on what conditions."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.choices import Kind
from curation.fields import Line, Lines, Website
from curation.forms import Part, Section
from curation.models import Entry
from curation.ties import PlacesSection, ThemedSection
from places.choices import PlaceKind

from ..choices import OFFER_OVER, OfferKind, OfferStatus
from ..models import Offer
from ..offer_statuses import NOT_KNOWN
from .owning import OwnedSection

DATES = ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"]


class WhatAndWho(OwnedSection, ThemedSection, PlacesSection):
    """Name, what is offered, of what kind, about what and where, and which organisation offers it."""

    kind = Kind.OFFER
    slug = "what"
    title = gettext_lazy("What and who")
    lead = gettext_lazy(
        "What can your organisation bring to practice? Those who have a need find it by kind, theme and"
        " place."
    )
    of_record = ("contact_email",)
    examples: ClassVar = {
        "name_da": gettext_lazy("Two researchers follow a trial in home care for a year"),
        "summary_da": gettext_lazy(
            "We help a municipality measure whether a new way of working in home care makes a difference:"
            " what to count before and after, interviews with staff and citizens, and a report that"
            " everybody can read."
        ),
    }
    field_order = (
        "name_da", "name_en", "summary_da", "summary_en", "type", "themes", "places", "owner",
        "contact_email", "website",
    )  # fmt: skip

    name_da = Line(
        label=gettext_lazy("Name of the offer, in Danish"), most=200,
        help_text=gettext_lazy("Say what it is in a few words, without your organisation's name."),
        error_messages={"required": gettext_lazy("Write what the offer is called.")},
    )  # fmt: skip
    name_en = Line(label=gettext_lazy("Name of the offer, in English"), most=200, required=False)
    summary_da = Lines(
        label=gettext_lazy("What is offered, in Danish"), most=600,
        help_text=gettext_lazy("What one gets, and who does what. At most 600 characters."),
        error_messages={"required": gettext_lazy("Write what is offered.")},
    )  # fmt: skip
    summary_en = Lines(label=gettext_lazy("What is offered, in English"), most=600, required=False)
    type = forms.ChoiceField(
        label=gettext_lazy("Kind of offer"),
        choices=[("", gettext_lazy("Choose a kind")), *OfferKind.choices],
        error_messages={"required": gettext_lazy("Choose what kind of offer it is.")},
    )
    website = Website(
        label=gettext_lazy("Website"), required=False,
        help_text=gettext_lazy("Where one can read about this offer."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places: Any = self.fields["places"]
        places.kinds = (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.MUNICIPALITY)
        places.label = _("Where one can make use of it")
        places.help_text = _(
            "Municipalities or regions; choose Danmark if it holds for the whole country. May be left open."
        )
        if "owner" in self.fields:  # a suggestion does not ask for it
            self.fields["owner"].label = _("Which organisation makes the offer?")


class Conditions(Section):
    """What it takes, until when it stands, and where one can read about it."""

    kind = Kind.OFFER
    slug = "conditions"
    title = gettext_lazy("Conditions")
    lead = gettext_lazy("What has to be in place, so that nobody asks in vain.")
    of_record = ("source",)
    examples: ClassVar = {
        "conditions_da": gettext_lazy(
            "Costs nothing for the municipality. A leader and two members of staff take part in four"
            " meetings, and the report is published."
        ),
        "open_until": gettext_lazy("30.06.2027"),
    }

    conditions_da = Lines(
        label=gettext_lazy("Conditions, in Danish"), most=600, rows=3, required=False,
        help_text=gettext_lazy("Price, time, data, rights, whom it is for. At most 600 characters."),
    )  # fmt: skip
    conditions_en = Lines(label=gettext_lazy("Conditions, in English"), most=600, rows=3, required=False)
    open_until = forms.DateField(
        label=gettext_lazy("Open until"), required=False, input_formats=DATES,
        help_text=gettext_lazy(
            "The last day on which one can take it up. It is marked as expired after that day, and we write"
            " to you a month before. Leave it open if there is none."
        ),
        error_messages={"invalid": gettext_lazy("Write a date such as 30.06.2027.")},
    )  # fmt: skip
    status = forms.ChoiceField(
        label=gettext_lazy("Status"), required=False,
        choices=[(OfferStatus.OPEN.value, OfferStatus.OPEN.label), ("", NOT_KNOWN)],
    )  # fmt: skip
    source = Lines(
        label=gettext_lazy("Where one can read about it"), most=1500, rows=2, required=False,
        help_text=gettext_lazy("A web address, a report or a decision. Part several by a semicolon."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        status: Any = self.fields.get("status")
        if status is not None and isinstance(self.entry, Offer) and self.entry.ended:
            status.choices = [(self.entry.status, self.entry.get_status_display())]

    @property
    def parts(self) -> list[Part]:
        """Without the status of an offer nobody can read yet: it is open when it is published."""
        public = self.entry is not None and self.entry.is_public
        return [part for part in super().parts if public or part.bound.name != "status"]

    def clean_open_until(self) -> dt.date | None:
        """A day that is still to come, where it is not the one that stands there already."""
        day: dt.date | None = self.cleaned_data["open_until"]
        unchanged = isinstance(self.entry, Offer) and day == self.entry.open_until
        if day is not None and not unchanged and day < timezone.localdate():
            raise ValidationError(_("Write a day that is still to come."))
        return day

    def write(self, entry: Entry) -> None:
        super().write(entry)
        if isinstance(entry, Offer) and not entry.is_public and entry.status not in OFFER_OVER:
            entry.status = OfferStatus.OPEN


SECTIONS: tuple[type[Section], ...] = (WhatAndWho, Conditions)
