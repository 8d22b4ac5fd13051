"""The page that builds the code: what is chosen, and the frame that comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, QueryDict
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curation.browsing import Browse
from curation.reference import Reference
from keeping.lists import LISTS, list_at
from places.choices import PlaceKind
from places.models import Place

from ..oembed import frame_of
from ..stable import record_at
from .showing import USUAL, without_ours
from .snippets import SIZES, Frame, card_frame, list_frame, map_frame, place_frame

OURS = ("show", "lang", "entry", "width", "height")
NARROWEST, WIDEST = 200, 2000
COUNTRY = "DK"


@dataclass(frozen=True)
class Option:
    """Something to choose, and whether it is chosen."""

    value: str
    label: str
    chosen: bool


class Building:
    """What the address of the page asks for; what makes no sense is as if it had not been asked."""

    def __init__(self, query: QueryDict, reference: Reference) -> None:
        self.query, self.reference = query, reference
        self.show = _one_of(query.get("show", ""), ("list", *SIZES), "list" if "list" in query else "map")
        self.list = _one_of(query.get("list", ""), tuple(LISTS), USUAL)
        self.language = _one_of(query.get("lang", ""), ("da", "en"), get_language() or "da")
        self.entry = query.get("entry", "").strip()[:500]
        self.width = _pixels(query.get("width", ""))
        self.height_asked = _pixels(query.get("height", ""))

    @classmethod
    def read(cls, query: QueryDict) -> "Building":
        return cls(query, Reference.now())

    # What is offered

    @property
    def shows(self) -> list[Option]:
        words = (("map", _("A map with a list")), ("list", _("A list")), ("card", _("One entry")),
                 ("place", _("A place’s PULL and PUSH")))  # fmt: skip
        return [Option(value, label, value == self.show) for value, label in words]

    @property
    def lists(self) -> list[Option]:
        return [Option(name, str(one.label), name == self.list) for name, one in LISTS.items()]

    @property
    def places(self) -> list[Option]:
        """The country, the regions, then the municipalities."""
        kinds = (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.MUNICIPALITY)
        every = [place for kind in kinds for place in self.reference.places_of(kind)]
        return [Option(place.address, place.name, place.address == self.place) for place in every]

    @property
    def themes(self) -> list[Option]:
        return [Option(one.slug, one.name, one.slug == self.theme) for one in self.reference.top_themes()]

    @property
    def languages(self) -> list[Option]:
        return [Option(code, str(name), code == self.language) for code, name in settings.LANGUAGES]

    @property
    def place(self) -> str:
        return self.query.get("place", "")

    @property
    def theme(self) -> str:
        return self.query.get("theme", "")

    @cached_property
    def further(self) -> list[tuple[str, str]]:
        """What is asked of the list and shown by no field of the form, kept as it is: name and value."""
        asked = self._browse.parameters
        fields = {("place", one.value) for one in self.places if one.chosen}
        fields |= {("theme", one.value) for one in self.themes if one.chosen}
        every = [(name, value) for name in asked for value in asked.getlist(name)]
        return [one for one in every if one not in fields]

    @property
    def further_shown(self) -> Sequence[str]:
        """The same as readers know it."""
        chosen = self._browse.chosen
        told = {str(one.label) for one in chosen}
        fields = {one.label for one in (*self.places, *self.themes) if one.chosen}
        return sorted(told - fields)

    # What comes of it

    @property
    def wants_an_entry(self) -> bool:
        """Whether one is to be shown and none is known by what was typed."""
        return self.show == "card" and self.frame is None

    @cached_property
    def frame(self) -> Frame | None:
        with translation.override(self.language):
            found = self._frame()
        return found.sized(self.width, self.height_asked or SIZES[found.shape].height) if found else None

    def _frame(self) -> Frame | None:
        if self.show == "card":
            return self._card()
        if self.show == "place":
            place = self.reference.place_at.get(self.place or COUNTRY) or self._country()
            return place_frame(place) if place else None
        make = map_frame if self.show == "map" else list_frame
        return make(list_at(self.list), self._browse)

    def _country(self) -> Place | None:
        return next(iter(self.reference.places_of(PlaceKind.COUNTRY)), None)

    def _card(self) -> Frame | None:
        """By its id, or by the address of its page, of which the host does not matter."""
        if not self.entry:
            return None
        try:
            if "/" not in self.entry:
                return card_frame(record_at(self.entry))
            found = frame_of(settings.BASE_URL + urlsplit(self.entry).path)
        except (Http404, ValueError):
            return None
        if found.shape != "card":
            return None
        return card_frame(record_at(found.path.rstrip("/").rpartition("/")[2]))

    @cached_property
    def _browse(self) -> Browse:
        """The list with its filters, as far as they are understood."""
        asked = without_ours(self.query)
        for name in OURS:
            asked.pop(name, None)
        return list_at(self.list).asked(asked)


def _one_of(asked: str, known: Sequence[str], usual: str) -> str:
    return asked if asked in known else usual


def _pixels(asked: str) -> int | None:
    """A size a page can have; another is none."""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6):
        return None
    return min(max(int(asked), NARROWEST), WIDEST)
