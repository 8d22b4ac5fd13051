"""From longitude and latitude to metres, kilometres and the units of our SVG maps."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

# Semi-major axis of WGS 84 in metres; the Pseudo-Mercator sphere has this radius (EPSG ellipsoid 7030).
EARTH_RADIUS_M = 6_378_137
# Mean radius of the Earth in kilometres, (2a + b) / 3 (IUGG 1980).
MEAN_RADIUS_KM = 6371.0088
# Points nearer than this to the last one kept cannot be told apart on the map, in SVG units.
TOO_NEAR = 0.6


def mercator(longitude: float, latitude: float) -> tuple[int, int]:
    """Easting and northing in whole metres of EPSG:3857, from degrees WGS 84.

    Popular Visualisation Pseudo-Mercator: E = a·λ, N = a·ln tan(π/4 + φ/2)
    (EPSG method 1024; IOGP Guidance Note 373-7-2, section 3.5.1.2).
    """
    northing = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return round(EARTH_RADIUS_M * math.radians(longitude)), round(EARTH_RADIUS_M * northing)


def from_mercator(easting: float, northing: float) -> tuple[float, float]:
    """Longitude and latitude in degrees WGS 84, from metres of EPSG:3857 (EPSG method 1024, reverse)."""
    latitude = math.pi / 2 - 2 * math.atan(math.exp(-northing / EARTH_RADIUS_M))
    return math.degrees(easting / EARTH_RADIUS_M), math.degrees(latitude)


def kilometres(from_: tuple[float, float], to: tuple[float, float]) -> float:
    """Great-circle distance in km between two points given as (longitude, latitude) in degrees.

    The haversine formula (Sinnott 1984), which keeps its digits where the points are close.
    """
    (lon_1, lat_1), (lon_2, lat_2) = ((math.radians(lon), math.radians(lat)) for lon, lat in (from_, to))
    half_chord = (
        math.sin((lat_2 - lat_1) / 2) ** 2
        + math.cos(lat_1) * math.cos(lat_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    )
    return 2 * MEAN_RADIUS_KM * math.asin(min(1.0, math.sqrt(half_chord)))


@dataclass(frozen=True)
class Frame:
    """A stretch of the Earth (degrees) laid on an SVG view box `width` units wide, north upwards.

    Equidistant cylindrical with the middle latitude as standard parallel (EPSG method 1028): the Danish
    counties keep their shape, and scale differs by 3 % at most between Gedser and Skagen.
    """

    west: float
    south: float
    east: float
    north: float
    width: float = 1000

    @cached_property
    def _units_per_degree(self) -> tuple[float, float]:
        eastwards = self.width / (self.east - self.west)
        return eastwards, eastwards / math.cos(math.radians((self.south + self.north) / 2))

    @cached_property
    def height(self) -> float:
        """Height of the view box in units; follows from the bounds."""
        return round((self.north - self.south) * self._units_per_degree[1], 1)

    @property
    def view_box(self) -> str:
        """The value of the SVG attribute `viewBox`."""
        return f"0 0 {self.width:g} {self.height:g}"

    def xy(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point (degrees) lies in the view box, in units with one decimal; may lie outside it."""
        eastwards, northwards = self._units_per_degree
        return round((longitude - self.west) * eastwards, 1), round((self.north - latitude) * northwards, 1)

    def contains(self, longitude: float, latitude: float) -> bool:
        """Does the point (degrees) lie within the bounds?"""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north

    def path(self, coordinates: Sequence[Any]) -> str:
        """An SVG path from the `coordinates` of a GeoJSON Polygon or MultiPolygon; "" if all is too small."""
        return "".join(self._ring(ring) for ring in rings(coordinates))

    def _ring(self, ring: Sequence[Sequence[float]]) -> str:
        points = _thinned([self._tenths(*position[:2]) for position in ring])
        if len(points) < 3:
            return ""
        steps = ((x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(points))
        return f"M{_pair(*points[0])}l{''.join(_step(*step) for step in steps).lstrip()}z"

    def _tenths(self, longitude: float, latitude: float) -> tuple[int, int]:
        """Tenths of a unit: whole numbers, so that relative steps add up without drifting."""
        x, y = self.xy(longitude, latitude)
        return round(x * 10), round(y * 10)


def rings(coordinates: Sequence[Any]) -> Iterator[Sequence[Sequence[float]]]:
    """Every ring in the `coordinates` of a Polygon or MultiPolygon, outer and inner alike."""
    for part in coordinates:
        is_ring = not part or isinstance(part[0][0], int | float)
        yield from (part,) if is_ring else part


def _thinned(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Points at least `TOO_NEAR` apart, without the closing one, which the path's `z` draws."""
    kept: list[tuple[int, int]] = []
    for point in points:
        if not kept or math.dist(point, kept[-1]) >= TOO_NEAR * 10:
            kept.append(point)
    while len(kept) > 1 and math.dist(kept[0], kept[-1]) < TOO_NEAR * 10:
        kept.pop()
    return kept


def _number(tenths: int) -> str:
    """A tenth as SVG likes it short: 12, 12.3, -.4."""
    whole, tenth = divmod(abs(tenths), 10)
    digits = (str(whole) if whole or not tenth else "") + (f".{tenth}" if tenth else "")
    return f"-{digits}" if tenths < 0 else digits


def _pair(x: int, y: int) -> str:
    return _number(x) + (" " if y >= 0 else "") + _number(y)


def _step(x: int, y: int) -> str:
    """A pair that can stand after another: a minus sign parts two numbers as well as a space does."""
    return (" " if x >= 0 else "") + _pair(x, y)
