"""The four shifts of a place or a mission, and what their numbers count."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind
from curation.reference import Reference
from places.models import Place
from places.requests import HtmxRequest

from ..balance import country_of
from ..shifts import Scope, of_mission, of_place, shifts_of
from ..shifts.listing import listing


@login_not_required
@require_safe
@public_page
def of_a_place(request: HtmxRequest, address: str) -> HttpResponse | HttpResponseRedirect:
    """How a place moves, counted from its records."""
    shown = Place.objects.at_address(address).first() or get_object_or_404(Place, slug=address)
    if shown.address != address:
        return redirect("shifts:place", shown.address, permanent=True)
    reference = Reference.now()
    scope = of_place(shown, country_of(reference).of(shown.pk))
    return _page(request, scope, reference, shown.get_absolute_url(), str(shown.get_kind_display()))


@login_not_required
@require_safe
@public_page
def of_a_mission(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """How a mission moves, counted from the labs, trials and solutions that contribute to it."""
    record = record_to_read(Kind.MISSION, slug)
    if record.slug != slug:
        return redirect("shifts:mission", record.slug, permanent=True)
    scope, path = of_mission(record.mission), record.get_absolute_url()
    return _page(request, scope, Reference.now(), path, str(Kind.MISSION.label))


def _page(request: HtmxRequest, scope: Scope, reference: Reference, path: str, kind: str) -> HttpResponse:
    shifts = shifts_of(scope, reference)
    context = {"shifts": shifts, "listing": listing(shifts, request.GET), "parent_path": path, "kind": kind}
    return render(request, "ecosystem/shifts/page.html", context)
