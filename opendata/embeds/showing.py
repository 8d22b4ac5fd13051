"""What frames show: a list and its map, one entry, one place. The same as the pages, in short."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curation.browsing import Browse
from curation.cards import Card, card
from curation.models import Record
from curation.querysets import slim
from curation.reference import Reference
from ecosystem.balance import Count, country_of
from keeping.lists import List, list_at
from places.models import Place

from .snippets import heading

ROWS = 20
USUAL = "labs"


@dataclass(frozen=True)
class Shown:
    """A list in short: its name with its filters, the first rows, how many there are and where."""

    listed: List
    browse: Browse
    rows: Sequence[Card]
    total: int

    @property
    def heading(self) -> str:
        return heading(self.listed, self.browse)

    @property
    def path(self) -> str:
        """Its page, with the same filters."""
        query = self.browse.query
        return f"{self.listed.path}?{query}" if query else self.listed.path

    @property
    def more(self) -> str:
        """What the link to all of them says."""
        if self.total <= len(self.rows):
            return _("Open the list in Stedkraft")
        return ngettext(
            "See the %(n)s entry in Stedkraft", "See all %(n)s entries in Stedkraft", self.total
        ) % {"n": self.total}

    @property
    def map_data(self) -> dict[str, Any]:
        """The points as the map first shows them."""
        return self.browse.map_data if self.total else {"features": [], "query": self.browse.query}

    @property
    def map_path(self) -> str:
        """Where the map asks for the points of a section."""
        return reverse(f"{self.listed.kind}s:map")


def shown(name: str, query: QueryDict) -> Shown:
    """What answers the filters exactly: where nothing does, a frame shows nothing else in its place."""
    listed = list_at(name)
    browse = listed.asked(without_ours(query))
    total = 0 if browse.loosened else browse.total
    rows = [browse.card(record) for record in browse.part(0, ROWS)] if total else []
    return Shown(listed, browse, rows, total)


def without_ours(query: QueryDict) -> QueryDict:
    """The filters alone; a frame has one page."""
    asked = query.copy()
    for name in ("list", "page"):
        asked.pop(name, None)
    return asked


def card_of(record: Record) -> Card:
    """An entry as lists show it."""
    records = Record.objects.published().defer(*slim()).select_related(record.kind)
    return card(records.get(pk=record.pk), Reference.now())


@dataclass(frozen=True)
class PlaceShown:
    """A place with what is counted there."""

    place: Place
    count: Count

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """How many there are of what, and the list with them."""
        counts = (
            ("labs", _("Living labs"), self.count.labs), ("missions", _("Missions"), self.count.missions),
            ("actors", _("Actors"), self.count.actors), ("needs", _("Needs"), self.count.needs),
            ("offers", _("Offers"), self.count.offers),
        )  # fmt: skip
        return [
            (label, number, f"{reverse(f'{name}:browse')}?place={self.place.address}")
            for name, label, number in counts
        ]


def place_of(place: Place) -> PlaceShown:
    return PlaceShown(place, country_of(Reference.now()).of(place.pk))
