"""Claiming an entry nobody looks after; where somebody does, asking them to be let in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actors import actions
from actors.access import Standing, entry_to_claim, is_free, standing
from actors.models import Actor, Claim, Membership
from curation.actions import Overtaken

from ..people_forms import ClaimForm, WhyForm
from ..requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: MemberRequest, kind: str, slug: str) -> HttpResponse:
    """Ask the curators for it if it is free, the owners to be let in if it is not."""
    entry = entry_to_claim(kind, slug)
    stands = standing(request.user)
    if not is_free(entry):
        return _ask(request, entry, stands)
    form = ClaimForm(request.POST or None, actors=None if isinstance(entry, Actor) else stands.speaks_for)
    if request.method == "POST" and form.is_valid() and _claim(request, entry, form):
        return redirect("keeping:home")
    context: dict[str, Any] = {
        "entry": entry, "record": entry.record, "form": form,
        "waiting": Claim.objects.filter(record=entry.record, user=request.user, granted__isnull=True).first(),
        "fits": isinstance(entry, Actor) and entry.pk in stands.colleague_of,
        "speaks": isinstance(entry, Actor) or bool(stands.speaks_for),
    }  # fmt: skip
    return render(request, "keeping/claims/claim.html", context)


def _claim(request: MemberRequest, entry: Any, form: ClaimForm) -> bool:
    actor = entry if isinstance(entry, Actor) else form.cleaned_data["actor"]
    try:
        actions.claim(entry.record, user=request.user, actor=actor, why=form.cleaned_data["why"])
    except actions.AlreadyAsked:
        messages.info(request, _("You have asked already, and the curators have not answered yet."))
    except actions.NotFree:
        form.add_error(None, _("Somebody else has been given it meanwhile. Reload the page to ask them."))
        return False
    else:
        messages.success(request, _("The curators have your request. You get their answer by mail."))
    return True


def _ask(request: MemberRequest, entry: Any, stands: Standing) -> HttpResponse:
    """Whom to ask where the entry is looked after; the owners' addresses stay theirs."""
    actor: Actor = entry if isinstance(entry, Actor) else entry.owner
    ours = actor.pk in stands.memberships and entry.record.claimed_at is None
    if request.method == "POST" and ours:
        return _take_over(request, entry)
    owned = Membership.objects.owners().filter(actor=actor).exists()
    form = WhyForm(request.POST or None)
    if request.method == "POST" and owned and form.is_valid() and _pass_on(request, actor, entry, form):
        return redirect("keeping:home")
    context = {
        "entry": entry, "record": entry.record, "actor": actor, "form": form, "owned": owned,
        "mine": stands.may_edit(entry), "ours": ours,
    }  # fmt: skip
    return render(request, "keeping/claims/ask.html", context)


def _take_over(request: MemberRequest, entry: Any) -> HttpResponse:
    try:
        actions.take_over(entry, by=request.user)
        messages.success(request, _("Readers now see that you look after it. Say also whether it is right."))
    except (actions.NotFree, Overtaken):
        messages.info(request, _("Somebody was faster. This is how it stands now."))
    return redirect("keeping:entry", entry.record.public_id)


def _pass_on(request: MemberRequest, actor: Actor, entry: Any, form: WhyForm) -> bool:
    why = form.cleaned_data["why"]
    try:
        actions.ask_to_be_let_in(actor, user=request.user, record=entry.record, why=why)
    except actions.AlreadyAsked:
        form.add_error(None, _("You have asked them within the last day. Give them time to answer."))
    except actions.NobodyToAsk:
        form.add_error(None, _("Nobody owns the organisation any more. Reload the page to claim it."))
    else:
        messages.success(request, _("Your request has been passed on."))
        return True
    return False
