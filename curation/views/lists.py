"""What the list pages of all kinds share: the whole page or only what changed, and the map's data."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from curation.browsing import Browse, points
from curation.filters import RecordFilterSet, read_zoom
from curation.linked_head import list_head
from curation.linked_lists import list_page as linked
from places.requests import HtmxRequest


def is_partial(htmx: HtmxDetails) -> bool:
    """Only the changing part is asked for; going back in history gets the whole page."""
    return bool(htmx) and htmx.request_type == "partial" and not htmx.history_restore_request


def list_page(
    request: HtmxRequest, template: str, filters: RecordFilterSet, words: Mapping[str, Any]
) -> HttpResponse:
    """A list as a page or as its changing part; the address shown holds only what is understood."""
    browse = Browse(filters)
    partial = is_partial(request.htmx)
    context = {"browse": browse, **words}
    if not partial:
        told = linked(browse.name, request.path, words["heading"], words["lead"])
        context["linked"] = list_head(told, browse.name, words["heading"], request.path, browse.query)
    response = render(request, f"{template}#answer" if partial else template, context)
    if partial:
        shown = "HX-Replace-Url" if request.htmx.source == "input#q" else "HX-Push-Url"
        response[shown] = request.path + browse.path
    return response


def list_points(request: HtmxRequest, filters: RecordFilterSet) -> JsonResponse:
    """The list as a GeoJSON FeatureCollection, clustered when `zoom` is given."""
    data = dict(points(filters, read_zoom(request.GET.get("zoom", ""))))
    if filters.unknown:
        data["unknown"] = [{"filter": name, "value": value} for name, value in filters.unknown]
    return JsonResponse(data, content_type="application/geo+json")
