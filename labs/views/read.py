"""A lab's page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from actors.choices import Role
from actors.coalition import Coalition, gather
from actors.members import member
from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind
from curation.reference import Reference
from curation.similar import similar_to
from curation.sources import sources
from places.requests import HtmxRequest

from ..hallmarks import hallmarks
from ..models import Lab


@login_not_required
@require_safe
@public_page
def lab(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """All that is known of a lab, and what is not."""
    record = record_to_read(Kind.LAB, slug)
    if record.slug != slug:
        return redirect(record, permanent=True)
    shown = Lab.objects.select_related("owner__record", "backbone__record", "heir").get(pk=record.pk)
    shown.record = record
    reference = Reference()
    members = coalition(shown)
    context = {
        "lab": shown,
        "record": record,
        "themes": reference.themes_of(record),
        "places": reference.places_named(record),
        "coalition": members,
        "host": next((member for member in members.members if member.role == Role.HOST), None),
        "missions": shown.links.with_mission().order_by("pk"),
        "hallmarks": hallmarks(shown),
        "sources": sources(record.source),
        "similar": similar_to(record, reference),
    }
    return render(request, "labs/lab.html", context)


def coalition(shown: Lab) -> Coalition:
    """The actors tied to the lab, confirmed or only named."""
    return gather(member(link) for link in shown.links.with_actor().order_by("pk"))
