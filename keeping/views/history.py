"""What became of an entry, for everybody; and setting it back to what it said before."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actors.access import entry_of, entry_to_edit, standing
from curation.access import record_to_read
from curation.actions import Overtaken
from curation.caching import public_page
from curation.differences import differences
from curation.models import Record

from .. import editing
from ..history import Reader, at_moment, changes_of
from ..history.words import labels_of
from ..requests import MemberRequest
from ..versions import version_in

ON_A_PAGE = 20


@login_not_required
@require_safe
@public_page
def history(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """All changes, newest first. Those who may edit it see persons; the others see organisations.

    What was merged into it keeps its own history, `?of=` its public id.
    """
    record = record_to_read(kind, slug)
    if record.slug != slug:
        return redirect("keeping:history", record.kind, record.slug, permanent=True)
    full = standing(request.user).may_edit(entry_of(record))
    merged = list(Record.objects.shown().filter(merged_into=record).order_by("sort_da", "pk"))
    of = next((each for each in merged if each.public_id == request.GET.get("of")), None)
    changes = Paginator(changes_of(of or record, full=full), ON_A_PAGE)
    context = {
        "record": record, "merged": merged, "of": of, "full": full,
        "may_set_back": full and of is None,
        "page": changes.get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "keeping/history/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def revert(request: MemberRequest, kind: str, slug: str, moment: int) -> HttpResponse:
    """Show what would change, and set the entry back."""
    entry = entry_to_edit(request.user, kind, slug)
    reader = Reader.of(entry.record, full=True)
    then = _version_at(reader, moment)
    if request.method != "POST":
        return _confirm(request, entry, reader, then)
    try:
        editing.set_back(
            entry, reader.story.after(then), by=request.user, version=version_in(request.POST)
        )  # fmt: skip
    except Overtaken:
        return _confirm(request, entry, reader, then, status=409)
    except ValidationError as problem:
        return _confirm(request, entry, reader, then, problems=problem.messages)
    messages.success(request, _("The entry says again what it said then."))
    return redirect("keeping:history", kind, slug)


def _version_at(reader: Reader, moment: int) -> dt.datetime:
    """The moment of a version of this entry; any other does not exist."""
    try:
        then = at_moment(moment)
    except OverflowError:
        raise Http404 from None
    if then not in reader.story.moments or reader.story.after(then).said is None:
        raise Http404
    return then


def _confirm(
    request: MemberRequest, entry: Any, reader: Reader, then: dt.datetime, *, status: int = 200,
    problems: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    back = editing.fields_set_back(entry)
    labels = {name: label for name, label in labels_of(entry.kind).items() if name in back}
    found = differences(reader.now(), reader.words.say(reader.story.after(then)), labels)
    context = {
        "entry": entry, "record": entry.record, "then": then, "differences": found,
        "overtaken": status == 409, "problems": problems or [],
    }  # fmt: skip
    return render(request, "keeping/history/revert.html", context, status=status)
