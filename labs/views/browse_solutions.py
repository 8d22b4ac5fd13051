"""The list of solutions and its map."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.reference import Reference
from curation.views.lists import list_page, list_points
from places.requests import HtmxRequest

from ..filters import SolutionFilterSet


@login_not_required
@require_safe
@public_page
def browse(request: HtmxRequest) -> HttpResponse:
    """The list, whole or only what the filters change."""
    words = {
        "heading": _("Solutions"),
        "lead": _(
            "What came out of labs: ideas, what is in use, what is of documented value, what has spread."
        ),
        "search_label": _("Search in solutions"),
        "map_path": reverse("solutions:map"),
    }
    return list_page(request, "labs/solutions.html", SolutionFilterSet(request.GET, Reference.now()), words)


@login_not_required
@require_safe
@public_page
def points(request: HtmxRequest) -> JsonResponse:
    """The same list as points for a map."""
    return list_points(request, SolutionFilterSet(request.GET, Reference.now()))
