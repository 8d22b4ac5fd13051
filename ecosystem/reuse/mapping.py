"""Where a solution began and where it was taken over, on the map of the country."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from places.drawing import Area, Labelling, Reach
from places.models import Place

from ..national_map import FRAMES, LARGE, Ground, Land, NationalMap, Sheet, Written
from .members import Member, Spread

RADIUS, MOST_RADIUS, ORIGIN = 6.0, 13.0, 9.0
LABELS = {"main": 14, "capital": 6, "bornholm": 1}
MAJOR = 3  # so many are also labelled on phones, where letters are twice as large beside the map


@dataclass(frozen=True)
class Pin:
    """A place with those who took the solution over there; filled where at least one of them confirmed it."""

    place: Place
    x: float
    y: float
    members: Sequence[Member]
    origin: bool

    @property
    def radius(self) -> float:
        return min(RADIUS + 0.7 * max(len(self.members) - 1, 0), MOST_RADIUS)

    @property
    def ring(self) -> float:
        """Round it, where the solution began there."""
        return self.radius + 4 if self.members else ORIGIN

    @property
    def number(self) -> str:
        return str(len(self.members)) if len(self.members) > 1 else ""

    @property
    def looks(self) -> str:
        if not self.members:
            return "origin"
        running = [member for member in self.members if not member.ended]
        if not running:
            return "over"
        return "sure" if any(member.confirmed for member in running) else "named"


@dataclass(frozen=True)
class Pinned:
    """One of the three maps with its pins."""

    sheet: Sheet
    pins: Sequence[Pin] = ()


@dataclass(frozen=True)
class SpreadMap:
    """The country with its two insets, and how many stand nowhere on it because nobody said where."""

    national: NationalMap
    pins: Mapping[str, Sequence[Pin]] = field(default_factory=dict)
    nowhere: int = 0

    @property
    def main(self) -> Pinned:
        return Pinned(self.national.main, self.pins["main"])

    @property
    def insets(self) -> list[tuple[object, Sequence[Pin]]]:
        """The frames on the main map with the pins in them."""
        return list(zip(self.national.insets, (self.pins["capital"], self.pins["bornholm"]), strict=True))

    @property
    def places(self) -> int:
        """Where it has been taken over."""
        return sum(1 for pins in self.pins.values() for pin in pins if pin.members)


def spread_map(spread: Spread, places: Mapping[int, Place], drawn: Ground) -> SpreadMap:
    """Pins by place; `places` have the points, `drawn` the land."""
    found: dict[int, list[Member]] = {}
    nowhere = 0
    for member in spread.adoptions:
        place = places.get(member.place.pk) if member.place else None
        if place is None or _sheet_of(place) is None:
            nowhere += 1
        else:
            found.setdefault(place.pk, []).append(member)
    origin = spread.origin.place.pk if spread.origin.place else 0
    if origin in places and _sheet_of(places[origin]):
        found.setdefault(origin, [])
    pins: dict[str, list[Pin]] = {name: [] for name in FRAMES}
    for pk, members in found.items():
        place = places[pk]
        name = _sheet_of(place) or "main"
        x, y = FRAMES[name].xy(place.longitude or 0, place.latitude or 0)
        pins[name].append(Pin(place, x, y, members, pk == origin))
    ordered = {name: sorted(of, key=_importance) for name, of in pins.items()}
    sheets = {name: _sheet(name, ordered[name], drawn) for name in FRAMES}
    return SpreadMap(NationalMap(**sheets, outlined=bool(drawn.outlines["main"])), ordered, nowhere)


def _importance(pin: Pin) -> tuple[bool, int, str]:
    return not pin.origin, -len(pin.members), pin.place.sort_key


def _sheet_of(place: Place) -> str | None:
    """The map a place's point lies on."""
    if place.longitude is None or place.latitude is None:
        return None
    order = ("capital", "bornholm", "main")
    return next((name for name in order if FRAMES[name].contains(place.longitude, place.latitude)), None)


def _sheet(name: str, pins: Sequence[Pin], drawn: Ground) -> Sheet:
    """The land, and as many names as find room; those of the origin and of many first."""
    outlines = drawn.outlines[name]
    land = [Land(path) for path in outlines.values()] or [Land(drawn.whole[name])] * bool(drawn.whole[name])
    frame = FRAMES[name]
    taken = [Area.round(pin.x, pin.y, pin.ring) for pin in pins]
    names = Labelling(Area(2, 2, frame.width - 2, frame.height - 2), taken)
    labels = []
    for number, pin in enumerate(pins[: LABELS[name]]):
        label = names.place(
            pin.place.name, pin.x, pin.y, LARGE, Reach.of(pin.ring if pin.origin else pin.radius)
        )
        if label:
            near = replace(label, x=round(label.x - pin.x, 1), y=round(label.y - pin.y, 1))
            labels.append(Written(pin.x, pin.y, near, minor=name != "main" or number >= MAJOR))
    return Sheet(frame, drawn.abroad[name], land, labels=labels)
