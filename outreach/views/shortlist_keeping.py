"""Keeping an entry, removing it, and noting something to oneself; in place or on a page of its own."""

from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from curation.models import Kept, Record, Shortlist

from ..shortlist import actions
from ..shortlist.access import (
    Removed,
    TooMany,
    record_to_keep,
    remember_removed,
    removed_last,
    shortlist_of,
    shortlist_to_write,
)
from ..shortlist.reading import kept_ids


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def keep(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks before it keeps or removes an entry; with JavaScript the same is pressed without seeing this."""
    if "remove" in request.POST:
        return _remove(request, public_id)
    record = record_to_keep(public_id)
    found = shortlist_of(request)
    if request.method == "POST":
        return _keep(request, record)
    kept = found is not None and actions.rows_of(found, record).exists()
    full = found is not None and not kept and found.kept.count() >= actions.MOST
    return _ask(request, record, kept=kept, why="full" if full else "")


@login_not_required
@require_POST
@never_cache
def note(request: HttpRequest, public_id: str) -> HttpResponse:
    """Saved with a press, or as one types; of two windows the second is shown what the first has saved."""
    kept = _row_to_write(request, public_id)
    typed = request.POST.get("note", "")
    if len(actions.plain(typed)) > actions.MOST_LETTERS:
        return _said(request, kept, typed, "long", 422)
    try:
        saved = actions.write_note(kept, typed, seen=request.POST.get("seen", ""))
    except actions.Elsewhere as clash:
        kept.note = clash.note
        return _said(request, kept, typed, "elsewhere", 409)
    if _in_place(request):
        return JsonResponse({"said": _("The note is saved."), "mark": actions.mark(saved.note)})
    messages.success(request, _("The note is saved."))
    return redirect(f"{reverse('outreach:shortlist')}#k-{public_id}")


# Keeping and removing


def _keep(request: HttpRequest, record: Record) -> HttpResponse:
    again = removed_last(request.session, record.public_id)
    note, since = (again.note, again.when) if again else ("", None)
    try:
        shortlist = shortlist_to_write(request)
        came = actions.keep(record, on=shortlist, note=note, since=since)
    except actions.Full:
        return _refused(request, record, "full", 422)
    except TooMany:
        return _refused(request, record, "often", 429)
    text = _("%(name)s is on your shortlist.") if came else _("%(name)s was on your shortlist already.")
    return _done(request, shortlist, text % {"name": record.name}, _back(request))


def _remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Also what is no longer public; removing what is not there is done already."""
    shortlist = shortlist_of(request)
    gone = actions.remove(_rows(shortlist, public_id), on=shortlist) if shortlist else None
    if shortlist is None or gone is None:
        return _done(request, shortlist, _("It is not on your shortlist."), _back(request))
    shortlist_to_write(request)
    shown = gone.record.merged_into or gone.record
    if not shown.is_public:
        return _done(request, shortlist, _("The entry is no longer on your shortlist."), _back(request))
    remember_removed(request.session, Removed(shown.public_id, gone.note, gone.kept_at.isoformat()))
    text = _("%(name)s is no longer on your shortlist.") % {"name": shown.name}
    return _done(request, shortlist, text, _back(request, removed=shown.public_id))


def _rows(shortlist: Shortlist, public_id: str) -> QuerySet[Kept]:
    """The rows that show an entry, by its public id or by that of one merged into it."""
    either = Q(record__public_id=public_id) | Q(record__merged_into__public_id=public_id)
    return shortlist.kept.select_related("record__merged_into").filter(either)


def _done(request: HttpRequest, shortlist: Shortlist | None, text: str, back: str) -> HttpResponse:
    if _in_place(request):
        ids = kept_ids(shortlist)
        number = ngettext("%(n)s entry is kept.", "%(n)s entries are kept.", len(ids)) % {"n": len(ids)}
        return JsonResponse({"kept": ids, "said": f"{text} {number}"})
    messages.success(request, text)
    return redirect(back)


def _refused(request: HttpRequest, record: Record, why: str, status: int) -> HttpResponse:
    if _in_place(request):
        return JsonResponse({"why": why}, status=status)
    return _ask(request, record, kept=False, why=why, status=status)


def _ask(
    request: HttpRequest, record: Record, *, kept: bool, why: str = "", status: int = 200
) -> HttpResponse:
    context = {"record": record, "kept": kept, "why": why, "back": _back(request), "most": actions.MOST}
    return render(request, "outreach/shortlist_keep.html", context, status=status)


# Notes


def _row_to_write(request: HttpRequest, public_id: str) -> Kept:
    """A row of one's own list by the public id of what was kept; that of others does not exist."""
    shortlist = shortlist_of(request)
    row = shortlist and shortlist.kept.select_related("record").filter(record__public_id=public_id).first()
    if not row:
        raise Http404
    return row


def _said(request: HttpRequest, kept: Kept, typed: str, why: str, status: int) -> HttpResponse:
    """What is wrong, with what was typed and what stands there; nothing has been saved over anything."""
    mark = actions.mark(kept.note)
    if _in_place(request):
        return JsonResponse({"why": why, "note": kept.note, "mark": mark}, status=status)
    context = {"kept": kept, "typed": typed, "why": why, "mark": mark, "most_letters": actions.MOST_LETTERS}
    return render(request, "outreach/shortlist_note.html", context, status=status)


# What they share


def _in_place(request: HttpRequest) -> bool:
    """Whether a script asks, which stays on the page it is on."""
    return request.headers.get("Accept", "").startswith("application/json")


def _back(request: HttpRequest, removed: str = "") -> str:
    """The page one came from, if it is one of ours and not this one; else the shortlist.

    The shortlist is told what was `removed`, so that it can offer to put it back.
    """
    here = reverse("outreach:shortlist")
    came = urlsplit(request.POST.get("back") or request.headers.get("Referer", ""))
    path = f"{came.path}?{came.query}" if came.query else came.path
    ours = came.netloc in ("", request.get_host()) and path.startswith("/")
    if not ours or not url_has_allowed_host_and_scheme(path, allowed_hosts=None) or "/keep/" in path:
        path = here
    if removed and path.partition("?")[0] == here:
        order = {"order": "name"} if "order=name" in path else {}
        return f"{here}?{urlencode(order | {'removed': removed})}"
    return path
