"""Who belongs to an organisation: seen, invited, given another role, let go; invitations as they arrive."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from actors import actions
from actors.access import (
    actor_to_belong_to,
    actor_to_give,
    actor_to_own,
    colleagues_at,
    invitation_to_answer,
    may_let_in,
)
from actors.choices import MemberRole
from actors.domains import lies_within
from actors.models import Actor, Invitation, Membership
from curation.access import can_curate

from ..people_forms import InviteForm
from ..requests import MemberRequest
from ..roles import MEMBERS

GET_AND_POST = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Waiting:
    """An invitation nobody has answered: whether it ran out, and lies outside the organisation's domain."""

    invitation: Invitation
    ran_out: bool
    outside: bool


@require_http_methods(GET_AND_POST)
def people(request: MemberRequest, slug: str) -> HttpResponse:
    """The members of an organisation, for them; who may let people in also sees and sends invitations."""
    if request.method == "POST":
        actor, lets_in = actor_to_own(request.user, slug), True
        form = InviteForm(request.POST)
        if form.is_valid() and _invite(request, actor, form):
            return redirect("keeping:people", slug)
    else:
        (actor, lets_in), form = actor_to_belong_to(request.user, slug), InviteForm()
    context = {"actor": actor, "form": form, "lets_in": lets_in, "roles": MEMBERS}
    return render(request, "keeping/people/people.html", context | _people(request, actor, lets_in))


