"""Places: the country by region, one place's ecosystem, and what it should gather a lab about."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.reference import Reference
from keeping.stories import may_tell
from places.choices import PlaceKind
from places.models import Place
from places.requests import HtmxRequest

from ..focus.finder import focus_of
from ..focus.listing import listing
from ..focus.reach import Reach, reach_of
from ..linked import place_page
from ..place.page import page_of
from ..places import coming_regions, regions_on


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
    """Who is here, what is missing and what to do about it; a municipality's slug leads to its code."""
    shown = Place.objects.at_address(address).first() or get_object_or_404(Place, slug=address)
    if shown.address != address:
        return redirect(shown, permanent=True)
    context = page_of(shown, Reference.now(), timezone.localdate())
    above = [tie.place for tie in context["around"].above if not (tie.coming or tie.over)]
    context["linked"] = place_page(shown, above)
    context["may_tell"] = request.user.is_authenticated and may_tell(request.user, shown)
    return render(request, "places/place.html", context)


@login_not_required
@require_safe
@public_page
def focus(request: HtmxRequest, address: str) -> HttpResponse:
    """Which themes are worth a lab here, with research as far away as asked; of one theme what is counted."""
    reference = Reference.now()
    shown = reference.place_at.get(address)
    if shown is None:
        raise Http404
    reach = reach_of(shown, request.GET.get("reach", ""))
    theme = reference.theme_at.get(request.GET.get("theme", ""))
    told = theme if theme and theme.parent_id is None else None
    context = {
        "place": shown,
        "focus": focus_of(shown, reference, reach),
        "reaches": [] if shown.kind == PlaceKind.COUNTRY else list(Reach),
        "listing": listing(shown, told, reach) if told else None,
    }
    return render(request, "places/focus.html", context)
