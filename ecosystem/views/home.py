"""The home page: the country's balance on one map, the ways in, what is known and what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.choices import Kind
from curation.models import Record
from curation.reference import Reference
from places.models import Place

from ..balance import Count, country_of
from ..figures import NOT_ENDED, figures
from ..ground import all_places, ground_of, municipalities_on
from ..linked import home_told
from ..national_map import national_map

NEWS = 4
PLACES_NAMED = 2


@login_not_required
@require_safe
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The country at a glance."""
    places = all_places()
    municipalities = municipalities_on(timezone.localdate(), places)
    country = country_of(Reference.now())
    rows = [Row(place, country.of(place.pk)) for place in municipalities]
    context = {
        "map": national_map(municipalities, country.by_place, ground_of(municipalities)),
        "rows": rows,
        "blank": sum(1 for row in rows if not row.count),
        "links": country.links,
        "figures": figures(),
        "without_push_query": urlencode({"side": "no_push", "phase": NOT_ENDED}, doseq=True),
        "news": _news(places),
        "linked": home_told(),
    }
    return render(request, "ecosystem/home.html", context)


@dataclass(frozen=True)
class Row:
    """A municipality in the table that equals the map."""

    place: Place
    count: Count


@dataclass(frozen=True)
class News:
    """A new entry: the record for its name and date, the entry for its summary."""

    record: Record
    entry: Any
    places: Sequence[Place]


def _news(places: Sequence[Place]) -> list[News]:
    """The entries published last; one statement."""
    records = Record.objects.published().newest().shown()
    reference = Reference(themes={}, places={place.pk: place for place in places})
    return [
        News(record, getattr(record, record.kind), reference.places_named(record)[:PLACES_NAMED])
        for record in records.select_related(*Kind.values)[:NEWS]
    ]
