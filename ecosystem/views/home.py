"""The home page: the country's balance on one map, the ways in, what is known and what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, CharField, Func, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.models import Record
from curation.reference import Reference
from places.choices import PlaceKind
from places.models import Place

from .. import balance
from ..figures import NOT_ENDED, figures
from ..national_map import Ground, draw_ground, national_map

NEWS = 4
PLACES_NAMED = 2


@login_not_required
@require_safe
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The country at a glance."""
    places = _places()
    today = timezone.localdate()
    municipalities = [
        place for place in places if place.kind == PlaceKind.MUNICIPALITY and _exists(place, today)
    ]
    country = balance.country_of(Reference.now())
    rows = [Row(place, country.of(place.pk)) for place in municipalities]
    context = {
        "map": national_map(municipalities, country.by_place, _ground(municipalities)),
        "rows": rows,
        "blank": sum(1 for row in rows if not row.count),
        "links": country.links,
        "figures": figures(),
        "without_push_query": urlencode({"side": "no_push", "phase": NOT_ENDED}, doseq=True),
        "news": _news(places),
    }
    return render(request, "ecosystem/home.html", context)


@dataclass(frozen=True)
class Row:
    """A municipality in the table that equals the map."""

    place: Place
    count: balance.Count


@dataclass(frozen=True)
class News:
    """A new entry: the record for its name and date, the entry for its summary."""

    record: Record
    entry: Any
    places: Sequence[Place]


class _Written(Func):
    """The transaction that last wrote a row, and where: tells whether an outline is the one already drawn."""

    template = '"places_place"."xmin"::text || "places_place"."ctid"::text'
    arity = 0
    output_field = CharField()


def _places() -> list[Place]:
    """Every place without its long columns; `drawn` is empty where there is no outline."""
    drawn = Case(When(outline__isnull=True, then=Value("")), default=_Written(), output_field=CharField())
    return list(
        Place.objects.annotate(drawn=drawn)
        .defer("outline", "story_da", "story_en", "source")
        .order_by("sort_key", "pk")
    )


def _exists(place: Place, today: Any) -> bool:
    return (place.valid_from or today) <= today <= (place.valid_until or today)


def _ground(municipalities: Sequence[Any]) -> Ground:
    """The drawn ground, kept until an outline is written again."""
    return _drawn_ground(tuple((place.pk, place.drawn) for place in municipalities if place.drawn))


@lru_cache(maxsize=1)
def _drawn_ground(outlined: tuple[tuple[int, str], ...]) -> Ground:
    ids = [place for place, _written in outlined]
    rows = Place.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "outline") if ids else ()
    return draw_ground({place: outline["coordinates"] for place, outline in rows})


def _news(places: Sequence[Place]) -> list[News]:
    """The entries published last; one statement."""
    records = Record.objects.published().newest().shown()
    reference = Reference(themes={}, places={place.pk: place for place in places})
    return [
        News(record, getattr(record, record.kind), reference.places_named(record)[:PLACES_NAMED])
        for record in records.select_related("lab", "actor", "mission")[:NEWS]
    ]
