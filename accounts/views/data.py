"""What the register keeps of oneself: seen, taken along, erased."""

from typing import cast

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import personal
from ..kept import groups
from ..models import User
from ..personal_forms import EraseForm


@never_cache
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept, as one reads it."""
    kept = personal.export(cast(User, request.user))
    return render(request, "accounts/data.html", {"groups": groups(kept)})


@never_cache
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same as a file a program can read."""
    kept = personal.export(cast(User, request.user))
    response = JsonResponse(kept, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="stedkraft-my-data.json"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Erase the account: asked once more, with what stays.

    No mail says goodbye, because the outbox would keep its address for another month.
    """
    user = cast(User, request.user)
    form = EraseForm(request.POST or None, user=user)
    if request.method == "POST":
        # Passwords are tried here as rarely as where one is asked for it again.
        if not ratelimit.consume(request, action="reauthenticate", user=user):
            return ratelimit.respond_429(request)
        if form.is_valid():
            personal.erase(user)
            logout(request)
            messages.success(request, _("Your account is erased."))
            return redirect("ecosystem:home")
    return render(request, "accounts/erase.html", {"form": form})
