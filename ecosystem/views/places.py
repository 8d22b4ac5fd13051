"""Places: the country by region, and one place's ecosystem."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.reference import Reference
from places.choices import PlaceKind
from places.maps import local_map, locator, surroundings
from places.models import Place
from places.requests import HtmxRequest

from ..places import coming_regions, ecosystem_of, lab_spots, regions_on


@login_not_required
@require_safe
@public_page
def index(request: HtmxRequest) -> HttpResponse:
    """Every municipality under the region it belongs to today."""
    today = timezone.localdate()
    context = {"regions": regions_on(today), "coming": coming_regions(today)}
    return render(request, "places/index.html", context)


@login_not_required
@require_safe
@public_page
def place(request: HtmxRequest, address: str) -> HttpResponse | HttpResponseRedirect:
    """Who is here, and how PULL and PUSH stand; a municipality's slug leads to its code."""
    shown = Place.objects.at_address(address).first() or get_object_or_404(Place, slug=address)
    if shown.address != address:
        return redirect(shown, permanent=True)
    reference = Reference.now()
    here = ecosystem_of(shown, reference)
    context = {
        "place": shown,
        "here": here,
        "today": timezone.localdate(),
        "local_map": local_map(shown, [], surroundings(shown))
        if shown.kind == PlaceKind.MUNICIPALITY
        else None,
        "locator": locator(lab_spots(here, reference)) if shown.kind != PlaceKind.MUNICIPALITY else None,
    }
    return render(request, "places/place.html", context)
