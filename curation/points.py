"""Where something stands that has no point of its own."""

from collections.abc import Sequence

from places.choices import PlaceKind

from .models import EntryPlace

type Point = tuple[float, float]


def points_of_places(ids: Sequence[int]) -> dict[int, Point]:
    """Latitude and longitude of each record's first municipality; what is wider stands nowhere."""
    found: dict[int, Point] = {}
    rows = (
        EntryPlace.objects.filter(
            record__in=ids, place__kind=PlaceKind.MUNICIPALITY, place__latitude__isnull=False
        )
        .order_by("record", "order")
        .values_list("record_id", "place__latitude", "place__longitude")
    )
    for record, latitude, longitude in rows:
        if latitude is not None and longitude is not None:
            found.setdefault(record, (latitude, longitude))
    return found
