"""The map of the country: every municipality's symbol on its main town, none on another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from places.drawing import Area, Label, Labelling, cut_path, ground, running_on
from places.models import Place
from places.projection import Frame
from places.symbols import map_symbol, map_unit

from .balance import Count
from .marks import Mark, settled

MAIN = Frame(west=8.021, south=54.472, east=13.82, north=57.8, width=770)
CAPITAL = Frame(west=12.1, south=55.53, east=12.8, north=55.97, width=255.5)
BORNHOLM = Frame(west=14.52, south=54.937, east=15.318, north=55.34, width=106)
# Where the two insets stand on the main map, in its units.
CAPITAL_AT = (514.0, 8.0)
BORNHOLM_AT = (658.0, 486.0)
# The first of each map are also labelled on phones, where letters are twice as large beside the map.
LABELS = {"main": (3, 9), "capital": (1, 5)}
LARGE, SMALL = 14, 12
# The tone of a municipality without anything.
BLANK = "none"


@dataclass(frozen=True)
class Written:
    """A label relative to its mark, so that phones can enlarge both from one point."""

    x: float
    y: float
    label: Label
    minor: bool


@dataclass(frozen=True)
class Land:
    """A municipality's outline, or the whole country where outlines are not imported; how it is toned."""

    path: str
    tone: str = ""


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
class Inset:
    """A map in a frame on the main one, with its caption under it."""

    sheet: Sheet
    x: float
    y: float
    caption: str

    @property
    def bottom(self) -> float:
        return self.y + self.sheet.frame.height

    @property
    def caption_x(self) -> float:
        return self.x + 2

    @property
    def caption_y(self) -> float:
        return self.bottom + 7


@dataclass(frozen=True)
class NationalMap:
    """The country with its two insets."""

    main: Sheet
    capital: Sheet
    bornholm: Sheet
    outlined: bool

    @property
    def view_box(self) -> str:
        return self.main.frame.view_box

    @property
    def insets(self) -> list[Inset]:
        return [
            Inset(self.capital, *CAPITAL_AT, caption=_("The capital area")),
            Inset(self.bornholm, *BORNHOLM_AT, caption=_("Bornholm")),
        ]

    @property
    def capital_frame(self) -> Area:
        """The stretch of the main map that the inset enlarges."""
        return _capital_frame()

    @property
    def lead(self) -> str:
        """The line from that stretch to the inset."""
        frame, inset = _capital_frame(), self.insets[0]
        middle = inset.x + CAPITAL.width * 0.8
        return f"M{(frame.left + frame.right) / 2:.1f} {frame.top:.1f}L{middle:.1f} {inset.bottom:.1f}"


def _capital_frame() -> Area:
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
    whole = {
        "main": MAIN.path(here),
        "capital": cut_path(CAPITAL, here),
        "bornholm": cut_path(BORNHOLM, island),
    }
    return Ground(
        # The neighbours bleed off the main map, so there they are not cut.
        abroad={"main": MAIN.path(running_on(abroad)), "capital": cut_path(CAPITAL, abroad), "bornholm": ""},
        whole=whole,
        outlines={name: _paths(frame, outlines) for name, frame in FRAMES.items()},
    )


def _paths(frame: Frame, outlines: Outlines) -> dict[int, str]:
    found = {place: cut_path(frame, coordinates) for place, coordinates in outlines.items()}
    return {place: path for place, path in found.items() if path}


def largest(places: Sequence[Place], counts: Mapping[int, Count]) -> int:
    """The largest count of one side of a municipality."""
    return max((max(counts[p.pk].pull, counts[p.pk].push) for p in places if p.pk in counts), default=0)


def national_map(
    places: Sequence[Place],
    counts: Mapping[int, Count],
    drawn: Ground,
    tones: Mapping[int, str] | None = None,
) -> NationalMap:
    """The map of these municipalities; without `tones` only those without anything are toned."""
    outlined = bool(drawn.outlines["main"])
    most = largest(places, counts)
    toned = {place.pk: BLANK for place in places if not counts.get(place.pk)} if tones is None else tones
    marks: dict[str, list[Mark]] = {name: [] for name in FRAMES}
    for place in places:
        if name := _sheet_of(place):
            marks[name].append(_mark(FRAMES[name], place, counts.get(place.pk, Count()), map_unit(most)))
    sheets = {name: _sheet(name, marks[name], toned, drawn) for name in FRAMES}
    return NationalMap(**sheets, outlined=outlined)


def _mark(frame: Frame, place: Place, count: Count, unit: float) -> Mark:
    """A municipality's symbol on its main town; without any count there is none to draw."""
    town = frame.xy(place.longitude or 0, place.latitude or 0)
    return Mark(place, map_symbol(count.pull, count.push, unit), count.labs, town, *town)


def _sheet(name: str, all_marks: Sequence[Mark], tones: Mapping[int, str], drawn: Ground) -> Sheet:
    paths = drawn.outlines[name]
    land = [Land(path, tones.get(place, "")) for place, path in paths.items()]
    # A municipality without an outline of its own still stands on land.
    lacking = any(mark.place.pk not in paths for mark in all_marks)
    if lacking and drawn.whole[name]:
        land.insert(0, Land(drawn.whole[name]))
    sheet = Sheet(FRAMES[name], drawn.abroad[name], land)
    larger_first = sorted(all_marks, key=lambda mark: (-mark.radius, mark.place.sort_key))
    _settle(sheet, name, [mark for mark in larger_first if mark.symbol or mark.labs])
    return sheet


def _settle(sheet: Sheet, name: str, marks: Sequence[Mark]) -> None:
    """The largest towns with their names first, then the others round them, then the names that find room."""
    major, most = LABELS.get(name, (0, 0))
    bounds = _bounds(name)
    towns = sorted(marks, key=lambda mark: -(mark.place.population or 0))[:major]
    sheet.marks = settled((mark for mark in marks if mark in towns), bounds)
    names = Labelling(bounds, _areas(sheet.marks))
    sheet.labels = [label for mark in sheet.marks if (label := _written(mark, LARGE, names))]
    written = names.taken[len(_areas(sheet.marks)) :]
    sheet.marks = settled((mark for mark in marks if mark not in towns), bounds, sheet.marks, written)
    others = Labelling(bounds, [*_covered(name), *written, *_areas(sheet.marks)])
    for mark in sheet.marks[major:]:
        if len(sheet.labels) == most:
            break
        if label := _written(mark, SMALL, others):
            sheet.labels.append(label)


def _areas(marks: Sequence[Mark]) -> list[Area]:
    return [area for mark in marks for area in mark.areas]


def _written(mark: Mark, size: float, names: Labelling) -> Written | None:
    """The mark's name where it finds room."""
    label = names.place(mark.place.name, mark.x, mark.y, size, mark.reach)
    if label is None:
        return None
    near = replace(label, x=round(label.x - mark.x, 1), y=round(label.y - mark.y, 1))
    return Written(mark.x, mark.y, near, minor=size == SMALL)


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
    insets = [
        Area(x, y, x + frame.width, y + frame.height + 20)
        for (x, y), frame in ((CAPITAL_AT, CAPITAL), (BORNHOLM_AT, BORNHOLM))
    ]
    return [*insets, _capital_frame()]
