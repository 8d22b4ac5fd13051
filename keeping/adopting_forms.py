"""What is asked of who tells that an organisation has taken a solution over, changes it, or ends it."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.forms.picking import Chosen, PickActors, RowsBound, RowShown, written
from curation.choices import Kind
from curation.fields import Line, Lines, PickBound, PickPlaces
from curation.forms import Part, Section, Words
from curation.months import Month
from labs.choices import HeardThrough, Reuse
from labs.forms.values import VALUE_FIELDS, ValueFields, said_values
from labs.models import Adoption, Solution
from places.choices import PlaceKind

from .adopting import below

HOW = [
    ("", gettext_lazy("Not told")),
    (Reuse.ADAPTED.value, gettext_lazy("Adapted: we took the idea and changed it to fit us")),
    (Reuse.COPY.value, gettext_lazy("Copied: largely as others do it")),
]
FEW = 12  # radio buttons; beyond that one chooses from a list
COLUMNS = (
    "in_use_since", "how", "taken_from_id", "heard_through", "heard_named", "idea_on", "place", "effect",
    "bent", "source",
)  # fmt: skip
FIRST = ("adopter", "in_use_since")


class Here:
    """A picker that finds more on the page of the solution that is taken over."""

    field: Any
    name: str

    @property
    def find_path(self) -> str:
        slug = self.field.section.solution.record.slug
        return reverse("keeping:find_in_adopting", args=[slug, self.name])


class AdopterBound(Here, RowsBound):
    """The organisation that took it over."""


class PlaceBound(Here, PickBound):
    """Where it is in use."""


class PickAdopter(PickActors):
    """One organisation, of the register or new; not the one it came from."""

    section: "Telling"

    def get_bound_field(self, form: Any, field_name: str) -> RowsBound:
        return AdopterBound(form, self, field_name)

    def wrong(self, rows: Sequence[RowShown]) -> list[str]:
        owner = self.section.solution.owner_id
        words = _("The solution is %(name)s’s own. Choose the organisation that took it over.")
        return [words % {"name": row.name} for row in rows if row.actor and row.actor.pk == owner]


class PickWhere(PickPlaces):
    """One municipality or region."""

    def get_bound_field(self, form: Any, field_name: str) -> PickBound:
        return PlaceBound(form, self, field_name)


class Telling(ValueFields, Section):
    """Who took it over and since when; the rest may be told later. Made for one solution by `telling`."""

    kind = Kind.SOLUTION
    slug = "adoption"
    title = gettext_lazy("We use this too")
    examples: ClassVar = {
        "bent": gettext_lazy(
            "Two night nurses share the sensors between three homes, because ours are smaller. The alarm"
            " goes to the phone we had already."
        ),
    }
    field_order = (*FIRST, "how", "taken_from", "heard_through", "heard_named", "idea_on", "place", "bent")

    adopter = PickAdopter(
        label=gettext_lazy("Who has taken it over?"),
        help_text=gettext_lazy("A municipality, a hospital, a company … Search for it by name."),
        error_messages={
            "required": gettext_lazy("Choose the organisation that has taken it over, or search for it.")
        },
    )
    in_use_since = Month(
        label=gettext_lazy("In use since"),
        help_text=gettext_lazy("Month and year, for example 03.2026. Leave it empty if you do not know it."),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=gettext_lazy("How was it taken over?"), required=False, choices=HOW, widget=forms.RadioSelect
    )
    taken_from = forms.ChoiceField(
        label=gettext_lazy("From whom?"), required=False, widget=forms.RadioSelect,
        help_text=gettext_lazy("Whom you learned it from, if it was not from where it began."),
        error_messages={
            "invalid_choice": gettext_lazy("That is told no more. Choose again from whom it was taken.")
        },
    )  # fmt: skip
    heard_through = forms.ChoiceField(
        label=gettext_lazy("How did you come to hear of it?"), required=False,
        choices=[("", gettext_lazy("Not told")), *HeardThrough.choices],
    )  # fmt: skip
    heard_named = Line(
        label=gettext_lazy("Through whom or what?"), most=200, required=False,
        help_text=gettext_lazy("The network, the conference, the organisation. Please name no persons."),
    )  # fmt: skip
    idea_on = Month(
        label=gettext_lazy("When did you get the idea?"),
        help_text=gettext_lazy("Month and year. It shows how long it takes from idea to use."),
    )  # fmt: skip
    place = PickWhere(
        label=gettext_lazy("Where is it in use?"), most=1, required=False,
        kinds=(PlaceKind.MUNICIPALITY, PlaceKind.REGION),
        help_text=gettext_lazy("If you leave it open, it stands where the organisation is."),
    )  # fmt: skip
    bent = Lines(
        label=gettext_lazy("What had to be bent to fit your place?"), most=2000, rows=3, required=False,
        help_text=gettext_lazy("What others can learn most from: what you had to do in another way."),
    )  # fmt: skip
    effect = Lines(
        label=gettext_lazy("What came of it there?"), most=2000, rows=3, required=False,
        help_text=gettext_lazy("In your own words. Also if it did not turn out as you had hoped."),
    )  # fmt: skip
    source = Lines(
        label=gettext_lazy("Where one can read about it"), most=1500, rows=2, required=False,
        help_text=gettext_lazy("A web address, a report or a decision. Part several by a semicolon."),
    )  # fmt: skip

    solution: ClassVar[Solution]
    adoption: ClassVar[Adoption | None] = None

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None, **options: Any) -> None:
        if self.adoption is not None:
            initial = self.said(self.adoption)
        super().__init__(data, initial=initial or {}, **options)
        source: Any = self.fields["taken_from"]
        source.choices = sources_of(self.solution, self.adoption)
        if len(source.choices) > FEW:
            source.widget = forms.Select(choices=source.choices)

    @classmethod
    def said(cls, entry: Any) -> dict[str, Any]:
        """What an adoption says, as initial values."""
        said = {name: getattr(entry, name) for name in COLUMNS}
        said |= {"taken_from": str(entry.taken_from_id or "")}
        said |= {"place": [entry.place.address] if entry.place else []}
        return said | said_values(entry.values.order_by("pk"))

    @classmethod
    def as_it_is(cls) -> Words:
        """What the adoption says now, as somebody would have typed it."""
        adoption: Any = cls.adoption
        return cls.typed(adoption)

    @property
    def kept(self) -> frozenset[int]:
        """Whoever took it over stays, though not public."""
        return frozenset([self.adoption.adopter_id] if self.adoption else [])

    def clean_adopter(self) -> Chosen:
        chosen: Chosen = self.cleaned_data["adopter"][0]
        return chosen

    def clean_taken_from(self) -> int | None:
        return int(self.cleaned_data["taken_from"]) if self.cleaned_data["taken_from"] else None

    def clean_place(self) -> Any:
        return next(iter(self.cleaned_data["place"]), None)

    def clean(self) -> dict[str, Any]:
        """The idea comes first."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        idea, since = cleaned.get("idea_on"), cleaned.get("in_use_since")
        if idea and since and idea > since:
            self.add_error("idea_on", _("It cannot be in use before you had the idea."))
        return cleaned

    @property
    def columns(self) -> dict[str, Any]:
        """What an adoption says, as its columns hold it."""
        cleaned = self.cleaned_data | {"taken_from_id": self.cleaned_data["taken_from"]}
        return {name: cleaned[name] for name in COLUMNS}

    # Pages

    @property
    def first_parts(self) -> list[Part]:
        """What is asked at first sight."""
        return [part for part in self.parts if part.bound.name in FIRST]

    @property
    def more_parts(self) -> list[Part]:
        """What may be told too."""
        return [part for part in self.parts if part.bound.name not in (*FIRST, *VALUE_FIELDS)]

    @property
    def opened(self) -> bool:
        """Whether something of the rest is told or wrong, or somebody is looking for a place."""
        rest: list[forms.BoundField] = [self[name] for name in self.fields if name not in FIRST]
        return any(bound.value() or bound.errors for bound in rest) or bool(self.data.get("place-find"))

    @property
    def values_opened(self) -> bool:
        """The same of the five kinds of value."""
        return any(self[name].value() or self[name].errors for name in VALUE_FIELDS)


