"""The paired bars of a place: one row for each theme, PULL to the left of the axis, PUSH to the right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curation.models import Theme
from curation.reference import Reference
from places.choices import PlaceKind
from places.models import Place

from .counting import country_of
from .evidence import PULLING, PUSHING, Evidence, EvidenceKind, Median, medians_of

# The box of a row, in its own units: the axis in the middle, and from where a side's first block begins.
WIDTH, HEIGHT, GAP, MIDDLE = 300, 20, 2, 150
FIRST = MIDDLE + 3
ROOM = 144
# One block for each that is counted, up to so many; where there are more, all rows are drawn smaller.
FULL = 9
TOP, THICK = 3, 14
# Blocks thinner than this become one bar.
THINNEST = 3
NAMED = 2


@dataclass(frozen=True)
class Block:
    """A block that reaches from one distance to another of the axis; the last one ends in a half circle."""

    side: str
    near: float
    width: float
    last: bool

    @property
    def path(self) -> str:
        outwards = -1 if self.side == "pull" else 1
        x = MIDDLE + outwards * (self.near - MIDDLE)
        if not self.last:
            return f"M{x:g} {TOP}h{outwards * self.width:g}v{THICK}h{-outwards * self.width:g}z"
        bow = min(THICK / 2, self.width)
        straight, sweep = outwards * round(self.width - bow, 2), 0 if self.side == "pull" else 1
        return f"M{x:g} {TOP}h{straight:g}a{bow:g} {THICK / 2:g} 0 0 {sweep} 0 {THICK}h{-straight:g}z"


@dataclass(frozen=True)
class Bar:
    """One side of a row: what it counts, and the median municipality's place on it."""

    side: str
    count: int
    step: float
    median: float | None

    @property
    def blocks(self) -> list[Block]:
        """One for each that is counted, or one for all where they would be too thin."""
        width = round(self.step - GAP, 2)
        if width >= THINNEST:
            return [
                Block(self.side, FIRST + n * self.step, width, last=n == self.count - 1)
                for n in range(self.count)
            ]
        length = round(max(self.count * self.step, 1), 2)
        return [Block(self.side, FIRST, length, last=True)] if self.count else []

    @property
    def missing(self) -> str:
        """The dashed half that stands for nothing."""
        x, sweep = (MIDDLE - 3, 0) if self.side == "pull" else (FIRST, 1)
        return f"M{x} 5a5 5 0 0 {sweep} 0 10z"

    @property
    def median_x(self) -> float | None:
        if not self.median:
            return None
        away = FIRST - MIDDLE + self.median * self.step - GAP / 2
        return round(MIDDLE + (-away if self.side == "pull" else away), 1)


@dataclass(frozen=True)
class Cell:
    """A number of the table, and the page that shows what it counts."""

    number: int
    path: str
    side: str = ""


@dataclass(frozen=True)
class Pair:
    """A theme with both sides."""

    theme: Theme
    evidence: Evidence
    step: float
    counted: str
    median: Median | None

    @property
    def pull(self) -> Bar:
        return Bar("pull", self.evidence.pull, self.step, self.median.pull if self.median else None)

    @property
    def push(self) -> Bar:
        return Bar("push", self.evidence.push, self.step, self.median.push if self.median else None)

    @property
    def bars(self) -> tuple[Bar, Bar]:
        return self.pull, self.push

    @property
    def path(self) -> str:
        """Where one can read all that is counted here."""
        return f"{self.counted}?theme={self.theme.slug}"

    @property
    def cells(self) -> list[Cell]:
        return cells(self.evidence, self.path + "&")


def cells(evidence: Evidence, address: str) -> list[Cell]:
    """The numbers of a row of the table: each kind, and behind a side's kinds their sum."""
    found = []
    for side, kinds in (("pull", PULLING), ("push", PUSHING)):
        found += [Cell(evidence.of(kind), f"{address}kind={kind.value}") for kind in kinds]
        found.append(Cell(getattr(evidence, side), f"{address.rstrip('?&')}#{side}", side))
    return found


