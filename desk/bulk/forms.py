"""What is asked for work on many entries: which, and what is to be done to them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from actors.models import Actor
from curation.access import can_curate
from curation.choices import Kind, Level
from curation.fields import Lines
from curation.models import Record
from curation.reference import Reference
from keeping.lists import LISTS
from places.choices import PlaceKind

from ..choices import BulkDeed
from .choosing import Choice
from .deeds import ONLY_OF_CURATORS

OFFERED = 8
MOST_LETTERS = 1000
NEEDS: Mapping[str, str] = {
    BulkDeed.THEME_ADDED: "theme", BulkDeed.THEME_TAKEN: "theme", BulkDeed.THEME_MAIN: "theme",
    BulkDeed.OWNER: "owner", BulkDeed.STEWARD: "steward", BulkDeed.WITHDRAWN: "reason",
}  # fmt: skip

GIVEN = frozenset(("theme", "owner", "steward"))


class ChoosingForm(forms.Form):
    """Which entries: the filters most work begins with; others come along from the address of a list."""

    q = forms.CharField(label=gettext_lazy("Text"), max_length=200)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"))
    place = forms.ChoiceField(label=gettext_lazy("Place"))
    level = forms.ChoiceField(
        label=gettext_lazy("Quality level"), choices=(("", gettext_lazy("All")), *Level.choices)
    )
    claimed = forms.ChoiceField(
        label=gettext_lazy("Claimed"),
        choices=(
            ("", gettext_lazy("All")),
            ("yes", gettext_lazy("Somebody answers for it")),
            ("no", gettext_lazy("Nobody answers for it")),
        ),
    )

    def __init__(self, choice: Choice) -> None:
        reference = choice.browse.filters.reference
        asked = choice.browse.parameters
        initial = {name: asked.get(name, "") for name in ("q", "theme", "place")}
        super().__init__(
            initial=initial | {"level": choice.level, "claimed": choice.claimed}, auto_id="choose-%s",
            label_suffix="", use_required_attribute=False,
        )  # fmt: skip
        fields: Any = self.fields
        fields["theme"].choices = [("", _("All")), *themes(reference)]
        fields["place"].choices = [("", _("All")), *places(reference)]
        self.others = _others(asked, self.fields)


class DeedForm(forms.Form):
    """What is to be done, to those that are ticked or to all that were found.

    `shown` are the entries the page showed, `chosen` those that are still ticked: what was found and not
    shown is chosen, too. Of the other fields what is to be done needs one.
    """

    deed = forms.ChoiceField(label=gettext_lazy("What is to be done"), widget=forms.RadioSelect)
    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"), error_messages={"required": gettext_lazy("Choose a theme.")}
    )
    owner = forms.CharField(
        label=gettext_lazy("Organisation"), max_length=200,
        help_text=gettext_lazy("Its name, its CVR number or its id in the register."),
        error_messages={"required": gettext_lazy("Write which organisation.")},
    )  # fmt: skip
    steward = forms.EmailField(
        label=gettext_lazy("E-mail of the steward"), help_text=gettext_lazy("Somebody with an account."),
        error_messages={"required": gettext_lazy("Write who is to look after them.")},
    )  # fmt: skip
    reason = Lines(
        label=pgettext_lazy("of work on many entries", "Reason"), required=False, most=MOST_LETTERS, rows=3,
        help_text=gettext_lazy("It stands in the history of each entry. For withdrawing it is needed."),
        error_messages={"required": gettext_lazy("Write why. The authors read it.")},
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, kind: str, by: User, reference: Reference) -> None:
        super().__init__(data, auto_id="deed-%s", label_suffix="", use_required_attribute=False)
        fields: Any = self.fields
        fields["deed"].choices = deeds_for(by, kind)
        fields["theme"].choices = [("", _("Choose a theme")), *themes(reference)]
        self.reference = reference
        self.offered: Sequence[Record] = ()
        self.needed = NEEDS.get(data.get("deed", ""), "") if data else ""
        for name in NEEDS.values() if data else ():
            fields[name].required = name == self.needed

    def clean(self) -> dict[str, Any]:
        """What stands in fields for something else does not count."""
        cleaned = super().clean() or {}
        for name in GIVEN - {self.needed}:
            self.errors.pop(name, None)
            cleaned[name] = None
        return cleaned

    def clean_theme(self) -> Any:
        return self.reference.theme_at.get(self.cleaned_data["theme"])

    def clean_owner(self) -> Actor | None:
        """By id, CVR number or name; where several fit, or none does, they are offered."""
        typed = self.cleaned_data["owner"].strip()
        if not typed:
            return None
        exactly = Actor.objects.published().select_related("record").order_by("pk")
        for found in ({"record__public_id": typed}, {"cvr": typed}, {"name_da__iexact": typed}):
            named = list(exactly.filter(**found)[:2])
            if len(named) == 1:
                return named[0]
        self.offered = organisations_like(typed, self.reference)
        if self.offered:
            raise ValidationError(_("Choose one of those that were found, or write its whole name."))
        raise ValidationError(_("No organisation in the register is called that."))

    def clean_steward(self) -> User | None:
        email = self.cleaned_data["steward"]
        if not email:
            return None
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise ValidationError(_("Nobody with an account has this address."))
        return person


def deeds_for(user: User, kind: str) -> list[tuple[str, Any]]:
    """What somebody may do to many entries of a kind: giving stewards is the curators'."""
    gone = {BulkDeed.SET_BACK} if can_curate(user) else {BulkDeed.SET_BACK, *ONLY_OF_CURATORS}
    if kind == Kind.ACTOR:
        gone.add(BulkDeed.OWNER)
    return [(value, label) for value, label in BulkDeed.choices if value not in gone]


def organisations_like(typed: str, reference: Reference) -> Sequence[Record]:
    """What the list of actors finds."""
    query = QueryDict(mutable=True)
    query["q"] = typed
    found = LISTS["actors"].filters(query, reference).found()
    return list(found.shown().order_by("-quality", "pk")[:OFFERED])


def themes(reference: Reference) -> list[tuple[str, str]]:
    """Every theme under the one above it."""
    ordered = reference.themes_in_order()
    return [(theme.slug, f"– {theme.name}" if theme.parent_id else theme.name) for theme in ordered]


def places(reference: Reference) -> list[tuple[str, list[tuple[str, str]]]]:
    """Regions, health councils and municipalities, each kind by itself."""
    kinds = (PlaceKind.REGION, PlaceKind.HEALTH_COUNCIL, PlaceKind.MUNICIPALITY)
    return [
        (str(kind.label), [(place.address, place.name) for place in reference.places_of(kind)])
        for kind in kinds
    ]


def _others(asked: QueryDict, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the address asks besides: further values of a filter, and filters that have no field here."""
    return [
        (name, value)
        for name, values in asked.lists()
        if name != "sort"
        for value in (values[1:] if name in fields else values)
    ]