def telling(solution: Solution, adoption: Adoption | None = None) -> type[Telling]:
    """The form for a solution; of an adoption there is already, who took it over is not asked again."""
    told: dict[str, Any] = {"solution": solution, "adoption": adoption}
    return type("TellingOfOne", (Telling,), told | ({"adopter": None} if adoption else {}))


def preset(public_id: str) -> dict[str, Any]:
    """The form with an organisation chosen."""
    return {"adopter": [written({"actor": public_id})]}


def sources_of(solution: Solution, adoption: Adoption | None) -> list[tuple[str, str]]:
    """Where it began, and those in public who took it over, by name; none that took it over from here."""
    rows = list(Adoption.objects.public().filter(solution=solution.pk).with_adopter().order_by("pk"))
    own = adoption.pk if adoption else None
    tree = dict(Adoption.objects.filter(solution=solution.pk).order_by().values_list("pk", "taken_from"))
    out = below(own, tree)
    found = [(str(row.pk), row.adopter.name) for row in rows if row.pk not in out]
    held = str(adoption.taken_from_id or "") if adoption else ""
    if held and held not in dict(found):
        found.append((held, _("An organisation that is not shown")))
    return [("", origin_of(solution)), *sorted(found, key=lambda choice: choice[1].casefold())]


def origin_of(solution: Solution) -> str:
    """Where it began, in words."""
    if solution.owner is not None and solution.owner.is_public:
        return _("%(name)s, where it began") % {"name": solution.owner.name}
    return _("Where it began")


class Ending(Section):
    """When and why it is in use there no more."""

    kind = Kind.SOLUTION
    slug = "end"
    title = gettext_lazy("It is not in use any more")

    ended_on = forms.DateField(
        label=gettext_lazy("Since when is it not in use?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": gettext_lazy("Write the day; about right is enough."),
            "invalid": gettext_lazy("Write a date such as 30.06.2027."),
        },
    )
    ended_reason = Lines(
        most=2000, label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Everybody can read this. What did not work here is worth knowing elsewhere."),
        error_messages={"required": gettext_lazy("Write why it is not in use any more.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, adoption: Adoption, **options: Any) -> None:
        self.adoption = adoption
        super().__init__(data, initial={"ended_on": timezone.localdate()}, **options)

    def clean_ended_on(self) -> Any:
        day = self.cleaned_data["ended_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The day lies in the future. Write it here when the day has come."))
        if self.adoption.in_use_since and day < self.adoption.in_use_since:
            raise ValidationError(_("It cannot be over before it began."))
        return day


class Declining(Section):
    """Why it is not right."""

    kind = Kind.SOLUTION
    slug = "decline"
    title = gettext_lazy("That is not right")

    reason = Lines(
        most=1000, rows=3, required=False, label=gettext_lazy("Why not?"),
        help_text=gettext_lazy("Those who look after the solution can read this."),
    )  # fmt: skip
