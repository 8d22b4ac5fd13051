"""The local map: a municipality and what lies round it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from .basemap import KM_PER_DEGREE
from .choices import PlaceKind
from .drawing import Area, Label, Labelling, Reach, cut_path, ground, ring_areas
from .locator import Locator, Spot, locator
from .models import Place
from .projection import Frame

__all__ = ["LocalMap", "Locator", "Spot", "local_map", "local_map_of", "locator", "surroundings"]

WIDTH, HEIGHT = 420, 300
KM_ACROSS = 45
# A large municipality gets a wider picture; a lonely one a wider still, so that some neighbours are named.
KM_PER_ROOT_OF_AREA = 2.2
WIDER = (1, 1.3, 1.7, 2.2)
TOWNS_WANTED = 4
# A coarse coast may leave a harbour town in the water, by this many degrees.
HARBOUR = 0.05
LEAST_KM, MOST_KM = 24, 140
# Share of the picture left free on each side of an outline.
AIR = 0.14
# Islands smaller than this share of the largest do not widen the picture (Hesselø, Anholt, Christiansø).
WORTH_FITTING = 0.05
# Seats this far from the middle, in degrees, may belong to a municipality that reaches into the picture.
NEAR_DEGREES = (2.2, 1.2)
NEIGHBOURS_NAMED = 5
TOWN_SIZE, LABEL_SIZE = 13, 14


@dataclass(frozen=True)
class Town:
    """A neighbouring municipality's main town."""

    x: float
    y: float
    label: Label


@dataclass(frozen=True)
class Mark:
    """The lab's or the place's own dot."""

    x: float
    y: float
    label: Label | None


@dataclass(frozen=True)
class LocalMap:
    """A municipality and its neighbours; `here` and `neighbours` are empty until outlines are imported."""

    label: str
    width: float
    height: float
    abroad: str
    land: str
    neighbours: Sequence[str]
    here: str
    towns: Sequence[Town]
    marks: Sequence[Mark]


def local_map_of(place: Place, spots: Sequence[Spot] = (), *, height: float = HEIGHT) -> LocalMap | None:
    """The map round a place, read from the database; one statement."""
    read = {one.pk: one for one in surroundings(place)}
    found = read.pop(place.pk, None)
    return local_map(found, spots, list(read.values()), height=height) if found else None


def surroundings(place: Place) -> list[Place]:
    """The municipalities near a place, and itself, with their outlines; one statement."""
    if place.longitude is None or place.latitude is None:
        return []
    east, north = NEAR_DEGREES
    near = Place.objects.municipalities().filter(
        longitude__range=(place.longitude - east, place.longitude + east),
        latitude__range=(place.latitude - north, place.latitude + north),
    )
    found = Place.objects.filter(Q(pk=place.pk) | Q(pk__in=near.order_by().values("pk")))
    return list(found.defer("story_da", "story_en", "source").order_by("sort_key", "pk"))


def local_map(
    place: Place, spots: Sequence[Spot], others: Sequence[Place], *, height: float = HEIGHT
) -> LocalMap | None:
    """The map round a municipality or a locality, with dots for `spots`, else for its main town.

    `others` are the municipalities near it. None where nobody knows where the place is.
    """
    others = [other for other in others if other.pk != place.pk]
    frame = _local_frame(place, others, height)
    if frame is None:
        return None
    neighbours = [path for other in others if other.outline if (path := _outline(frame, other))]
    here = _outline(frame, place) if place.outline else ""
    outlined = bool(neighbours or here) and all(other.outline for other in others)
    land = "" if outlined else cut_path(frame, [*ground().here, *ground().island])
    marks, labels = _marks(frame, place, spots)
    return LocalMap(
        label=_local_label(place, spots),
        width=frame.width,
        height=height,
        abroad=cut_path(frame, ground().abroad),
        land=land,
        neighbours=neighbours,
        here=here,
        towns=_towns(frame, others, labels),
        marks=marks,
    )


def _local_label(place: Place, spots: Sequence[Spot]) -> str:
    names = {"place": place.name, "spots": ", ".join(dict.fromkeys(spot.name for spot in spots))}
    if not spots:
        return _("Map of %(place)s and its neighbours") % names
    return _("Map of %(place)s and its neighbours, showing %(spots)s") % names


def _outline(frame: Frame, place: Place) -> str:
    return cut_path(frame, place.outline["coordinates"])


type Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


def _local_frame(place: Place, others: Sequence[Place], height: float) -> Frame | None:
    """As wide as the outline asks for, else the island, else about 45 km round the main town."""
    bounds = _bounds(place.outline["coordinates"]) if place.outline else _island(place, others)
    if bounds:
        return _fitted(bounds, height)
    if place.longitude is None or place.latitude is None:
        return None
    centre = place.longitude, place.latitude, place.longitude, place.latitude
    across = max(KM_ACROSS, KM_PER_ROOT_OF_AREA * math.sqrt(float(place.area_km2 or 0)))
    frames = [_framed(centre, across * wider, height) for wider in WIDER]
    return next((frame for frame in frames if _towns_in(frame, others) >= TOWNS_WANTED), frames[-1])


