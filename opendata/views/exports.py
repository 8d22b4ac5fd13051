"""A list as a file to take away: all it finds, in the order it is read in."""

from collections.abc import Callable, Iterator

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keeping.lists import list_at
from keeping.throttle import WINDOW_SECONDS, allowed

from ..exports import table, xlsx
from ..exports.files import csv_of, geojson_of, name_of, xlsx_of
from ..exports.order import Found
from ..exports.sending import as_packed, etag_of, sent, unchanged
from ..openness import open_to_all

# Files of more entries than this are counted; smaller ones cost no more than a page.
HEAVY = 1_000
EACH, TOGETHER = 30, 600

type Written = Callable[[Found], Iterator[bytes]]


@login_not_required
@require_safe
@open_to_all
def as_csv(request: HttpRequest, name: str) -> HttpResponseBase:
    """As a table that Danish Excel opens."""
    return _file(request, name, csv_of, table.MEDIA_TYPE, "csv")


@login_not_required
@require_safe
@open_to_all
def as_xlsx(request: HttpRequest, name: str) -> HttpResponseBase:
    """As an Excel workbook."""
    as_packed(request)
    return _file(request, name, xlsx_of, xlsx.MEDIA_TYPE, "xlsx")


@login_not_required
@require_safe
@open_to_all
def as_geojson(request: HttpRequest, name: str) -> HttpResponseBase:
    """As features for a program that draws maps."""
    return _file(request, name, geojson_of, "application/geo+json", "geojson")


def _file(
    request: HttpRequest, name: str, written: Written, media_type: str, ending: str
) -> HttpResponseBase:
    listed, etag = list_at(name), etag_of(request)
    if answer := unchanged(request, etag):
        return answer
    found = Found(listed, request.GET)
    if found.total > HEAVY and request.method == "GET" and not _may_fetch(request):
        return _too_often(request)
    return sent(
        request, written(found), media_type=media_type, name=name_of(found, ending), etag=etag
    )  # fmt: skip


def _may_fetch(request: HttpRequest) -> bool:
    """Where nothing can be counted just now, reading goes on."""
    try:
        return allowed("export", request, each=EACH, together=TOGETHER)
    except DatabaseError:
        return True


def _too_often(request: HttpRequest) -> HttpResponseBase:
    context = {
        "title": _("Too many files"),
        "reason": _(
            "%(each)s large files an hour can be fetched from here. Wait until the next hour, or take the"
            " whole register at once from the page about open data."
        )
        % {"each": EACH},
    }
    response = render(request, "error.html", context, status=429)
    response["Retry-After"] = str(WINDOW_SECONDS - int(timezone.now().timestamp()) % WINDOW_SECONDS)
    return response
