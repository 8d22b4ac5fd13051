"""Showing a shortlist to others by a link, for as long as its reader wants."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..shortlist import actions
from ..shortlist.access import shortlist_of, shortlist_shared, shortlist_to_write
from ..shortlist.reading import read_shared


@login_not_required
@require_POST
@never_cache
def share(request: HttpRequest) -> HttpResponse:
    """Make a link, make a new one in its place, or stop it."""
    shortlist = shortlist_of(request)
    if shortlist is None:
        raise Http404
    shortlist_to_write(request)
    if "stop" in request.POST:
        actions.stop_sharing(shortlist)
        messages.success(request, _("The link is dead. Nobody can open it any more."))
    else:
        actions.share(shortlist)
        messages.success(request, _("Whoever has the link can read the list, without your notes."))
    return redirect(f"{reverse('outreach:shortlist')}#share")


@login_not_required
@require_safe
@never_cache
def shared(request: HttpRequest, key: str) -> HttpResponse:
    """The entries of a list, and nothing of whose it is."""
    rows = read_shared(shortlist_shared(key))
    response = render(request, "outreach/shortlist_shared.html", {"rows": rows})
    response["X-Robots-Tag"] = "noindex"
    return response
