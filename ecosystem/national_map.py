"""The map of the country on the home page: every municipality's symbol on its main town, none on another."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from places.drawing import Area, Label, Labelling, cut_path, ground, offsets
from places.models import Place
from places.projection import Frame
from places.symbols import Symbol, map_symbol

from .balance import Count

MAIN = Frame(west=8.021, south=54.472, east=13.82, north=57.8, width=770)
CAPITAL = Frame(west=12.1, south=55.53, east=12.8, north=55.97, width=255.5)
BORNHOLM = Frame(west=14.52, south=54.937, east=15.318, north=55.34, width=106)
# Where the two insets stand on the main map, in its units.
CAPITAL_AT = (514.0, 8.0)
BORNHOLM_AT = (658.0, 486.0)
# A symbol moves at most so far from its town, and is tied to it when it moved further than this.
REACH, STEP = 80, 4
TIED_FROM = 6
# Dots for labs: how far apart, how far under the symbol, how large.
DOT_STEP, DOT_GAP, DOT_RADIUS = 6, 5, 2.3
# The first of each map are also labelled on phones, where letters are twice as large beside the map.
LABELS = {"main": (3, 9), "capital": (1, 5)}
LARGE, SMALL = 14, 12


@dataclass(frozen=True)
class Mark:
    """A municipality's symbol where it stands, and its town's point."""

    place: Place
    symbol: Symbol
    labs: int
    town: tuple[float, float]
    x: float
    y: float

    @property
    def radius(self) -> float:
        return self.symbol.radius

    @property
    def bottom(self) -> float:
        """How far it reaches down, with the dots."""
        return self.radius + (DOT_GAP + DOT_RADIUS if self.labs else 0)

    @cached_property
    def dots(self) -> list[tuple[float, float]]:
        """One dot for each lab, in a row under the symbol."""
        left = -DOT_STEP * (self.labs - 1) / 2
        return [(left + DOT_STEP * number, round(self.radius + DOT_GAP, 1)) for number in range(self.labs)]

    @property
    def tied(self) -> bool:
        return math.dist(self.town, (self.x, self.y)) > TIED_FROM

    @property
    def areas(self) -> list[Area]:
        """What it covers: the symbol's box and the row of dots."""
        box = Area.round(self.x, self.y, self.radius)
        if not self.labs:
            return [box]
        half = DOT_STEP * (self.labs - 1) / 2 + DOT_RADIUS
        return [box, Area(self.x - half, self.y + self.radius, self.x + half, self.y + self.bottom)]

    def touches(self, other: "Mark") -> bool:
        """Whether the two lie on each other: circles by distance, dots by their boxes."""
        if math.dist((self.x, self.y), (other.x, other.y)) < self.radius + other.radius + 1:
            return True
        dots, others = self.areas[1:], other.areas[1:]
        return any(a.meets(b) for a in dots for b in other.areas) or any(
            a.meets(b) for a in self.areas for b in others
        )


@dataclass(frozen=True)
class Written:
    """A label relative to its mark, so that phones can enlarge both from one point."""

    x: float
    y: float
    label: Label
    minor: bool


@dataclass(frozen=True)
class Land:
    """A municipality's outline, or the whole country where outlines are not imported."""

    path: str
    empty: bool


@dataclass
class Sheet:
    """One of the three maps: the country, the capital, Bornholm."""

    frame: Frame
    abroad: str = ""
    land: Sequence[Land] = ()
    marks: list[Mark] = field(default_factory=list)
    labels: list[Written] = field(default_factory=list)

    @property
    def ties(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.tied]


@dataclass(frozen=True)
class NationalMap:
    """The country with its two insets."""

    main: Sheet
    capital: Sheet
    bornholm: Sheet
    outlined: bool

    capital_at = CAPITAL_AT
    bornholm_at = BORNHOLM_AT

    @property
    def view_box(self) -> str:
        return self.main.frame.view_box

    @property
    def capital_frame(self) -> Area:
        """The stretch of the main map that the inset enlarges."""
        left, top = MAIN.xy(CAPITAL.west, CAPITAL.north)
        right, bottom = MAIN.xy(CAPITAL.east, CAPITAL.south)
        return Area(left, top, right, bottom)


type Outlines = Mapping[int, Sequence[object]]


@dataclass(frozen=True)
class Ground:
    """The land of the three maps, without what changes with the counts."""

    abroad: Mapping[str, str]
    whole: Mapping[str, str]
    outlines: Mapping[str, Mapping[int, str]]


FRAMES = {"main": MAIN, "capital": CAPITAL, "bornholm": BORNHOLM}


