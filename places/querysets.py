"""Reading places: by kind, by date, by the address a page or a filter uses."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from .choices import PlaceKind

if TYPE_CHECKING:
    from .models import Place, PlaceLink  # noqa: F401 - named in strings below


def valid_on(day: dt.date, since: str, until: str) -> Q:
    """What holds on a day; an open end holds for ever, and the last day is included."""
    started = Q(**{f"{since}__isnull": True}) | Q(**{f"{since}__lte": day})
    return started & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": day}))


class PlaceQuerySet(models.QuerySet["Place"]):
    """Verbs for choosing places."""

    def municipalities(self) -> Self:
        return self.filter(kind=PlaceKind.MUNICIPALITY)

    def regions(self) -> Self:
        return self.filter(kind=PlaceKind.REGION)

    def existing_on(self, day: dt.date) -> Self:
        """Places that exist on a day."""
        return self.filter(valid_on(day, "valid_from", "valid_until"))

    def at_address(self, address: str) -> Self:
        """The place with this code, or, where it has no code, with this slug."""
        return self.filter(Q(code=address) | Q(code="", slug=address))


class PlaceLinkQuerySet(models.QuerySet["PlaceLink"]):
    """Verbs for choosing what belongs where."""

    def valid_on(self, day: dt.date) -> Self:
        return self.filter(valid_on(day, "since", "until"))
