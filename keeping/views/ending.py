"""Telling that an entry has ended, taking it up again, and withdrawing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actors.access import entry_of, entry_to_edit
from curation import actions
from curation.access import record_to_read
from curation.forms import Section

from ..editing import speaker
from ..ending import Ending, Resuming, Withdrawing, ending_of
from ..requests import MemberRequest
from ..versions import version_in

GET_AND_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_AND_POST)
def end(request: MemberRequest, kind: str, slug: str) -> HttpResponse:
    """When, why, what was learned and what carries it on; the page stays."""
    entry = entry_to_edit(request.user, kind, slug)
    ending = ending_of(kind)
    if request.method != "POST":
        return _form(request, entry, ending(entry=entry))
    if ending.pressed(request.POST):
        return _form(request, entry, ending(request.POST, entry=entry, checked=False))
    asked = ending(request.POST, entry=entry, files=request.FILES)
    if not asked.is_valid():
        return _form(request, entry, asked)
    told = asked.told | {"organisation": speaker(request.user, entry).organisation}
    try:
        _unless_overtaken(request, entry)
        asked.mark(entry)
        actions.end(entry, by=request.user, version=entry.record.version, **told)
    except actions.Overtaken:
        return _overtaken(request, kind, slug, asked)
    messages.success(request, _("It is told to have ended. The page stays."))
    return redirect(entry)


@login_not_required
@require_safe
@never_cache
def find_heir(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What the words typed so far find; published entries only, so anybody may ask."""
    bound = Ending.of(request.GET, entry=entry_of(record_to_read(kind, slug)))["heir"]
    return render(request, "keeping/fields/found.html", {"bound": bound})


@require_http_methods(GET_AND_POST)
def resume(request: MemberRequest, kind: str, slug: str) -> HttpResponse:
    """Say that it goes on after all."""
    entry = entry_to_edit(request.user, kind, slug)
    if request.method != "POST":
        return _form(request, entry, Resuming())
    asked = Resuming(request.POST, files=request.FILES)
    if not asked.is_valid():
        return _form(request, entry, asked)
    organisation = speaker(request.user, entry).organisation
    try:
        _unless_overtaken(request, entry)
        actions.resume(
            entry, by=request.user, version=entry.record.version, reason=asked.cleaned_data["reason"],
            organisation=organisation,
        )  # fmt: skip
    except actions.Overtaken:
        return _overtaken(request, kind, slug, asked)
    messages.success(request, _("It is told to go on."))
    return redirect(entry)


@require_http_methods(GET_AND_POST)
def withdraw(request: MemberRequest, kind: str, slug: str) -> HttpResponse:
    """Take it away from the public at once."""
    entry = entry_to_edit(request.user, kind, slug)
    if request.method != "POST":
        return _form(request, entry, Withdrawing())
    asked = Withdrawing(request.POST, files=request.FILES)
    if not asked.is_valid():
        return _form(request, entry, asked)
    try:
        _unless_overtaken(request, entry)
        actions.withdraw(
            entry.record, by=request.user, version=entry.record.version, reason=asked.cleaned_data["reason"]
        )
    except actions.Overtaken:
        return _overtaken(request, kind, slug, asked)
    messages.success(request, _("It is withdrawn. Nobody else can see it any more."))
    return redirect("keeping:entry", entry.record.public_id)


def _unless_overtaken(request: MemberRequest, entry: Any) -> None:
    if version_in(request.POST) != entry.record.version:
        raise actions.Overtaken


def _overtaken(request: MemberRequest, kind: str, slug: str, asked: Section) -> HttpResponse:
    """Somebody has changed the entry meanwhile: look at it first; what was typed is kept."""
    entry = entry_to_edit(request.user, kind, slug)
    response = _form(request, entry, asked, overtaken=True)
    response.status_code = 409
    return response


def _form(request: MemberRequest, entry: Any, section: Section, *, overtaken: bool = False) -> HttpResponse:
    context = {"entry": entry, "record": entry.record, "section": section, "overtaken": overtaken}
    return render(request, f"keeping/ending/{section.slug}.html", context)
