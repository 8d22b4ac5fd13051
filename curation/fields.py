"""Fields for what is said of entries: text with a limit one is told, addresses, years, places on the globe,
and pickers, which find things of the register as one types and work without JavaScript.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from rapidfuzz import fuzz

from places.choices import PlaceKind
from places.danish import bare, fold
from places.models import Place

from .models import Theme

if TYPE_CHECKING:
    from .forms import Section

OFFERED = 8
MOST_THEMES = 5
FIRST_YEAR = 1850
ALIKE = 75  # of 100: one slip in four letters
# Denmark with its waters; what lies outside is a slip of the keyboard or two numbers in the wrong order.
LATITUDES, LONGITUDES = (54.4, 58.0), (7.5, 15.6)


# Text, addresses, numbers


class Limit(MaxLengthValidator):
    """Tells both how much there is room for and how much there is."""

    message = ngettext_lazy(
        "Write at most %(limit_value)d character; you have written %(show_value)d.",
        "Write at most %(limit_value)d characters; you have written %(show_value)d.",
        "limit_value",
    )


class Line(forms.CharField):
    """One line of text; `most` letters."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.most = most
        self.validators.append(Limit(most))


class Lines(Line):
    """Several lines of text; `rows` is how many one sees at first."""

    def __init__(self, *, most: int, rows: int = 4, **options: Any) -> None:
        super().__init__(most=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


class Website(forms.URLField):
    """An address on the web and nothing else a browser would follow."""

    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {
        "invalid": gettext_lazy("Write a web address that begins with https:// or http://.")
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", **options)
        self.validators = [URLValidator(schemes=["http", "https"], message=self.error_messages["invalid"])]
        self.validators.append(Limit(500))


def _number_pad(mode: str) -> forms.TextInput:
    """A plain field with the numbers at hand on a phone; a spin button would change years by accident."""
    return forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})


class Year(forms.IntegerField):
    """A year in four digits, not further on than `ahead` years from now."""

    default_error_messages = {"invalid": gettext_lazy("Write a year in four digits.")}

    def __init__(self, *, ahead: int = 5, **options: Any) -> None:
        super().__init__(required=False, widget=_number_pad("numeric"), **options)
        self.ahead = ahead

    def validate(self, value: Any) -> None:
        super().validate(value)
        last = timezone.localdate().year + self.ahead
        if value is not None and not FIRST_YEAR <= value <= last:
            raise ValidationError(
                _("Write a year between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": last}
            )


class Degrees(forms.Field):
    """Degrees north or east with a decimal comma or point, in Denmark or close by."""

    def __init__(self, *, between: tuple[float, float], **options: Any) -> None:
        super().__init__(required=False, widget=_number_pad("decimal"), **options)
        self.between = between

    def to_python(self, value: Any) -> float | None:
        """The number, or nothing."""
        text = str(value or "").strip().replace(",", ".")
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            raise ValidationError(_("Write a number of degrees, such as 55,6761.")) from None
        low, high = self.between
        if not low <= number <= high:
            bounds = {"low": f"{low:g}", "high": f"{high:g}"}
            raise ValidationError(_("Write a number between %(low)s and %(high)s.") % bounds)
        return round(number, 6)


# Pickers


@dataclass(frozen=True)
class Picked:
    """Something of the register as a picker shows it: what stands for it, its name, and a line below."""

    value: str
    name: str
    note: str = ""


class PickBound(forms.BoundField):
    """A picker on a page."""

    field: "Pick"

    @property
    def values(self) -> list[str]:
        return [value for value in self.value() or [] if value]

    @property
    def picked(self) -> Sequence[Picked]:
        """What is chosen, also what is not in the register."""
        return self.field.picked(self.values)

    @property
    def find_path(self) -> str:
        """Where to ask for what the typed words find."""
        section = self.field.section
        return reverse("keeping:find", args=[section.kind, section.slug, self.name])

    @property
    def find(self) -> str:
        """What was typed to find more."""
        return str(self.form.data.get(f"{self.html_name}-find", "")) if self.form.is_bound else ""

    @property
    def found(self) -> Sequence[Picked]:
        """What that finds, without what is chosen already."""
        if len(self.values) >= self.field.most and self.field.most > 1:
            return []
        return self.field.offers(self.find, self.values)

    @property
    def beside(self) -> Sequence[str]:
        """What is wrong with the choice as a whole."""
        return [str(error) for error in self.errors]

    @property
    def problems(self) -> Sequence[tuple[str, str]]:
        """The ids of what to mend, and what is wrong."""
        return [(f"{self.auto_id}-find", error) for error in self.beside]


