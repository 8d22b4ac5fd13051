"""What a place's numbers count, to be read and checked."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.reference import Reference
from places.models import Place
from places.requests import HtmxRequest

from ..balance.counted import read


@login_not_required
@require_safe
@public_page
def counted(request: HtmxRequest, address: str) -> HttpResponse | HttpResponseRedirect:
    """Every need, mission, lab, link, offer and actor behind a place's two numbers."""
    shown = Place.objects.at_address(address).first() or get_object_or_404(Place, slug=address)
    if shown.address != address:
        return redirect("places:counted", shown.address, permanent=True)
    context = {"place": shown, "counted": read(shown, request.GET, Reference.now())}
    return render(request, "places/counted.html", context)
