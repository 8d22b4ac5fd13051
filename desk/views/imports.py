"""Files of entries: those that were handed in, handing one in, and files to begin with."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from curation.choices import Kind
from keeping.requests import MemberRequest

from ..access import only_curators
from ..choices import Verdict
from ..importing.examples import FORMS, XLSX, csv_of, xlsx_of
from ..importing.forms import REGISTERS, HandingIn
from ..importing.handing_in import hand_in, hand_in_organisations
from ..importing.limits import Refused
from ..importing.uploading import too_large
from ..models import Batch, BatchRow
from ..paging import Paged

LONGEST_NAME = 200


@require_safe
def imports(request: MemberRequest) -> HttpResponse:
    """Every file that was handed in, the last one first, with what its rows came to."""
    only_curators(request.user)
    batches = Batch.objects.select_related("by", "applied_by", "reverted_by")
    paged = Paged.asked(request.GET, batches.defer("headings", "columns", "notes"))
    numbers = _numbers(paged.rows)
    rows = [(batch, numbers.get(batch.pk, ())) for batch in paged.rows]
    return render(request, "desk/import/list.html", {"batches": paged, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Hand a file in; one that is refused says why, and the form stands as it was filled."""
    only_curators(request.user)
    form = HandingIn(request.POST, request.FILES) if request.method == "POST" else HandingIn()
    if form.is_bound:
        began, batch = timezone.now(), _handed_in(request, form)
        if batch is not None:
            if batch.at < began:
                messages.info(request, _("This file was handed in already and waits; it is this one."))
            unread = "" in batch.columns
            return redirect("desk:import_columns" if unread else "desk:import", batch.pk)
    context = {"form": form, "kinds": Kind.choices}
    return render(request, "desk/import/new.html", context, status=422 if form.is_bound else 200)


@require_safe
def example(request: MemberRequest, kind: str, form: str) -> HttpResponse:
    """A file to begin with, in the language of the page."""
    only_curators(request.user)
    if kind not in Kind.values or form not in FORMS:
        raise Http404
    language = get_language() or "da"
    if form == "csv":
        response = HttpResponse(csv_of(kind, language), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(xlsx_of(kind, language), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="stedkraft-{kind}-{language}.{form}"'
    return response


def _handed_in(request: MemberRequest, form: HandingIn) -> Batch | None:
    """The file as it was taken; None where something is wrong, which the form says."""
    valid = form.is_valid()
    if too_large(request):
        form.errors["file"] = form.error_class([_("The file is larger than 10 MB. Part it in several.")])
        return None
    if not valid:
        return None
    said = form.cleaned_data
    told = {
        "file_name": _name(said["file"].name),
        "content": said["file"].read(),
        "source": said["source"],
        "language": get_language() or "da",
        "by": request.user,
    }
    try:
        if said["holds"] in dict(REGISTERS):
            return hand_in_organisations(register=said["holds"], **told)
        return hand_in(kind=said["holds"], **told)
    except Refused as refused:
        form.add_error("file", str(refused))
    return None


def _name(sent: str) -> str:
    """The last part of what a browser calls the file, as one line."""
    name = " ".join(
        "".join(letter if letter.isprintable() else " " for letter in PurePath(sent).name).split()
    )
    return name[-LONGEST_NAME:] or _("A file without a name")


def _numbers(batches: Sequence[Batch]) -> Mapping[int, Sequence[tuple[str, int]]]:
    """How many rows of each verdict the files of a page have; one statement for all."""
    rows = BatchRow.objects.filter(batch__in=[batch.pk for batch in batches])
    counted = rows.order_by().values_list("batch", "verdict").annotate(number=Count("pk"))
    found: dict[int, dict[str, int]] = {}
    for batch, verdict, number in counted:
        found.setdefault(batch, {})[verdict] = number
    return {
        batch: [(str(label), by[value]) for value, label in Verdict.choices if value in by]
        for batch, by in found.items()
    }
