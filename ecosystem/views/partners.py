"""The partner finder: a text is read when it is sent, and what was understood of it stands in the address."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from curation.caching import public_page
from curation.reference import Reference
from places.requests import HtmxRequest

from ..partners.finding import Finder
from ..partners.page import PartnersPage
from ..partners.profile import LONGEST, Asked


@csrf_exempt  # it changes nothing and keeps nothing; decision 0020
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: HtmxRequest) -> HttpResponseBase:
    """The answer to a question in the address; a text sent by form is turned into such a question."""
    if request.method == "POST":
        return _read(request)
    return _answer(request)


def _read(request: HtmxRequest) -> HttpResponse:
    """To the address with what was understood; from another site to the empty finder."""
    page = reverse("ecosystem:partners")
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return redirect(page)
    reference = Reference.now()
    asked = Asked.read(request.POST, reference, longest=LONGEST)
    return redirect(page + Finder(asked, reference).understood_address)


@public_page
def _answer(request: HtmxRequest) -> HttpResponse:
    reference = Reference.now()
    finder = Finder(Asked.read(request.GET, reference), reference)
    if finder.asked.subject and finder.subject is None:
        raise Http404
    return render(
        request, "ecosystem/partners.html", {"finder": finder, "page": PartnersPage(finder, reference)}
    )
