"""Pure drawing: the ground cut to a frame, and labels that do not lie on each other."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings

from .basemap import Box, clip, simplify
from .projection import Frame, rings

GROUND_FILE = "var/build/static/map/denmark.json"
# Cuts lie this far outside the picture, in units, so that no outline runs along its edge.
MARGIN = 4
# A line may stray so far from the one given, in units: less than half the stroke that is drawn over it.
TOO_FINE = 0.3
# Width of an average letter of IBM Plex Sans in the label weights, as a share of the font size; a little
# generous, for two labels that touch read as one.
LETTER = 0.58


@dataclass(frozen=True)
class Ground:
    """Coordinates of MultiPolygons: Denmark, Bornholm apart, and the neighbours' land."""

    here: Sequence[Any] = ()
    island: Sequence[Any] = ()
    abroad: Sequence[Any] = ()


# Between Skåne and Bornholm; everything Danish east of it is drawn in a frame of its own.
EAST_OF_SKAANE = 14.0


@cache
def ground() -> Ground:
    """The ground made by `manage.py make_basemap`, read once; without the file there is none."""
    try:
        text = (Path(settings.BASE_DIR) / GROUND_FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Ground()
    here: list[Any] = []
    abroad: list[Any] = []
    for feature in json.loads(text)["features"]:
        (here if feature["properties"]["here"] else abroad).extend(feature["geometry"]["coordinates"])
    return Ground(
        here=[polygon for polygon in here if polygon[0][0][0] < EAST_OF_SKAANE],
        island=[polygon for polygon in here if polygon[0][0][0] >= EAST_OF_SKAANE],
        abroad=abroad,
    )


def cut_path(frame: Frame, coordinates: Sequence[Any]) -> str:
    """The SVG path of what of a Polygon or MultiPolygon lies within the frame and a margin."""
    box = _around(frame)
    inside = (clip([(p[0], p[1]) for p in ring], box) for ring in rings(coordinates) if _near(ring, box))
    return frame.path([simplify(ring, TOO_FINE, lambda point: frame.xy(*point)) for ring in inside if ring])


def running_on(coordinates: Sequence[Any], degrees: float = 3) -> list[Any]:
    """Land cut at the southern edge runs on, so that a picture bleeding off the page shows no cut."""
    south = min((position[1] for ring in rings(coordinates) for position in ring), default=0)
    return [
        [(lon, lat - degrees if lat == south else lat) for lon, lat in ring] for ring in rings(coordinates)
    ]


def _around(frame: Frame) -> Box:
    """The frame's bounds with the margin, in degrees."""
    lon = (frame.east - frame.west) / frame.width * MARGIN
    lat = (frame.north - frame.south) / frame.height * MARGIN
    return Box(frame.west - lon, frame.south - lat, frame.east + lon, frame.north + lat)


def _near(ring: Sequence[Sequence[float]], box: Box) -> bool:
    """Spares cutting rings that lie on one side of the box."""
    lons, lats = [position[0] for position in ring], [position[1] for position in ring]
    return min(lons) < box.east and max(lons) > box.west and min(lats) < box.north and max(lats) > box.south


@dataclass(frozen=True)
class Area:
    """A rectangle in units of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return round(self.right - self.left, 1)

    @property
    def height(self) -> float:
        return round(self.bottom - self.top, 1)

    def meets(self, other: "Area") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: "Area") -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )

    @classmethod
    def round(cls, x: float, y: float, radius: float) -> "Area":
        return cls(x - radius, y - radius, x + radius, y + radius)


@dataclass(frozen=True)
class Label:
    """A word at a point; `anchor` and `baseline` are SVG's text-anchor and dominant-baseline.

    The baseline is told, because phones enlarge the letters and the point must stay where the word begins.
    """

    text: str
    x: float
    y: float
    anchor: str
    baseline: str


@dataclass(frozen=True)
class Reach:
    """How far a mark reaches from its centre on each side, in units."""

    left: float
    right: float
    up: float
    down: float

    @classmethod
    def of(cls, radius: float) -> "Reach":
        return cls(radius, radius, radius, radius)


@dataclass
class Labelling:
    """Places labels one after the other where nothing else lies; who comes first chooses first."""

    bounds: Area
    taken: list[Area] = field(default_factory=list)

    def place(self, text: str, x: float, y: float, size: float, reach: Reach) -> Label | None:
        """The label beside, under or above a mark at x, y; None where it would always lie on something."""
        for label in _spots(text, x, y, reach):
            area = _covered(label, size)
            if area.within(self.bounds) and not any(area.meets(other) for other in self.taken):
                self.taken.append(area)
                return label
        return None


def _spots(text: str, x: float, y: float, reach: Reach) -> list[Label]:
    """Where a label may stand, best first: beside, under or above the mark, then off its corners."""
    right, left = round(x + 0.75 * reach.right + 4, 1), round(x - 0.75 * reach.left - 4, 1)
    high, low = round(y - 0.75 * reach.up - 2, 1), round(y + 0.75 * reach.down + 2, 1)
    return [
        Label(text, round(x + reach.right + 6, 1), y, "start", "central"),
        Label(text, round(x - reach.left - 6, 1), y, "end", "central"),
        Label(text, x, round(y + reach.down + 4, 1), "middle", "hanging"),
        Label(text, x, round(y - reach.up - 5, 1), "middle", "auto"),
        Label(text, right, high, "start", "auto"),
        Label(text, left, high, "end", "auto"),
        Label(text, right, low, "start", "hanging"),
        Label(text, left, low, "end", "hanging"),
        Label(text, round(x + reach.right, 1), round(y + reach.down + 4, 1), "end", "hanging"),
    ]


def _covered(label: Label, size: float) -> Area:
    """What a label covers at a font size."""
    width = len(label.text) * size * LETTER
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    top = label.y - {"central": 0.55, "hanging": 0.1, "auto": 0.8}[label.baseline] * size
    return Area(left, top, left + width, top + size * 1.05)


def ring_areas(coordinates: Sequence[Any]) -> list[tuple[float, Sequence[Sequence[float]]]]:
    """Every ring with its area in square degrees, largest first; good enough to tell mainland from islet."""
    found = [(_area(ring), ring) for ring in rings(coordinates)]
    return sorted(found, key=lambda pair: -pair[0])


def _area(ring: Sequence[Sequence[float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def offsets(reach: float, step: float) -> list[tuple[float, float]]:
    """Points round 0, 0, nearest first, up to `reach` away: where a mark may move when its place is taken."""
    found = [(0.0, 0.0)]
    for ring in range(1, int(reach / step) + 1):
        count = 16
        for turn in range(count):
            angle = 2 * math.pi * turn / count
            found.append((ring * step * math.cos(angle), ring * step * math.sin(angle)))
    return found
