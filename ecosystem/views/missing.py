"""Telling what was looked for in vain: asked for by an address, kept by a press, thanked for."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from curation.actions import tell_missing
from curation.reference import Reference
from keeping.throttle import allowed
from places.requests import HtmxRequest

from ..missing import Missing

EACH, TOGETHER = 20, 500  # told in an hour


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def missing(request: HtmxRequest) -> HttpResponse:
    """A page of its own, because the page of results is the same for everybody and holds no token."""
    reference = Reference.now()
    if request.method != "POST":
        return render(request, "ecosystem/missing.html", {"form": Missing.asked(request.GET, reference)})
    form = Missing(request.POST, reference=reference)
    if form.is_valid():
        if allowed("missing", request, each=EACH, together=TOGETHER):
            tell_missing(**form.said, language=get_language() or "da")
            return redirect("ecosystem:missing_thanks")
        form.add_error(None, _("Much has been told in a short time. Try again in an hour."))
        return render(request, "ecosystem/missing.html", {"form": form}, status=429)
    return render(request, "ecosystem/missing.html", {"form": form}, status=422)


@login_not_required
@require_safe
def thanks(request: HtmxRequest) -> HttpResponse:
    """What happens with it."""
    return render(request, "ecosystem/missing_thanks.html")
