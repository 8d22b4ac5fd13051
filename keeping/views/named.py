"""Where an organisation is named: it confirms or declines, by the link in a mail or logged in."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from actors.access import standing
from actors.models import Actor
from curation.actions import Overtaken

from .. import naming
from ..links_in_mails import link_in_mail
from ..naming_form import NamingForm, YesNo
from ..requests import MemberRequest


@link_in_mail
def by_token(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the mail's link."""
    actor, by = naming.actor_asked(token)
    return _answer(request, actor, by)


@require_http_methods(["GET", "HEAD", "POST"])
def by_member(request: MemberRequest, slug: str) -> HttpResponse:
    """The same for the organisation's members, whenever they like."""
    actor = Actor.objects.published().filter(record__slug=slug).select_related("record").first()
    if actor is None:
        raise Http404
    if actor.pk not in standing(request.user).memberships:
        raise PermissionDenied
    return _answer(request, actor, request.user)


def _answer(request: HttpRequest, actor: Actor, by: User | None) -> HttpResponse:
    form = NamingForm(request.POST if request.method == "POST" else None, naming.namings_of(actor))
    if request.method == "POST" and form.is_valid():
        _save(form, actor, by)
        return redirect(f"{request.path}?saved")
    context = {"actor": actor, "form": form, "saved": "saved" in request.GET}
    return render(request, "keeping/named/answer.html", context)


def _save(form: NamingForm, actor: Actor, by: User | None) -> None:
    """Each entry by itself: what a colleague has answered meanwhile stays as it is."""
    for named, said in form.answers():
        with suppress(Overtaken):
            if said == YesNo.YES:
                naming.confirm(named, by=by)
            else:
                naming.decline(actor, named, by=by, reason=form.cleaned_data["reason"])
