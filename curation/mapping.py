"""What a map shows of a list: points gathered into cells of the map, counted by the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, Max, Min

from places.projection import from_mercator

from .models import Record
from .querysets import RecordQuerySet

# At zoom 0 the world is 256 px wide and 40 075 017 m around; a cell of about 64 px keeps labels apart.
WORLD_METRES = 40_075_017
CELL_PIXELS = 64
MAX_ZOOM = 18
MAX_CELLS = 2_000
MAX_FEATURES = 10_000


# What the map reads of a record.
ON_MAP = ("public_id", "kind", "slug", "name_da", "name_en", "x", "y")


@dataclass(frozen=True)
class Box:
    """A section of the map in web-mercator metres."""

    west: int
    south: int
    east: int
    north: int

    def holds(self, records: RecordQuerySet) -> RecordQuerySet:
        """The records inside."""
        return records.filter(x__range=(self.west, self.east), y__range=(self.south, self.north))


def cell_bits(zoom: int) -> int:
    """A cell's side is two to this power, in metres."""
    side = WORLD_METRES * CELL_PIXELS / 256 / 2**zoom
    return max(int(side).bit_length() - 1, 0)


def clusters(records: RecordQuerySet, zoom: int) -> list[dict[str, Any]]:
    """GeoJSON features, one for each cell that holds any record."""
    bits = cell_bits(zoom)
    cells = (
        records.filter(x__isnull=False)
        .order_by()
        .annotate(cx=F("x").bitrightshift(bits), cy=F("y").bitrightshift(bits))
        .values("cx", "cy")
        .annotate(
            n=Count("pk"), mx=Avg("x"), my=Avg("y"), first=Min("pk"),
            west=Min("x"), south=Min("y"), east=Max("x"), north=Max("y"),
        )
        .order_by("-n", "cx", "cy")[:MAX_CELLS]
    )  # fmt: skip
    found: list[Mapping[str, Any]] = list(cells)
    alone = Record.objects.only(*ON_MAP).in_bulk([cell["first"] for cell in found if cell["n"] == 1])
    return [_cell(cell, alone) for cell in found]


def _cell(cell: Mapping[str, Any], alone: dict[int, Record]) -> dict[str, Any]:
    if cell["n"] == 1:
        return feature(alone[cell["first"]])
    west, south = from_mercator(cell["west"], cell["south"])
    east, north = from_mercator(cell["east"], cell["north"])
    return {
        "type": "Feature",
        "geometry": _point(cell["mx"], cell["my"]),
        "properties": {"count": cell["n"], "bbox": [west, south, east, north]},
    }


def feature(record: Record) -> dict[str, Any]:
    """A record with a point, as a GeoJSON feature."""
    return {
        "type": "Feature",
        "id": record.public_id,
        "geometry": _point(record.x or 0, record.y or 0),
        "properties": {
            "name": record.name,
            "kind": record.kind,
            "url": record.get_absolute_url(),
            "count": 1,
        },
    }


def _point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(degree, 5) for degree in from_mercator(x, y)]}


def collection(records: RecordQuerySet, zoom: int | None) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of the records that have a point, clustered when a zoom is given."""
    if zoom is not None:
        return {"type": "FeatureCollection", "features": clusters(records, zoom)}
    rows = records.filter(x__isnull=False).only(*ON_MAP).order_by("pk")[: MAX_FEATURES + 1]
    features = [feature(record) for record in rows]
    return {
        "type": "FeatureCollection",
        "features": features[:MAX_FEATURES],
        "truncated": len(features) > MAX_FEATURES,
    }
