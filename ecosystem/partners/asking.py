"""A question as scoring reads it: what was said, and what its text tells of words, themes and places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import cos, radians
from statistics import fmean

from actors.choices import OfferKind, Role
from curation.choices import Kind
from curation.models import Theme
from curation.reference import Reference
from missions.role_needs import KIND_OF
from places.ancestry import Ancestry
from places.choices import PlaceKind
from places.models import Place
from places.projection import from_mercator, mercator

from .candidates import Limits, places_apart, themes_apart, words_of_group
from .matching import Party
from .profile import SIDES_OF_ACTORS, Asked, Reach
from .told import places_in, themes_in
from .words import Telling, of_text

LONGEST_WORD = 60  # what is longer is no word, and costs much to take apart


@dataclass(frozen=True)
class Reading:
    """What was understood of a question."""

    words: Sequence[Telling]
    themes: Sequence[Theme]
    places: Sequence[Place]


def read(asked: Asked, reference: Reference) -> Reading:
    """Themes and places that are said count alone; else those the text names. One statement for the words."""
    text = " ".join(word for word in asked.text.split() if len(word) <= LONGEST_WORD)
    themes = asked.themes or (() if asked.no_themes else themes_in(text, reference))
    places = asked.places or (() if asked.no_places or asked.subject else places_in(text, reference))
    words = f"{text} {asked.group}".strip()
    return Reading(of_text(words, reference) if words else (), themes, places)


def party_of(asked: Asked, reading: Reading, reference: Reference) -> Party:
    """Somebody with such a question: brings research or, where a PUSH role is sought, has a need."""
    exact, above = themes_apart([theme.pk for theme in reading.themes], reference)
    towns, regions = places_apart([place.pk for place in reading.places], reference)
    point = next((found for place in reading.places if (found := Ground(reference).point(place))), None)
    kind, type_ = (Kind.OFFER, str(OfferKind.RESEARCH))
    if not asked.brings:
        kind, type_ = Kind.NEED, str(KIND_OF[Role(asked.role)])
    return Party(
        kind=kind, type=type_, themes=exact, above=above, towns=towns, regions=regions,
        x=point[0] if point else None, y=point[1] if point else None, setting=asked.setting,
        methods=frozenset([asked.method] if asked.method else ()), groups=words_of_group(asked.group),
    )  # fmt: skip


def with_question(own: Party, asked: Asked, reading: Reading, reference: Reference) -> Party:
    """An entry that partners are sought for, from another place where one is said."""
    if not reading.places:
        return own
    said = party_of(asked, reading, reference)
    return replace(own, towns=said.towns, regions=said.regions, x=said.x, y=said.y)


class Ground:
    """Where places are and what they lie in; the belongings are read once for a version of the register."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference

    @cached_property
    def ancestry(self) -> Ancestry:
        return self.reference.keep("what places belong to", Ancestry.read)

    def point(self, place: Place) -> tuple[int, int] | None:
        """The place's own, or for a region the middle of its municipalities' main towns."""
        if place.latitude is not None and place.longitude is not None:
            return mercator(place.longitude, place.latitude)
        within = [
            one for one in self.reference.places_of(PlaceKind.MUNICIPALITY)
            if one.latitude is not None and place.pk in self.ancestry.with_ancestors([one.pk])
        ]  # fmt: skip
        if not within or place.kind == PlaceKind.COUNTRY:
            return None
        return mercator(
            fmean(one.longitude or 0 for one in within), fmean(one.latitude or 0 for one in within)
        )

    def regions_of(self, ids: Sequence[int]) -> list[int]:
        """The regions that places are or lie in."""
        found = (self.reference.places[pk] for pk in self.ancestry.with_ancestors(ids))
        return [place.pk for place in found if place.kind == PlaceKind.REGION]


def limits_of(asked: Asked, asker: Party, reference: Reference) -> Limits:
    """What candidates must be; a reach is one from somewhere."""
    limits = Limits(
        roles=[Role(asked.role)] if asked.role else (),
        sides=SIDES_OF_ACTORS.get(asker.kind, ()) if asked.subject else (),
        open_now=asked.open_now,
    )
    here = sorted(asker.towns or asker.regions)
    match asked.reach:
        case Reach.HERE:
            return replace(limits, places=here)
        case Reach.REGION:
            return replace(limits, places=Ground(reference).regions_of(here))
        case Reach.KM_50 | Reach.KM_100:
            return replace(limits, box=_box(asker, asked.reach.kilometres))
    return limits


def _box(asker: Party, km: int) -> tuple[int, int, int, int] | None:
    """A square of the map that holds all within so many kilometres, and a little more."""
    if asker.x is None or asker.y is None:
        return None
    latitude = from_mercator(asker.x, asker.y)[1]
    metres = round(km * 1000 * 1.05 / cos(radians(latitude + km / 111)))
    return asker.x - metres, asker.y - metres, asker.x + metres, asker.y + metres
