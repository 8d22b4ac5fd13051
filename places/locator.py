"""The locator: where in the country something is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .drawing import Area, ground
from .projection import Frame


@dataclass(frozen=True)
class Spot:
    """A named point (degrees), and how many things are there."""

    longitude: float
    latitude: float
    name: str
    count: int = 1


# The country without Bornholm fills it; Bornholm stands in a frame at the top right.
LOCATOR = Frame(west=8.019, south=54.477, east=13.72, north=57.8, width=216)
ISLAND = Area(176, 12, 212, 48)
ISLAND_MIDDLE = (14.92, 55.14)
# Places named in a locator's description; a longer list is no help to a listener.
NAMED = 8


@dataclass(frozen=True)
class LocatorPoint:
    """A point on the locator with its number, which is written from two on."""

    x: float
    y: float
    count: int

    @property
    def radius(self) -> float:
        return 3.6 if self.count == 1 else min(4.4 + 0.4 * self.count, 9)

    @property
    def number(self) -> str:
        return str(self.count) if self.count > 1 else ""

    @property
    def number_y(self) -> float:
        return round(self.y + 3.2, 1)


@dataclass(frozen=True)
class Locator:
    """The little map of the country."""

    label: str
    land: str
    island: str
    points: Sequence[LocatorPoint]

    view_box = LOCATOR.view_box
    frame = ISLAND


def locator(spots: Iterable[Spot], title: str = "") -> Locator:
    """Spots on the map of the country; those at one point are counted together.

    `title` begins the description ("Map of the 12 labs"); without one it is "Map of Denmark".
    """
    counted: dict[tuple[float, float], int] = defaultdict(int)
    named: dict[str, int] = defaultdict(int)
    for spot in spots:
        named[spot.name] += spot.count
        if at := _on_locator(spot):
            counted[at] += spot.count
    points = sorted((LocatorPoint(x, y, count) for (x, y), count in counted.items()), key=lambda p: -p.count)
    land, island = country()
    return Locator(_described(title or _("Map of Denmark"), named), land, island, points)


def _on_locator(spot: Spot) -> tuple[float, float] | None:
    """Where a spot lies, Bornholm moved into its frame; None outside the map."""
    x, y = LOCATOR.xy(spot.longitude, spot.latitude)
    right, down = _to_island()
    inset = round(x + right, 1), round(y + down, 1)
    if Area.round(*inset, 0).within(ISLAND):
        return inset
    return (x, y) if LOCATOR.contains(spot.longitude, spot.latitude) else None


def _to_island() -> tuple[float, float]:
    """How far Bornholm moves to stand in its frame."""
    x, y = LOCATOR.xy(*ISLAND_MIDDLE)
    return (ISLAND.left + ISLAND.right) / 2 - x, (ISLAND.top + ISLAND.bottom) / 2 - y


@cache
def country() -> tuple[str, str]:
    """The paths of the country and of Bornholm in its frame, drawn once."""
    right, down = _to_island()
    east = LOCATOR.west - right / LOCATOR.width * (LOCATOR.east - LOCATOR.west)
    north = LOCATOR.north + down / LOCATOR.height * (LOCATOR.north - LOCATOR.south)
    moved = Frame(
        west=east,
        south=north - (LOCATOR.north - LOCATOR.south),
        east=east + LOCATOR.east - LOCATOR.west,
        north=north,
        width=LOCATOR.width,
    )
    return LOCATOR.path(ground().here), moved.path(ground().island)


def _described(title: str, named: Mapping[str, int]) -> str:
    if not named:
        return title
    most = sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))
    several = any(count > 1 for _name, count in most)
    parts = [f"{name} {count}" if several else name for name, count in most[:NAMED]]
    if (rest := len(most) - NAMED) > 0:
        parts.append(ngettext("and %(n)s more place", "and %(n)s more places", rest) % {"n": rest})
    return f"{title}: {', '.join(parts)}"