def _island(place: Place, others: Sequence[Place]) -> Bounds | None:
    """The bounds of the island that is more or less the whole municipality, and nobody else's."""
    if not place.area_km2 or place.longitude is None or place.latitude is None:
        return None
    km2 = KM_PER_DEGREE**2 * math.cos(math.radians(place.latitude))
    for area, ring in ring_areas([*ground().here, *ground().island]):
        bounds = _bounds_of([ring])
        fits = 0.5 < area * km2 / float(place.area_km2) < 1.6
        if fits and _holds(bounds, place, near=HARBOUR) and not any(_holds(bounds, o) for o in others):
            return bounds
    return None


def _holds(bounds: Bounds, place: Place, near: float = 0) -> bool:
    """Whether a main town lies within bounds, or at most `near` degrees outside."""
    if place.longitude is None or place.latitude is None:
        return False
    west, south, east, north = bounds
    return west - near <= place.longitude <= east + near and south - near <= place.latitude <= north + near


def _bounds(coordinates: Sequence[Any]) -> Bounds:
    """The bounds of the mainland and of islands worth fitting in."""
    found = ring_areas(coordinates)
    return _bounds_of([ring for area, ring in found if area >= WORTH_FITTING * found[0][0]])


def _bounds_of(rings: Iterable[Sequence[Sequence[float]]]) -> Bounds:
    positions = [position for ring in rings for position in ring]
    lons, lats = [position[0] for position in positions], [position[1] for position in positions]
    return min(lons), min(lats), max(lons), max(lats)


def _fitted(bounds: Bounds, height: float) -> Frame:
    """The frame round bounds with air on all sides."""
    west, south, east, north = bounds
    per_lon = KM_PER_DEGREE * math.cos(math.radians((south + north) / 2))
    across = max((east - west) * per_lon, (north - south) * KM_PER_DEGREE * WIDTH / height) / (1 - 2 * AIR)
    return _framed(bounds, min(max(across, LEAST_KM), MOST_KM), height)


def _framed(bounds: Bounds, across_km: float, height: float) -> Frame:
    """So many km from west to east round the middle of bounds."""
    west, south, east, north = bounds
    centre, middle = (west + east) / 2, (south + north) / 2
    half_lon = across_km / 2 / (KM_PER_DEGREE * math.cos(math.radians(middle)))
    half_lat = across_km / 2 * height / WIDTH / KM_PER_DEGREE
    return Frame(centre - half_lon, middle - half_lat, centre + half_lon, middle + half_lat, width=WIDTH)


def _towns_in(frame: Frame, others: Iterable[Place]) -> int:
    bounds = frame.west, frame.south, frame.east, frame.north
    return sum(1 for other in others if _holds(bounds, other))


def _marks(frame: Frame, place: Place, spots: Sequence[Spot]) -> tuple[list[Mark], Labelling]:
    """The dots, and the labelling they have taken their share of; dots beyond the picture are left out."""
    labels = Labelling(Area(6, 6, frame.width - 6, frame.height - 6))
    if not spots and place.longitude is not None and place.latitude is not None:
        spots = [Spot(place.longitude, place.latitude, place.seat or place.name)]
    inside = [spot for spot in spots if frame.contains(spot.longitude, spot.latitude)]
    points = [frame.xy(spot.longitude, spot.latitude) for spot in inside]
    labels.taken += [Area.round(x, y, 7) for x, y in points]
    marks = [
        Mark(x, y, labels.place(spot.name, x, y, LABEL_SIZE, Reach.of(6)))
        for spot, (x, y) in zip(inside, points, strict=True)
    ]
    return marks, labels


def _towns(frame: Frame, others: Iterable[Place], labels: Labelling) -> list[Town]:
    """The largest neighbours' main towns, as far as their names find room."""
    towns: list[Town] = []
    for other in sorted(others, key=lambda place: -(place.population or 0)):
        if len(towns) == NEIGHBOURS_NAMED:
            break
        if town := _town(frame, other, labels):
            towns.append(town)
    return towns


def _town(frame: Frame, place: Place, labels: Labelling) -> Town | None:
    if place.kind != PlaceKind.MUNICIPALITY or place.longitude is None or place.latitude is None:
        return None
    x, y = frame.xy(place.longitude, place.latitude)
    dot = Area.round(x, y, 4)
    if not dot.within(labels.bounds) or any(dot.meets(other) for other in labels.taken):
        return None
    if label := labels.place(place.seat or place.name, x, y, TOWN_SIZE, Reach.of(0)):
        labels.taken.append(dot)
        return Town(x, y, label)
    return None