def draw_ground(outlines: Outlines) -> Ground:
    """The ground from imported outlines (coordinates by place id), or without any; worth keeping."""
    here, island, abroad = ground().here, ground().island, ground().abroad
    whole = {"main": MAIN.path(here), "capital": cut_path(CAPITAL, here), "bornholm": cut_path(BORNHOLM, island)}
    return Ground(
        # The neighbours bleed off the main map, so there they are not cut.
        abroad={"main": MAIN.path(abroad), "capital": cut_path(CAPITAL, abroad), "bornholm": ""},
        whole=whole,
        outlines={name: _paths(frame, outlines) for name, frame in FRAMES.items()},
    )


def _paths(frame: Frame, outlines: Outlines) -> dict[int, str]:
    found = {place: cut_path(frame, coordinates) for place, coordinates in outlines.items()}
    return {place: path for place, path in found.items() if path}


def national_map(places: Sequence[Place], counts: Mapping[int, Count], drawn: Ground) -> NationalMap:
    """The map of these municipalities."""
    outlined = bool(drawn.outlines["main"])
    sheets = {name: _sheet(name, places, counts, drawn) for name in FRAMES}
    return NationalMap(**sheets, outlined=outlined)


def _sheet(name: str, places: Sequence[Place], counts: Mapping[int, Count], drawn: Ground) -> Sheet:
    frame = FRAMES[name]
    paths = drawn.outlines[name]
    land = [Land(path, empty=not counts.get(place)) for place, path in paths.items()]
    # A municipality without an outline of its own still stands on land.
    lacking = any(place.pk not in paths for place in places if _sheet_of(place) == name)
    if lacking and drawn.whole[name]:
        land.insert(0, Land(drawn.whole[name], empty=False))
    sheet = Sheet(frame, drawn.abroad[name], land)
    sheet.marks = settled(_marks(frame, (p for p in places if _sheet_of(p) == name), counts), _bounds(name))
    sheet.labels = _labels(sheet, _bounds(name), *LABELS.get(name, (0, 0)), taken=_covered(name))
    return sheet


def _sheet_of(place: Place) -> str | None:
    """The map a municipality's symbol stands on."""
    if place.longitude is None or place.latitude is None:
        return None
    for name in ("capital", "bornholm", "main"):
        if FRAMES[name].contains(place.longitude, place.latitude):
            return name
    return None


def _bounds(name: str) -> Area:
    frame = FRAMES[name]
    edge = 0 if name == "main" else 4
    return Area(edge, edge, frame.width - edge, frame.height - edge)


def _covered(name: str) -> list[Area]:
    """What of the main map the insets and the capital's frame lie on."""
    if name != "main":
        return []
    left, top = MAIN.xy(CAPITAL.west, CAPITAL.north)
    right, bottom = MAIN.xy(CAPITAL.east, CAPITAL.south)
    insets = [
        Area(x, y, x + frame.width, y + frame.height + 20)
        for (x, y), frame in ((CAPITAL_AT, CAPITAL), (BORNHOLM_AT, BORNHOLM))
    ]
    return [*insets, Area(left, top, right, bottom)]


def _marks(frame: Frame, places: Iterable[Place], counts: Mapping[int, Count]) -> list[Mark]:
    """The symbols on their towns, larger first."""
    marks = []
    for place in places:
        count = counts.get(place.pk, Count())
        symbol = map_symbol(count.pull, count.push)
        if symbol and place.longitude is not None and place.latitude is not None:
            town = frame.xy(place.longitude, place.latitude)
            marks.append(Mark(place, symbol, count.labs, town, *town))
    return sorted(marks, key=lambda mark: (-mark.radius, mark.place.sort_key))


def settled(marks: Iterable[Mark], bounds: Area) -> list[Mark]:
    """The marks in turn, each moved to the nearest free spot where its town's is taken."""
    done: list[Mark] = []
    for mark in marks:
        done.append(_free(mark, done, bounds))
    return done


def _free(mark: Mark, done: Sequence[Mark], bounds: Area) -> Mark:
    for right, down in offsets(REACH, STEP):
        moved = replace(mark, x=round(mark.town[0] + right, 1), y=round(mark.town[1] + down, 1))
        inside = all(area.within(bounds) for area in moved.areas)
        if inside and not any(moved.touches(other) for other in done):
            return moved
    return mark


def _labels(sheet: Sheet, bounds: Area, major: int, most: int, taken: Sequence[Area]) -> list[Written]:
    """Names of the largest, as many as a reader needs to find the way; those that find no room are left out."""
    labelling = Labelling(bounds, [*taken, *(area for mark in sheet.marks for area in mark.areas)])
    written: list[Written] = []
    for mark in sorted(sheet.marks, key=lambda m: (-m.symbol.pull_count - m.symbol.push_count, m.place.pk)):
        if len(written) == most:
            break
        minor = len(written) >= major
        size = SMALL if minor else LARGE
        if label := labelling.place(
            mark.place.name, mark.x, mark.y, size, away=mark.radius, below=mark.bottom
        ):
            near = replace(label, x=round(label.x - mark.x, 1), y=round(label.y - mark.y, 1))
            written.append(Written(mark.x, mark.y, near, minor))
    return written
