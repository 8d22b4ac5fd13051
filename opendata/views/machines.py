"""Stable addresses, feeds, and the map of the site."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from curation.caching import public_page
from keeping.lists import list_at
from mail.links import absolute
from places.requests import HtmxRequest

from ..feeds import feed_of, with_filters
from ..linked import MEDIA_TYPE, entry_document
from ..openness import open_page, open_to_all
from ..sitemap import part, parts
from ..stable import record_at
from .linked import as_linked

CLOSED = ("/account/", "/desk/", "/register/")  # nothing there is for a reader


@login_not_required
@require_safe
@open_to_all
def stable(request: HttpRequest, public_id: str) -> HttpResponse:
    """Leads to an entry's page as it is called now; who would rather have linked data gets that."""
    record = record_at(public_id)
    wanted = request.get_preferred_type(["text/html", MEDIA_TYPE])
    response = as_linked(entry_document(record)) if wanted == MEDIA_TYPE else redirect(record)
    patch_vary_headers(response, ["Accept"])
    return response


@login_not_required
@require_safe
@open_page
def feed(request: HtmxRequest, name: str) -> HttpResponse:
    """What is new in a list, filtered as the list is."""
    listed = list_at(name)
    browse = listed.asked(request.GET)
    text = feed_of(listed, browse, with_filters(request.path, browse))
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@login_not_required
@require_safe
@public_page
def site_map(request: HtmxRequest) -> HttpResponse:
    """The parts of the map of the site."""
    context = {"parts": range(1, parts() + 1), "base": absolute("/").rstrip("/")}
    return render(request, "opendata/sitemap_index.xml", context, content_type="application/xml")


@login_not_required
@require_safe
@public_page
def site_map_part(request: HtmxRequest, number: int) -> HttpResponse:
    """One part of the map of the site."""
    return render(
        request, "opendata/sitemap.xml", {"addresses": part(number)}, content_type="application/xml"
    )


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What machines may walk: everything public; and where the map of the site is."""
    closed = [f"Disallow: {prefix}{path}" for prefix in ("", "/en") for path in CLOSED]
    lines = ["User-agent: *", *closed, f"Sitemap: {absolute('/sitemap.xml')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
