"""The map of the site for search engines (sitemaps.org): every public page in both languages.

An index names parts of `PER_PART` entries each, so that no part outgrows the limit of 50,000 addresses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import translation

from curation.models import Record, Theme
from mail.links import absolute
from places.models import Place

PER_PART = 10_000
PAGES = (
    "ecosystem:home", "labs:browse", "actors:browse", "missions:browse", "needs:browse", "offers:browse",
    "trials:browse", "solutions:browse", "places:index", "curation:themes", "ecosystem:partners",
    "ecosystem:map", "ecosystem:barometer", "ecosystem:about", "ecosystem:privacy", "ecosystem:was",
    "keeping:roles", "data:data", "embed:builder", "reference:page",
)  # fmt: skip


@dataclass(frozen=True)
class Address:
    """A page in each language, and the day it last changed where that is known."""

    paths: Sequence[tuple[str, str]]
    changed: str = ""


def parts() -> int:
    """How many parts the index names: the first holds pages, places and themes, the others entries."""
    return 1 + ceil(Record.objects.published().count() / PER_PART)


def part(number: int) -> Iterator[Address]:
    """The addresses of a part; one that there is not does not exist."""
    if not 1 <= number <= parts():
        raise Http404
    return _pages() if number == 1 else _entries(number - 2)


def _pages() -> Iterator[Address]:
    for route in PAGES:
        yield Address([(code, absolute(path)) for code, path in _reversed(route)])
    for place in Place.objects.only("code", "slug", "kind").order_by("pk"):
        yield Address(_both(place.get_absolute_url()))
    for theme in Theme.objects.only("slug").order_by("pk"):
        yield Address(_both(theme.get_absolute_url()))


def _entries(part: int) -> Iterator[Address]:
    records = Record.objects.published().only("kind", "slug", "updated_at").order_by("pk")
    for record in records[part * PER_PART : (part + 1) * PER_PART]:
        yield Address(_both(record.get_absolute_url()), record.updated_at.date().isoformat())


def _both(path: str) -> list[tuple[str, str]]:
    return [(code, absolute(path, code)) for code, _name in settings.LANGUAGES]


def _reversed(route: str) -> Iterator[tuple[str, str]]:
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield code, reverse(route)
