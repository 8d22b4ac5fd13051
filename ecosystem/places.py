"""What pages about places show: the country by region, and one place's ecosystem."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curation.choices import Kind
from curation.models import Record
from curation.querysets import RecordQuerySet
from curation.reference import Reference
from places.choices import PlaceKind
from places.maps import Spot
from places.models import Place, PlaceLink
from places.projection import from_mercator

from .balance import Count, Country, country_of
from .counted import Balance, of_place

SHOWN = 12
# More labs than this are shown by municipality: dots would lie on one another and make the page heavy.
DOTS = 300


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


@dataclass(frozen=True)
class Part:
    """The entries of a kind in a place: how many, and the best of them."""

    kind: Kind
    total: int
    shown: Sequence[Record]

    @property
    def title(self) -> str:
        return {Kind.LAB: _("Labs"), Kind.MISSION: _("Missions"), Kind.ACTOR: _("Actors")}[self.kind]

    @property
    def label(self) -> str:
        """What stands under the number."""
        return {
            Kind.LAB: ngettext("lab", "labs", self.total),
            Kind.MISSION: ngettext("mission", "missions", self.total),
            Kind.ACTOR: ngettext("actor", "actors", self.total),
        }[self.kind]

    @property
    def nothing(self) -> str:
        return {
            Kind.LAB: _("No living lab is known here."),
            Kind.MISSION: _("No mission is known here."),
            Kind.ACTOR: _("No actor is known here."),
        }[self.kind]

    @property
    def path(self) -> str:
        """The list of all entries of the kind."""
        return reverse(f"{self.kind}s:browse")


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


@dataclass(frozen=True)
class Ecosystem:
    """One place: what it belongs to, what belongs to it, who is there, and what its two numbers count."""

    place: Place
    above: Sequence[PlaceLink]
    below: Sequence[PlaceLink]
    parts: Sequence[Part]
    balance: Balance


def ecosystem_of(place: Place, reference: Reference) -> Ecosystem:
    """Everything the place's page shows; a constant number of statements."""
    here = Record.objects.published().in_place(place.pk)
    count = country_of(reference).of(place.pk)
    totals = {Kind.LAB: count.labs, Kind.MISSION: count.missions, Kind.ACTOR: count.actors}
    parts = [Part(kind, total, _best(here.of_kind(kind), kind)) for kind, total in totals.items()]
    return Ecosystem(
        place=place,
        above=list(
            place.parent_links.select_related("parent").defer("parent__outline").order_by("since", "pk")
        ),
        below=list(
            place.child_links.select_related("child").defer("child__outline").order_by("child__sort_key")
        ),
        parts=parts,
        balance=of_place(place, count),
    )


def lab_spots(here: Ecosystem, reference: Reference) -> list[Spot]:
    """Where the place's labs are; where they are many, how many each municipality has."""
    country = country_of(reference)
    if country.of(here.place.pk).labs > DOTS:
        return [
            Spot(town.longitude, town.latitude, town.name, number)
            for town in _municipalities(here, reference)
            if town.longitude is not None and town.latitude is not None
            if (number := country.of(town.pk).labs)
        ]
    labs = Record.objects.published().in_place(here.place.pk).of_kind(Kind.LAB)
    known = labs.filter(x__isnull=False).order_by("pk").only("name_da", "name_en", "x", "y")
    return [Spot(*from_mercator(record.x or 0, record.y or 0), record.name) for record in known]


def _municipalities(here: Ecosystem, reference: Reference) -> list[Place]:
    """Those that belong, or ever belonged, to the place; all of them to the country."""
    below = {link.child_id for link in here.below}
    whole = here.place.kind == PlaceKind.COUNTRY
    return [town for town in reference.places_of(PlaceKind.MUNICIPALITY) if whole or town.pk in below]


def _best(records: RecordQuerySet, kind: Kind) -> list[Record]:
    return list(records.shown().select_related(kind).order_by("-quality", "pk")[:SHOWN])
