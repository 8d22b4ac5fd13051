"""How far it is from one entry to another, as readers are told."""

from django.utils.translation import gettext as _

from curation.models import Record
from places.models import Place
from places.projection import from_mercator, kilometres, mercator

type Point = tuple[int, int]


def point_of(record: Record, place: Place) -> Point | None:
    """Where an entry stands, in metres of EPSG:3857; else the place's own point."""
    if record.x is not None and record.y is not None:
        return record.x, record.y
    if place.longitude is not None and place.latitude is not None:
        return mercator(place.longitude, place.latitude)
    return None


def kilometres_between(one: Record, other: Record) -> float | None:
    """Great-circle distance, or none where a point is not known."""
    if one.x is None or one.y is None:
        return None
    return kilometres_from((one.x, one.y), other)


def kilometres_from(point: Point, other: Record) -> float | None:
    if other.x is None or other.y is None:
        return None
    return kilometres(from_mercator(*point), from_mercator(other.x, other.y))


def distance_told(kilometres: float | None) -> str:
    """In whole kilometres, as near as a point in the main town allows."""
    if kilometres is None:
        return _("distance not known")
    if kilometres < 1:
        return _("less than 1 km away")
    return _("%(km)s km away") % {"km": round(kilometres)}
