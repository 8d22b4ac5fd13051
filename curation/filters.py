"""What a reader asks of a list: one filter set for page, map and all else that takes the same address."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from places.projection import mercator

from .choices import Kind, Phase, PhaseFound
from .facets import Also, Column, Counts, count, count_once
from .mapping import MAX_ZOOM, Box, collection
from .models import Record
from .query import MAX_LETTERS, Asked, Question, exactly, of_kind, read
from .querysets import RecordQuerySet
from .reference import Reference
from .understanding import Understood, understand

type Offered = Sequence[tuple[str, Any]]


class KnownValuesField(forms.MultipleChoiceField):
    """Keeps the values it knows and remembers the others, so that the page can say so."""

    known: Collection[str] = ()
    unknown: Sequence[str] = ()

    def clean(self, value: Any) -> list[str]:
        given = dict.fromkeys(text.strip() for text in value or () if text.strip())
        known = set(self.known)
        self.unknown = [text for text in given if text not in known]
        return [text for text in given if text in known]


class FacetFilter(django_filters.MultipleChoiceFilter):
    """One column of the record: several values mean or."""

    field_class = KnownValuesField

    def __init__(self, column: str, label: Any, *, array: bool = False, choices: Offered = ()) -> None:
        super().__init__(label=label, choices=choices)
        self.column = column
        self.array = array

    def known(self, reference: Reference) -> Collection[str]:
        """The values one can ask for."""
        match self.column:
            case "theme_ids":
                return reference.theme_at
            case "place_ids":
                return reference.place_at
        return [value for value, _label in self.extra["choices"]]

    def stored(self, values: Iterable[str], reference: Reference) -> list[Any]:
        """The values as the record holds them."""
        match self.column:
            case "theme_ids":
                return [reference.theme_at[value].pk for value in values]
            case "place_ids":
                return [reference.place_at[value].pk for value in values]
        return [STORED.get(value, value) for value in values]

    def condition(self, values: Iterable[str], reference: Reference) -> Q:
        lookup = "overlap" if self.array else "in"
        return Q(**{f"{self.column}__{lookup}": self.stored(values, reference)})


# The empty phase, type or setting has a name in addresses.
STORED = {PhaseFound.UNKNOWN.value: ""}
PHASES: Offered = [*Phase.choices, *PhaseFound.choices]
LINK_SIDES: Offered = [
    ("no_push", _("Lacks PUSH")),
    ("no_pull", _("Lacks PULL")),
    ("both", _("Has both sides")),
    ("push", _("Has PUSH")),
    ("pull", _("Has PULL")),
]


@dataclass(frozen=True)
class Sort:
    """An order of the results, with a name readers understand."""

    label: Any
    order: Callable[[str], Sequence[str]]


SORTS: Mapping[str, Sort] = {
    "relevance": Sort(_("Best match"), lambda language: ("-quality", "pk")),
    "best": Sort(_("Best described first"), lambda language: ("-quality", "pk")),
    "name": Sort(_("Name"), lambda language: (f"sort_{language}", "pk")),
    "links": Sort(_("Most links"), lambda language: ("-link_count", "pk")),
    "newest": Sort(_("Newest on the map"), lambda language: ("-published_at", "pk")),
}


class RecordFilterSet(django_filters.FilterSet):
    """The filters all lists share; a kind's own list adds its facets and says what it offers."""

    q = django_filters.CharFilter(label=_("Text"))
    theme = FacetFilter("theme_ids", _("Theme"), array=True)
    place = FacetFilter("place_ids", _("Place"), array=True)

    filed_under: int | None = None  # a theme in place of words

    record_kind: ClassVar[Kind | None] = None
    default_sort: ClassVar[str] = "best"
    sort_labels: ClassVar[Mapping[str, Any]] = {}
    order: ClassVar[Sequence[str]] = ("theme", "place")

    class Meta:
        model = Record
        fields: ClassVar[list[str]] = []

    def __init__(self, data: QueryDict, reference: Reference) -> None:
        super().__init__(data, queryset=self.readable())
        self.reference = reference
        for name, facet in self.facets.items():
            self.form.fields[name].known = facet.known(reference)
        self.form.is_valid()
        self.question = read(data.get("q", ""))
        self.language = get_language() or "da"
        self.box, self.box_refused = _read_box(data.get("bbox", ""))
        self.chosen = {name: self.form.cleaned_data.get(name) or [] for name in self.facets}

    @classmethod
    def readable(cls) -> RecordQuerySet:
        """What everybody may read of this kind."""
        published = Record.objects.published()
        return published.of_kind(cls.record_kind) if cls.record_kind else published

    @property
    def facets(self) -> dict[str, FacetFilter]:
        return {name: f for name, f in self.filters.items() if isinstance(f, FacetFilter)}

    @property
    def unknown(self) -> list[tuple[str, str]]:
        """The filter's name in addresses and the value, where a value is not known."""
        fields = [(name, self.form.fields[name]) for name in self.facets]
        found = [(name, value) for name, field in fields for value in getattr(field, "unknown", ())]
        sort = self.data.get("sort", "")
        return found if not sort or sort in self.sorts else [*found, ("sort", sort)]

    @property
    def unknown_shown(self) -> list[tuple[str, str]]:
        """The same with the filter's name as readers know it."""
        labels = {name: str(facet.label) for name, facet in self.facets.items()}
        labels["sort"] = str(_("Sort"))
        return [(labels[name], value) for name, value in self.unknown]

    @property
    def typed(self) -> str:
        """What was typed to search for, as far as it is asked."""
        return str(self.data.get("q", ""))[:MAX_LETTERS].strip()

    @property
    def sorts(self) -> dict[str, Any]:
        """The orders on offer; relevance only where there are words."""
        labels = {name: self.sort_labels.get(name, sort.label) for name, sort in SORTS.items()}
        if not self.question.terms:
            del labels["relevance"]
        return labels

    @property
    def sort(self) -> str:
        asked = self.data.get("sort", "")
        return asked if asked in self.sorts else self.usual_sort

    @property
    def usual_sort(self) -> str:
        """The order where none is asked for: what fits the words best, else the list's own."""
        return "relevance" if self.question.terms else self.default_sort

    @property
    def plain_order(self) -> Sequence[str]:
        """The order of the results, as an index may have it."""
        return SORTS[self.sort].order(self.language)

    @property
    def is_open(self) -> bool:
        """Whether neither words nor a section of the map are asked for."""
        return not self.typed and self.box is None

    @property
    def is_filtered(self) -> bool:
        """Whether anything besides the words narrows the list."""
        return self.box is not None or any(self.chosen.values())

    @cached_property
    def understood(self) -> Understood:
        """What the words mean; one statement."""
        return understand(self.question, self.reference)

    def asking(self, understood: Understood) -> Self:
        """The same filters with another question."""
        other = copy(self)
        other.question, other.understood = understood.question, understood
        return other

    def without_filters(self) -> Self:
        """The same question of the whole list."""
        other = self.within(None)
        other.chosen = {name: [] for name in self.facets}
        return other

    def filed(self, theme: int) -> Self:
        """What is filed under a theme, whatever was typed."""
        other = self.asking(Understood(Question(())))
        other.filed_under = theme
        return other

    def within(self, box: Box | None) -> Self:
        """The same question of another section of the map."""
        other = copy(self)
        other.box = box
        return other

    def before_facets(self) -> RecordQuerySet:
        """What the words and the section of the map leave."""
        found: RecordQuerySet = self.queryset
        if self.filed_under:
            found = found.about(self.filed_under)
        elif self.question.terms:
            found = found.filter(self._words().found_in(f"search_{self.language}"))
        elif self.question.minus:
            found = self._without(found)
        elif self.typed:
            found = found.none()
        return self.box.holds(found) if self.box else found

    def _words(self) -> Asked:
        """The words, in entries of the list's kind where it has one."""
        asked = self.understood.search(self.language)
        return of_kind(self.record_kind) & asked if self.record_kind else asked

    def _without(self, found: RecordQuerySet) -> RecordQuerySet:
        """What has none of the words that must not be there; an index finds only what has them."""
        column = f"search_{self.language}"
        for term in self.question.minus:
            having = self.queryset.filter(exactly(term, self.language).found_in(column))
            found = found.exclude(pk__in=having.order_by().values("pk"))
        return found

    def found(self) -> RecordQuerySet:
        """What all filters leave, in no order."""
        found = self.before_facets()
        for name, facet in self.facets.items():
            if self.chosen[name]:
                found = found.filter(facet.condition(self.chosen[name], self.reference))
        return found

    def columns(self) -> list[Column]:
        """The facets to count, with what is chosen of each."""
        return [
            Column(
                facet.column,
                facet.array,
                facet.condition(self.chosen[name], self.reference) if self.chosen[name] else None,
            )
            for name, facet in self.facets.items()
        ]

    def counts(self, also: Sequence[Also] = ()) -> Counts:
        """The total and what each facet's values would leave; `also` where words or a section are asked."""
        columns = self.columns()
        if not self.is_open:
            return count_once(self.before_facets(), columns, also)
        chosen = sum(1 for column in columns if column.chosen is not None)
        if chosen > 1:
            return count(self.before_facets(), columns)
        return count(self.before_facets(), columns, self.whole()) if chosen else self.whole()

    def whole(self) -> Counts:
        """The counts of the whole list, kept while the register's version stands."""
        return self.reference.keep(f"facets of {self.record_kind}", self._whole)

    def points(self, zoom: int | None) -> dict[str, Any]:
        """What a map shows of the list; of the whole list it is kept while the register's version stands."""
        if zoom is None or not self.is_open or any(self.chosen.values()):
            return collection(self.found(), zoom)
        name = f"map of {self.record_kind} at {zoom} in {self.language}"
        return self.reference.keep(name, lambda: collection(self.readable(), zoom))

    def _whole(self) -> Counts:
        return count(self.readable(), [Column(facet.column, facet.array) for facet in self.facets.values()])


def _read_box(text: str) -> tuple[Box | None, bool]:
    """A section `west,south,east,north` in degrees; the second value tells that it made no sense."""
    if not text:
        return None, False
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None, True
    # Web mercator ends at 85.06 degrees; NaN fails the comparison.
    if not (-180 <= west < east <= 180 and -85.06 <= south < north <= 85.06):
        return None, True
    left, bottom = mercator(west, south)
    right, top = mercator(east, north)
    return Box(left, bottom, right, top), False


def read_zoom(text: str) -> int | None:
    """A zoom level, or none where it is missing or makes no sense."""
    return min(int(text), MAX_ZOOM) if text.isascii() and text.isdigit() and len(text) < 4 else None
