"""Places like this one with the same need, nearest first: who could share a lab, or has begun already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curation.choices import Kind
from curation.models import Theme
from curation.reference import Reference
from places.choices import PlaceKind
from places.models import Place
from places.projection import kilometres

from ..balance import Country, Evidence, country_of
from .entries import GOING_ON, list_path

THEMES, SHOWN = 3, 5
COUNTED = (Kind.NEED, Kind.MISSION, Kind.LAB)


@dataclass(frozen=True)
class Counted:
    """So many entries of a kind, and the list of them."""

    words: str
    path: str


@dataclass(frozen=True)
class Neighbour:
    """A place that has something of the theme; `km` where both lie somewhere."""

    place: Place
    km: int | None
    counted: Sequence[Counted]

    @property
    def away(self) -> str:
        return "" if self.km is None else _("%(km)s km away") % {"km": self.km}


@dataclass(frozen=True)
class Shared:
    """A theme the place needs something of, and who else does."""

    theme: Theme
    neighbours: Sequence[Neighbour]
    more: int


@dataclass(frozen=True)
class Neighbours:
    """The themes of the place's needs, or where it has described none, of its missions and labs."""

    by_need: bool
    shared: Sequence[Shared]


def neighbours(place: Place, reference: Reference, *, apart_from: set[int]) -> Neighbours:
    """From the kept balance of the country; no statement where that is kept."""
    country = country_of(reference)
    here = country.by_theme(place.pk)
    by_need = any(evidence.need for evidence in here.values())
    themes = sorted(
        (theme for theme in reference.top_themes() if _wanted(here, theme, by_need=by_need)),
        key=lambda theme: -_wanted(here, theme, by_need=by_need),
    )
    others = _others(place, reference, apart_from)
    shared = [_shared(theme, others, country) for theme in themes[:THEMES]]
    return Neighbours(by_need, [one for one in shared if one.neighbours])


def _wanted(here: Mapping[int, Evidence], theme: Theme, *, by_need: bool) -> int:
    evidence = here.get(theme.pk)
    if evidence is None:
        return 0
    return evidence.need if by_need else evidence.mission + evidence.lab


def _others(place: Place, reference: Reference, apart_from: set[int]) -> list[tuple[Place, float | None]]:
    """The places of the same kind that exist now or always, nearest first; those without a point by name."""
    if place.kind == PlaceKind.COUNTRY:
        return []
    kind = PlaceKind.MUNICIPALITY if place.kind == PlaceKind.LOCALITY else place.kind
    others = [
        (other, _away(place, other))
        for other in reference.places_of(kind)
        if other.pk != place.pk and other.pk not in apart_from
    ]
    return sorted(others, key=lambda pair: pair[1] or 0.0)


def _away(one: Place, other: Place) -> float | None:
    if one.longitude is None or one.latitude is None or other.longitude is None or other.latitude is None:
        return None
    return kilometres((one.longitude, one.latitude), (other.longitude, other.latitude))


def _shared(theme: Theme, others: Sequence[tuple[Place, float | None]], country: Country) -> Shared:
    found = []
    for place, km in others:
        evidence = country.evidence(place.pk, theme.pk)
        if counted := _counted(place, theme, evidence):
            found.append(Neighbour(place, None if km is None else round(km), counted))
    return Shared(theme, found[:SHOWN], len(found[SHOWN:]))


def _counted(place: Place, theme: Theme, evidence: Evidence) -> list[Counted]:
    asked = {"theme": theme.slug, "place": place.address}
    numbers = [(kind, evidence.of(kind)) for kind in COUNTED]
    return [
        Counted(_words(kind, n), list_path(kind, **asked, phase=GOING_ON[kind])) for kind, n in numbers if n
    ]


def _words(kind: Kind, n: int) -> str:
    said = {
        Kind.NEED: ngettext("%(n)s need", "%(n)s needs", n),
        Kind.MISSION: ngettext("%(n)s mission", "%(n)s missions", n),
        Kind.LAB: ngettext("%(n)s lab", "%(n)s labs", n),
    }[kind]
    return said % {"n": n}
