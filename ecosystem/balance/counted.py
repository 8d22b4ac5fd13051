"""What is counted for a place, to be read in full: the rows of each kind, under a theme or in all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from django.utils.http import urlencode

from curation.models import Theme
from curation.reference import Reference
from places.models import Place

from .counting import country_of
from .evidence import PULLING, PUSHING, Evidence, EvidenceKind
from .rows import Row, rows_of
from .under import evidence_of

# Of each kind beside the others; on a page of its own.
FIRST, PAGE = 10, 50
# A page deep in the largest registers would have to read all before it.
LAST_PAGE = 200


@dataclass(frozen=True)
class Part:
    """One kind of evidence: how many, the rows shown, and the address that shows it alone."""

    kind: EvidenceKind
    number: int
    rows: Sequence[Row]
    path: str


@dataclass(frozen=True)
class Side:
    """PULL or PUSH with its kinds."""

    name: str
    number: int
    parts: Sequence[Part]


@dataclass(frozen=True)
class Choice:
    """A theme one can choose, with what both sides have under it."""

    theme: Theme
    number: int
    chosen: bool


@dataclass(frozen=True)
class Counted:
    """The page: the evidence of a place under a theme, all kinds or one."""

    place: Place
    reference: Reference
    theme: Theme | None
    kind: EvidenceKind | None
    asked_page: int

    @cached_property
    def evidence(self) -> Evidence:
        return evidence_of(self.place, self.theme, self.reference)

    @property
    def total(self) -> int:
        """How many of the one kind that is shown."""
        return self.evidence.of(self.kind) if self.kind else 0

    @property
    def pages(self) -> int:
        return min(max(ceil(self.total / PAGE), 1), LAST_PAGE)

    @property
    def page(self) -> int:
        return min(max(self.asked_page, 1), self.pages)

    @property
    def first_number(self) -> int:
        return (self.page - 1) * PAGE + 1

    @property
    def before(self) -> str:
        return self.address(kind=self.kind, page=self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        return self.address(kind=self.kind, page=self.page + 1) if self.page < self.pages else ""

    @property
    def cut(self) -> bool:
        """Whether there are more than can be paged through."""
        return self.page == LAST_PAGE and self.total > LAST_PAGE * PAGE

    @cached_property
    def rows(self) -> list[Row]:
        """Of the one kind that is shown; one statement."""
        if self.kind is None:
            return []
        return rows_of(self.kind, self.place, self.theme, start=self.first_number - 1, number=PAGE)

    @cached_property
    def sides(self) -> list[Side]:
        """Each kind with its first rows; a statement for each kind there is."""
        return [self._side("pull", PULLING), self._side("push", PUSHING)]

    def _side(self, name: str, kinds: Sequence[EvidenceKind]) -> Side:
        return Side(name, getattr(self.evidence, name), [self._part(kind) for kind in kinds])

    def _part(self, kind: EvidenceKind) -> Part:
        number = self.evidence.of(kind)
        rows = rows_of(kind, self.place, self.theme, number=FIRST) if number else []
        return Part(kind, number, rows, self.address(kind=kind))

    @property
    def themes(self) -> list[Choice]:
        """Those of the first level that have anything, and the one that is chosen."""
        found = country_of(self.reference).by_theme(self.place.pk)
        offered = [theme for theme in self.reference.top_themes() if theme.pk in found or theme == self.theme]
        if self.theme and self.theme not in offered:
            offered.append(self.theme)
        return [self._choice(theme) for theme in offered]

    def _choice(self, theme: Theme) -> Choice:
        evidence = evidence_of(self.place, theme, self.reference)
        return Choice(theme, evidence.pull + evidence.push, theme == self.theme)

    def address(self, *, kind: EvidenceKind | None = None, page: int = 1) -> str:
        """The same theme with a kind and a page."""
        asked = {
            "theme": self.theme.slug if self.theme else "",
            "kind": kind.value if kind else "",
            "page": str(page) if page > 1 else "",
        }
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    @property
    def all_kinds(self) -> str:
        return self.address()


def read(place: Place, asked: Mapping[str, str], reference: Reference) -> Counted:
    """What an address asks for; what nobody knows is left out."""
    kind, page = asked.get("kind", ""), asked.get("page", "")
    return Counted(
        place=place,
        reference=reference,
        theme=reference.theme_at.get(asked.get("theme", "")),
        kind=EvidenceKind(kind) if kind in EvidenceKind.values else None,
        asked_page=int(page) if page.isascii() and page.isdigit() and len(page) < 10 else 1,
    )
