"""Editing a published entry, section by section; live at once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actors.access import entry_to_edit, entry_to_follow
from curation.access import record_to_read
from curation.actions import Overtaken
from curation.forms import Section, Words
from curation.models import Record

from ..comparing import Side, merged, seal, sides, unseal
from ..editing import Change
from ..quality import told
from ..requests import MemberRequest
from ..sections import SECTIONS, section_to_edit
from ..versions import version_in


@require_safe
def overview(request: MemberRequest, kind: str, slug: str) -> HttpResponse:
    """The sections one may edit, and what else one may do with the entry; or why not, and what then."""
    try:
        entry = entry_to_edit(request.user, kind, slug)
    except PermissionDenied:
        record = record_to_read(kind, slug)
        return render(request, "keeping/edit/refused.html", {"record": record}, status=403)
    record = entry.record
    context = {"entry": entry, "record": record, "sections": SECTIONS[kind], "told": told(entry)}
    return render(request, "keeping/edit/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, kind: str, slug: str, section: str) -> HttpResponse:
    """One section. What somebody else has changed meanwhile is shown beside what was typed, never lost."""
    asked = section_to_edit(kind, section)
    try:
        entry = entry_to_edit(request.user, kind, slug)
    except Http404:
        if request.method != "POST":
            raise
        return _gone(request, kind, slug, asked)
    if request.method != "POST":
        return _form(request, entry, asked(entry=entry, by=request.user), asked.typed(entry))
    now, typed = asked.typed(entry), asked.words(request.POST)
    began = unseal(request.POST.get("began", "")) or now
    version = version_in(request.POST)
    if asked.pressed(request.POST):
        return _form(request, entry, asked.of(typed, entry=entry, by=request.user), began, version)
    filled = asked(request.POST, entry=entry, by=request.user, files=request.FILES)
    if version != entry.record.version:
        return _overtaken(request, entry, asked, began, now, typed)
    change = Change(entry, by=request.user)
    if not change.fits(filled):
        return _form(request, entry, filled, began, version)
    try:
        change.save(version=version)
    except Overtaken:
        return edit_again(request, kind, slug, asked, began, typed)
    messages.success(request, _("Saved. It can be read on the page now."))
    return redirect("keeping:edit", kind, slug)


def edit_again(
    request: MemberRequest, kind: str, slug: str, asked: type[Section], began: Words, typed: Words
) -> HttpResponse:
    """Somebody was faster by a moment: read again what the entry says now."""
    entry = entry_to_edit(request.user, kind, slug)
    return _overtaken(request, entry, asked, began, asked.typed(entry), typed)


def _gone(request: MemberRequest, kind: str, slug: str, asked: type[Section]) -> HttpResponse:
    """It was withdrawn meanwhile: who may follow it gets back what was typed, others learn nothing."""
    public_id = Record.objects.filter(kind=kind, slug=slug).values_list("public_id", flat=True).first()
    entry = entry_to_follow(request.user, public_id or "")
    context = {"record": entry.record, "shown": asked.shown(asked.words(request.POST))}
    return render(request, "keeping/edit/gone.html", context, status=409)


def _overtaken(
    request: MemberRequest, entry: Any, asked: type[Section], began: Words, now: Words, typed: Words
) -> HttpResponse:
    """What was typed beside what it said and says now; sending it again replaces what it says now."""
    section = asked.of(merged(asked, began, now, typed), entry=entry, by=request.user)
    response = _form(request, entry, section, now, compared=sides(asked, began, now, typed))
    response.status_code = 409
    return response


def _form(
    request: MemberRequest, entry: Any, section: Section, began: Words, version: int | None = None,
    compared: Sequence[Side] | None = None,
) -> HttpResponse:  # fmt: skip
    context = {
        "entry": entry,
        "record": entry.record,
        "section": section,
        "version": entry.record.version if version is None else version,
        "began": seal(began),
        "sides": compared,
    }
    return render(request, "keeping/edit/section.html", context)
