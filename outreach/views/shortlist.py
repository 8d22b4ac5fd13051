"""The shortlist as its reader sees it: the page, the same as a table, and which entries pages mark."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..shortlist.access import ends_on, removed_last, shortlist_of
from ..shortlist.actions import MOST, MOST_LETTERS
from ..shortlist.export import table
from ..shortlist.reading import BY_NAME, kept_ids, link_of, read


@login_not_required
@require_safe
@never_cache
def shortlist(request: HttpRequest) -> HttpResponse:
    """What one has kept, with notes, and what to do with it."""
    found = shortlist_of(request)
    order = BY_NAME if request.GET.get("order") == BY_NAME else ""
    rows = read(found, order) if found else []
    context = {
        "shortlist": found,
        "rows": rows,
        "ids": [row.record.public_id for row in rows if row.record],
        "gone": sum(1 for row in rows if row.record is None),
        "order": order,
        "most": MOST,
        "most_letters": MOST_LETTERS,
        "ends_on": ends_on(found) if found else None,
        "removed": removed_last(request.session, request.GET.get("removed", "")),
        "link": link_of(found) if found else "",
    }
    return render(request, "outreach/shortlist.html", context)


@login_not_required
@require_safe
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """What is public of it as a table, with one's notes unless they are left out."""
    found = shortlist_of(request)
    order = BY_NAME if request.GET.get("order") == BY_NAME else ""
    text = table(read(found, order) if found else [], notes=request.GET.get("notes") != "0")
    name = _("shortlist")
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


@login_not_required
@require_safe
@never_cache
def kept(request: HttpRequest) -> JsonResponse:
    """The public ids of what one has kept; asked for by a browser that remembers having kept something."""
    return JsonResponse({"kept": kept_ids(shortlist_of(request))})
