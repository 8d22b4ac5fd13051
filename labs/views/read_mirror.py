"""What a lab has published of PULL-spejlet."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from curation.access import record_to_read
from curation.caching import public_page
from curation.choices import Kind
from places.requests import HtmxRequest

from ..mirror.page import page_of


@login_not_required
@require_safe
@public_page
def mirror(request: HtmxRequest, slug: str, day: str = "") -> HttpResponse | HttpResponseRedirect:
    """The newest run in full, or that of a day, and all over time; nothing where none is published."""
    record = record_to_read(Kind.LAB, slug)
    if record.slug != slug:
        return redirect("labs:mirror", record.slug, permanent=True)
    shown = page_of(record.lab, _day(day))
    if shown is None:
        raise Http404
    return render(request, "labs/mirror/mirror.html", {"lab": record.lab, "page": shown})


def _day(told: str) -> dt.date | None:
    """The day an address names; there is one way to write it."""
    if not told:
        return None
    try:
        day = dt.date.fromisoformat(told)
    except ValueError:
        raise Http404 from None
    if day.isoformat() != told:
        raise Http404
    return day
