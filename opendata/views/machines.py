"""Stable addresses, feeds, and the map of the site."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from curation.caching import public_page
from mail.links import absolute
from places.requests import HtmxRequest

from ..feeds import feed_of
from ..lists import list_at
from ..sitemap import part, parts
from ..stable import record_at


@login_not_required
@require_safe
def stable(request: HttpRequest, public_id: str) -> HttpResponseRedirect:
    """Leads to an entry's page as it is called now."""
    return redirect(record_at(public_id))


@login_not_required
@require_safe
@public_page
def feed(request: HtmxRequest, name: str) -> HttpResponse:
    """What is new in a list, filtered as the list is."""
    listed = list_at(name)
    browse = listed.asked(request.GET)
    text = feed_of(listed, browse, request.path + browse.path)
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
    lines = ["User-agent: *", "Disallow: /account/", "Disallow: /desk/", "Disallow: /register/",
             f"Sitemap: {absolute('/sitemap.xml')}"]  # fmt: skip
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
