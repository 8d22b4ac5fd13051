"""Linked data: entries, the catalogue, Murmurations."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from places.requests import HtmxRequest

from ..dcat import catalogue
from ..dcat_writing import in_json, in_turtle
from ..linked import MEDIA_TYPE, entry_document
from ..murmurations import nodes, profile_of
from ..openness import open_page, open_to_all
from ..stable import record_at

LAST_PART = 1000


@login_not_required
@require_safe
@open_page
def entry(request: HtmxRequest, public_id: str) -> HttpResponse:
    """An entry as JSON-LD."""
    return as_linked(entry_document(record_at(public_id)))


def as_linked(document: Mapping[str, Any]) -> HttpResponse:
    return JsonResponse(document, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})


@login_not_required
@require_safe
@open_page
def murmurations(request: HtmxRequest, public_id: str) -> HttpResponse:
    """A lab's or an organisation's profile."""
    profile = profile_of(record_at(public_id))
    return JsonResponse(profile, json_dumps_params={"ensure_ascii": False})


@login_not_required
@require_safe
@open_page
def murmurations_index(request: HtmxRequest) -> HttpResponse:
    """The addresses of all profiles, a part at a time."""
    return JsonResponse(nodes(_page(request.GET.get("page", "1"))))


def _page(asked: str) -> int:
    """The number of a part; what is none does not exist."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    if not 1 <= number <= LAST_PART:
        raise Http404
    return number


@login_not_required
@require_safe
@open_to_all
def catalog_json(request: HttpRequest) -> HttpResponse:
    """The catalogue as JSON-LD. Not kept: a new dump changes nothing in the register."""
    return HttpResponse(in_json(catalogue()), content_type=MEDIA_TYPE)


@login_not_required
@require_safe
@open_to_all
def catalog_turtle(request: HttpRequest) -> HttpResponse:
    """The catalogue as Turtle."""
    return HttpResponse(in_turtle(catalogue()), content_type="text/turtle; charset=utf-8")
