"""Those who can change the whole register log in with a second factor."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from .models import User

# Where a second factor is set up, and the way out.
OPEN = ("mfa_", "account_", "usersessions_", "accounts:")
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactorMiddleware:
    """Leads curators and administrators without a second factor to setting one up, whatever they ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.REQUIRE_MFA and _must_set_up(request):
            messages.warning(
                request, _("Set up an authenticator app or a passkey first: your rights ask for it.")
            )
            return _lead(request, reverse("mfa_index"))
        return self.get_response(request)


def _lead(request: HttpRequest, to: str) -> HttpResponse:
    """A whole page, also where a part of one was asked for."""
    return HttpResponseClientRedirect(to) if request.headers.get("HX-Request") else redirect(to)


def needs_second_factor(user: User) -> bool:
    """Whether somebody may do more than look after what is their own."""
    return user.is_curator or user.is_staff or user.is_superuser


def _must_set_up(request: HttpRequest) -> bool:
    user = request.user
    if not isinstance(user, User) or not needs_second_factor(user):
        return False
    if resolve(request.path_info).view_name.startswith(OPEN):
        return False
    return not is_mfa_enabled(user, FACTORS)
