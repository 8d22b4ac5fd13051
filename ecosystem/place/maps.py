"""The map in a place's head: a municipality among its neighbours, a wider place with its labs."""

from curation.choices import Kind
from curation.models import Record
from curation.reference import Reference
from places.choices import PlaceKind
from places.maps import LocalMap, Locator, Spot, local_map, locator, surroundings
from places.models import Place
from places.projection import from_mercator

from ..balance import country_of

# More labs than this are shown by municipality: dots would lie on one another and make the page heavy.
DOTS = 300


def map_of(place: Place, reference: Reference, towns: set[int]) -> LocalMap | Locator | None:
    """One statement; `towns` are the municipalities that belong, or ever belonged, to the place."""
    if place.kind in (PlaceKind.MUNICIPALITY, PlaceKind.LOCALITY):
        return local_map(place, [], surroundings(place))
    return locator(_spots(place, reference, towns))


def _spots(place: Place, reference: Reference, towns: set[int]) -> list[Spot]:
    """Where the place's labs are; where they are many, how many each municipality has."""
    country = country_of(reference)
    if country.of(place.pk).labs > DOTS:
        whole = place.kind == PlaceKind.COUNTRY
        return [
            Spot(town.longitude, town.latitude, town.name, number)
            for town in reference.places_of(PlaceKind.MUNICIPALITY)
            if whole or town.pk in towns
            if town.longitude is not None and town.latitude is not None
            if (number := country.of(town.pk).labs)
        ]
    labs = Record.objects.published().in_place(place.pk).of_kind(Kind.LAB)
    known = labs.filter(x__isnull=False).order_by("pk").only("kind", "name_da", "name_en", "x", "y")
    return [Spot(*from_mercator(record.x or 0, record.y or 0), record.name) for record in known]
