"""The list of actors and its map."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.reference import Reference
from curation.views.lists import list_page, list_points
from places.requests import HtmxRequest

from ..filters import ActorFilterSet


@login_not_required
@require_safe
@public_page
def browse(request: HtmxRequest) -> HttpResponse:
    """The list, whole or only what the filters change."""
    words = {
        "heading": _("Actors"),
        "lead": _(
            "Municipalities, hospitals, universities, companies and all the others who pull with a need"
            " or push with knowledge."
        ),
        "search_label": _("Search in actors"),
        "map_path": reverse("actors:map"),
    }
    return list_page(request, "actors/browse.html", ActorFilterSet(request.GET, Reference.now()), words)


@login_not_required
@require_safe
@public_page
def points(request: HtmxRequest) -> JsonResponse:
    """The same list as points for a map."""
    return list_points(request, ActorFilterSet(request.GET, Reference.now()))
