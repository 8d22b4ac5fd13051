"""What is asked of a mission: what and where, the goal and who decided it, who carries it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from actors.forms.owning import OwnedSection
from actors.forms.parties import PickParties, said_parties, set_parties
from curation.choices import Kind, Phase
from curation.fields import Line, Lines, Website, Year
from curation.forms import Section
from curation.models import Entry
from curation.ties import PlacesSection, ThemedSection
from places.choices import PlaceKind

from ..choices import DecidedBy, Level
from ..models import CoalitionMember


class WhatAndWhere(OwnedSection, PlacesSection):
    """Name, what it is about, how wide it reaches, and on whose behalf it is registered."""

    kind = Kind.MISSION
    slug = "what"
    title = gettext_lazy("What and where")
    lead = gettext_lazy("A mission is a shared direction that a coalition carries.")
    of_record = ("contact_email",)
    examples: ClassVar = {
        "summary_da": gettext_lazy(
            "In 2030 nobody in our municipality lives on the street. The municipality, the housing"
            " associations and three voluntary organisations go for it together."
        )
    }
    field_order = (
        "name_da", "name_en", "summary_da", "summary_en", "description_da", "description_en", "website",
        "owner", "contact_email", "level", "places",
    )  # fmt: skip

    name_da = Line(
        label=gettext_lazy("Name in Danish"), most=200,
        error_messages={"required": gettext_lazy("Write the mission's name.")},
    )  # fmt: skip
    name_en = Line(label=gettext_lazy("Name in English"), most=200, required=False)
    summary_da = Lines(
        label=gettext_lazy("In short, in Danish"), most=600,
        help_text=gettext_lazy("The ambition in two or three sentences. At most 600 characters."),
        error_messages={"required": gettext_lazy("Write in short what the mission is about.")},
    )  # fmt: skip
    summary_en = Lines(label=gettext_lazy("In short, in English"), most=600, required=False)
    description_da = Lines(
        label=gettext_lazy("More about it, in Danish"), most=6000, rows=6, required=False,
        help_text=gettext_lazy("At most 6,000 characters. An empty line begins a new paragraph."),
    )  # fmt: skip
    description_en = Lines(label=gettext_lazy("More about it, in English"), most=6000, rows=6, required=False)
    website = Website(label=gettext_lazy("Website"), required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("How wide it reaches"),
        choices=[("", gettext_lazy("Choose how wide")), *Level.choices],
        error_messages={"required": gettext_lazy("Choose how wide the mission reaches.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places: Any = self.fields["places"]
        places.kinds = (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.MUNICIPALITY)
        places.label = _("Places")
        places.help_text = _("Municipalities, regions or the whole country. Begin to write the name.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("level") not in (None, Level.NATIONAL) and not cleaned.get("places", True):
            self.add_error("places", ValidationError(_("Choose the place."), code="required"))
        return cleaned


class Goal(ThemedSection):
    """What it is about, how one sees that it succeeds, who decided it."""

    kind = Kind.MISSION
    slug = "why"
    title = gettext_lazy("Goal and decision")
    field_order = (
        "themes", "goal_da", "goal_en", "phase", "start_year", "target_year", "decided_by", "decided_on",
        "decision_url", "shows_ambition", "shows_coalition", "shows_frames", "shows_investment",
        "shows_perspective",
    )  # fmt: skip
    examples: ClassVar = {
        "goal_da": gettext_lazy(
            "From 62 people on the street in the count of 2024 to none in 2030, counted each February."
        ),
        "shows_ambition": gettext_lazy("The council's decision of 12 March 2026 names number and year."),
    }

    goal_da = Lines(
        label=gettext_lazy("Measurable goal in Danish"), most=600, rows=3, required=False,
        help_text=gettext_lazy("How can one see that it has succeeded? At most 600 characters."),
    )  # fmt: skip
    goal_en = Lines(label=gettext_lazy("Measurable goal in English"), most=600, rows=3, required=False)
    phase = forms.ChoiceField(
        label=gettext_lazy("Phase"), choices=[("", gettext_lazy("Not known")), *Phase.choices], required=False
    )
    start_year = Year(label=gettext_lazy("From year"))
    target_year = Year(label=gettext_lazy("Target year"), ahead=60)
    decided_by = forms.ChoiceField(
        label=gettext_lazy("Decided by"), choices=[("", gettext_lazy("Not known")), *DecidedBy.choices],
        required=False,
    )  # fmt: skip
    decided_on = forms.DateField(
        label=gettext_lazy("Decided on"), required=False, input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y"],
        help_text=gettext_lazy("For example 12.03.2026."),
        error_messages={"invalid": gettext_lazy("Write a date such as 12.03.2026.")},
    )  # fmt: skip
    decision_url = Website(label=gettext_lazy("Where one can read the decision"), required=False)
    shows_ambition = Lines(label=gettext_lazy("A clear ambition, shown by"), most=400, rows=2, required=False)
    shows_coalition = Lines(label=gettext_lazy("A coalition, shown by"), most=400, rows=2, required=False)
    shows_frames = Lines(
        label=gettext_lazy("Institutional frames, shown by"), most=400, rows=2, required=False
    )
    shows_investment = Lines(
        label=gettext_lazy("Investment in absorptive capacity, shown by"), most=400, rows=2, required=False
    )
    shows_perspective = Lines(
        label=gettext_lazy("A long-term perspective, shown by"), most=400, rows=2, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, target = cleaned.get("start_year"), cleaned.get("target_year")
        if start and target and start > target:
            self.add_error("target_year", _("The target year cannot lie before the year it began."))
        return cleaned


class Carriers(Section):
    """Who is in the coalition, and where one can read about it."""

    kind = Kind.MISSION
    slug = "who"
    title = gettext_lazy("Who carries it")
    lead = gettext_lazy(
        "Name those who have said yes. We write to them and ask them to confirm; until then they are drawn"
        " with a dotted edge."
    )
    of_record = ("source",)

    parties = PickParties(
        label=gettext_lazy("Who carries it"),
        find_label=gettext_lazy("Add an organisation"),
        help_text=gettext_lazy("Write the name."),
    )
    source = Lines(
        label=gettext_lazy("Where one can read about it"), most=1500, rows=2, required=False,
        help_text=gettext_lazy("A web address, a report or a decision. Part several by a semicolon."),
    )  # fmt: skip

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        return super().said(entry) | {"parties": said_parties(_held(entry))}

    def write_ties(self, entry: Entry, *, by: User | None = None) -> None:
        super().write_ties(entry, by=by)
        mission: Any = entry
        set_parties(
            _held(entry), self.cleaned_data["parties"],
            lambda actor: CoalitionMember(mission=mission, actor=actor), record=entry.record, by=by,
        )  # fmt: skip


def _held(mission: Entry) -> Sequence[CoalitionMember]:
    rows = CoalitionMember.objects.filter(mission=mission.pk).select_related("actor__record")
    return list(rows.order_by("pk"))


SECTIONS: tuple[type[Section], ...] = (WhatAndWhere, Goal, Carriers)
