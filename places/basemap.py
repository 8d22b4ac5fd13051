"""Denmark and its neighbours' coasts, cut out of a TopoJSON world (Natural Earth by way of world-atlas)."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

type Point = tuple[float, float]
"""Longitude and latitude in degrees."""
type Ring = list[Point]
type Polygon = list[Ring]

HERE = "Denmark"
# How far a simplified line may stray from the drawn one, in km. The source is drawn in steps of 0.2 km, so
# Denmark loses only points on straight lines; abroad is only the faint edge of the picture.
TOLERANCE_HERE_KM = 0.02
TOLERANCE_ABROAD_KM = 0.3
# Neighbouring skerries smaller than this are left out, in km².
SMALLEST_ABROAD_KM2 = 4
DECIMALS_HERE = 4
DECIMALS_ABROAD = 3
KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Box:
    """Bounds in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def _km_per_degree_of_longitude(self) -> float:
        return KM_PER_DEGREE * math.cos(math.radians((self.south + self.north) / 2))

    def km(self, point: Point) -> Point:
        """A point in km on the flat, true enough within a box a few degrees high."""
        return point[0] * self._km_per_degree_of_longitude, point[1] * KM_PER_DEGREE

    def area_km2(self, ring: Ring) -> float:
        """The area a ring encloses (the shoelace formula)."""
        points = [self.km(point) for point in ring]
        return abs(sum(x_1 * y_2 - x_2 * y_1 for (x_1, y_1), (x_2, y_2) in pairwise(points))) / 2


SURROUNDINGS = Box(west=3.5, south=51.5, east=20.5, north=60.2)


def cut(topology: dict[str, Any], box: Box = SURROUNDINGS) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of the countries within the box, Denmark last so that it lies on top."""
    countries = topology["objects"]["countries"]["geometries"]
    arcs = decoded_arcs(topology)
    arcs_here = set(_arc_indices([country["arcs"] for country in countries if _is_here(country)]))
    simplified = _Simplified(arcs, arcs_here, box)
    drawn = (_feature(country, simplified, box) for country in sorted(countries, key=_is_here))
    return {"type": "FeatureCollection", "features": [feature for feature in drawn if feature]}


def _is_here(country: dict[str, Any]) -> bool:
    return bool(country["properties"]["name"] == HERE)


def decoded_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees; the file gives steps from one position to the next (TopoJSON 2.1.3)."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]

    def decode(arc: Iterable[Sequence[int]]) -> Iterator[Point]:
        x = y = 0
        for step in arc:
            x, y = x + step[0], y + step[1]
            yield x * scale[0] + translate[0], y * scale[1] + translate[1]

    return [list(decode(arc)) for arc in topology["arcs"]]


def stitch(indices: Iterable[int], arc: Callable[[int], Sequence[Point]]) -> Ring:
    """One closed ring from arcs end to end; `~i` means arc i backwards (TopoJSON 2.1.4)."""
    ring: Ring = []
    for index in indices:
        points = arc(index) if index >= 0 else arc(~index)[::-1]
        ring.extend(points[1:] if ring else points)
    return ring


def _arc_indices(nested: Any) -> Iterator[int]:
    """Every arc a geometry uses, whichever way it runs."""
    for item in nested:
        if isinstance(item, int):
            yield item if item >= 0 else ~item
        else:
            yield from _arc_indices(item)


class _Simplified:
    """Arcs simplified when asked for: two countries share an arc, so their border stays one line."""

    def __init__(self, arcs: list[list[Point]], arcs_here: set[int], box: Box) -> None:
        self._arcs, self._arcs_here, self._box = arcs, arcs_here, box

    def __call__(self, index: int) -> list[Point]:
        tolerance = TOLERANCE_HERE_KM if index in self._arcs_here else TOLERANCE_ABROAD_KM
        return simplify(self._arcs[index], tolerance, self._box.km)

    def touches_box(self, indices: Iterable[int]) -> bool:
        """Could a ring of these arcs reach into the box? Spares simplifying the whole world."""
        points = [point for index in indices for point in self._arcs[index]]
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        box = self._box
        return (
            min(lons) < box.east and max(lons) > box.west and min(lats) < box.north and max(lats) > box.south
        )


def simplify(points: Sequence[Point], tolerance: float, flat: Callable[[Point], Point]) -> list[Point]:
    """The line with fewer points, never further than `tolerance` (in units of `flat`) from it; ends are kept.

    Douglas & Peucker 1973, with a stack instead of recursion, for a coast may have thousands of points.
    """
    plane = [flat(point) for point in points]
    keep = {0, len(points) - 1}
    stretches = [(0, len(points) - 1)]
    while stretches:
        first, last = stretches.pop()
        furthest, distance = first, 0.0
        for index in range(first + 1, last):
            off = _distance(plane[index], plane[first], plane[last])
            if off > distance:
                furthest, distance = index, off
        if distance > tolerance:
            keep.add(furthest)
            stretches += [(first, furthest), (furthest, last)]
    return [points[index] for index in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the nearest point of a stretch; start and end may be one, as on an island."""
    (x, y), (x_1, y_1), (x_2, y_2) = point, start, end
    length_2 = (x_2 - x_1) ** 2 + (y_2 - y_1) ** 2
    if not length_2:
        return math.dist(point, start)
    along = max(0.0, min(1.0, ((x - x_1) * (x_2 - x_1) + (y - y_1) * (y_2 - y_1)) / length_2))
    return math.dist(point, (x_1 + along * (x_2 - x_1), y_1 + along * (y_2 - y_1)))


