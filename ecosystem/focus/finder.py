"""The focus finder of a place as pages show it: points with names and links, the picture, what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curation.models import Theme
from curation.reference import Reference
from places.models import Place

from ..balance import PULLING, PUSHING, EvidenceKind
from ..naming import named
from .counting import evidence_of
from .reach import Reach
from .scatter import Caption, Scatter, scatter
from .strengths import ENOUGH, LEAST, Field, Point, Strengths, strengths


def field_name(field: Field) -> str:
    return {
        Field.WORTH: _("Worth gathering a lab about"),
        Field.NEED: _("Need looks for knowledge"),
        Field.RESEARCH: _("Knowledge looks for practice"),
        Field.QUIET: _("Quiet"),
    }[field]


@dataclass(frozen=True)
class Piece:
    """So many pieces of one kind of evidence, and where they can be read."""

    kind: EvidenceKind
    number: int
    path: str

    @property
    def words(self) -> str:
        n = self.number
        said = {
            EvidenceKind.NEED: ngettext("%(n)s need", "%(n)s needs", n),
            EvidenceKind.MISSION: ngettext("%(n)s mission", "%(n)s missions", n),
            EvidenceKind.LAB: ngettext("%(n)s lab", "%(n)s labs", n),
            EvidenceKind.PULL_LINK: ngettext(
                "%(n)s link on the PULL side", "%(n)s links on the PULL side", n
            ),
            EvidenceKind.OFFER: ngettext("%(n)s offer", "%(n)s offers", n),
            EvidenceKind.PUSH_ACTOR: ngettext(
                "%(n)s actor on the PUSH side", "%(n)s actors on the PUSH side", n
            ),
            EvidenceKind.PUSH_LINK: ngettext(
                "%(n)s link on the PUSH side", "%(n)s links on the PUSH side", n
            ),
        }[self.kind]
        return said % {"n": n}


@dataclass(frozen=True)
class Row:
    """A theme in the table that equals the picture; the paths lead to what its two numbers count."""

    point: Point
    theme: Theme
    pull_path: str
    push_path: str

    @property
    def field(self) -> str:
        return field_name(self.point.field)

    @property
    def pull(self) -> list[Piece]:
        return [Piece(kind, n, f"{self.pull_path}&kind={kind.value}") for kind, n in self._pieces(PULLING)]

    @property
    def push(self) -> list[Piece]:
        return [
            Piece(kind, n, f"{self.push_path.partition('#')[0]}#{kind.value}")
            for kind, n in self._pieces(PUSHING)
        ]

    def _pieces(self, kinds: Sequence[EvidenceKind]) -> list[tuple[EvidenceKind, int]]:
        return [(kind, n) for kind in kinds if (n := self.point.evidence.of(kind))]


@dataclass(frozen=True)
class Focus:
    """A place's themes by need and by research within reach."""

    place: Place
    reach: Reach
    found: Strengths
    themes: Mapping[int, Theme]

    least = LEAST
    enough = ENOUGH

    @property
    def path(self) -> str:
        return reverse("places:focus", args=[self.place.address])

    @property
    def within(self) -> str:
        """From where and how far research is counted."""
        if self.reach == Reach.COUNTRY:
            return _("in the whole country")
        said = {"km": self.reach.value, "place": self.place.name}
        if self.place.latitude is None:
            return _("in %(place)s or within %(km)s km of one of its main towns") % said
        return _("in %(place)s or within %(km)s km of its main town") % said

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(point) for point in self.found.points]

    @property
    def worth(self) -> list[Row]:
        return [self._row(point) for point in self.found.worth]

    @property
    def worth_total(self) -> int:
        """How many themes fall in the field, named or not."""
        return len(self.found.of(Field.WORTH))

    @property
    def worth_names(self) -> str:
        return named([row.theme for row in self.worth])

    @property
    def needing(self) -> list[Theme]:
        """The themes whose need looks for knowledge; none where there is too little to go by."""
        points = self.found.of(Field.NEED) if self.found.enough else []
        return [self.themes[point.theme] for point in points]

    @property
    def needing_names(self) -> str:
        return named(self.needing)

    @property
    def by_need(self) -> bool:
        """Whether anybody here has described a need."""
        return any(point.evidence.need for point in self.found.points)

    @property
    def without(self) -> list[Theme]:
        """The themes of which nothing is known here."""
        return [self.themes[theme] for theme in self.found.none]

    @cached_property
    def picture(self) -> Scatter | None:
        """None where there is too little to go by: a picture would say more than is known."""
        if not self.found.enough:
            return None
        return scatter(self.found, {theme.pk: theme.name for theme in self.themes.values()})

    @property
    def captions(self) -> list[tuple[Caption, str]]:
        """The fields' names, each in its corner."""
        return [(caption, field_name(caption.field)) for caption in Scatter.captions]

    def _row(self, point: Point) -> Row:
        theme = self.themes[point.theme]
        pull = f"{reverse('places:counted', args=[self.place.address])}?theme={theme.slug}"
        return Row(point, theme, pull, f"{self.path}?reach={self.reach}&theme={theme.slug}#evidence")


def focus_of(place: Place, reference: Reference, reach: Reach) -> Focus:
    """The themes of a place; what is counted is kept while the register's version stands."""
    top = reference.top_themes()
    found = strengths([theme.pk for theme in top], evidence_of(place, reference, reach))
    return Focus(place, reach, found, {theme.pk: theme for theme in top})
