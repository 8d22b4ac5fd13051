"""One file of entries: what it would do, how far it is, what it did, and setting that back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from curation.actions import Overtaken
from curation.views.lists import is_partial
from keeping.columns import columns_of
from keeping.lists import LISTS
from keeping.requests import MemberRequest
from keeping.versions import version_in

from ..access import only_curators
from ..choices import BatchState
from ..importing import actions
from ..importing.preview import Preview
from ..importing.progress import progress
from ..importing.reverting import listed, what_revert_does
from ..models import Batch

SAMPLES = 3
ROWS_LOOKED_AT = 20
CHANGED = gettext_lazy("Somebody else has changed something of this file meanwhile.")
UNDER_WAY: Mapping[str, Any] = {
    BatchState.READING: gettext_lazy("The rows are being read"),
    BatchState.APPLYING: gettext_lazy("The rows are being taken in"),
    BatchState.REVERTING: gettext_lazy("What the file did is being set back"),
}


def batch_at(number: int) -> Batch:
    """A file that was handed in; one that was not does not exist."""
    found = Batch.objects.select_related("by", "applied_by", "reverted_by").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD"])
def batch(request: MemberRequest, number: int) -> HttpResponse:
    """The file as it stands: under way, to be looked at, or done."""
    only_curators(request.user)
    held = batch_at(number)
    if held.state in UNDER_WAY:
        return _progress(request, held)
    if is_partial(request.htmx):
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    return page_of(request, held)


def page_of(
    request: MemberRequest, held: Batch, *, status: int = 200, overtaken: str = "", **typed: Any
) -> HttpResponse:
    """What the file would do or did, row by row; `typed` is what somebody wrote while another was faster."""
    context: dict[str, Any] = {"batch": held, "overtaken": overtaken, "told": ""}
    if held.state == BatchState.DROPPED:
        return render(request, "desk/import/dropped.html", context, status=status)
    context["preview"] = Preview(held, request.GET, **typed)
    if held.state == BatchState.READY:
        return render(request, "desk/import/preview.html", context, status=status)
    context |= {
        "reverted": held.state == BatchState.REVERTED,
        "may_revert": held.state == BatchState.APPLIED and context["preview"].total,
        "ways": _ways(held),
    }
    return render(request, "desk/import/done.html", context, status=status)


def _progress(request: MemberRequest, held: Batch) -> HttpResponse:
    done, total = progress(held)
    context = {"batch": held, "doing": UNDER_WAY[held.state], "done": done, "total": total, "overtaken": ""}
    template = "desk/import/progress.html"
    return render(request, f"{template}#progress" if is_partial(request.htmx) else template, context)


def _ways(held: Batch) -> Sequence[tuple[str, str]]:
    """Where to look at what was taken in."""
    lists = [
        (one.path, _("The list as everybody sees it")) for one in LISTS.values() if one.kind == held.kind
    ]
    return [*lists, (reverse("desk:queue", args=["duplicates"]), _("Entries that look like one"))]


# Columns


@dataclass(frozen=True)
class Heading:
    """A column of the file, what its first cells say, what it is read as, and whether another is as well."""

    heading: str
    samples: Sequence[str]
    chosen: str
    twice: bool


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: MemberRequest, number: int) -> HttpResponse:
    """What each column of the file is read as; choosing anew reads all rows anew."""
    only_curators(request.user)
    held = batch_at(number)
    if held.state != BatchState.READY:
        return redirect("desk:import", held.pk)
    if request.method != "POST":
        return _columns(request, held, held.columns)
    chosen = [request.POST.get(f"column-{at}", "") for at in range(len(held.headings))]
    try:
        actions.read_columns_as(held, chosen, version=version_in(request.POST), by=request.user)
    except Overtaken:
        held = batch_at(number)
        return _columns(request, held, chosen, status=409)
    except ValidationError as problem:
        return _columns(request, held, chosen, problem=" ".join(problem.messages), status=422)
    return redirect("desk:import", held.pk)


def _columns(
    request: MemberRequest, held: Batch, chosen: Sequence[str], *, problem: str = "", status: int = 200
) -> HttpResponse:
    language = get_language() or held.language
    rows = [row.cells for row in held.rows.order_by("number")[:ROWS_LOOKED_AT]]
    cells = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(len(held.headings))]
    shown = [
        Heading(heading, samples[:SAMPLES], read, bool(problem and read) and list(chosen).count(read) > 1)
        for heading, samples, read in zip(held.headings, cells, chosen, strict=False)
    ]
    context = {
        "batch": held,
        "version": held.version,
        "columns": shown,
        "unknown": [column.heading for column in shown if not column.chosen],
        "choices": [(column.name, column.label(language)) for column in columns_of(held.kind)],
        "problem": problem,
        "overtaken": CHANGED if status == 409 else "",
    }
    return render(request, "desk/import/columns.html", context, status=status)


# The whole file


@require_POST
def apply(request: MemberRequest, number: int) -> HttpResponse:
    """Take in all that was looked at, or nothing if it is not as it was looked at."""
    only_curators(request.user)
    held = batch_at(number)
    try:
        actions.apply(held, version=version_in(request.POST), by=request.user)
    except Overtaken:
        return _overtaken(request, number)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("desk:import", held.pk)


@require_POST
def drop(request: MemberRequest, number: int) -> HttpResponse:
    """Lay the file aside; nothing was written."""
    only_curators(request.user)
    held = batch_at(number)
    try:
        actions.drop(held, version=version_in(request.POST), by=request.user)
    except Overtaken:
        return _overtaken(request, number)
    return redirect("desk:import", held.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def revert(request: MemberRequest, number: int) -> HttpResponse:
    """Say what setting the file back would do, and do it."""
    only_curators(request.user)
    held = batch_at(number)
    if request.method != "POST":
        if held.state != BatchState.APPLIED or not held.rows.exists():
            return redirect("desk:import", held.pk)
        return _revert(request, held)
    try:
        actions.revert(held, version=version_in(request.POST), by=request.user)
    except Overtaken:
        return _overtaken(request, number)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("desk:revert_import", held.pk)
    return redirect("desk:import", held.pk)


def _revert(request: MemberRequest, held: Batch) -> HttpResponse:
    would = what_revert_does(held)
    context = {"batch": held, "would": would, "left": listed(would.left), "overtaken": ""}
    return render(request, "desk/import/revert.html", context)


def _overtaken(request: MemberRequest, number: int) -> HttpResponse:
    told = _("Somebody else has changed something of this file meanwhile. Nothing of yours was done.")
    return page_of(request, batch_at(number), status=409, overtaken=told)
