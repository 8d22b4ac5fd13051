"""Merging an entry with one the machine has not found, what was merged, and undoing it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from curation.actions import Overtaken
from curation.models import Record
from curation.picking import picks
from curation.querysets import slim
from curation.reference import Reference
from keeping.requests import MemberRequest

from ..access import only_curators
from ..duplicates import finding
from ..merging import actions
from ..merging.steps import changed_since
from ..models import Merge
from ..paging import Paged

FOUND = 10
MOST_LETTERS = 200


@require_http_methods(["GET", "HEAD", "POST"])
def merge_with(request: MemberRequest, public_id: str) -> HttpResponse:
    """Look for the entry it is to be merged with; choosing one puts the two on the desk side by side."""
    only_curators(request.user)
    record = Record.objects.shown().published().filter(public_id=public_id).first()
    if record is None:
        raise Http404
    others = Record.objects.shown().published().of_kind(record.kind).exclude(pk=record.pk)
    if request.method == "POST":
        other = others.filter(public_id=request.POST.get("other", "")).first()
        if other is not None:
            return redirect("desk:case", "duplicates", finding.ask_about(record, other).pk)
    typed = request.GET.get("q", "").strip()[:MOST_LETTERS]
    reference = Reference.now()
    found = picks(others.order_by("-quality", "pk"), typed, reference, FOUND)
    context = {
        "record": record,
        "typed": typed,
        "found": [(each, ", ".join(place.name for place in reference.places_named(each))) for each in found],
        "nothing_chosen": request.method == "POST",
    }
    return render(request, "desk/merge_with.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def merges(request: MemberRequest) -> HttpResponse:
    """What was merged, the last first."""
    only_curators(request.user)
    return render(request, "desk/merges.html", {"merges": Paged.asked(request.GET, _merges())})


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: MemberRequest, number: int) -> HttpResponse:
    """One merge, what would stay as it is if it were undone, and undoing it."""
    only_curators(request.user)
    found = _merges().filter(pk=number).first()
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    reason = request.POST.get("reason", "")[:4000]
    try:
        left = actions.undo(found, by=request.user, reason=reason)
    except Overtaken:
        return _page(request, _merges().get(pk=number), reason=reason, status=409)
    messages.success(request, _("The two are two again."))
    if left:
        names = ", ".join(each.what for each in left)
        messages.warning(request, _("Changed since, and left as it is: %(what)s.") % {"what": names})
    return redirect("desk:merge", number)


def _merges() -> QuerySet[Merge]:
    rows = Merge.objects.select_related("gone", "kept", "by", "undone_by")
    return rows.defer(*slim("gone__"), *slim("kept__"), "moved", "before").order_by("-at", "-pk")


def _page(request: MemberRequest, found: Merge, *, reason: str = "", status: int = 200) -> HttpResponse:
    standing = found.undone_at is None and found.gone.merged_into_id == found.kept_id
    can = standing and found.kept.is_public
    context = {
        "merge": found,
        "overtaken": status == 409,
        "reason": reason,
        "can": can,
        "later": standing and not can,
        "left": actions.named(changed_since(found.moved)) if can else [],
    }
    return render(request, "desk/merge.html", context, status=status)