@require_POST
def withdraw(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """Make an invitation's link do nothing."""
    actor = actor_to_own(request.user, slug)
    invitation = get_object_or_404(Invitation, pk=number, actor=actor)
    try:
        actions.withdraw_invitation(invitation)
        messages.success(request, _("The invitation is withdrawn."))
    except actions.NotOpen:
        messages.info(request, _("The invitation was answered or withdrawn already."))
    return redirect("keeping:people", slug)


@require_POST
def change_role(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """Make an editor owner, or an owner editor."""
    actor = actor_to_own(request.user, slug)
    membership = _membership(actor, number)
    role = request.POST.get("role", "")
    if role not in MemberRole.values:
        raise Http404
    try:
        actions.change_role(membership, role=role, by=request.user)
        messages.success(request, _("The role is changed, and the member has been told."))
    except actions.LastOwner:
        messages.error(request, _("The last owner stays owner until another member is one."))
    except actions.NotRunning:
        messages.info(request, _("The membership had ended already."))
    return redirect("keeping:people", slug)


@require_http_methods(GET_AND_POST)
def end(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """Leave, or end another's membership: asked once more, with what it means."""
    actor, lets_in = actor_to_belong_to(request.user, slug)
    membership = _membership(actor, number)
    own = membership.user == request.user
    if not own and not lets_in:
        raise PermissionDenied
    if request.method == "POST":
        return _end(request, membership, own=own)
    context = {"actor": actor, "membership": membership, "own": own, "last": _is_last(membership)}
    context["heirless"] = _heirless(request.user, own=own)
    return render(request, "keeping/people/end.html", context)


@require_POST
def give(request: MemberRequest, slug: str) -> HttpResponse:
    """Give somebody whose address is the organisation's a right in it, where nobody owns it."""
    actor = actor_to_give(request.user, slug)
    user = get_object_or_404(colleagues_at(actor), pk=_number(request.POST.get("user", "")))
    role = request.POST.get("role", "")
    if role not in MemberRole.values:
        raise Http404
    actions.give(actor, user=user, role=role, by=request.user)
    messages.success(request, _("The right is given, and the member has been told."))
    return redirect("keeping:people", slug)


@require_http_methods(GET_AND_POST)
def invitation(request: MemberRequest, token: str) -> HttpResponse:
    """An invitation from the mail's link: shown to whose address it was sent to, accepted by a button."""
    return _answer(request, invitation_to_answer(request.user, token=token))


@require_http_methods(GET_AND_POST)
def invited(request: MemberRequest, number: int) -> HttpResponse:
    """The same invitation found on one's own page, without the mail."""
    return _answer(request, invitation_to_answer(request.user, pk=number))


def _answer(request: MemberRequest, found: Invitation | None) -> HttpResponse:
    """One page for all that cannot be accepted: unknown, used, withdrawn, run out, somebody else's."""
    if found is None or not may_let_in(found.invited_by, found.actor):
        return render(request, "keeping/people/no_invitation.html", status=404)
    if request.method == "POST":
        try:
            actions.accept(found, user=request.user)
        except actions.NotOpen:
            return render(request, "keeping/people/no_invitation.html", status=404)
        messages.success(request, _("You now belong to %(name)s.") % {"name": found.actor.name})
        return redirect("keeping:home")
    return render(request, "keeping/people/invitation.html", {"invitation": found, "actor": found.actor})


def _invite(request: MemberRequest, actor: Actor, form: InviteForm) -> bool:
    email, role = form.cleaned_data["email"], form.cleaned_data["role"]
    try:
        actions.invite(actor, email=email, role=role, by=request.user)
    except actions.AlreadyBelongs:
        form.add_error("email", _("Whoever has this address belongs to the organisation already."))
    except actions.AlreadyInvited:
        form.add_error(
            "email", _("This address is invited already. Withdraw the invitation below to send it anew.")
        )
    except actions.TooMany:
        limit = _("An organisation can invite %(number)d addresses a day. Invite the others tomorrow.")
        form.add_error("email", limit % {"number": actions.A_DAY})
    else:
        messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": email})
        if actor.email_domain and not lies_within(email, actor.email_domain):
            outside = _("The address is outside %(domain)s. Check that it is the right one.")
            messages.warning(request, outside % {"domain": actor.email_domain})
        return True
    return False


def _people(request: MemberRequest, actor: Actor, lets_in: bool) -> dict[str, Any]:
    """Members for all of them; invitations and possible owners for who lets people in."""
    members = list(actor.memberships.running().select_related("user").order_by("since", "pk"))
    owned = any(member.role == MemberRole.OWNER for member in members)
    context: dict[str, Any] = {
        "members": members, "owned": owned, "invitations": (), "colleagues": (),
        "own": next((member for member in members if member.user_id == request.user.pk), None),
    }  # fmt: skip
    if lets_in:
        context["invitations"] = list(_waiting(actor))
    if lets_in and not owned:
        context["colleagues"] = colleagues_at(actor)[:20]
    return context


def _waiting(actor: Actor) -> Iterator[Waiting]:
    rows = actor.invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    now = timezone.now()
    for row in rows.select_related("invited_by").order_by("-invited_at", "-pk"):
        outside = bool(actor.email_domain) and not lies_within(row.email, actor.email_domain)
        yield Waiting(row, row.expires_at <= now, outside)


def _end(request: MemberRequest, membership: Membership, *, own: bool) -> HttpResponse:
    slug = membership.actor.record.slug
    try:
        actions.end_membership(membership, by=request.user, heirless=_heirless(request.user, own=own))
    except actions.LastOwner:
        messages.error(request, _("The last owner stays owner until another member is one."))
        return redirect("keeping:people", slug)
    except actions.NotRunning:
        messages.info(request, _("The membership had ended already."))
    else:
        messages.success(request, _("The membership has ended."))
    return redirect("keeping:home") if own else redirect("keeping:people", slug)


def _heirless(user: User, *, own: bool) -> bool:
    """Only a curator may leave an organisation without an owner, and not by leaving it."""
    return not own and can_curate(user)


def _membership(actor: Actor, number: int) -> Membership:
    rows = Membership.objects.filter(actor=actor, until__isnull=True).select_related("user", "actor__record")
    return get_object_or_404(rows, pk=number)


def _is_last(membership: Membership) -> bool:
    owners = Membership.objects.owners().filter(actor=membership.actor_id)
    return membership.role == MemberRole.OWNER and not owners.exclude(pk=membership.pk).exists()


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)
