"""What is asked of a trial: what and where, how and with whom, when and how far."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.forms.owning import OwnedSection
from curation.choices import Kind
from curation.fields import Line, Lines, Website
from curation.forms import Section
from curation.models import Entry
from curation.months import Month
from curation.ties import PlacedSection, ThemedSection
from missions.forms.picking import PickNeeds
from places.choices import PlaceKind

from ..choices import Method, Setting, TrialStage
from ..models import Lab, Solution, Trial
from .partners import PartnersSection
from .picking import PickLabs, PickSolutions

NOT_KNOWN = ("", gettext_lazy("Not known"))
PLACES = (PlaceKind.MUNICIPALITY, PlaceKind.LOCALITY, PlaceKind.REGION, PlaceKind.COUNTRY)


class WhatAndWhere(OwnedSection, ThemedSection, PlacedSection):
    """What is tried, in which lab, where exactly, and who answers for it."""

    kind = Kind.TRIAL
    slug = "what"
    title = gettext_lazy("What and where")
    lead = gettext_lazy(
        "What does the lab try in daily life? A trial that goes on is as welcome as one that is over."
    )
    of_record = ("contact_email",)
    examples: ClassVar = {
        "name_da": gettext_lazy("Evening light on ward 2"),
        "summary_da": gettext_lazy(
            "For three months the light on ward 2 turns warmer from six in the evening. The night shift"
            " counts how often residents are awake; ward 3 has the old light and is counted too."
        ),
        "where": gettext_lazy("Ward 2 of Solbakken care home, 16 rooms and the corridor"),
    }
    field_order = (
        "lab", "name_da", "name_en", "summary_da", "summary_en", "description_da", "description_en", "themes",
        "places", "where", "setting", "latitude", "longitude", "owner", "contact_email",
    )  # fmt: skip

    lab = PickLabs(
        label=gettext_lazy("In which lab?"), most=1, required=True,
        help_text=gettext_lazy("Write the lab's name. It has to be in the register."),
        error_messages={"required": gettext_lazy("Choose the lab that tries it.")},
    )  # fmt: skip
    name_da = Line(
        label=gettext_lazy("Name of the trial, in Danish"), most=200,
        error_messages={"required": gettext_lazy("Write what the trial is called.")},
    )  # fmt: skip
    name_en = Line(label=gettext_lazy("Name of the trial, in English"), most=200, required=False)
    summary_da = Lines(
        label=gettext_lazy("What is tested? In Danish"), most=600,
        help_text=gettext_lazy(
            "What you do differently, for whom, and what you look at. At most 600 characters."
        ),
        error_messages={"required": gettext_lazy("Write what is tested.")},
    )  # fmt: skip
    summary_en = Lines(label=gettext_lazy("What is tested, in English"), most=600, required=False)
    description_da = Lines(
        label=gettext_lazy("More about it, in Danish"), most=6000, rows=6, required=False,
        help_text=gettext_lazy("At most 6,000 characters. An empty line begins a new paragraph."),
    )  # fmt: skip
    description_en = Lines(label=gettext_lazy("More about it, in English"), most=6000, rows=6, required=False)
    where = Line(
        label=gettext_lazy("Where exactly?"), most=200, required=False,
        help_text=gettext_lazy("The ward, the street, the school."),
    )  # fmt: skip
    setting = forms.ChoiceField(
        label=gettext_lazy("Setting"), choices=[NOT_KNOWN, *Setting.choices], required=False,
        help_text=gettext_lazy("The daily life it takes place in."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places: Any = self.fields["places"]
        places.required, places.kinds = True, PLACES
        places.label = _("In which municipality?")
        places.error_messages["required"] = _("Choose where it is tried.")

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        lab = entry.lab if isinstance(entry, Trial) and entry.lab_id else None
        return super().said(entry) | {"lab": [lab.record.public_id] if lab else []}

    def clean_lab(self) -> Lab:
        lab: Lab = self.cleaned_data["lab"][0]
        return lab


class HowAndWithWhom(PartnersSection):
    """How it is tried, who takes part, which need it is about and which solution it tries."""

    kind = Kind.TRIAL
    slug = "how"
    title = gettext_lazy("How and with whom")
    lead = gettext_lazy(
        "Name the organisations that have said yes. We write to them and ask them to confirm; until then they"
        " are drawn with a dotted edge."
    )
    headings: ClassVar = {
        "participants": gettext_lazy("Who takes part?"),
        "need": gettext_lazy("What is it part of?"),
    }
    examples: ClassVar = {
        "participants": gettext_lazy(
            "16 residents with dementia, nine relatives, the night shift of two and two researchers"
        ),
    }
    field_order = ("methods", "participants", "partners", "need", "solution")

    methods = forms.MultipleChoiceField(
        label=gettext_lazy("Methods"), choices=Method.choices, widget=forms.CheckboxSelectMultiple,
        required=False, help_text=gettext_lazy("Those you use; several or none."),
    )  # fmt: skip
    participants = Lines(
        label=gettext_lazy("People who take part"), most=600, rows=2, required=False,
        help_text=gettext_lazy("How many, and in which capacity. Never write people's names."),
    )  # fmt: skip
    need = PickNeeds(
        label=gettext_lazy("The need it is about"), most=1,
        help_text=gettext_lazy("PULL. Search among the needs in the register. There may be none."),
    )  # fmt: skip
    solution = PickSolutions(
        label=gettext_lazy("The solution it tries"), most=1,
        help_text=gettext_lazy("Search among the solutions in the register. There may be none."),
    )  # fmt: skip

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        ends = {name: getattr(entry, name, None) for name in ("need", "solution")}
        picked = {name: [end.record.public_id] if end else [] for name, end in ends.items()}
        return super().said(entry) | picked

    def clean_need(self) -> Any:
        return next(iter(self.cleaned_data["need"]), None)

    def clean_solution(self) -> Solution | None:
        return next(iter(self.cleaned_data["solution"]), None)


class WhenAndHowFar(Section):
    """From when until when, how far it is, where one can read about it."""

    kind = Kind.TRIAL
    slug = "when"
    title = gettext_lazy("When and how far")
    lead = gettext_lazy(
        "When it is over you tell so on its page, with what came of it. What is learned on the way you write"
        " down in the learning log, a minute at a time."
    )
    of_record = ("source",)
    field_order = ("stage", "started_on", "ends_on", "website", "source")

    stage = forms.ChoiceField(
        label=gettext_lazy("How far is it?"), choices=[NOT_KNOWN, *TrialStage.choices], required=False
    )
    started_on = Month(
        label=gettext_lazy("From"), ahead=True,
        help_text=gettext_lazy("Month and year, for example 09.2026. Leave it empty if it is not known."),
    )  # fmt: skip
    ends_on = Month(
        label=gettext_lazy("Planned until"), ahead=True,
        help_text=gettext_lazy("The last month as it is planned, for example 06.2027."),
    )  # fmt: skip
    website = Website(
        label=gettext_lazy("Website"), required=False,
        help_text=gettext_lazy("Where one can read about this trial."),
    )  # fmt: skip
    source = Lines(
        label=gettext_lazy("Where one can read about it"), most=1500, rows=2, required=False,
        help_text=gettext_lazy("A web address, a report or a decision. Part several by a semicolon."),
    )  # fmt: skip

    def clean_ends_on(self) -> dt.date | None:
        """Not before it begins."""
        day: dt.date | None = self.cleaned_data["ends_on"]
        begins = self.cleaned_data.get("started_on")
        if day and begins and day < begins:
            raise forms.ValidationError(_("It cannot be over before it began."))
        return day


SECTIONS: tuple[type[Section], ...] = (WhatAndWhere, HowAndWithWhom, WhenAndHowFar)
