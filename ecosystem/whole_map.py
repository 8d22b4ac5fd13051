"""The map on a page of its own: municipalities under one theme or all, its legend and the equal table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from curation.models import Theme
from curation.reference import Reference
from places.models import Place
from places.symbols import Symbol, map_unit

from .balance import Count, Country, country_of
from .balance.pairs import counted_path
from .ground import ground_of
from .national_map import BLANK, NationalMap, largest, national_map

# So many tones for municipalities with something, each for counts some times larger than the one before.
TONES = 4
SAMPLES = (1, 2, 5)


@dataclass(frozen=True)
class Tone:
    """What a tone of the ground stands for: PULL and PUSH together, from and to."""

    name: str
    since: int
    to: int


@dataclass(frozen=True)
class Sample:
    """A symbol of the legend with what it stands for."""

    count: int
    symbol: Symbol

    @property
    def left(self) -> int:
        """Where its box begins, in both directions."""
        return -ceil(self.symbol.radius) - 1

    @property
    def size(self) -> int:
        return -2 * self.left


@dataclass(frozen=True)
class Row:
    """A municipality in the table that equals the map, with where its numbers can be read."""

    place: Place
    count: Count
    counted: str
    query: str


@dataclass(frozen=True)
class Choice:
    """A theme to choose, with what the municipalities have under it."""

    theme: Theme
    municipalities: int
    chosen: bool


@dataclass(frozen=True)
class MapPage:
    """The map, its legend, the choice of themes and the equal table."""

    theme: Theme | None
    map: NationalMap
    rows: Sequence[Row]
    tones: Sequence[Tone]
    samples: Sequence[Sample]
    choices: Sequence[Choice]

    @property
    def named(self) -> int:
        """How many municipalities have anything."""
        return sum(1 for row in self.rows if row.count)

    @property
    def blank(self) -> int:
        return len(self.rows) - self.named

    @property
    def labs(self) -> int:
        """Dots on the map; a lab in two municipalities has one in each."""
        return sum(row.count.labs for row in self.rows)

    @property
    def path(self) -> str:
        """The address as it is understood."""
        return f"?theme={self.theme.slug}" if self.theme else ""


def map_page(asked: str, reference: Reference, towns: Sequence[Place]) -> MapPage:
    """The map under the theme an address asks for; a narrower theme means the one above it."""
    theme = _theme(asked, reference)
    country, theme_id = country_of(reference), theme.pk if theme else None
    counts = {town.pk: country.of(town.pk, theme_id) for town in towns}
    tones = tones_for([count.pull + count.push for count in counts.values()])
    most = largest(towns, counts)
    return MapPage(
        theme=theme,
        map=national_map(towns, counts, ground_of(towns), _toned(counts, tones)),
        rows=[_row(town, counts[town.pk], theme) for town in towns],
        tones=tones,
        samples=samples_for(most),
        choices=[_choice(one, theme, country, towns) for one in reference.top_themes()],
    )


def _theme(asked: str, reference: Reference) -> Theme | None:
    theme = reference.theme_at.get(asked)
    return reference.themes.get(theme.parent_id) if theme and theme.parent_id else theme


def _row(town: Place, count: Count, theme: Theme | None) -> Row:
    about = f"theme={theme.slug}" if theme else ""
    counted = counted_path(town) + (f"?{about}" if about else "")
    return Row(town, count, counted, f"?{about}&place={town.address}" if about else f"?place={town.address}")


def _choice(theme: Theme, chosen: Theme | None, country: Country, towns: Sequence[Place]) -> Choice:
    return Choice(theme, sum(1 for town in towns if country.of(town.pk, theme.pk)), theme == chosen)


def tones_for(numbers: Sequence[int]) -> list[Tone]:
    """Bounds that grow by the same factor, so that few large municipalities leave room for the others."""
    most = max(numbers, default=0)
    if not most:
        return []
    ends = sorted({max(round(most ** (step / TONES)), 1) for step in range(1, TONES + 1)})
    starts = [1, *(end + 1 for end in ends[:-1])]
    return [Tone(f"step{n}", start, end) for n, (start, end) in enumerate(zip(starts, ends, strict=True), 1)]


def _toned(counts: Mapping[int, Count], tones: Sequence[Tone]) -> dict[int, str]:
    return {place: _tone_of(count, tones) for place, count in counts.items()}


def _tone_of(count: Count, tones: Sequence[Tone]) -> str:
    number = count.pull + count.push
    return next((tone.name for tone in tones if tone.since <= number <= tone.to), BLANK)


def samples_for(most: int) -> list[Sample]:
    """Three symbols as large as on the map: one, some, and about as many as the largest."""
    if not most:
        return []
    nice = [
        size * 10**power for power in range(len(str(most))) for size in SAMPLES if size * 10**power <= most
    ]
    chosen = dict.fromkeys((nice[0], nice[len(nice) // 2], nice[-1]))
    return [Sample(count, Symbol(count, count, map_unit(most))) for count in chosen]
