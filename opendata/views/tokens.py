"""Somebody's tokens: seen together, made, shown once, revoked."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from keeping.requests import MemberRequest

from .. import tokens as kept
from ..models import Token
from ..token_forms import TokenForm

GET_AND_POST = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
def tokens(request: MemberRequest) -> HttpResponse:
    """All that can be used, and those that have run out."""
    return render(request, "opendata/tokens/tokens.html", {"tokens": kept.tokens_of(request.user)})


@require_http_methods(GET_AND_POST)
@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]
def make(request: MemberRequest) -> HttpResponse:
    """A new token; its text stands in this one answer and nowhere else."""
    form = TokenForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            token, text = kept.make(
                name=form.cleaned_data["name"],
                by=request.user,
                days=form.cleaned_data["days"],
                actor=form.actor,
            )
        except kept.TooMany:
            said = _("You have %(most)s tokens, and more cannot be kept. Revoke one you no longer use.")
            form.add_error(None, said % {"most": kept.MOST_TOKENS})
        else:
            return render(request, "opendata/tokens/made.html", {"token": token, "text": text})
    return render(request, "opendata/tokens/make.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(GET_AND_POST)
@never_cache
def revoke(request: MemberRequest, number: int) -> HttpResponse:
    """Asked once more: whatever uses it stops working."""
    token = Token.objects.filter(pk=number, user=request.user, revoked_at=None).first()
    if token is None:
        raise Http404
    if request.method == "POST":
        kept.revoke(token)
        messages.success(
            request, _("“%(name)s” is revoked. Nothing can use it any more.") % {"name": token.name}
        )
        return redirect("opendata_account:tokens")
    return render(request, "opendata/tokens/revoke.html", {"token": token})
