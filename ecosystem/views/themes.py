"""The themes, and one theme across the country."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from curation.caching import public_page
from curation.models import Theme
from curation.reference import Reference
from places.requests import HtmxRequest

from ..linked import theme_page
from ..themes import counts_by_theme, in_theme


@login_not_required
@require_safe
@public_page
def themes(request: HtmxRequest) -> HttpResponse:
    """Every theme with how many entries of each kind carry it."""
    return render(request, "ecosystem/themes.html", {"rows": counts_by_theme(Reference.now())})


@login_not_required
@require_safe
@public_page
def theme(request: HtmxRequest, slug: str) -> HttpResponse:
    """One theme: what PULLs and what PUSHes under it across the country."""
    shown = get_object_or_404(Theme.objects.select_related("parent"), slug=slug)
    reference = Reference.now()
    context = {"theme": shown, "below": reference.themes_below(shown), "found": in_theme(shown, reference)}
    context["linked"] = theme_page(shown)
    return render(request, "ecosystem/theme.html", context)
