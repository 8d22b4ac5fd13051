"""The list of offers and its map."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.reference import Reference
from curation.views.lists import list_page, list_points
from places.requests import HtmxRequest

from ..filters import OfferFilterSet


@login_not_required
@require_safe
@public_page
def browse(request: HtmxRequest) -> HttpResponse:
    """The list, whole or only what the filters change."""
    words = {
        "heading": _("Offers"),
        "lead": _("What knowledge institutions, companies and others can bring to practice. This is PUSH."),
        "search_label": _("Search in offers"),
        "map_path": reverse("offers:map"),
    }
    return list_page(request, "actors/offers.html", OfferFilterSet(request.GET, Reference.now()), words)


@login_not_required
@require_safe
@public_page
def points(request: HtmxRequest) -> JsonResponse:
    """The same list as points for a map."""
    return list_points(request, OfferFilterSet(request.GET, Reference.now()))
