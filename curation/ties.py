"""What hangs on every entry: its themes and its places, and the sections that ask for them."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from places.choices import PlaceKind
from places.models import Place

from .fields import LATITUDES, LONGITUDES, Degrees, PickPlaces, PickThemes
from .forms import Section
from .models import Entry, EntryPlace, EntryTheme, Record, Theme

# What positions rest on, in the register's own language beside the sources' words.
MIDDLE = (56.0, 10.6)  # of the country
AT_SEAT = "kommunens hovedby"
AS_TOLD = "oplyst af den, der har skrevet om det"


def set_themes(record: Record, themes: Sequence[Theme]) -> None:
    """Bring the themes of a record to these, the main one first; rows that stay as they are stay."""
    _set_in_order(EntryTheme.objects.all(), "theme_id", record, [theme.pk for theme in themes])


def set_places(record: Record, places: Sequence[Place]) -> None:
    """Bring the places of a record to these, the one its page names first."""
    _set_in_order(EntryPlace.objects.all(), "place_id", record, [place.pk for place in places])


def _set_in_order(rows: models.QuerySet[Any], column: str, record: Record, wanted: Sequence[int]) -> None:
    held = {row.order: row for row in rows.filter(record=record).order_by("order", "pk")}
    stays = {
        order for order, row in held.items() if dict(enumerate(wanted)).get(order) == getattr(row, column)
    }
    rows.filter(pk__in=[row.pk for order, row in held.items() if order not in stays]).delete()
    for order, value in enumerate(wanted):
        if order not in stays:
            rows.create(record=record, order=order, **{column: value})


class ThemedSection(Section):
    """A section that asks what an entry is about."""

    themes = PickThemes(
        label=gettext_lazy("Themes"),
        help_text=gettext_lazy("One to five. The first is the main theme."),
        error_messages={"required": gettext_lazy("Choose at least one theme.")},
    )

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        rows = EntryTheme.objects.filter(record=entry.pk).select_related("theme").order_by("order")
        return super().said(entry) | {"themes": [row.theme.slug for row in rows]}

    def write_ties(self, entry: Entry, *, by: User | None = None) -> None:
        super().write_ties(entry, by=by)
        if "themes" in self.cleaned_data:
            set_themes(entry.record, self.cleaned_data["themes"])


class PlacesSection(Section):
    """A section that asks which places something belongs to."""

    places = PickPlaces(
        label=gettext_lazy("Municipality"),
        help_text=gettext_lazy("Begin to write the name. Choose several if it works in several."),
        kinds=(PlaceKind.MUNICIPALITY,),
        required=False,
    )

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        rows = EntryPlace.objects.filter(record=entry.pk).select_related("place").order_by("order", "pk")
        return super().said(entry) | {"places": [row.place.address for row in rows]}

    def write_ties(self, entry: Entry, *, by: User | None = None) -> None:
        super().write_ties(entry, by=by)
        if "places" in self.cleaned_data:
            set_places(entry.record, self.cleaned_data["places"])


class PlacedSection(PlacesSection):
    """A section that asks where something is: its places, and its point on the map.

    Without a point of its own an entry stands in the main town of its first municipality.
    """

    latitude = Degrees(
        label=gettext_lazy("Latitude (degrees north)"),
        help_text=gettext_lazy("For example 56,1567."),
        between=LATITUDES,
    )
    longitude = Degrees(
        label=gettext_lazy("Longitude (degrees east)"),
        help_text=gettext_lazy("For example 10,2108."),
        between=LONGITUDES,
    )

    @classmethod
    def said(cls, entry: Entry) -> dict[str, Any]:
        without = {"latitude": None, "longitude": None} if entry.point_basis == AT_SEAT else {}
        return super().said(entry) | without

    @property
    def centre(self) -> tuple[float, float]:
        bound: Any = self["places"]
        for place in bound.field.things(bound.values).values():
            if place.latitude is not None and place.longitude is not None:
                return place.latitude, place.longitude
        return MIDDLE

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, other in (("latitude", "longitude"), ("longitude", "latitude")):
            missing = cleaned.get(name) is None and name not in self.errors
            if missing and cleaned.get(other) is not None:
                self.add_error(name, _("Write both numbers, or neither."))
        return cleaned

    def write(self, entry: Entry) -> None:
        before = entry.latitude, entry.longitude
        super().write(entry)
        if entry.latitude is None or entry.longitude is None:
            self._stand_in_main_town(entry)
        elif (entry.latitude, entry.longitude) != before:
            entry.point_basis = AS_TOLD

    def _stand_in_main_town(self, entry: Entry) -> None:
        placed = (place for place in self.cleaned_data.get("places", ()) if place.latitude is not None)
        found = next(placed, None)
        entry.latitude = found.latitude if found else None
        entry.longitude = found.longitude if found else None
        entry.point_basis = AT_SEAT if found else ""
