"""The country by region: every municipality with what is counted there."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from curation.reference import Reference
from places.choices import PlaceKind
from places.models import Place, PlaceLink

from .balance import Count, Country, country_of


@dataclass(frozen=True)
class Row:
    """A place with what is counted there."""

    place: Place
    count: Count


@dataclass(frozen=True)
class Region:
    """A region and its municipalities."""

    place: Place
    count: Count
    municipalities: Sequence[Row]


def regions_on(day: dt.date) -> list[Region]:
    """The regions that exist on a day, each with the municipalities that belong to it then."""
    country = country_of(Reference.now())
    below: dict[int, list[Row]] = defaultdict(list)
    links = PlaceLink.objects.valid_on(day).filter(
        parent__kind=PlaceKind.REGION, child__kind=PlaceKind.MUNICIPALITY
    )
    for link in links.select_related("child").defer("child__outline").order_by("child__sort_key"):
        below[link.parent_id].append(_row(link.child, country))
    return [
        Region(region, country.of(region.pk), below[region.pk])
        for region in Place.objects.regions().existing_on(day).defer("outline")
    ]


def coming_regions(day: dt.date) -> list[Place]:
    """Regions that are decided but do not exist yet."""
    return list(Place.objects.regions().filter(valid_from__gt=day).defer("outline"))


def _row(place: Place, country: Country) -> Row:
    return Row(place, country.of(place.pk))
