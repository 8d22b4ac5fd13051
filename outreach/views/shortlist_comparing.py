"""Two or three entries side by side, for everybody who has the address."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from curation.caching import public_page

from ..shortlist.comparing import MOST_COMPARED, address, asked_for
from ..shortlist.comparing import compare as compared


@login_not_required
@require_safe
@public_page
def compare(request: HttpRequest) -> HttpResponse:
    """What is told of each; boxes that were ticked lead to an address one can send on."""
    ids = asked_for(request.GET)
    if "entry" in request.GET and 1 < len(ids) <= MOST_COMPARED:
        return redirect(address(ids))
    comparison = compared(ids)
    only = request.GET.get("only") == "differences"
    context = {
        "comparison": comparison,
        "lines": comparison.differing if only else comparison.lines,
        "only": only,
        "asked": len(ids),
    }
    response = render(request, "outreach/shortlist_compare.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
