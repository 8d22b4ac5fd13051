"""Suggesting an edit, open to anybody; and answering a suggestion, for those who may edit the entry."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from actors.access import entry_of
from curation.access import record_to_read
from curation.actions import Overtaken
from curation.choices import Outcome
from curation.forms import Section, Words
from curation.models import Suggestion

from .. import suggesting
from ..comparing import changed, seal, unseal
from ..requests import MemberRequest
from ..sections import public_sections, section_to_suggest
from ..suggestion_forms import Deciding, InWords, Reasons
from ..throttle import allowed
from ..versions import version_in

GET_AND_POST = ["GET", "HEAD", "POST"]
EACH, TOGETHER = 10, 300  # suggestions in an hour


@login_not_required
@require_safe
def choose(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What is it about?"""
    entry = _entry(kind, slug)
    context = {"entry": entry, "record": entry.record, "sections": public_sections(kind)}
    return render(request, "keeping/suggest/choose.html", context)


@login_not_required
@require_http_methods(GET_AND_POST)
def suggest(request: HttpRequest, kind: str, slug: str, section: str) -> HttpResponse:
    """The fields of a section as they are; what one changes is suggested."""
    entry = _entry(kind, slug)
    asked = section_to_suggest(kind, section)
    if request.method != "POST":
        return _form(request, entry, asked(entry=entry), _reasons(request), asked.typed(entry))
    began, typed = unseal(request.POST.get("began", "")) or asked.typed(entry), asked.words(request.POST)
    version = version_in(request.POST)
    if asked.pressed(request.POST):
        section_now, reasons = asked.of(typed, entry=entry), _reasons(request, shown=True)
        return _form(request, entry, section_now, reasons, began, version)
    filled, reasons = asked(request.POST, entry=entry, files=request.FILES), _reasons(request)
    wanted = changed(asked, began, typed)
    _only_about(filled, wanted)
    if not wanted:
        filled.add_error(None, _("Nothing is changed yet. Change what is wrong, and send it then."))
    if filled.errors or not reasons.is_valid():
        return _form(request, entry, filled, reasons, began, version)
    changes = {name: {"from": began.get(name, []), "to": typed[name]} for name in wanted}
    if not _keep(request, entry, reasons, changes, version):
        return _form(request, entry, filled, reasons, began, version, status=429)
    return redirect("keeping:suggest_thanks", kind, slug)


@login_not_required
@require_http_methods(GET_AND_POST)
def in_words(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What no field has room for."""
    entry = _entry(kind, slug)
    known = request.user.is_authenticated
    form = InWords(request.POST if request.method == "POST" else None, known=known)
    context = {"entry": entry, "record": entry.record, "form": form, "version": entry.record.version}
    status = 200
    if form.is_valid():
        if _keep(request, entry, form, {}, version_in(request.POST)):
            return redirect("keeping:suggest_thanks", kind, slug)
        status = 429
    return render(request, "keeping/suggest/in_words.html", context, status=status)


@login_not_required
@require_safe
def thanks(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What happens next."""
    entry = _entry(kind, slug)
    context = {"entry": entry, "record": entry.record, "days": suggesting.OWNERS_TURN.days}
    return render(request, "keeping/suggest/thanks.html", context)


@require_http_methods(GET_AND_POST)
def suggestion(request: MemberRequest, number: int) -> HttpResponse:
    """A suggestion beside what the entry says now: take it, some of it, or decline it with an answer."""
    found = suggesting.suggestion_to_decide(request.user, number)
    shown = suggesting.suggested(found)
    offered = [each.field for each in shown if not each.done] if shown else [suggesting.IN_WORDS]
    if request.method != "POST":
        return _decision(request, found, shown, Deciding(fields=offered))
    form = Deciding(request.POST, fields=offered)
    if not form.is_valid():
        return _decision(request, found, shown, form)
    try:
        outcome = suggesting.decide(
            found, by=request.user, take=form.cleaned_data["take"], answer=form.cleaned_data["answer"],
            version=version_in(request.POST),
        )  # fmt: skip
    except Overtaken:
        return _beaten(request, number, form)
    except ValidationError as problem:
        form.add_error(None, problem)
        found = suggesting.suggestion_to_decide(request.user, number)
        return _decision(request, found, shown, form)
    messages.success(request, DECIDED[outcome])
    return redirect("keeping:suggestion", number)


DECIDED = {
    Outcome.TAKEN: gettext_lazy("Taken. It can be read on the page now."),
    Outcome.PARTLY: gettext_lazy("Taken in part. It can be read on the page now."),
    Outcome.DECLINED: gettext_lazy("Declined. The entry stays as it is."),
}


def _entry(kind: str, slug: str) -> Any:
    return entry_of(record_to_read(kind, slug))


def _reasons(request: HttpRequest, *, shown: bool = False) -> Reasons:
    """Bound to what was sent; with `shown` it only keeps what was typed."""
    known = request.user.is_authenticated
    if request.method != "POST":
        return Reasons(known=known)
    if shown:
        return Reasons(initial=request.POST.dict(), known=known)
    return Reasons(request.POST, known=known)


def _only_about(section: Section, wanted: list[str]) -> None:
    """What is wrong with what the entry says already is not for the reader to mend."""
    for name in list(section.errors):
        if name in section.fields and name not in wanted:
            del section.errors[name]


def _keep(request: HttpRequest, entry: Any, form: Reasons, changes: dict[str, Any], version: int) -> bool:
    if not allowed("suggest", request, each=EACH, together=TOGETHER):
        form.add_error(None, _("Too many suggestions came from here in the last hour. Try again later."))
        return False
    suggesting.suggest(
        entry, changes=changes, base_version=min(version or entry.record.version, entry.record.version),
        reason=form.cleaned_data["reason"], by=request.user if isinstance(request.user, User) else None,
        reply_to=form.cleaned_data.get("reply_to", ""), language=get_language() or "da",
    )  # fmt: skip
    return True


def _form(
    request: HttpRequest, entry: Any, section: Section, reasons: Reasons, began: Words,
    version: int | None = None, *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "entry": entry, "record": entry.record, "section": section, "form": reasons,
        "version": entry.record.version if version is None else version, "began": seal(began),
    }  # fmt: skip
    return render(request, "keeping/suggest/section.html", context, status=status)


def _beaten(request: MemberRequest, number: int, form: Deciding) -> HttpResponse:
    """Somebody has answered it, or changed the entry: show how it stands now, with the answer typed."""
    found = suggesting.suggestion_to_decide(request.user, number)
    return _decision(request, found, suggesting.suggested(found), form, status=409)


def _not_overtaken(shown: list[suggesting.Suggested]) -> list[str]:
    return [each.field for each in shown if not each.overtaken]


def _decision(
    request: MemberRequest, found: Suggestion, shown: list[suggesting.Suggested], form: Deciding, *,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "suggestion": found, "record": found.record, "suggested": shown, "form": form,
        "waiting": found.outcome == Outcome.WAITING, "overtaken": status == 409,
        "chosen": request.POST.getlist("take") if form.is_bound else _not_overtaken(shown),
    }  # fmt: skip
    return render(request, "keeping/suggest/suggestion.html", context, status=status)
