"""What this is, accessibility, personal data."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from curation.caching import public_page
from places.requests import HtmxRequest


@login_not_required
@require_safe
@public_page
def about(request: HtmxRequest) -> HttpResponse:
    """What the register is, how it counts, where the facts come from."""
    return render(request, "ecosystem/about.html")


@login_not_required
@require_safe
@public_page
def privacy(request: HtmxRequest) -> HttpResponse:
    """What is kept about people, which is little."""
    return render(request, "ecosystem/privacy.html", {"contact": settings.OPERATOR_CONTACT})


@login_not_required
@require_safe
def accessibility(request: HtmxRequest) -> HttpResponse | HttpResponseRedirect:
    """The operating authority's own statement (lov nr. 692 af 08/06/2018), or what is missing to have one."""
    if settings.ACCESSIBILITY_STATEMENT_URL:
        return redirect(settings.ACCESSIBILITY_STATEMENT_URL)
    return render(request, "ecosystem/was.html", {"contact": settings.OPERATOR_CONTACT})
