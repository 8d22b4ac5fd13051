"""What the filters of a list offer: their values, and what each of them would leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone

from places.choices import PlaceKind
from places.models import Place

from .choices import PhaseFound
from .facets import Counts
from .filters import FacetFilter, RecordFilterSet
from .models import Theme
from .reference import Reference

# Values that are always shown, even with nothing behind them.
ALWAYS: Mapping[str, Sequence[str]] = {
    "side": ("no_push", "no_pull", "both"),
    "phase": (PhaseFound.UNKNOWN.value,),
}


@dataclass(frozen=True)
class Option:
    """A value a facet offers."""

    name: str
    value: str
    label: str
    count: int
    chosen: bool
    below: bool = False

    @property
    def look(self) -> str:
        """What the class of a value says besides: that it leaves nothing, that it lies below another."""
        return " sk-facet__o--zero" * (not self.count) + " sk-facet__o--below" * self.below

    @property
    def checked(self) -> str:
        return " checked" if self.chosen else ""


class Value(NamedTuple):
    """A theme or a place as addresses, readers and counts know it."""

    value: str
    label: str
    key: str


@dataclass(frozen=True)
class Facet:
    """A filter with the values it offers and what each would leave."""

    name: str
    label: str
    options: Sequence[Option]
    is_open: bool = True


@dataclass
class Offered:
    """The facets of a list, from what was counted."""

    filters: RecordFilterSet
    counts: Counts

    @cached_property
    def facets(self) -> list[Facet]:
        """A filter of one value is left out where it would leave nothing."""
        facets = [self._facet(name, self.filters.facets[name]) for name in self.filters.order]
        return [
            facet
            for facet in facets
            if facet.options or len(self.filters.facets[facet.name].extra["choices"]) != 1
        ]

    def _facet(self, name: str, facet: FacetFilter) -> Facet:
        counted = self.counts.by.get(facet.column, {})
        match name:
            case "theme":
                options = self._theme_options(counted)
            case "place":
                options = self._place_options(counted)
            case _:
                options = self._plain_options(name, facet, counted)
        return Facet(name, str(facet.label), options)

    def _option(self, name: str, value: str, label: str, number: int, *, below: bool = False) -> Option:
        return Option(name, value, label, number, value in self.filters.chosen[name], below)

    def _plain_options(self, name: str, facet: FacetFilter, counted: Mapping[str, int]) -> list[Option]:
        """The values that occur or are chosen, in the order of their list."""
        found = []
        for value, label in facet.extra["choices"]:
            number = counted.get(facet.stored([value], self.filters.reference)[0], 0)
            if number or value in self.filters.chosen[name] or value in ALWAYS.get(name, ()):
                found.append(self._option(name, value, str(label), number))
        return found

    def _theme_options(self, counted: Mapping[str, int]) -> list[Option]:
        """The first level, and below a chosen theme its second."""
        reference, chosen = self.filters.reference, set(self.filters.chosen["theme"])
        found = []
        for top, below in _theme_tree(reference, self.filters.language):
            found.append(self._option("theme", top.value, top.label, counted.get(top.key, 0)))
            if top.value in chosen or any(theme.value in chosen for theme in below):
                found += [
                    self._option("theme", theme.value, theme.label, counted.get(theme.key, 0), below=True)
                    for theme in below
                    if theme.value in chosen or counted.get(theme.key)
                ]
        return found

    def _place_options(self, counted: Mapping[str, int]) -> list[Option]:
        """The regions of today, and whatever other place is chosen."""
        reference, today = self.filters.reference, timezone.localdate()
        regions = [
            region
            for region in reference.keep("regions", lambda: reference.places_of(PlaceKind.REGION))
            if (region.valid_from is None or region.valid_from <= today)
            and (region.valid_until is None or region.valid_until >= today)
        ]
        chosen = [reference.place_at[value] for value in self.filters.chosen["place"]]
        shown = [*regions, *(place for place in chosen if place not in regions)]
        return [
            Option(
                "place", _as_asked(place, self.filters.chosen["place"]), place.name,
                counted.get(str(place.pk), 0), place in chosen,
            )
            for place in shown
        ]  # fmt: skip

    @property
    def municipalities(self) -> list[Option]:
        """The municipalities one can still choose, with what each would leave, for the drop-down list."""
        counted, chosen = self.counts.by.get("place_ids", {}), self.filters.chosen["place"]
        return [
            self._option("place", place.value, place.label, counted[place.key])
            for place in _municipalities(self.filters.reference, self.filters.language)
            if place.key in counted and place.value not in chosen
        ]


def _theme_tree(reference: Reference, language: str) -> Sequence[tuple[Value, Sequence[Value]]]:
    """Each theme of the first level with those below it."""
    return reference.keep(
        f"themes offered in {language}",
        lambda: [
            (_of_theme(top), [_of_theme(theme) for theme in reference.themes_below(top)])
            for top in reference.top_themes()
        ],
    )


def _of_theme(theme: Theme) -> Value:
    return Value(theme.slug, theme.name, str(theme.pk))


def _municipalities(reference: Reference, language: str) -> Sequence[Value]:
    return reference.keep(
        f"municipalities offered in {language}",
        lambda: [
            Value(place.address, place.name, str(place.pk))
            for place in reference.places_of(PlaceKind.MUNICIPALITY)
        ],
    )


def _as_asked(place: Place, chosen: Sequence[str]) -> str:
    """The address the reader used, else the place's own."""
    return place.slug if place.slug in chosen else place.address
