"""The map of the country on a page of its own."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.reference import Reference
from curation.views.lists import is_partial
from places.requests import HtmxRequest

from ..ground import all_places, municipalities_on
from ..whole_map import map_page


@login_not_required
@require_safe
@public_page
def whole_map(request: HtmxRequest) -> HttpResponse:
    """Every municipality's PULL and PUSH, under one theme or all; whole page or only what changes."""
    towns = municipalities_on(timezone.localdate(), all_places())
    page = map_page(request.GET.get("theme", ""), Reference.now(), towns)
    partial = is_partial(request.htmx)
    template = "ecosystem/map.html"
    response = render(request, f"{template}#answer" if partial else template, {"page": page})
    if partial:
        response["HX-Push-Url"] = request.path + page.path
    return response
