"""One's own page, and the life of one entry as its author follows it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from actors.access import entry_followed, takes_back
from curation import actions
from curation.choices import State
from labs.models import Lab

from ..addressees import looking_after
from ..answering_needs import answers_to
from ..following import stage, steps, suggested
from ..home import Home
from ..mirror.access import keeps as keeps_mirror
from ..quality import told
from ..requests import MemberRequest


@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """What waits for somebody, what is theirs, and the ways on."""
    return render(request, "keeping/home/home.html", {"home": Home.of(request.user)})


@require_safe
def entry(request: MemberRequest, public_id: str) -> HttpResponse:
    """Where an entry stands, what happens next and what its author can do now."""
    return _entry(request, public_id)


@require_POST
def take_back(request: MemberRequest, public_id: str) -> HttpResponse:
    """Stop an entry that waits; whoever was slower than the curators is told what they decided."""
    found, stands = entry_followed(request.user, public_id)
    if not takes_back(stands, found):
        raise PermissionDenied
    if found.record.state != State.SUBMITTED:
        return _entry(request, public_id, status=409)
    try:
        actions.take_back(found.record, by=request.user)
    except actions.Overtaken:
        return _entry(request, public_id, status=409)
    messages.success(request, _("Nobody will read it until you send it in again."))
    return redirect("keeping:entry", public_id)


def _entry(request: MemberRequest, public_id: str, *, status: int = 200) -> HttpResponse:
    found, stands = entry_followed(request.user, public_id)
    record = found.record
    edits = stands.may_edit(found)
    owner = getattr(found, "owner", None) or (found if record.kind == "actor" else None)
    context = {
        "entry": found,
        "record": record,
        "draft": getattr(record, "draft", None),
        "stage": stage(record),
        "steps": steps(record, found, request.user),
        "owner": owner,
        "edits": edits,
        "takes_back": takes_back(stands, found),
        "mirrors": isinstance(found, Lab) and keeps_mirror(stands, found),
        "suggestions": suggested(record) if edits else (),
        "answers": answers_to(record),
        "says": owner is not None and owner.record.is_public and owner.pk in stands.memberships,
        "invites": owner is not None and owner.record.is_public and stands.owns(owner.pk),
        "told": told(found) if edits and record.is_public and not record.ended else None,
        "tends": stands.scope.covers(record),
        "keepers": looking_after(record) if record.is_public else (),
        "overtaken": status == 409,
    }
    return render(request, "keeping/home/entry.html", context, status=status)
