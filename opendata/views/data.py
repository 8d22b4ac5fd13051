"""The page about open data."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from places.requests import HtmxRequest

from ..data_page import data_page


@login_not_required
@require_safe
def page(request: HtmxRequest) -> HttpResponse:
    """What can be had, and on which terms. Not kept: a new dump changes nothing in the register."""
    return render(request, "opendata/data.html", {"data": data_page()})
