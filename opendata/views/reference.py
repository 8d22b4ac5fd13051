"""The API for people who want to use it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from curation.caching import public_page
from mail.links import absolute
from places.requests import HtmxRequest

from ..api_reference import reference


@login_not_required
@require_safe
@public_page
def page(request: HtmxRequest) -> HttpResponse:
    """Every address with what it takes and gives, made from the description machines read."""
    context = {
        "reference": reference(),
        "limits": {"everybody": settings.API_PER_MINUTE, "token": settings.API_PER_MINUTE_WITH_TOKEN},
        "example": absolute("/api/v1/solutions?place=0751&phase=in_use"),
    }
    return render(request, "opendata/reference.html", context)
