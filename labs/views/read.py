"""A lab's page."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from actors.choices import Role
from actors.coalition import gather
from actors.members import member
from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind
from curation.reference import Reference
from curation.similar import similar_to
from curation.sources import sources
from places.maps import LocalMap, Spot, local_map_of
from places.models import Place
from places.requests import HtmxRequest

from ..hallmarks import hallmarks
from ..models import Lab


@login_not_required
@require_safe
@public_page
def lab(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """All that is known of a lab, and what is not."""
    record = record_to_read(Kind.LAB, slug, "backbone__record", "heir")
    if record.slug != slug:
        return redirect(record, permanent=True)
    reference = Reference.now()
    places = reference.places_named(record)
    links = record.lab.links.public()
    members = gather(member(link) for link in links if link.actor)
    context = {
        "lab": record.lab,
        "record": record,
        "themes": reference.themes_of(record),
        "places": places,
        "local_map": where(record.lab, places),
        "coalition": members,
        "host": next((member for member in members.members if member.role == Role.HOST), None),
        "missions": [link.mission for link in links if link.mission],
        "hallmarks": hallmarks(record.lab),
        "sources": sources(record.source),
        "similar": similar_to(record, reference),
    }
    return render(request, "labs/lab.html", context)


def where(shown: Lab, places: Sequence[Place]) -> LocalMap | None:
    """The map round the lab's first municipality, with the lab on it where its point is known."""
    if not places:
        return None
    spots = []
    if shown.longitude is not None and shown.latitude is not None:
        spots = [Spot(shown.longitude, shown.latitude, shown.name)]
    return local_map_of(places[0], spots)