class Pick(forms.Field, ABC):
    """Things of the register, chosen by searching. Its value is a list of strings that stand for them.

    In what a browser sends, `<name>` are the chosen ones, `<name>-find` what is typed to find more, and the
    buttons `<name>-add`, `-remove`, `-first`, `-new` and `-search` change the choice without going on.
    """

    look: ClassVar[str] = "pick"
    what: ClassVar[str]
    adds: ClassVar[str] = ""
    widget = forms.MultipleHiddenInput
    section: "Section"
    buttons: ClassVar[tuple[str, ...]] = ("add", "remove", "first", "new", "search")
    default_error_messages = {
        "gone": gettext_lazy("%(value)s is not in the register. Remove it, or choose another.")
    }

    def __init__(self, *, most: int = 1, find_label: Any = "", **options: Any) -> None:
        super().__init__(**options)
        self.most, self.find_label = most, find_label

    def get_bound_field(self, form: Any, field_name: str) -> PickBound:
        return PickBound(form, self, field_name)

    @property
    def many(self) -> bool:
        return self.most > 1

    # Words

    def words(self, data: MultiValueDict[str, str], name: str) -> dict[str, list[str]]:
        """What is chosen when the pressed button has done its work, and what is being looked for."""
        values = self.sent(data, name)
        added = data.get(f"{name}-add") or ""
        if added:
            values = self.with_added(values, added)
        if first := data.get(f"{name}-first"):
            values = sorted(values, key=lambda value: value != first)
        values = [value for value in values if value not in data.getlist(f"{name}-remove")]
        find = "" if added else str(data.get(f"{name}-find") or "")
        return {name: values, f"{name}-find": [find] if find else []}

    def sent(self, data: MultiValueDict[str, str], name: str) -> list[str]:
        return list(dict.fromkeys(str(value) for value in data.getlist(name) if value))

    def with_added(self, values: list[str], added: str) -> list[str]:
        """One more, or the other one where there is room for one."""
        return list(dict.fromkeys([*values, added])) if self.many else [added]

    @classmethod
    def pressed(cls, data: Mapping[str, Any], name: str) -> bool:
        """Whether one of its own buttons was pressed."""
        return any(f"{name}-{button}" in data for button in cls.buttons)

    # Values

    def clean(self, value: Any) -> Any:
        """The things themselves, in the order chosen."""
        values = [one for one in value or [] if one]
        if not values and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(values) > self.most:
            raise ValidationError(_("Choose at most %(most)s.") % {"most": self.most})
        found = self.things(values)
        if missing := [one for one in values if one not in found]:
            raise ValidationError(self.error_messages["gone"], params={"value": missing[0][:80]})
        return [found[one] for one in values]

    @abstractmethod
    def things(self, values: Sequence[str]) -> Mapping[str, Any]:
        """The things that exist among those the values stand for."""

    def picked(self, values: Sequence[str]) -> list[Picked]:
        """The values as pages show them; one that stands for nothing shows itself."""
        found = self.things(values)
        return [
            self.shown(value, found[value]) if value in found else Picked(value, value[:80])
            for value in values
        ]

    @abstractmethod
    def shown(self, value: str, thing: Any) -> Picked:
        """One thing as pages show it."""

    @abstractmethod
    def offers(self, typed: str, chosen: Sequence[str]) -> list[Picked]:
        """What the typed words find, without the chosen ones."""

    def text(self, values: Sequence[str]) -> str:
        """The chosen ones as people read them."""
        return ", ".join(one.name for one in self.picked([value for value in values if value]))


def _matching[T](typed: str, things: Sequence[tuple[str, T]]) -> list[T]:
    """The things whose folded words hold what was typed, those that begin with it first.

    Where there are none, those whose words are like it: a slip of the keyboard, an ending too many.
    """
    words = bare(fold(typed[:200])).split()
    if not words:
        return []
    named = [(bare(name), number, thing) for number, (name, thing) in enumerate(things)]
    hits: list[tuple[float, int, T]] = [
        (not name.startswith(" ".join(words)), number, thing)
        for name, number, thing in named
        if all(word in name for word in words)
    ]
    hits = hits or [(-score, n, thing) for name, n, thing in named if (score := _likeness(words, name))]
    return [thing for _late, _number, thing in sorted(hits, key=lambda hit: hit[:2])]


def _likeness(words: Sequence[str], name: str) -> float:
    """How much the least alike of the words is like one of a name's; nothing where that is not much."""
    parts = name.split()
    return min(
        max((fuzz.ratio(word, part, score_cutoff=ALIKE) for part in parts), default=0.0) for word in words
    )


class PickThemes(Pick):
    """One to five themes, the main one first; before anything is typed the themes of the first level."""

    what = "theme"

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"most": MOST_THEMES} | options)

    def things(self, values: Sequence[str]) -> Mapping[str, Theme]:
        at = self.section.reference.theme_at
        return {value: at[value] for value in values if value in at}

    def shown(self, value: str, thing: Theme) -> Picked:
        above = self.section.reference.themes.get(thing.parent_id) if thing.parent_id else None
        return Picked(value, thing.name, above.name if above else "")

    def offers(self, typed: str, chosen: Sequence[str]) -> list[Picked]:
        reference = self.section.reference
        if not typed.strip():
            return [
                self.shown(theme.slug, theme) for theme in reference.top_themes() if theme.slug not in chosen
            ]
        ordered = [theme for top in reference.top_themes() for theme in (top, *reference.themes_below(top))]
        names = [
            (fold(" ".join((t.name_da, t.name_en, *t.synonyms_da, *t.synonyms_en))), t)
            for t in ordered
            if t.slug not in chosen
        ]
        return [self.shown(theme.slug, theme) for theme in _matching(typed, names)[:OFFERED]]


class PickPlaces(Pick):
    """Places by their official code; `kinds` says which."""

    what = "place"

    def __init__(self, *, kinds: Sequence[str] = (PlaceKind.MUNICIPALITY,), **options: Any) -> None:
        super().__init__(**{"most": 20} | options)
        self.kinds = kinds

    def things(self, values: Sequence[str]) -> Mapping[str, Place]:
        """Of any kind, because an entry may belong to a place that is not offered any more."""
        at = self.section.reference.place_at
        return {value: at[value] for value in values if value in at}

    def shown(self, value: str, thing: Place) -> Picked:
        return Picked(value, thing.name, str(thing.get_kind_display()))

    def offers(self, typed: str, chosen: Sequence[str]) -> list[Picked]:
        today = timezone.localdate()
        names = [
            (fold(f"{place.name_da} {place.name_en}"), place)
            for place in self.section.reference.places_of(*self.kinds)
            if place.address not in chosen and (place.valid_until is None or place.valid_until >= today)
        ]
        return [self.shown(place.address, place) for place in _matching(typed, names)[:OFFERED]]
