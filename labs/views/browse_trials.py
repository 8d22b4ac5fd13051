"""The list of trials and its map."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.reference import Reference
from curation.views.lists import list_page, list_points
from places.requests import HtmxRequest

from ..filters import TrialFilterSet


@login_not_required
@require_safe
@public_page
def browse(request: HtmxRequest) -> HttpResponse:
    """The list, whole or only what the filters change."""
    words = {
        "heading": _("Trials"),
        "lead": _("What labs try, where and how, and what was learned by it."),
        "search_label": _("Search in trials"),
        "map_path": reverse("trials:map"),
    }
    return list_page(request, "labs/trials.html", TrialFilterSet(request.GET, Reference.now()), words)


@login_not_required
@require_safe
@public_page
def points(request: HtmxRequest) -> JsonResponse:
    """The same list as points for a map."""
    return list_points(request, TrialFilterSet(request.GET, Reference.now()))
