"""The register's own figures, to be read and taken away."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.reference import Reference
from curation.spreadsheet import sheet
from mail.links import absolute
from places.requests import HtmxRequest

from ..barometer.asked import Asked
from ..barometer.page import Barometer, barometer_of, rows
from ..charts.files import picture
from ..linked import barometer_page


@login_not_required
@require_safe
@public_page
def barometer(request: HtmxRequest) -> HttpResponse:
    """Every figure with its chart, its table, its definition, its source and the number behind it."""
    context = {"barometer": _asked_for(request), "linked": barometer_page(request.path)}
    return render(request, "ecosystem/barometer.html", context)


@login_not_required
@require_safe
@public_page
def barometer_csv(request: HtmxRequest) -> HttpResponse:
    """The same figures as a table that Danish Excel opens."""
    return _file(sheet(rows(_asked_for(request))), "text/csv; charset=utf-8", "stedkraft-barometer.csv")


@login_not_required
@require_safe
@public_page
def barometer_svg(request: HtmxRequest, figure: str) -> HttpResponse:
    """One chart as a picture to keep; where none is drawn there is none."""
    shown = _asked_for(request)
    table = shown.figure(figure)
    if table is None or table.chart is None:
        raise Http404
    said = _("Source: the register itself, %(day)s.") % {"day": date_format(shown.day, "DATE_FORMAT")}
    address = absolute(reverse("ecosystem:barometer") + shown.asked.query + f"#{table.id}")
    notes = [table.behind, *([shown.asked.words] if shown.asked.words else []), f"{said} {address}"]
    return _file(
        picture(table.chart, table.title, table.finding, notes),
        "image/svg+xml",
        f"stedkraft-barometer-{table.id}.svg",
    )


def _asked_for(request: HtmxRequest) -> Barometer:
    reference = Reference.now()
    return barometer_of(Asked.read(request.GET, reference, timezone.localdate()), reference)


def _file(text: str, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        text, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
