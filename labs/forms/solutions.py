"""What is asked of a solution: what and where, how far, value, operation, who made it, what was learned."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.forms.owning import OwnedSection
from curation.choices import Kind
from curation.fields import Line, Lines, Website
from curation.forms import Section
from curation.models import Entry
from curation.months import Month
from curation.ties import PlacesSection, ThemedSection
from missions.forms.picking import PickNeeds
from missions.models import Need
from places.choices import PlaceKind

from ..choices import Contributor, InnovationType, Novelty, Obstacle, Operable, Reuse, SolutionStage
from ..models import Lab, Solution
from .partners import PartnersSection
from .picking import PickLabs, PickSolutions
from .values import ValuesSection

NOT_TOLD = ("", gettext_lazy("Not told"))
DATES = ["%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y"]
PLACES = (
    PlaceKind.MUNICIPALITY, PlaceKind.LOCALITY, PlaceKind.HEALTH_COUNCIL, PlaceKind.REGION, PlaceKind.COUNTRY,
)  # fmt: skip


class WhatAndWhere(OwnedSection, ThemedSection, PlacesSection):
    """What it is, where it began, which lab it came out of, which need it answers, who answers for it."""

    kind = Kind.SOLUTION
    slug = "what"
    title = gettext_lazy("What and where")
    lead = gettext_lazy(
        "Something that answers a need: an idea, something that is being tried, or something in daily use."
    )
    of_record = ("contact_email",)
    headings: ClassVar = {"lab": gettext_lazy("Where does it come from?")}
    examples: ClassVar = {
        "name_da": gettext_lazy("Light that follows the day on wards for people with dementia"),
        "summary_da": gettext_lazy(
            "Lamps in rooms and corridors follow the light of the day, and the night shift turns them down"
            " where somebody is awake. The staff set it themselves from a tablet."
        ),
    }
    field_order = (
        "name_da", "name_en", "summary_da", "summary_en", "description_da", "description_en", "types",
        "novelty", "themes", "places", "website", "lab", "need", "owner", "contact_email",
    )  # fmt: skip

    name_da = Line(
        label=gettext_lazy("Name of the solution, in Danish"), most=200,
        error_messages={"required": gettext_lazy("Write what the solution is called.")},
    )  # fmt: skip
    name_en = Line(label=gettext_lazy("Name of the solution, in English"), most=200, required=False)
    summary_da = Lines(
        label=gettext_lazy("What is it? In Danish"), most=600,
        help_text=gettext_lazy(
            "What one does, with what and for whom, so that others can see whether it is something for them."
            " At most 600 characters."
        ),
        error_messages={"required": gettext_lazy("Write what it is.")},
    )  # fmt: skip
    summary_en = Lines(label=gettext_lazy("What it is, in English"), most=600, required=False)
    description_da = Lines(
        label=gettext_lazy("More about it, in Danish"), most=6000, rows=6, required=False,
        help_text=gettext_lazy("At most 6,000 characters. An empty line begins a new paragraph."),
    )  # fmt: skip
    description_en = Lines(label=gettext_lazy("More about it, in English"), most=6000, rows=6, required=False)
    types = forms.MultipleChoiceField(
        label=gettext_lazy("What kind of innovation is it?"), choices=InnovationType.choices,
        widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("Tick what fits; several or none."),
    )  # fmt: skip
    novelty = forms.ChoiceField(
        label=gettext_lazy("How new is it?"), choices=[NOT_TOLD, *Novelty.choices], required=False
    )
    website = Website(
        label=gettext_lazy("Website"), required=False,
        help_text=gettext_lazy("Where one can read about this solution."),
    )  # fmt: skip
    lab = PickLabs(
        label=gettext_lazy("The lab it came out of"), most=1,
        help_text=gettext_lazy("Search among the labs in the register. There may be none."),
    )  # fmt: skip
    need = PickNeeds(
        label=gettext_lazy("The need it answers"), most=1,
        help_text=gettext_lazy("PULL. Search among the needs in the register. There may be none."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places: Any = self.fields["places"]
        places.kinds = PLACES
        places.label = _("Where was it developed or first used?")
        places.help_text = _(
            "Municipality, health council, region or Danmark. Where else it is used is told by those who take"
            " it over."
        )

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        return super().said(entry) | {name: _picked(entry, name) for name in ("lab", "need")}

    def clean_lab(self) -> Lab | None:
        return next(iter(self.cleaned_data["lab"]), None)

    def clean_need(self) -> Need | None:
        return next(iter(self.cleaned_data["need"]), None)


class HowFar(Section):
    """Its stage, since when, and what it waits for if it is not in use."""

    kind = Kind.SOLUTION
    slug = "far"
    title = gettext_lazy("How far it is")
    lead = gettext_lazy(
        "It is called an innovation when it is new to the workplace, in use and of documented value. Until"
        " then the page says what it is: an idea, a proof of concept, a trial or something in use."
    )
    headings: ClassVar = {"waiting_for": gettext_lazy("What does it wait for?")}
    examples: ClassVar = {
        "waiting_said": gettext_lazy(
            "The trial ended in May. The lamps are there, but nobody has the money for service from January,"
            " and the IT department has not approved the tablets."
        ),
    }
    field_order = (
        "stage", "stage_since", "new_here", "idea_on", "in_use_since", "waiting_for", "waiting_said",
    )  # fmt: skip

    stage = forms.ChoiceField(
        label=gettext_lazy("How far has it come?"), choices=[NOT_TOLD, *SolutionStage.choices],
        required=False,
    )  # fmt: skip
    stage_since = forms.DateField(
        label=gettext_lazy("Since when has it been at that stage?"), required=False, input_formats=DATES,
        help_text=gettext_lazy("For example 01.03.2026. Leave it empty if the day is not known."),
        error_messages={"invalid": gettext_lazy("Write a date such as 01.03.2026.")},
    )  # fmt: skip
    new_here = forms.TypedChoiceField(
        label=gettext_lazy("Is it new to the workplace?"), required=False, empty_value=None,
        choices=[
            NOT_TOLD,
            ("True", gettext_lazy("Yes, new where it is used, also if others have done it before")),
            ("False", gettext_lazy("No, it was there before")),
        ],
        coerce=lambda value: value == "True",
    )  # fmt: skip
    idea_on = Month(
        label=gettext_lazy("When did the idea come up? (month)"),
        help_text=gettext_lazy("For example 03.2024. With the next month one can tell how long it took."),
    )
    in_use_since = Month(
        label=gettext_lazy("In use in daily operation since (month)"),
        help_text=gettext_lazy("For example 03.2026. Only if it is in use, and not in a trial."),
    )
    waiting_for = forms.MultipleChoiceField(
        label=gettext_lazy("If it is not in use: what is it waiting for?"), choices=Obstacle.choices,
        widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy(
            "Good solutions often stop between trial and operation. Others can only help if they know why."
        ),
    )  # fmt: skip
    waiting_said = Lines(
        label=gettext_lazy("In words"), most=600, rows=3, required=False,
        help_text=gettext_lazy("What has to happen, and who could make it happen. At most 600 characters."),
    )  # fmt: skip

    def clean_stage_since(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["stage_since"]
        if day and day > timezone.localdate():
            raise ValidationError(_("That day lies ahead. Write since when it has been there."))
        if day and self.cleaned_data.get("stage") == "":
            raise ValidationError(_("Choose how far it has come, or leave the day empty."))
        return day

    def clean(self) -> dict[str, Any]:
        """A month of use belongs to what is in use, and cannot lie before the idea."""
        cleaned = super().clean() or self.cleaned_data
        idea, used, stage = (cleaned.get(name) for name in ("idea_on", "in_use_since", "stage"))
        if used and stage not in (None, SolutionStage.IN_USE):
            self.add_error(
                "in_use_since",
                _("Only what is in use has this month. Choose “In use” above, or leave it empty."),
            )
        elif used and idea and used < idea:
            self.add_error("in_use_since", _("It cannot have been in use before the idea came up."))
        return cleaned

    def write(self, entry: Entry) -> None:
        """Another stage began today, unless somebody says when."""
        known = isinstance(entry, Solution) and entry.pk is not None
        before = (entry.stage, entry.stage_since) if isinstance(entry, Solution) else ("", None)
        super().write(entry)
        if not isinstance(entry, Solution) or entry.stage == before[0]:
            return
        if not entry.stage:
            entry.stage_since = None
        elif known and entry.stage_since in (None, before[1]):
            entry.stage_since = timezone.localdate()


class Worth(ValuesSection):
    """Its value, kind by kind."""

    kind = Kind.SOLUTION
    slug = "value"
    title = gettext_lazy("Value")
    lead = gettext_lazy(
        "Five kinds of value. Fill in those you know of. Counted, evaluated or compared counts as documented;"
        " what is experienced is shown as experienced."
    )


class Operation(Section):
    """Whether daily operation can use it, what it takes, and what the citizen notices."""

    kind = Kind.SOLUTION
    slug = "operation"
    title = gettext_lazy("Operation and effect")
    lead = gettext_lazy("What somebody has to know who would use it every day.")
    examples: ClassVar = {
        "run_by": gettext_lazy("The night shift sets it; the municipality's property department repairs it"),
        "run_needs": gettext_lazy(
            "Ten minutes a day, a spare lamp for each ward, and an agreement about service: 400 kroner a room"
            " and year."
        ),
        "replaced": gettext_lazy("Ceiling light that was either on or off, and rounds with a torch."),
        "effect_da": gettext_lazy(
            "Residents with dementia sleep an hour longer, and their relatives meet them awake by day."
        ),
    }

    operable = forms.ChoiceField(
        label=gettext_lazy("Can daily operation use it?"), choices=[NOT_TOLD, *Operable.choices],
        required=False,
        help_text=gettext_lazy("By those who do the work every day, without the people of the project."),
    )  # fmt: skip
    run_by = Line(
        label=gettext_lazy("Who runs it?"), most=200, required=False,
        help_text=gettext_lazy("A unit or a post, not a person's name."),
    )  # fmt: skip
    run_needs = Lines(
        label=gettext_lazy("What does it need in operation?"), most=1200, rows=3, required=False,
        help_text=gettext_lazy("Time, skills, equipment, agreements, price."),
    )  # fmt: skip
    replaced = Lines(
        label=gettext_lazy("What did it replace?"), most=600, rows=2, required=False,
        help_text=gettext_lazy("What is no longer done. If everything goes on beside it, say so."),
    )  # fmt: skip
    effect_da = Lines(
        label=gettext_lazy("What does the citizen notice? In Danish"), most=1200, rows=3, required=False
    )
    effect_en = Lines(
        label=gettext_lazy("What the citizen notices, in English"), most=1200, rows=3, required=False
    )


class Makers(PartnersSection):
    """Who contributed, with whom, after whose example, with whose money."""

    kind = Kind.SOLUTION
    slug = "who"
    title = gettext_lazy("Who made it")
    lead = gettext_lazy("Most public innovations build on what others have done. Say on whose.")
    field_order = (
        "contributors", "partners", "reuse", "inspired_by", "inspired_by_named", "funding",
    )  # fmt: skip
    headings: ClassVar = {
        "partners": gettext_lazy("Together with whom?"),
        "reuse": gettext_lazy("Where does the idea come from?"),
    }
    examples: ClassVar = {
        "inspired_by_named": gettext_lazy("A care home in Malmö that we visited in 2023"),
    }

    contributors = forms.MultipleChoiceField(
        label=gettext_lazy("Who started or carried it?"), choices=Contributor.choices,
        widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("Those without whom it would not be there; several or none."),
    )  # fmt: skip
    reuse = forms.ChoiceField(
        label=gettext_lazy("Was it developed here or taken over?"), choices=[NOT_TOLD, *Reuse.choices],
        required=False,
    )  # fmt: skip
    inspired_by = PickSolutions(
        label=gettext_lazy("Inspired by which solution?"), most=1,
        help_text=gettext_lazy(
            "Search among the solutions in the register. If you use one as it is, open its page and press “We"
            " use this too” instead."
        ),
    )  # fmt: skip
    inspired_by_named = Line(
        label=gettext_lazy("Inspired by something that is not in the register"), most=200, required=False
    )
    funding = Lines(label=gettext_lazy("Who has paid for it?"), most=600, rows=2, required=False)

    @property
    def kept(self) -> frozenset[int]:
        """What it was inspired by may stay chosen too."""
        inspired = self.entry.inspired_by_id if isinstance(self.entry, Solution) else None
        return super().kept | ({inspired} if inspired else set())

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        return super().said(entry) | {"inspired_by": _picked(entry, "inspired_by")}

    def clean_inspired_by(self) -> Solution | None:
        found: Solution | None = next(iter(self.cleaned_data["inspired_by"]), None)
        if found and self.entry and found.pk == self.entry.pk:
            raise ValidationError(_("A solution is not inspired by itself. Choose another, or remove it."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        inspired = cleaned.get("inspired_by") or cleaned.get("inspired_by_named")
        if inspired and cleaned.get("reuse") == Reuse.FIRST:
            self.add_error(
                "reuse",
                _("What is inspired by others is not the first. Choose another answer."),
            )
        return cleaned


class Learned(Section):
    """What helped and what did not, what has to be in place, what to change elsewhere, where to read more."""

    kind = Kind.SOLUTION
    slug = "learned"
    title = gettext_lazy("What was learned")
    lead = gettext_lazy("What you would tell a colleague in another municipality over a cup of coffee.")
    of_record = ("source",)
    examples: ClassVar = {
        "promoted": gettext_lazy("The head of the home set aside an hour a week, and the relatives asked."),
        "inhibited": gettext_lazy("It took five months to learn who may screw a lamp into the ceiling."),
        "failed": gettext_lazy(
            "Sensors in the beds: they woke people, and nobody had time to read what they said. We took them"
            " away after three weeks."
        ),
        "conditions_da": gettext_lazy("A leader who asks after it each week in the first three months."),
        "to_adapt": gettext_lazy("The hours of the day: in Vejle people get up at six."),
    }

    promoted = Lines(label=gettext_lazy("What helped?"), most=1200, rows=3, required=False)
    inhibited = Lines(label=gettext_lazy("What stood in the way?"), most=1200, rows=3, required=False)
    failed = Lines(
        label=gettext_lazy("What failed?"), most=1200, rows=3, required=False,
        help_text=gettext_lazy("What you tried and stopped again. It saves others the trouble."),
    )  # fmt: skip
    conditions_da = Lines(
        label=gettext_lazy("What has to be in place for it to work? In Danish"), most=1200, rows=3,
        required=False,
    )  # fmt: skip
    conditions_en = Lines(
        label=gettext_lazy("What has to be in place, in English"), most=1200, rows=3, required=False
    )
    to_adapt = Lines(
        label=gettext_lazy("What does one have to adapt elsewhere?"), most=1200, rows=3, required=False
    )
    source = Lines(
        label=gettext_lazy("Where one can read about it"), most=1500, rows=2, required=False,
        help_text=gettext_lazy("A web address, a report or a decision. Part several by a semicolon."),
    )  # fmt: skip


def _picked(entry: Entry, name: str) -> list[str]:
    found = getattr(entry, name, None)
    return [found.record.public_id] if found else []


SECTIONS: tuple[type[Section], ...] = (WhatAndWhere, HowFar, Worth, Operation, Makers, Learned)
