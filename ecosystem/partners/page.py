"""What the page says around the hits: what was understood, with the way to change it, and the ways on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.choices import Role
from curation.choices import Kind
from curation.reference import Reference
from labs.choices import Method, Setting
from places.choices import PlaceKind
from places.models import Place

from ..gaps.kinds import PARTS
from .drawing import HitMap, hit_map
from .finding import Finder
from .profile import NONE, Asked, Order, Reach
from .weights import WEIGHTS, Part, Weight

HEADINGS: Mapping[str, Any] = {
    Kind.NEED: gettext_lazy("Who could answer it?"),
    Kind.OFFER: gettext_lazy("Where could it land?"),
    Kind.LAB: gettext_lazy("Who is missing?"),
}
EXAMPLES = (
    gettext_lazy(
        "We study how floor sensors can prevent falls in nursing homes, and look for a place where staff and"
        " residents will test them in daily life."
    ),
    gettext_lazy(
        "Loneliness among older people in villages: a method with volunteers that has worked abroad"
    ),
    gettext_lazy("Climate adaptation and rainwater in cities, together with the people who live there"),
)


@dataclass(frozen=True)
class Chip:
    """Something that was understood, and the question without it."""

    label: str
    without: str


@dataclass(frozen=True)
class Choice:
    """A value of a field, a role or an order, and whether it is the one in force."""

    value: str
    label: Any
    chosen: bool
    path: str = ""


class PartnersPage:
    """What templates read besides the finder itself."""

    def __init__(self, finder: Finder, reference: Reference) -> None:
        self.finder = finder
        self.asked: Asked = finder.asked
        self.reference = reference

    @property
    def heading(self) -> str:
        return str(HEADINGS[self.asked.subject[0]]) if self.asked.subject else _("Find a practice partner")

    @property
    def examples(self) -> list[tuple[str, str]]:
        """Questions to begin with, and where each leads."""
        return [(str(text), Asked(text=str(text)).address()) for text in EXAMPLES]

    @property
    def weights(self) -> list[tuple[Part, Weight]]:
        return list(WEIGHTS.items())

    # What was understood

    @cached_property
    def _said(self) -> dict[str, Any]:
        """All that was understood, said outright: nothing is read anew where one thing is taken away."""
        reading = self.finder.reading
        return {
            "text": " ".join(word.shown for word in reading.words),
            "theme": [theme.slug for theme in reading.themes] or NONE,
            "place": [place.address for place in reading.places] or NONE,
            "show": "",
        }

    def _without(self, name: str, value: str) -> str:
        kept = [one for one in self._said[name] if one != value] or NONE
        return self.asked.address(**self._said | {name: kept})

    @cached_property
    def words(self) -> list[Chip]:
        shown = [word.shown for word in self.finder.reading.words]
        return [
            Chip(
                word,
                self.asked.address(**self._said | {"text": " ".join(one for one in shown if one != word)}),
            )
            for word in shown
        ]

    @property
    def themes(self) -> list[Chip]:
        return [Chip(one.name, self._without("theme", one.slug)) for one in self.finder.reading.themes]

    @property
    def places(self) -> list[Chip]:
        return [Chip(one.name, self._without("place", one.address)) for one in self.finder.reading.places]

    @property
    def wishes(self) -> list[Chip]:
        """The other things that were asked for, each with the way out of it."""
        asked = self.asked
        chosen = {
            "reach": asked.reach.value and Reach(asked.reach).label,
            "role": asked.role and Role(asked.role).label,
            "setting": asked.setting and Setting(asked.setting).label,
            "method": asked.method and Method(asked.method).label,
            "group": asked.group,
            "open": asked.open_now and _("Open now"),
        }
        return [Chip(str(label), asked.address(**{name: ""})) for name, label in chosen.items() if label]

    @property
    def reach_without_place(self) -> bool:
        """A distance was asked for, and nobody knows from where."""
        asker = self.finder.asker
        return bool(self.asked.reach.value) and asker.x is None and not (asker.towns or asker.regions)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form sends along unseen: the entry partners are sought for."""
        return [self.asked.subject] if self.asked.subject else []

    # Fields

    @property
    def place_groups(self) -> list[tuple[str, list[Choice]]]:
        chosen = {place.pk for place in self.finder.reading.places[:1]} if self.asked else set()
        kinds = {
            PlaceKind.MUNICIPALITY: _("Municipalities"),
            PlaceKind.REGION: _("Regions"),
            PlaceKind.HEALTH_COUNCIL: _("Health councils"),
        }
        return [
            (label, [self._place(place, chosen) for place in self.reference.places_of(kind)])
            for kind, label in kinds.items()
        ]

    def _place(self, place: Place, chosen: Iterable[int]) -> Choice:
        return Choice(place.address, place.name, place.pk in set(chosen))

    @property
    def theme_groups(self) -> list[tuple[str, list[Choice]]]:
        return [
            (top.name, [Choice(one.slug, one.name, chosen=False)
                        for one in (top, *self.reference.themes_below(top))])
            for top in self.reference.top_themes()
        ]  # fmt: skip

    @property
    def roles(self) -> list[Choice]:
        return _choices(Role.choices, self.asked.role)

    @property
    def reaches(self) -> list[Choice]:
        return _choices(Reach.choices, self.asked.reach)

    @property
    def settings(self) -> list[Choice]:
        return _choices(Setting.choices, self.asked.setting)

    @property
    def methods(self) -> list[Choice]:
        return _choices(Method.choices, self.asked.method)

    # The hits

    @property
    def orders(self) -> list[Choice]:
        return [
            Choice(one.value, one.label, one == self.asked.order, self.asked.address(sort=one.value))
            for one in Order
        ]

    @property
    def kinds(self) -> list[Choice]:
        """The kinds with hits, to show one of them in full or the best of each again."""
        if self.asked.show:
            return [Choice("", _("The best of each kind"), chosen=False, path=self.asked.address(show=""))]
        return []

    @property
    def lacking(self) -> list[Choice]:
        """Of a lab: the parts of its coalition nobody fills, to look for each."""
        if not self.asked.subject or self.asked.subject[0] != Kind.LAB:
            return []
        lacked = [part for part in PARTS.values() if self.finder.asker.roles.isdisjoint(part.roles)]
        return [
            Choice(one.asked, one.lacking, one.asked == self.asked.role, self.asked.address(role=one.asked))
            for one in lacked
        ]

    @cached_property
    def map(self) -> HitMap:
        return hit_map((hit.number, hit.record) for hit in self.finder.hits)

    @property
    def missing_path(self) -> str:
        """Where one tells that this was looked for."""
        reading = self.finder.reading
        query = {
            "q": " ".join(word.shown for word in reading.words),
            "theme": reading.themes[0].slug if reading.themes else "",
            "place": reading.places[0].address if reading.places else "",
        }
        return f"{reverse('ecosystem:missing')}?{urlencode({k: v for k, v in query.items() if v})}"


def _choices(choices: Sequence[tuple[str, Any]], chosen: str) -> list[Choice]:
    return [Choice(value, label, value == chosen) for value, label in choices]
