"""An actor's page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind
from curation.reference import Reference
from curation.sources import sources
from places.requests import HtmxRequest

from ..models import Relation


@login_not_required
@require_safe
@public_page
def actor(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """An organisation, the labs and missions it takes part in, and the organisations it is tied to."""
    record = record_to_read(Kind.ACTOR, slug, "heir")
    if record.slug != slug:
        return redirect(record, permanent=True)
    shown = record.actor
    reference = Reference.now()
    context = {
        "actor": shown,
        "record": record,
        "themes": reference.themes_of(record),
        "places": reference.places_named(record),
        "labs": shown.links.with_lab().order_by("lab__record__sort_da"),
        "missions": shown.coalitions.with_mission().order_by("mission__record__sort_da"),
        "relations": Relation.objects.public().of(shown),
        "sources": sources(record.source),
    }
    return render(request, "actors/actor.html", context)
