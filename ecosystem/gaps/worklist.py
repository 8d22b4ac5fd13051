"""The missing links of a place as a worklist: all kinds at a glance or one in full, under a theme or all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from curation.choices import Kind
from curation.models import Record, Theme
from curation.reference import Reference
from places.models import Place

from ..balance import Evidence, country_of
from .counting import counted_of
from .kinds import Gap, GapKind, most_telling
from .reading import read
from .telling import tell, tell_theme

PAGE = 25
# Of each kind, where all are shown.
FEW = 3
FIRST = 4
# What lies further down is found under a theme or in a smaller place.
LAST_PAGE = 40
PARALLEL = "parallel"


@dataclass(frozen=True)
class Question:
    """What the address asks for: a kind or all, a theme or all, a page; what makes no sense is `unknown`."""

    kind: str = ""
    theme: Theme | None = None
    page: int = 1
    unknown: Sequence[str] = ()

    @classmethod
    def read(cls, asked: QueryDict, reference: Reference) -> "Question":
        kind, slug, page = (asked.get(name, "") for name in ("kind", "theme", "page"))
        known = kind in {*GapKind, PARALLEL}
        theme = reference.theme_at.get(slug)
        if theme and theme.parent_id:
            theme = None
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
        unknown = [value for value, fine in ((kind, known), (slug, theme)) if value and not fine]
        return cls(kind if known else "", theme, max(number, 1), unknown)

    @property
    def theme_id(self) -> int:
        return self.theme.pk if self.theme else 0

    def address(self, **changes: str | None) -> str:
        """The same with some of it changed; without a page unless one is given."""
        said = {"kind": self.kind, "theme": self.theme.slug if self.theme else "", **changes}
        return "?" + urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class Section:
    """A kind of missing link in a place: how many, and those that are shown."""

    kind: GapKind
    total: int
    gaps: Sequence[Gap]

    @property
    def more(self) -> int:
        return self.total - len(self.gaps)


@dataclass(frozen=True)
class Pages:
    """Which part of a long list is shown, as `curation/browse/pages.html` takes it."""

    question: Question
    total: int

    @property
    def pages(self) -> int:
        return min(max(ceil(self.total / PAGE), 1), LAST_PAGE)

    @property
    def page(self) -> int:
        return min(self.question.page, self.pages)

    @property
    def next_page(self) -> int:
        return self.page + 1

    @property
    def pages_near(self) -> list[int]:
        """The pages worth a link; 0 stands for a gap."""
        near = sorted({1, *range(max(self.page - 1, 1), min(self.page + 1, self.pages) + 1), self.pages})
        shown: list[int] = []
        for page in near:
            shown += [0, page] if shown and page - shown[-1] > 1 else [page]
        return shown

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE

    @property
    def first_number(self) -> int:
        return self.offset + 1

    @property
    def out_of_reach(self) -> int:
        """How many are counted and on none of the pages."""
        return max(self.total - LAST_PAGE * PAGE, 0)

    def address(self, **changes: str | None) -> str:
        return self.question.address(**changes)


@dataclass(frozen=True)
class Gaps:
    """A place's missing links for its page: how many of each kind, and the most telling few."""

    counts: Mapping[GapKind, int]
    shown: Sequence[Gap]
    path: str

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def kinds(self) -> list[tuple[GapKind, int, str]]:
        """The kinds there are, with how many and where they are listed."""
        return [(kind, n, f"{self.path}?kind={kind}") for kind, n in self.counts.items() if n]


def gaps_of(place: Place, reference: Reference) -> Gaps:
    """What the place's page shows; two statements beside what is kept with the register's version."""
    counts = counts_of(place, reference)
    # Links to confirm and actors without links are many and tell little, so they only fill up.
    telling = sum(n for kind, n in counts.items() if kind not in (GapKind.ACTORS, GapKind.LINKS))
    kinds = [
        kind for kind in GapKind
        if counts[kind] and (telling < FIRST or kind not in (GapKind.ACTORS, GapKind.LINKS))
    ]  # fmt: skip
    shown = most_telling(_told(place, reference, kinds, Question(), narrow=False, limit=FIRST), FIRST)
    return Gaps(counts, shown, path_of(place))


def path_of(place: Place) -> str:
    return reverse("places:missing", args=[place.address])


def counts_of(place: Place, reference: Reference, theme_id: int = 0) -> Mapping[GapKind, int]:
    """How many missing links of each kind, in their order; kept with the register's version."""
    counted = counted_of(reference)
    return {
        kind: len(themes_without_lab(place, reference, theme_id))
        if kind == GapKind.THEMES
        else counted.of(place.pk, kind, theme_id)
        for kind in GapKind
    }


def themes_without_lab(
    place: Place, reference: Reference, theme_id: int = 0
) -> Sequence[tuple[Theme, Evidence]]:
    """Themes of the first level with a need or a mission and no lab, those with most of them first."""
    by_theme = country_of(reference).by_theme(place.pk)
    found = [
        (theme, by_theme[theme.pk])
        for theme in reference.top_themes()
        if theme.pk in by_theme and theme_id in (0, theme.pk)
    ]
    missing = [(theme, here) for theme, here in found if (here.need or here.mission) and not here.lab]
    return sorted(missing, key=lambda one: -(one[1].need + one[1].mission))


def sections_of(place: Place, reference: Reference, question: Question) -> list[Section]:
    """All kinds that there are, a few of each; three statements beside what is kept."""
    counts = counts_of(place, reference, question.theme_id)
    kinds = [kind for kind, number in counts.items() if number]
    told = _told(place, reference, kinds, question, limit=FEW)
    return [Section(kind, counts[kind], told[kind]) for kind in kinds]


def section_of(place: Place, reference: Reference, question: Question) -> tuple[Section, Pages]:
    """One kind, a page of it."""
    kind = GapKind(question.kind)
    total = counts_of(place, reference, question.theme_id)[kind]
    pages = Pages(question, total)
    told = _told(place, reference, [kind] if total else [], question, limit=PAGE, offset=pages.offset)
    return Section(kind, total, told.get(kind, ())), pages


def _told(
    place: Place,
    reference: Reference,
    kinds: Sequence[GapKind],
    question: Question,
    *,
    narrow: bool = True,
    **part: int,
) -> dict[GapKind, list[Gap]]:
    asked = [kind for kind in kinds if kind != GapKind.THEMES]
    found = read(place.pk, asked, theme_id=question.theme_id, **part)
    told: dict[GapKind, list[Gap]] = {
        kind: [tell(kind, one, place, reference) for one in found.get(kind, ())] for kind in asked
    }
    if GapKind.THEMES in kinds:
        missing = themes_without_lab(place, reference, question.theme_id)[: part["limit"]]
        narrower = _narrower(place, reference, [theme for theme, _here in missing]) if narrow else {}
        told[GapKind.THEMES] = [
            tell_theme(theme, here, place, narrower.get(theme.pk, ())) for theme, here in missing
        ]
    return told


def _narrower(place: Place, reference: Reference, themes: Sequence[Theme]) -> Mapping[int, Sequence[Theme]]:
    """The themes of the second level that the needs and missions of a place carry, by the one above."""
    here = (
        Record.objects.current()
        .in_place(place.pk)
        .filter(kind__in=[Kind.NEED, Kind.MISSION], theme_ids__overlap=[theme.pk for theme in themes])
    )
    lists: Any = here.order_by().distinct().values_list("theme_ids", flat=True)
    carried = {theme for of_one in lists for theme in of_one}
    return {
        theme.pk: [below for below in reference.themes_below(theme) if below.pk in carried]
        for theme in themes
    }
