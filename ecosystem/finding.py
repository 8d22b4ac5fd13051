"""Searching everything at once: the best of each kind, and the places and themes that bear the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from curation.browsing import Browse
from curation.cards import Card
from curation.choices import Kind
from curation.facets import Counts
from curation.filters import RecordFilterSet
from curation.firsts import KINDS, by_kind
from curation.models import Record, Theme
from curation.reference import Reference
from places.danish import fold
from places.models import Place

SHOWN = 5
PLACES_SHOWN = 6


@dataclass(frozen=True)
class Group:
    """The best entries of a kind, how many there are, and the list that holds them all."""

    label: str
    total: int
    cards: Sequence[Card]
    path: str


@dataclass(frozen=True)
class Found:
    """All that answers a search, or the looser one that was answered instead."""

    browse: Browse
    groups: Sequence[Group] = ()
    places: Sequence[Place] = ()
    themes: Sequence[Theme] = ()

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)


def find(filters: RecordFilterSet) -> Found:
    """What answers the words; a constant number of statements."""
    if not filters.question:
        return Found(Browse(filters))
    counts = by_kind(filters)
    browse = Browse(filters, counts)
    if browse.loosened:
        counts = by_kind(browse.answering)
    words, reference = filters.question.words, filters.reference
    return Found(browse, _groups(browse, counts), _places(words, reference), _themes(words, reference))


def _groups(browse: Browse, counts: Counts) -> list[Group]:
    """Those that have any, in the order of the kinds."""
    if not counts.total:
        return []
    best, totals = browse.best_of_each(counts, SHOWN), counts.also[KINDS]
    return [
        _group(browse, kind, totals[kind], [record for record in best if record.kind == kind])
        for kind in Kind.values
        if kind in totals
    ]


def _group(browse: Browse, kind: str, total: int, best: Sequence[Record]) -> Group:
    labels = {
        Kind.LAB: _("Living labs"),
        Kind.ACTOR: _("Actors"),
        Kind.MISSION: _("Missions"),
        Kind.NEED: _("Needs"),
        Kind.OFFER: _("Offers"),
        Kind.TRIAL: _("Trials"),
        Kind.SOLUTION: _("Solutions"),
    }
    return Group(
        label=labels[Kind(kind)],
        total=total,
        cards=[browse.card(record) for record in best],
        path=reverse(f"{kind}s:browse") + browse.address(),
    )


def _places(words: Sequence[str], reference: Reference) -> list[Place]:
    found = [place for place in reference.places.values() if _bears(words, place.name_da, place.name_en)]
    return sorted(found, key=lambda place: place.sort_key)[:PLACES_SHOWN]


def _themes(words: Sequence[str], reference: Reference) -> list[Theme]:
    return [
        theme
        for theme in reference.themes.values()
        if _bears(words, theme.name_da, theme.name_en, *theme.synonyms_da, *theme.synonyms_en)
    ][:PLACES_SHOWN]


def _bears(words: Sequence[str], *names: str) -> bool:
    """Whether one of the names has a word beginning with each of the words."""
    parts = [fold(name).split() for name in names]
    return any(all(any(part.startswith(word) for part in name) for word in words) for name in parts)
