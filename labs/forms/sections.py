"""What is asked of a living lab: what and where, why, who, how."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from actors.forms.entries import PickOffers
from actors.forms.owning import OwnedSection
from actors.forms.parties import PickParties, said_parties, set_parties
from curation.choices import Kind, Phase
from curation.fields import Line, Lines, Website, Year
from curation.forms import Section
from curation.models import Entry
from curation.ties import PlacedSection, ThemedSection
from missions.forms.picking import PickMissions, PickNeeds
from places.choices import PlaceKind

from ..actions import set_ties
from ..choices import Driver, Form, Method, OpenTo, Setting
from ..models import Link
from ..querysets import TIED

NOT_KNOWN = ("", gettext_lazy("Not known"))


class WhatAndWhere(OwnedSection, PlacedSection):
    """Name, what it does, on whose behalf it is registered, and where it is."""

    kind = Kind.LAB
    slug = "what"
    title = gettext_lazy("What and where")
    lead = gettext_lazy("A few words about the lab. What you write is kept as you write it.")
    of_record = ("contact_email",)
    examples: ClassVar = {
        "summary_da": gettext_lazy(
            "At Solbakken care home, residents, staff and researchers try out how light can help people with"
            " dementia sleep. Everything is tried in daily life, on two wards, and what does not work is"
            " changed within a week."
        ),
        "description_da": gettext_lazy(
            "The lab began in 2023, when the staff counted how often residents were awake at night. Since"
            " then four kinds of light have been tried. The council has set aside 400 hours a year, and a"
            " nurse has Tuesdays for it."
        ),
    }
    field_order = (
        "name_da", "name_en", "summary_da", "summary_en", "description_da", "description_en", "website",
        "places", "latitude", "longitude", "owner", "contact_email",
    )  # fmt: skip

    name_da = Line(
        label=gettext_lazy("Name in Danish"), most=200,
        error_messages={"required": gettext_lazy("Write the lab's name.")},
    )  # fmt: skip
    name_en = Line(label=gettext_lazy("Name in English"), most=200, required=False)
    summary_da = Lines(
        label=gettext_lazy("In short, in Danish"), most=600,
        help_text=gettext_lazy("Who does what with whom, in two or three sentences. At most 600 characters."),
        error_messages={"required": gettext_lazy("Write in short what the lab does.")},
    )  # fmt: skip
    summary_en = Lines(label=gettext_lazy("In short, in English"), most=600, required=False)
    description_da = Lines(
        label=gettext_lazy("More about it, in Danish"), most=6000, rows=6, required=False,
        help_text=gettext_lazy("At most 6,000 characters. An empty line begins a new paragraph."),
    )  # fmt: skip
    description_en = Lines(label=gettext_lazy("More about it, in English"), most=6000, rows=6, required=False)
    website = Website(
        label=gettext_lazy("Website"),
        required=False,
        help_text=gettext_lazy("For example https://www.aarhus.dk."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places: Any = self.fields["places"]
        places.required, places.kinds = True, (PlaceKind.MUNICIPALITY, PlaceKind.COUNTRY)
        places.help_text = _("Begin to write the name. Choose Danmark if the lab works in the whole country.")
        places.error_messages["required"] = _("Choose the municipality the lab is in.")


class Why(ThemedSection):
    """What it is about, what it is to lead to, for whom; the missions, needs and offers it is coupled to."""

    kind = Kind.LAB
    slug = "why"
    title = gettext_lazy("Why")
    lead = gettext_lazy("A lab cannot be about everything. What has to succeed, and for whom?")
    field_order = (
        "themes", "purpose_da", "purpose_en", "target_groups", "missions", "needs", "offers",
    )  # fmt: skip
    headings: ClassVar = {"missions": gettext_lazy("What is it coupled to?")}
    examples: ClassVar = {
        "purpose_da": gettext_lazy(
            "Residents with dementia sleep through the night, and the night shift spends its time with those"
            " who are ill rather than those who are awake."
        ),
        "target_groups": gettext_lazy("Residents with dementia and their relatives; staff at night"),
    }

    purpose_da = Lines(
        label=gettext_lazy("Purpose, in Danish"), most=1200, required=False,
        help_text=gettext_lazy("What has to succeed in practice? At most 1,200 characters."),
    )  # fmt: skip
    purpose_en = Lines(label=gettext_lazy("Purpose, in English"), most=1200, required=False)
    target_groups = Lines(
        label=gettext_lazy("For whom"), most=400, rows=2, required=False,
        help_text=gettext_lazy("Whose daily life is to become better. At most 400 characters."),
    )  # fmt: skip
    missions = PickMissions(
        label=gettext_lazy("Missions it serves"),
        help_text=gettext_lazy("Search among the missions in the register. There may be none."),
    )

    needs = PickNeeds(
        label=gettext_lazy("Needs it works on"),
        help_text=gettext_lazy(
            "PULL. Search among the needs in the register. Whoever has the need is asked to confirm."
        ),
    )
    offers = PickOffers(
        label=gettext_lazy("Offers it makes use of"),
        help_text=gettext_lazy(
            "PUSH. Search among the offers in the register. Whoever makes the offer is asked to confirm."
        ),
    )

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        ids: dict[str, list[str]] = {f"{end}s": [] for end in TIED}
        for link in Link.objects.filter(lab=entry.pk).running().to_entries():
            ids[f"{link.end.kind}s"].append(link.end.record.public_id)
        return super().said(entry) | ids

    def write_ties(self, entry: Entry, *, by: User | None = None) -> None:
        super().write_ties(entry, by=by)
        chosen = {end: self.cleaned_data[f"{end}s"] for end in TIED if f"{end}s" in self.cleaned_data}
        set_ties(entry.record, chosen, by=by)


class Who(Section):
    """The coalition."""

    kind = Kind.LAB
    slug = "who"
    title = gettext_lazy("Who takes part")
    lead = gettext_lazy(
        "Name those who have said yes. We write to them and ask them to confirm; until then they are drawn"
        " with a dotted edge."
    )

    parties = PickParties(
        label=gettext_lazy("Who takes part"),
        find_label=gettext_lazy("Add an organisation"),
        help_text=gettext_lazy("Write the name. For example: Nørresundby Boligselskab"),
    )

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        return super().said(entry) | {"parties": said_parties(_parties(entry))}

    def write_ties(self, entry: Entry, *, by: User | None = None) -> None:
        super().write_ties(entry, by=by)
        set_parties(
            _parties(entry),
            self.cleaned_data["parties"],
            lambda actor: Link(lab_id=entry.pk, actor=actor),
            record=entry.record,
            by=by,
        )


class How(Section):
    """How it works, what it is open to, what shows the four hallmarks, where one can read about it."""

    kind = Kind.LAB
    slug = "how"
    title = gettext_lazy("How")
    lead = gettext_lazy("How far it is, how it works, and what shows that it is a living lab.")
    of_record = ("source",)
    headings: ClassVar = {
        "hallmark_daily": gettext_lazy("What shows that it is a living lab?"),
        "source": gettext_lazy("Source"),
    }
    examples: ClassVar = {
        "hallmark_daily": gettext_lazy(
            "All four kinds of light were tried on ward 2 and 3 while people lived there."
        ),
        "hallmark_together": gettext_lazy(
            "Residents' relatives, night staff, the home's leader and two researchers meet each month."
        ),
        "hallmark_whole": gettext_lazy(
            "It began with a count of wakeful nights; since May the light has been part of daily operation."
        ),
        "hallmark_learning": gettext_lazy(
            "We thought it was about light. It was about when supper is eaten, so now we try that too."
        ),
    }

    phase = forms.ChoiceField(
        label=gettext_lazy("Phase"), choices=[NOT_KNOWN, *Phase.choices], required=False
    )
    start_year = Year(label=gettext_lazy("From year"))
    setting = forms.ChoiceField(
        label=gettext_lazy("Setting"), choices=[NOT_KNOWN, *Setting.choices], required=False,
        help_text=gettext_lazy("The daily life it takes place in."),
    )  # fmt: skip
    form = forms.ChoiceField(
        label=gettext_lazy("Form"), choices=[NOT_KNOWN, *Form.choices], required=False,
        help_text=gettext_lazy("What it is built as."),
    )  # fmt: skip
    driver = forms.ChoiceField(
        label=gettext_lazy("Driver"), choices=[NOT_KNOWN, *Driver.choices], required=False,
        help_text=gettext_lazy("Who drives it."),
    )  # fmt: skip
    methods = forms.MultipleChoiceField(
        label=gettext_lazy("Methods"), choices=Method.choices, widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Those you use; several or none."),
    )  # fmt: skip
    open_to = forms.MultipleChoiceField(
        label=gettext_lazy("Open to now"), choices=OpenTo.choices,
        widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("Others find the lab by this."),
    )  # fmt: skip
    hallmark_daily = Lines(
        label=gettext_lazy("In daily operation"), most=400, rows=2, required=False,
        help_text=gettext_lazy(
            "Development and testing happen where people live and work. One line that shows it."
        ),
    )  # fmt: skip
    hallmark_together = Lines(
        label=gettext_lazy("Together"), most=400, rows=2, required=False,
        help_text=gettext_lazy(
            "Citizens, staff, leaders, companies and researchers work together. One line that shows it."
        ),
    )  # fmt: skip
    hallmark_whole = Lines(
        label=gettext_lazy("The whole way"), most=400, rows=2, required=False,
        help_text=gettext_lazy(
            "Finding needs, experimenting and putting into operation all count. One line that shows it."
        ),
    )  # fmt: skip
    hallmark_learning = Lines(
        label=gettext_lazy("Learning that changes"), most=400, rows=2, required=False,
        help_text=gettext_lazy(
            "What is learned changes both the problem and the solution. One line that shows it."
        ),
    )  # fmt: skip
    source = Lines(
        label=gettext_lazy("Where one can read about it"), most=1500, rows=2, required=False,
        help_text=gettext_lazy("A web address, a report or a decision. Part several by a semicolon."),
    )  # fmt: skip


def _parties(lab: Entry) -> Sequence[Link]:
    rows = Link.objects.filter(lab=lab.pk, actor__isnull=False).select_related("actor__record")
    return list(rows.order_by("pk"))


SECTIONS: tuple[type[Section], ...] = (WhatAndWhere, Why, Who, How)
