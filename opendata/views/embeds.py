"""Parts of the register in frames on other sites, and the page where one builds the code for them."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from curation.reference import Reference
from places.requests import HtmxRequest

from ..embeds.building import Building
from ..embeds.policy import framed, framing_ours
from ..embeds.showing import USUAL, card_of, place_of, shown
from ..oembed import Asked, Refused, answer_to, in_xml
from ..openness import open_page
from ..stable import record_at


@framed
def show_list(request: HtmxRequest, name: str) -> HttpResponse:
    """The first of a list, filtered as its page is."""
    try:
        return _page(request, "list", {"shown": shown(name, request.GET)})
    except Http404:
        return _gone(request)


@framed
def show_map(request: HtmxRequest) -> HttpResponse:
    """A list on a map, and below it the same as rows."""
    try:
        return _page(request, "map", {"shown": shown(request.GET.get("list", USUAL), request.GET)})
    except Http404:
        return _gone(request)


@framed
def show_card(request: HtmxRequest, public_id: str) -> HttpResponse:
    """One entry; one that has been withdrawn is not there any more, and the frame says so."""
    try:
        record = record_at(public_id)
    except Http404:
        return _gone(request)
    return _page(request, "card", {"card": card_of(record), "kind": record.get_kind_display()})


@framed
def show_place(request: HtmxRequest, address: str) -> HttpResponse:
    """A place's PULL and PUSH."""
    place = Reference.now().place_at.get(address)
    return _page(request, "place", {"shown": place_of(place)}) if place else _gone(request)


def _page(request: HtmxRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"opendata/embed/{name}.html", context)


def _gone(request: HtmxRequest) -> HttpResponse:
    """A page that fits into the frame of what was there."""
    return render(request, "opendata/embed/gone.html", status=404)


@login_not_required
@require_safe
@framing_ours
def build(request: HtmxRequest) -> HttpResponseBase:
    """Choose what to show; see it, and copy the code."""
    return render(request, "opendata/embed.html", {"building": Building.read(request.GET)})


@login_not_required
@require_safe
@open_page
def oembed(request: HtmxRequest) -> HttpResponse:
    """How a page of ours is embedded, for programs."""
    try:
        asked = Asked.read(request.GET)
        answer = answer_to(asked)
    except Refused as refused:
        return HttpResponse(f"{refused}\n", status=refused.status, content_type="text/plain")
    except Http404:
        return HttpResponse("There is no such page.\n", status=404, content_type="text/plain")
    if asked.form == "xml":
        return HttpResponse(in_xml(answer), content_type="text/xml; charset=utf-8")
    return JsonResponse(answer)
