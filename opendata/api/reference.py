"""Places and themes: what entries and filters name by their codes. Both are told whole."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Schema
from pydantic import Field

from curation.models import Theme
from curation.reference import Reference
from mail.links import absolute
from places.models import Place, PlaceLink

from .entries import Point
from .site import api


class ThemeRow(Schema):
    """What entries are about; two levels."""

    code: str
    parent: str | None = Field(description="The theme it is part of; null on the first level.")
    name_da: str
    name_en: str
    synonyms_da: list[str]
    synonyms_en: list[str]
    url: str


class Belonging(Schema):
    """A place it belongs to, from a day until and including a day."""

    code: str
    since: dt.date | None
    until: dt.date | None


class PlaceRow(Schema):
    """A country, region, health council, municipality or locality."""

    code: str = Field(description="The official code, or the place's word in addresses while it has none.")
    kind: str
    name_da: str
    name_en: str
    belongs_to: list[Belonging]
    point: Point | None
    population: int | None
    population_year: int | None
    area_km2: float | None
    story_da: str = Field(description="What the place says of itself.")
    story_en: str
    valid_from: dt.date | None
    valid_until: dt.date | None
    source: str
    url: str


class Themes(Schema):
    """All themes."""

    count: int
    results: list[ThemeRow]


class Places(Schema):
    """All places."""

    count: int
    results: list[PlaceRow]


def themes_told() -> list[dict[str, Any]]:
    """All themes, those of the first level before what is part of them."""
    themes = Theme.objects.select_related("parent").order_by("parent__order", "parent_id", "order", "pk")
    return [_theme(theme) for theme in sorted(themes, key=lambda theme: theme.parent_id is not None)]


def places_told() -> list[dict[str, Any]]:
    """All places with what they ever belonged to; two statements."""
    belongings: dict[int, list[PlaceLink]] = {}
    for link in PlaceLink.objects.select_related("parent").defer("parent__outline").order_by("pk"):
        belongings.setdefault(link.child_id, []).append(link)
    places = Place.objects.defer("outline").order_by("kind", "sort_key", "pk")
    return [_place(place, belongings.get(place.pk, ())) for place in places]


def place_at(code: str) -> Place:
    """The place of a code, or of its word in addresses."""
    found = Reference.now().place_at.get(code)
    if found is None:
        raise Http404
    return found


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "code": theme.slug, "parent": theme.parent.slug if theme.parent else None,
        "name_da": theme.name_da, "name_en": theme.name_en, "synonyms_da": list(theme.synonyms_da),
        "synonyms_en": list(theme.synonyms_en), "url": absolute(theme.get_absolute_url()),
    }  # fmt: skip


def _place(place: Place, links: Sequence[PlaceLink]) -> dict[str, Any]:
    point = None
    if place.longitude is not None and place.latitude is not None:
        point = {"longitude": place.longitude, "latitude": place.latitude, "basis": place.seat}
    names = ("name_da", "name_en", "kind", "population", "population_year", "story_da", "story_en")
    return {name: getattr(place, name) for name in (*names, "valid_from", "valid_until", "source")} | {
        "code": place.address,
        "belongs_to": list(_belongings(links)),
        "point": point,
        "area_km2": None if place.area_km2 is None else float(place.area_km2),
        "url": absolute(place.get_absolute_url()),
    }


def _belongings(links: Sequence[PlaceLink]) -> Iterator[dict[str, Any]]:
    for link in links:
        yield {"code": link.parent.address, "since": link.since, "until": link.until}


@api.get(
    "/themes", response={200: Themes}, operation_id="list_themes", url_name="themes",
    tags=["places and themes"], summary="All themes", description="What the filter `theme` knows, whole.",
)  # fmt: skip
def _themes(request: HttpRequest) -> Any:
    told = themes_told()
    return {"count": len(told), "results": told}


@api.get(
    "/places", response={200: Places}, operation_id="list_places", url_name="places",
    tags=["places and themes"], summary="All places",
    description="What the filter `place` knows, whole, with what belongs where and when.",
)  # fmt: skip
def _places(request: HttpRequest) -> Any:
    told = places_told()
    return {"count": len(told), "results": told}
