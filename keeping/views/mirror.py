"""PULL-spejlet of a lab, for those who look after it: begin, ask for the other half, finish, read, show."""

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.access import Standing
from labs.choices import Half
from labs.instrument import STATEMENTS
from labs.mirror.telling import Told, told
from labs.models import Assessment, Lab, Sheet
from mail.links import absolute

from ..mirror import actions
from ..mirror.access import colleagues, lab_to_mirror, link_to, run_kept, run_to_read
from ..mirror.ahead import one_ahead
from ..mirror.forms import LINK, PERSON, STOP, PersonForm, ShowForm
from ..requests import MemberRequest

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@never_cache
def mirror(request: MemberRequest, public_id: str) -> HttpResponse:
    """What it is, the runs there have been, and the beginning of a new one; a second is the one under way."""
    lab = lab_to_mirror(request.user, public_id)
    if request.method == "POST" and not lab.ended:
        return redirect("keeping:mirror_run", actions.begin(lab, by=request.user).pk)
    runs = list(lab.assessments.order_by("-finished_on", "-pk"))
    context = {
        "lab": lab,
        "record": lab.record,
        "under_way": next((run for run in runs if run.finished_on is None), None),
        "finished": [run for run in runs if run.finished_on],
    }
    return render(request, "keeping/mirror/mirror.html", context)


@require_safe
@never_cache
def run(request: MemberRequest, number: int) -> HttpResponse:
    """How far a run under way is, and what can be done; of a finished one its result."""
    found, stands, kept = run_to_read(request.user, number)
    if found.finished_on is None:
        return _under_way(request, found, stands)
    result = _result(found)
    context = {
        "run": found,
        "lab": found.lab,
        "record": found.lab.record,
        "told": result,
        "ahead": one_ahead(found.lab, result.result),
        "keeps": kept,
        "sheets": found.sheets.all(),
        "others": _finished(found.lab).exclude(pk=found.pk) if kept else (),
    }
    return render(request, "keeping/mirror/result.html", context)


@require_POST
def ask(request: MemberRequest, number: int) -> HttpResponse:
    """Open the host's half to a link or give it to a colleague, or take it back."""
    found, stands = run_kept(request.user, number)
    if found.finished_on:
        return redirect("keeping:mirror_run", number)
    how, form = request.POST.get("how"), None
    if how == PERSON:
        form = PersonForm(request.POST, colleagues=colleagues(stands, found))
        if not form.is_valid():
            return _under_way(request, found, stands, form)
    try:
        _ask(found, how, form)
    except actions.Closed:
        messages.info(request, _("The host’s half has been finished meanwhile. This is how it stands now."))
    return redirect(f"{reverse('keeping:mirror_run', args=[number])}#host")


def _ask(found: Assessment, how: str | None, form: PersonForm | None) -> None:
    if form is not None:
        actions.ask(found, of=form.cleaned_data["person"])
    elif how == LINK:
        actions.ask(found, of=None)
    elif how == STOP:
        actions.stop_asking(found)


@form_page
@never_cache
def finish(request: MemberRequest, number: int) -> HttpResponse:
    """Finish a run with one half only, told before what that means."""
    found, _stands = run_kept(request.user, number)
    if found.finished_on:
        return redirect("keeping:mirror_run", number)
    sheets = _sheets(found)
    if request.method == "POST":
        try:
            actions.finish(found)
        except actions.Unfinished:
            return _finish_page(request, found, sheets, status=409)
        except actions.Closed:  # the other half was finished, and with it the run
            messages.info(request, _("The other half has been finished meanwhile: both count."))
        return redirect("keeping:mirror_run", number)
    return _finish_page(request, found, sheets)


def _finish_page(
    request: MemberRequest, found: Assessment, sheets: dict[str, Sheet], status: int = 200
) -> HttpResponse:
    context = {
        "run": found,
        "lab": found.lab,
        "done": next((sheet for sheet in sheets.values() if sheet.finished_at), None),
        "left": next((sheet for sheet in sheets.values() if not sheet.finished_at), None),
    }
    return render(request, "keeping/mirror/finish.html", context, status=status)


@form_page
@never_cache
def drop(request: MemberRequest, number: int) -> HttpResponse:
    """Throw away a run nobody has finished a half of."""
    found, _stands = run_kept(request.user, number)
    status = 200
    if request.method == "POST":
        try:
            actions.drop(found)
        except actions.Closed:
            status = 409
        else:
            messages.success(request, _("The run is gone, with all that was answered in it."))
            return redirect("keeping:mirror", found.lab.record.public_id)
    closed = status == 409 or any(sheet.finished_at for sheet in _sheets(found).values())
    context = {"run": found, "lab": found.lab, "closed": closed}
    return render(request, "keeping/mirror/drop.html", context, status=status)


@form_page
@never_cache
def show(request: MemberRequest, number: int) -> HttpResponse:
    """Choose what everybody may read of a finished run, having read what that is."""
    found, _stands = run_kept(request.user, number)
    if found.finished_on is None:
        return redirect("keeping:mirror_run", number)
    form = ShowForm(request.POST if request.method == "POST" else None, shown=found.shown)
    if request.method == "POST" and form.is_valid():
        actions.show(found, shown=form.chosen)
        messages.success(request, _told(form.chosen))
        return redirect("keeping:mirror_run", number)
    context = {"run": found, "lab": found.lab, "form": form, "told": _result(found)}
    return render(request, "keeping/mirror/show.html", context)


def _told(shown: str) -> str:
    if shown == "all":
        return _("Everybody can read the whole result now.")
    if shown == "done":
        return _("Everybody can read now that it was done, and when.")
    return _("Nobody but you can read anything of it now.")


# What they share


def _under_way(
    request: MemberRequest, found: Assessment, stands: Standing, form: PersonForm | None = None
) -> HttpResponse:
    sheets = _sheets(found)
    host = sheets.get(Half.HOST)
    people = colleagues(stands, found)
    link = ""
    if host is not None and host.by_id is None and host.finished_at is None:
        link = absolute(reverse("keeping:mirror_by_link", args=[link_to(host)]), get_language())
    context = {
        "run": found,
        "lab": found.lab,
        "record": found.lab.record,
        "mine": sheets.get(Half.LAB),
        "theirs": host,
        "link": link,
        "form": form or PersonForm(None, colleagues=people),
        "people": people.exists(),
        "all": len(STATEMENTS),
        "answers_host": host is not None and host.by_id == request.user.pk,
    }
    return render(request, "keeping/mirror/run.html", context)


def _sheets(found: Assessment) -> dict[str, Sheet]:
    """The halves there are, with their answers."""
    rows = found.sheets.select_related("by").prefetch_related("answers").order_by("pk")
    return {sheet.half: sheet for sheet in rows}


def _finished(lab: Lab) -> Any:
    return lab.assessments.filter(finished_on__isnull=False).order_by("-finished_on", "-pk")


def _result(found: Assessment) -> Told:
    """The result beside the run before it."""
    rows = list(_finished(found.lab))
    before = rows[rows.index(found) + 1 :][:1]
    prefetch_related_objects([found, *before], "sheets__answers")
    return told(found, *before)
