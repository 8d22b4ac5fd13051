"""What is asked of a need: what and whose, what would help, the collaboration card."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.forms.owning import OwnedSection
from curation.choices import Kind
from curation.fields import Line, Lines
from curation.forms import Part, Section
from curation.models import Entry
from curation.ties import PlacesSection, ThemedSection
from places.choices import PlaceKind

from ..choices import NEED_OVER, NeedKind, NeedStatus
from ..models import Mission, Need
from .picking import PickMissions

PLACES = (
    PlaceKind.MUNICIPALITY, PlaceKind.LOCALITY, PlaceKind.HEALTH_COUNCIL, PlaceKind.REGION, PlaceKind.COUNTRY,
)  # fmt: skip
GOING_ON = [status for status in NeedStatus if status not in NEED_OVER]


class WhatAndWhose(OwnedSection, ThemedSection, PlacesSection):
    """The need, who lives with it, where, and who stands behind it."""

    kind = Kind.NEED
    slug = "what"
    title = gettext_lazy("What and whose")
    lead = gettext_lazy(
        "What has to succeed in practice? Write about the problem; whoever has a solution answers."
    )
    of_record = ("contact_email",)
    examples: ClassVar = {
        "name_da": gettext_lazy("Residents with dementia sleep too little at night"),
        "summary_da": gettext_lazy(
            "On two wards of Solbakken care home 31 residents with dementia are awake four times a night on"
            " average. Residents and relatives are worn out, and the night shift of two cannot be with all of"
            " them."
        ),
    }
    field_order = (
        "name_da", "name_en", "summary_da", "summary_en", "type", "themes", "places", "owner",
        "contact_email",
    )  # fmt: skip

    name_da = Line(
        label=gettext_lazy("The need in one line, in Danish"), most=200,
        error_messages={"required": gettext_lazy("Write the need in one line.")},
    )  # fmt: skip
    name_en = Line(label=gettext_lazy("The need in one line, in English"), most=200, required=False)
    summary_da = Lines(
        label=gettext_lazy("Whose problem is it? In Danish"), most=600,
        help_text=gettext_lazy(
            "Who lives with it, how many they are, and how it shows in daily life. At most 600 characters."
        ),
        error_messages={"required": gettext_lazy("Write whose problem it is.")},
    )  # fmt: skip
    summary_en = Lines(label=gettext_lazy("Whose problem it is, in English"), most=600, required=False)
    type = forms.ChoiceField(
        label=gettext_lazy("What do you need first of all?"),
        choices=[("", gettext_lazy("Choose what you need")), *NeedKind.choices],
        error_messages={"required": gettext_lazy("Choose what you need first of all.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places: Any = self.fields["places"]
        places.kinds, places.required = PLACES, True
        places.label = _("Where is it?")
        places.help_text = _("Municipality, health council, region or Danmark. Begin to write the name.")
        places.error_messages["required"] = _("Choose where the need is.")


class WhatWouldHelp(Section):
    """What has been tried, how one sees that it succeeds, what a partner is asked for and may touch."""

    kind = Kind.NEED
    slug = "help"
    title = gettext_lazy("What would help")
    lead = gettext_lazy("The more a partner can read here, the fewer meetings it takes to begin.")
    examples: ClassVar = {
        "tried_da": gettext_lazy(
            "In 2024 fewer rounds at night for three months: quieter corridors, but just as many awake. A mat"
            " with an alarm was taken away again, because it woke the neighbour."
        ),
        "success_da": gettext_lazy(
            "Half as many wakeful nights on both wards within a year, counted by the night shift, and nobody"
            " gets more medicine."
        ),
        "asks_for_da": gettext_lazy(
            "A researcher who knows about sleep and dementia, and a company that can put light on a ward"
            " without rebuilding it."
        ),
        "may_touch": gettext_lazy(
            "Two wards with 31 rooms, day and night. Anonymous counts of wakeful nights since 2023. Two hours"
            " a week with the night shift. Not the medical records."
        ),
        "signed_by": gettext_lazy("Head of the centre for older people"),
    }

    tried_da = Lines(
        label=gettext_lazy("What has been tried? In Danish"), most=1200, required=False,
        help_text=gettext_lazy("Also what did not work, and why. If nothing has been tried, say so."),
    )  # fmt: skip
    tried_en = Lines(label=gettext_lazy("What has been tried, in English"), most=1200, required=False)
    success_da = Lines(
        label=gettext_lazy("What would be success? In Danish"), most=1200, required=False,
        help_text=gettext_lazy("What is different for those who live with it, and how one can see that."),
    )  # fmt: skip
    success_en = Lines(label=gettext_lazy("What would be success, in English"), most=1200, required=False)
    asks_for_da = Lines(
        label=gettext_lazy("What do you ask of a partner? In Danish"), most=1200, required=False,
        help_text=gettext_lazy("What the partner is to know, bring or do."),
    )  # fmt: skip
    asks_for_en = Lines(
        label=gettext_lazy("What it asks of a partner, in English"), most=1200, required=False
    )
    may_touch = Lines(
        label=gettext_lazy("What may a partner touch?"), most=1200, required=False,
        help_text=gettext_lazy("Sites, data, hours, people. Say too what nobody may touch."),
    )  # fmt: skip
    deadline = forms.DateField(
        label=gettext_lazy("Deadline for answers"), required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y"],
        help_text=gettext_lazy("The last day one can answer, for example 12.03.2027. There may be none."),
        error_messages={"invalid": gettext_lazy("Write a date such as 12.03.2027.")},
    )  # fmt: skip
    window = Line(
        label=gettext_lazy("When can it take place?"), most=200, required=False,
        help_text=gettext_lazy("For example: from August to December 2027, not in the weeks of holiday."),
    )  # fmt: skip
    signed_by = Line(
        label=gettext_lazy("Who can sign an agreement?"), most=200, required=False,
        help_text=gettext_lazy("A post, not a person's name."),
    )  # fmt: skip

    def clean_deadline(self) -> Any:
        """It lies ahead when it is told; one that has passed since, or of what has ended, may stay."""
        day = self.cleaned_data["deadline"]
        known = self.entry if isinstance(self.entry, Need) else None
        may_stay = known is not None and (known.ended or known.deadline == day)
        if day and day < timezone.localdate() and not may_stay:
            raise ValidationError(_("The deadline has passed. Write a day that lies ahead."))
        return day


class CollaborationCard(Section):
    """How one works together: form, hours, data and ethics, what comes back, who owns the results."""

    kind = Kind.NEED
    slug = "card"
    title = gettext_lazy("Collaboration card")
    lead = gettext_lazy(
        "What a partner asks at the first meeting. Leave empty what you do not know; the page says that it"
        " is not told."
    )
    of_record = ("source",)
    headings: ClassVar = {"mission": gettext_lazy("What it belongs to")}
    examples: ClassVar = {
        "cooperation": gettext_lazy("A trial of six months with an agreement of two pages, then a decision."),
        "hours": gettext_lazy("Two hours a week of the night shift, and the leader one hour a month."),
        "data_ethics": gettext_lazy(
            "Relatives say yes for residents who cannot. Data stay with the municipality; the ethical"
            " committee has been asked."
        ),
        "gives_back": gettext_lazy("A place to try it for real, staff who know, and a report both may use."),
        "results_owner": gettext_lazy("Both may use what is learned; what is developed is the company's."),
    }

    cooperation = Lines(
        label=gettext_lazy("Form of cooperation"), most=600, rows=2, required=False,
        help_text=gettext_lazy("A trial, a student project, a research project, a purchase …"),
    )  # fmt: skip
    hours = Lines(
        label=gettext_lazy("Hours asked of daily operation"), most=600, rows=2, required=False,
        help_text=gettext_lazy("Who is away from the daily work, and how much."),
    )  # fmt: skip
    data_ethics = Lines(
        label=gettext_lazy("Data and ethics"), most=600, rows=2, required=False,
        help_text=gettext_lazy("Consent, where data are kept, who has been asked."),
    )  # fmt: skip
    gives_back = Lines(
        label=gettext_lazy("What the partner gets back"), most=600, rows=2, required=False,
        help_text=gettext_lazy("Access, learning, a reference, payment."),
    )  # fmt: skip
    results_owner = Lines(
        label=gettext_lazy("Who owns the results"), most=600, rows=2, required=False,
        help_text=gettext_lazy("What is learned, and what is developed."),
    )  # fmt: skip
    mission = PickMissions(
        label=gettext_lazy("Mission"), most=1,
        help_text=gettext_lazy("If it is part of a shared direction in the register."),
    )  # fmt: skip
    status = forms.ChoiceField(
        label=gettext_lazy("How far is it?"), choices=[("", gettext_lazy("Not known")), *NeedStatus.choices],
        required=False, help_text=gettext_lazy("Others see it beside the name, on the page and in lists."),
    )  # fmt: skip
    source = Lines(
        label=gettext_lazy("Where one can read about it"), most=1500, rows=2, required=False,
        help_text=gettext_lazy("A web address, a report or a decision. Part several by a semicolon."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if isinstance(self.entry, Need) and "status" in self.fields:
            status: Any = self.fields["status"]
            status.choices = _choices(self.entry)

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        mission = getattr(entry, "mission", None)
        return super().said(entry) | {"mission": [mission.record.public_id] if mission else []}

    @property
    def parts(self) -> list[Part]:
        """Without the status of a need nobody can read yet: it is open when it is published."""
        public = self.entry is not None and self.entry.is_public
        return [part for part in super().parts if public or part.bound.name != "status"]

    def clean_mission(self) -> Mission | None:
        return next(iter(self.cleaned_data["mission"]), None)

    def write(self, entry: Entry) -> None:
        super().write(entry)
        if isinstance(entry, Need) and not entry.is_public and not entry.ended:
            entry.status = NeedStatus.OPEN


def _choices(need: Need) -> list[tuple[str, Any]]:
    """What has ended has ended somehow, and what goes on has not: that it has ended is told elsewhere."""
    if need.ended:
        return [(status.value, status.label) for status in NEED_OVER]
    return [("", _("Not known")), *((status.value, status.label) for status in GOING_ON)]


SECTIONS: tuple[type[Section], ...] = (WhatAndWhose, WhatWouldHelp, CollaborationCard)
