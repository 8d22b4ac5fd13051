"""The municipalities of a day and the land they lie on, drawn once and kept until an outline is rewritten."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Case, CharField, Func, Value, When

from places.choices import PlaceKind
from places.models import Place

from .national_map import Ground, draw_ground


class _Written(Func):
    """The transaction that last wrote a row, and where: tells whether an outline is the one already drawn."""

    template = '"places_place"."xmin"::text || "places_place"."ctid"::text'
    arity = 0
    output_field = CharField()


def all_places() -> list[Place]:
    """Every place without its long columns; `drawn` is empty where there is no outline."""
    drawn = Case(When(outline__isnull=True, then=Value("")), default=_Written(), output_field=CharField())
    return list(
        Place.objects.annotate(drawn=drawn)
        .defer("outline", "story_da", "story_en", "source")
        .order_by("sort_key", "pk")
    )


def municipalities_on(day: dt.date, places: Sequence[Place]) -> list[Place]:
    return [place for place in places if place.kind == PlaceKind.MUNICIPALITY and _exists(place, day)]


def _exists(place: Place, day: dt.date) -> bool:
    return (place.valid_from or day) <= day <= (place.valid_until or day)


def ground_of(municipalities: Sequence[Any]) -> Ground:
    """The drawn ground, kept until an outline is written again."""
    return _drawn_ground(tuple((place.pk, place.drawn) for place in municipalities if place.drawn))


@lru_cache(maxsize=1)
def _drawn_ground(outlined: tuple[tuple[int, str], ...]) -> Ground:
    ids = [place for place, _written in outlined]
    rows = Place.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "outline") if ids else ()
    return draw_ground({place: outline["coordinates"] for place, outline in rows})
