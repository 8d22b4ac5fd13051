"""Going on later, on this machine or another."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User

from ..access import draft_to_write, hold
from ..actions.drafts import adopt
from ..later import LaterForm, draft_of_link, send_link
from ..throttle import allowed

EACH, TOGETHER = 6, 400


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def later(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A mail with a link that opens the draft anywhere; those with an account need none."""
    draft = draft_to_write(request, kind, key)
    form = LaterForm(request.POST if request.method == "POST" else None)
    context = {"draft": draft, "form": form, "sent": "sent" in request.GET, "often": False}
    if request.method == "POST" and form.is_valid():
        if allowed("draft-link", request, each=EACH, together=TOGETHER):
            send_link(draft, to=form.cleaned_data["email"])
            return redirect(f"{request.path}?sent=1")
        return render(request, "keeping/register/later.html", {**context, "often": True}, status=429)
    return render(request, "keeping/register/later.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """The mail's link. It asks by a button, so that a program that reads mail takes nothing over."""
    draft = draft_of_link(token)
    if draft is None:
        return render(request, "keeping/register/gone.html", status=410)
    if request.method != "POST":
        return render(request, "keeping/register/resume.html", {"draft": draft})
    if draft.user_id is None:
        if isinstance(request.user, User):
            adopt([draft.key], by=request.user)
        else:
            hold(request.session, draft.key)
    return redirect("keeping:draft", draft.kind, draft.key)
