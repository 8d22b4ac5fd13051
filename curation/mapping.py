"""What a map shows of a list: points gathered into cells of the map, counted by the database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Any

from places.projection import from_mercator

from .facets import Also, count_once
from .models import Record
from .querysets import RecordQuerySet

# At zoom 0 the world is 256 px wide and 40 075 017 m around; a cell of about 64 px keeps labels apart.
WORLD_METRES = 40_075_017
CELL_PIXELS = 64
# Two pins nearer than this would hide each other from a finger; WCAG 2.5.8 wants 24 px of each. The largest
# pin is 32 px wide and the smallest 24 (static/js/list.js), and a cell is never narrower than 32.
PIN_PIXELS = 28
MAX_ZOOM = 18
MAX_CELLS = 2_000
MAX_FEATURES = 10_000
BOX_DIGITS = 6  # degrees; a tenth of a metre, and points are kept in whole metres


CELLS = "cells"
# A cell by its numbers, where its records lie in the mean and at the edges, and one of them.
CELL = ("cx", "cy", "mx", "my", "west", "south", "east", "north", "first")
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


def cells(zoom: int) -> Also:
    """The cells of the map that hold any record: `CELL` by number of records."""
    bits = cell_bits(zoom)
    return Also(
        CELLS,
        ("x", "y"),
        f"SELECT concat_ws(' ', {', '.join(CELL)}) AS value, n AS number"  # noqa: S608 - our own words
        f" FROM (SELECT x >> {bits} AS cx, y >> {bits} AS cy, count(*)::int AS n, avg(x) AS mx, avg(y) AS my,"
        " min(x) AS west, min(y) AS south, max(x) AS east, max(y) AS north, min(pk) AS first"
        f" FROM kept WHERE x IS NOT NULL GROUP BY cx, cy ORDER BY n DESC, cx, cy LIMIT {MAX_CELLS}) cells",
    )


def clusters(counted: Mapping[str, int], zoom: int) -> dict[str, Any]:
    """A GeoJSON FeatureCollection, one feature for each of the cells that were counted."""
    found = apart(sorted(map(_cell_of, counted.items()), key=_largest_first), zoom)
    single = [cell["first"] for cell in found if cell["n"] == 1]
    alone = Record.objects.published().only(*ON_MAP).in_bulk(single)  # one may have been withdrawn meanwhile
    told = [cell for cell in found if cell["n"] > 1 or cell["first"] in alone]
    return {"type": "FeatureCollection", "features": [_feature(cell, alone) for cell in told]}


def _cell_of(told: tuple[str, int]) -> dict[str, Any]:
    value, number = told
    cell: dict[str, Any] = dict(zip(CELL, map(float, value.split()), strict=True))
    return cell | {name: int(cell[name]) for name in ("cx", "cy", "first")} | {"n": number}


def _largest_first(cell: Mapping[str, Any]) -> tuple[int, int, int]:
    return -cell["n"], cell["cx"], cell["cy"]


def apart(cells: Iterable[Mapping[str, Any]], zoom: int) -> list[Mapping[str, Any]]:
    """Cells, the largest first, whose pins can all be pressed: what is too near a larger one joins it."""
    least = PIN_PIXELS * WORLD_METRES / 256 / 2**zoom
    kept: dict[tuple[int, int], dict[str, Any]] = {}
    for cell in cells:
        beside = [kept[key] for key in _around(cell["cx"], cell["cy"]) if key in kept]
        near = min(beside, key=lambda other: _distance(cell, other), default=None)
        if near is None or _distance(cell, near) >= least:
            kept[cell["cx"], cell["cy"]] = dict(cell)
        else:
            near["n"] += cell["n"]
            near |= {side: min(near[side], cell[side]) for side in ("west", "south")}
            near |= {side: max(near[side], cell[side]) for side in ("east", "north")}
    return list(kept.values())


def _around(cx: int, cy: int) -> Iterator[tuple[int, int]]:
    return ((cx + right, cy + up) for right in (-1, 0, 1) for up in (-1, 0, 1))


def _distance(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    return hypot(float(one["mx"] - other["mx"]), float(one["my"] - other["my"]))


def _feature(cell: Mapping[str, Any], alone: dict[int, Record]) -> dict[str, Any]:
    if cell["n"] == 1:
        return feature(alone[cell["first"]])
    corners = (*from_mercator(cell["west"], cell["south"]), *from_mercator(cell["east"], cell["north"]))
    return {
        "type": "Feature",
        "geometry": _point(cell["mx"], cell["my"]),
        "properties": {"count": cell["n"], "bbox": [round(degree, BOX_DIGITS) for degree in corners]},
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
        return clusters(count_once(records, (), [cells(zoom)]).also.get(CELLS, {}), zoom)
    rows = records.filter(x__isnull=False).only(*ON_MAP).order_by("pk")[: MAX_FEATURES + 1]
    features = [feature(record) for record in rows]
    return {
        "type": "FeatureCollection",
        "features": features[:MAX_FEATURES],
        "truncated": len(features) > MAX_FEATURES,
    }
