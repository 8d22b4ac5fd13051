"""Search across kinds."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.filters import RecordFilterSet
from curation.reference import Reference
from curation.views.lists import is_partial
from places.requests import HtmxRequest

from ..finding import find


@login_not_required
@require_safe
@public_page
def search(request: HtmxRequest) -> HttpResponse:
    """The best of each kind for the words, whole page or only the results."""
    filters = RecordFilterSet(request.GET, Reference.now())
    context = {"filters": filters, "found": find(filters)}
    template = "ecosystem/search.html"
    return render(request, f"{template}#answer" if is_partial(request.htmx) else template, context)
