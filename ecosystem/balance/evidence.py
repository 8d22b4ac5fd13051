"""What speaks for PULL and for PUSH, counted by kind, and what the country's places and themes have of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from django.db import models
from django.utils.translation import gettext_lazy as _

from curation.choices import Side
from curation.reference import Reference
from places.choices import PlaceKind


class EvidenceKind(models.TextChoices):
    """What is counted, by the names used in addresses; needs to PULL links pull, the others push."""

    NEED = "need", _("Needs")
    MISSION = "mission", _("Missions")
    LAB = "lab", _("Living labs")
    PULL_LINK = "pull_link", _("Links on the PULL side")
    OFFER = "offer", _("Offers")
    PUSH_ACTOR = "push_actor", _("Actors on the PUSH side")
    PUSH_LINK = "push_link", _("Links on the PUSH side")

    @property
    def side(self) -> Side:
        return Side.PULL if self in PULLING else Side.PUSH


PULLING = (EvidenceKind.NEED, EvidenceKind.MISSION, EvidenceKind.LAB, EvidenceKind.PULL_LINK)
PUSHING = (EvidenceKind.OFFER, EvidenceKind.PUSH_ACTOR, EvidenceKind.PUSH_LINK)


@dataclass(frozen=True)
class Evidence:
    """How many there are of each kind: only what goes on; a link on both sides counts on each."""

    need: int = 0
    mission: int = 0
    lab: int = 0
    pull_link: int = 0
    offer: int = 0
    push_actor: int = 0
    push_link: int = 0

    def __bool__(self) -> bool:
        return bool(self.pull or self.push)

    def of(self, kind: str) -> int:
        number: int = getattr(self, kind)
        return number

    @property
    def pull(self) -> int:
        return self.need + self.mission + self.lab + self.pull_link

    @property
    def push(self) -> int:
        return self.offer + self.push_actor + self.push_link


NOTHING = Evidence()


@dataclass(frozen=True)
class Count:
    """One place's evidence, and what the register knows of there: of the entries also those that are over."""

    evidence: Evidence = NOTHING
    labs: int = 0
    missions: int = 0
    actors: int = 0
    needs: int = 0
    offers: int = 0
    trials: int = 0
    solutions: int = 0
    links: int = 0

    @property
    def pull(self) -> int:
        return self.evidence.pull

    @property
    def push(self) -> int:
        return self.evidence.push

    def __bool__(self) -> bool:
        """Whether there is anything on the map."""
        return bool(self.evidence or self.labs)


@dataclass(frozen=True)
class Country:
    """Every place that has anything, by its id, and the number of links between entries.

    `of` and `by_theme` answer for municipalities, health councils, regions and the country alike.
    """

    by_place: Mapping[int, Count]
    links: int
    under: Mapping[int, Mapping[int, Count]] = field(default_factory=dict)

    def of(self, place_id: int, theme_id: int | None = None) -> Count:
        """All that is there, or what of it stands under one theme of the first level."""
        if theme_id is None:
            return self.by_place.get(place_id, Count())
        return self.under.get(theme_id, {}).get(place_id, Count())

    def by_theme(self, place_id: int) -> Mapping[int, Evidence]:
        """The evidence under each theme of the first level that has any there, by the theme's id.

        An entry with several themes counts under each of them; actors' relations stand under none.
        """
        found = {theme: self.evidence(place_id, theme) for theme in self.under}
        return {theme: evidence for theme, evidence in found.items() if evidence}

    def evidence(self, place_id: int, theme_id: int | None = None) -> Evidence:
        return self.of(place_id, theme_id).evidence


@dataclass(frozen=True)
class Median:
    """What the municipality in the middle has on each side, those with nothing counted in."""

    pull: float
    push: float


def medians_of(country: Country, reference: Reference) -> Mapping[int, Median]:
    """Under each theme of the first level, over all municipalities: a measure to read by, never a ranking."""
    towns = [place.pk for place in reference.places_of(PlaceKind.MUNICIPALITY)]
    if not towns:
        return {}
    found = {}
    for theme in reference.top_themes():
        here = [country.evidence(town, theme.pk) for town in towns]
        found[theme.pk] = Median(median(one.pull for one in here), median(one.push for one in here))
    return found
