"""What a place belongs to and what belongs to it, on a day and on others."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from curation.reference import Reference
from places.choices import PlaceKind
from places.models import Place, PlaceLink

# What is registered for these as a whole belongs to every place within them.
WIDER = (PlaceKind.HEALTH_COUNCIL, PlaceKind.REGION)


@dataclass(frozen=True)
class Tie:
    """Another place, and from or until when, where that is not now."""

    place: Place
    coming: dt.date | None = None
    over: dt.date | None = None


@dataclass(frozen=True)
class Belonging:
    """What a place belongs to, and what belongs to it, in the order pages show them."""

    above: Sequence[Tie]
    below: Sequence[Tie]

    @property
    def wider(self) -> list[Place]:
        """What it belongs to now or belonged to before, narrowest first, and first what holds today."""
        begun = [tie for tie in self.above if tie.place.kind in WIDER and not tie.coming]
        begun.sort(key=lambda tie: (WIDER.index(PlaceKind(tie.place.kind)), tie.over is not None))
        return [tie.place for tie in begun]

    @property
    def parts(self) -> list[Tie]:
        """What lies within it."""
        return [tie for tie in self.below if tie.place.kind != PlaceKind.REGION or not self.followed]

    @property
    def followed(self) -> list[Place]:
        """The regions a region follows."""
        regions = [tie.place for tie in self.below if tie.place.kind == PlaceKind.REGION]
        return regions if any(tie.place.kind == PlaceKind.MUNICIPALITY for tie in self.below) else []

    @property
    def municipalities(self) -> set[int]:
        return {tie.place.pk for tie in self.below if tie.place.kind == PlaceKind.MUNICIPALITY}


def belonging(place: Place, reference: Reference, today: dt.date) -> Belonging:
    """One statement."""
    links = PlaceLink.objects.filter(Q(child=place) | Q(parent=place)).order_by("since", "pk")
    above: list[Tie] = []
    below: list[Tie] = []
    for link in links:
        up = link.child_id == place.pk
        (above if up else below).append(_tie(link, link.parent_id if up else link.child_id, reference, today))
    return Belonging(above, sorted(below, key=lambda tie: tie.place.sort_key))


def _tie(link: PlaceLink, other: int, reference: Reference, today: dt.date) -> Tie:
    return Tie(
        reference.places[other],
        coming=link.since if link.since and link.since > today else None,
        over=link.until if link.until and link.until < today else None,
    )
