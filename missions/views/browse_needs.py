"""The list of needs and its map."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.reference import Reference
from curation.views.lists import list_page, list_points
from places.requests import HtmxRequest

from ..filters import NeedFilterSet


@login_not_required
@require_safe
@public_page
def browse(request: HtmxRequest) -> HttpResponse:
    """The list, whole or only what the filters change."""
    words = {
        "heading": _("Needs"),
        "lead": _("What has to succeed in practice, and what is asked of a partner. This is PULL."),
        "search_label": _("Search in needs"),
        "map_path": reverse("needs:map"),
    }
    return list_page(request, "missions/needs.html", NeedFilterSet(request.GET, Reference.now()), words)


@login_not_required
@require_safe
@public_page
def points(request: HtmxRequest) -> JsonResponse:
    """The same list as points for a map."""
    return list_points(request, NeedFilterSet(request.GET, Reference.now()))