@dataclass(frozen=True)
class ThemeBalance:
    """A place's themes, the most unbalanced first, and the themes without anything.

    `measured` tells that the median municipality is drawn beside it, which only compares with a municipality.
    """

    place: Place
    pairs: Sequence[Pair]
    silent: Sequence[Theme]
    whole: Sequence[Cell]
    measured: bool

    @property
    def kinds(self) -> list[tuple[str, Sequence[EvidenceKind]]]:
        return [("pull", PULLING), ("push", PUSHING)]

    @property
    def counted(self) -> str:
        return counted_path(self.place)

    @property
    def scaled(self) -> bool:
        """Whether a block is smaller than one for each."""
        return bool(self.pairs) and self.pairs[0].step < ROOM / FULL

    @property
    def medians_drawn(self) -> bool:
        """Whether the municipality in the middle has anything, under any theme shown."""
        return self.measured and any(pair.pull.median or pair.push.median for pair in self.pairs)

    @cached_property
    def finding(self) -> str:
        """One sentence: where a side is missing, else where the sides are furthest apart."""
        pull = [pair.theme.name for pair in self.pairs if not pair.evidence.push]
        push = [pair.theme.name for pair in self.pairs if not pair.evidence.pull]
        if not self.pairs:
            return _("The register knows of nothing here under any theme yet.")
        if pull or push:
            return " ".join(filter(None, (_only_pull(pull), _only_push(push))))
        most = self.pairs[0]
        if most.evidence.pull == most.evidence.push:
            return _("Both sides are equally named under every theme.")
        return _(
            "Both sides are named under every theme; furthest apart they are under %(theme)s:"
            " %(pull)s on the PULL side and %(push)s on the PUSH side."
        ) % {"theme": most.theme.name, "pull": most.evidence.pull, "push": most.evidence.push}


def _only_pull(names: Sequence[str]) -> str:
    if not names:
        return ""
    return ngettext(
        "Under %(themes)s only the PULL side is named.", "Under %(themes)s only the PULL side is named.",
        len(names),
    ) % {"themes": _listed(names)}  # fmt: skip


def _only_push(names: Sequence[str]) -> str:
    if not names:
        return ""
    return ngettext(
        "Under %(themes)s only the PUSH side is named.", "Under %(themes)s only the PUSH side is named.",
        len(names),
    ) % {"themes": _listed(names)}  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    """The first few by name, the others by number."""
    if len(names) <= NAMED + 1:
        return get_text_list(list(names), _("and"))
    rest = len(names) - NAMED
    more = ngettext("%(n)s other theme", "%(n)s other themes", rest) % {"n": rest}
    return get_text_list([*names[:NAMED], more], _("and"))


def counted_path(place: Place) -> str:
    return reverse("places:counted", args=[place.address])


def theme_balance(place: Place, reference: Reference) -> ThemeBalance:
    """What `templates/places/place/balance.html` shows; no statement beyond those of `country_of`."""
    country = country_of(reference)
    found = country.by_theme(place.pk)
    measured = place.kind == PlaceKind.MUNICIPALITY
    medians: Mapping[int, Median] = (
        reference.keep("median municipality", lambda: medians_of(country, reference)) if measured else {}
    )
    counted = counted_path(place)
    step = _step(found.values())
    pairs = [
        Pair(theme, found[theme.pk], step, counted, medians.get(theme.pk))
        for theme in reference.top_themes()
        if theme.pk in found
    ]
    return ThemeBalance(
        place=place,
        pairs=sorted(pairs, key=_balanced),
        silent=[theme for theme in reference.top_themes() if theme.pk not in found],
        whole=cells(country.evidence(place.pk), f"{counted}?"),
        measured=measured,
    )


def _step(found: Iterable[Evidence]) -> float:
    """How far one block is from the next: the same for all rows, so that they can be compared."""
    most = max((max(one.pull, one.push) for one in found), default=0)
    return ROOM / max(most, FULL)


def _balanced(pair: Pair) -> tuple[float, int]:
    """One side only first, then by how far the smaller side falls behind; among these the larger first."""
    sides = sorted((pair.evidence.pull, pair.evidence.push))
    return sides[0] / sides[1], -sum(sides)
