"""A solution's page."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind
from curation.models import Record
from curation.reference import Reference
from curation.similar import similar_to
from curation.sources import sources
from places.requests import HtmxRequest

from ..models import Solution


@login_not_required
@require_safe
@public_page
def solution(request: HtmxRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """All that is known of a solution, and what is not."""
    record = record_to_read(Kind.SOLUTION, slug, "owner__record", "lab__record", "need__record", "heir")
    if record.slug != slug:
        return redirect(record, permanent=True)
    context = page_of(record.solution, record, Reference.now())
    return render(request, "labs/solution.html", context)


def page_of(shown: Solution, record: Record, reference: Reference) -> dict[str, Any]:
    """What the page shows of a solution; also of one that is being written and is nowhere yet."""
    return {
        "solution": shown,
        "record": record,
        "themes": reference.themes_of(record),
        "places": reference.places_named(record),
        "sources": sources(record.source),
        "similar": similar_to(record, reference),
    }
