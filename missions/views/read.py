"""A mission's page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from actors.coalition import Member, gather
from actors.members import member
from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind
from curation.models import Record, Theme
from curation.reference import Reference
from curation.similar import similar_to
from curation.sources import sources
from places.models import Place
from places.requests import HtmxRequest

from ..leadership import leadership
from ..models import Mission


@login_not_required
@require_safe
@public_page
def mission(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """All that is known of a mission, and what is not."""
    record = record_to_read(Kind.MISSION, slug, "owner__record", "backbone__record", "heir")
    if record.slug != slug:
        return redirect(record, permanent=True)
    shown = record.mission
    reference = Reference.now()
    context = page_of(
        shown, record, reference, themes=reference.themes_of(record), places=reference.places_named(record),
        members=[member(part) for part in shown.members.with_actor().order_by("pk")],
        labs=shown.links.with_lab().order_by("pk"),
    )  # fmt: skip
    return render(request, "missions/mission.html", context)


def page_of(
    shown: Mission, record: Record, reference: Reference, *, themes: Sequence[Theme],
    places: Sequence[Place], members: Iterable[Member], labs: Iterable[Any],
) -> dict[str, Any]:  # fmt: skip
    """What the page shows of a mission; also of one that is being written and is nowhere yet."""
    return {
        "mission": shown,
        "record": record,
        "themes": themes,
        "places": places,
        "coalition": gather(members),
        "labs": labs,
        "leadership": leadership(shown),
        "sources": sources(record.source),
        "similar": similar_to(record, reference),
    }