def clip(ring: Ring, box: Box) -> Ring:
    """The part of a ring inside the box, closed, or [] (Sutherland & Hodgman 1974).

    A ring that leaves and re-enters stays one ring joined along the box's edge, which no one sees filled.
    """
    points = ring[:-1]
    for axis, limit, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)):
        points = _cut_side(points, axis, limit, sign)
    return [*points, points[0]] if len(points) > 2 else []


def _cut_side(points: Sequence[Point], axis: int, limit: float, sign: int) -> list[Point]:
    """What lies on the right side of one edge of the box; `sign` 1 keeps what is above the limit."""
    kept: list[Point] = []
    for before, point in zip([*points[-1:], *points], points, strict=False):
        inside, was_inside = (sign * (each[axis] - limit) >= 0 for each in (point, before))
        if inside != was_inside:
            kept.append(_crossing(before, point, axis, limit))
        if inside:
            kept.append(point)
    return kept


def _crossing(start: Point, end: Point, axis: int, limit: float) -> Point:
    share = (limit - start[axis]) / (end[axis] - start[axis])
    other = start[1 - axis] + share * (end[1 - axis] - start[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)


def _feature(country: dict[str, Any], arcs: _Simplified, box: Box) -> dict[str, Any] | None:
    here = _is_here(country)
    groups = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
    near = (group for group in groups if arcs.touches_box(_arc_indices(group)))
    polygons = [polygon for group in near if (polygon := _polygon(group, arcs, box, here=here))]
    if not polygons:
        return None
    return {
        "type": "Feature",
        "properties": {"name": country["properties"]["name"], "here": here},
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }


def _polygon(group: Sequence[Sequence[int]], arcs: _Simplified, box: Box, *, here: bool) -> Polygon:
    """An outer ring and its holes, cut and rounded; [] if nothing of it is worth drawing."""
    decimals, smallest = (DECIMALS_HERE, 0.0) if here else (DECIMALS_ABROAD, SMALLEST_ABROAD_KM2)
    rings: Polygon = []
    for indices in group:
        ring = _rounded(clip(stitch(indices, arcs), box), decimals)
        if len(ring) > 3 and box.area_km2(ring) > smallest:
            rings.append(ring)
        elif not rings:
            return []
    return rings


def _rounded(ring: Ring, decimals: int) -> Ring:
    """Rounded, and without points that rounding has made equal to the one before."""
    points = [(round(lon, decimals), round(lat, decimals)) for lon, lat in ring]
    return [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
