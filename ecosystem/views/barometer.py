"""The register's own figures, to be read and taken away."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.reference import Reference
from curation.spreadsheet import sheet
from places.requests import HtmxRequest

from ..barometer.page import rows, sections


@login_not_required
@require_safe
@public_page
def barometer(request: HtmxRequest) -> HttpResponse:
    """Every figure with its definition, its source and the number behind it."""
    context = {"sections": sections(Reference.now()), "today": timezone.localdate()}
    return render(request, "ecosystem/barometer.html", context)


@login_not_required
@require_safe
@public_page
def barometer_csv(request: HtmxRequest) -> HttpResponse:
    """The same figures as a table that Danish Excel opens."""
    text = sheet(rows(sections(Reference.now()), timezone.localdate()))
    name = 'attachment; filename="stedkraft-barometer.csv"'
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})
