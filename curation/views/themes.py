"""The themes, and one theme across the country."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from places.requests import HtmxRequest

from ..caching import public_page
from ..models import Theme
from ..reference import Reference
from ..themes import counts_by_theme, in_theme


@login_not_required
@require_safe
@public_page
def themes(request: HtmxRequest) -> HttpResponse:
    """Every theme with how many labs, missions and actors carry it."""
    return render(request, "curation/themes.html", {"rows": counts_by_theme(Reference.now())})


@login_not_required
@require_safe
@public_page
def theme(request: HtmxRequest, slug: str) -> HttpResponse:
    """One theme: its labs, missions and actors, and how PUSH and PULL stand in them."""
    shown = get_object_or_404(Theme.objects.select_related("parent"), slug=slug)
    reference = Reference.now()
    context = {"theme": shown, "below": reference.themes_below(shown), "found": in_theme(shown, reference)}
    return render(request, "curation/theme.html", context)
