"""What somebody sent after the session had run out: kept in the browser's new session until they are back.

So that nothing typed is lost. It is for half an hour, never with a secret in it, and never a file.
"""

import time
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

SESSION = "interrupted"
KEPT_SECONDS = 30 * 60
MOST_BYTES = 300_000
SECRETS = ("password", "code", "credential")
NOT_TYPED = ("csrfmiddlewaretoken",)


class LoginMiddleware(LoginRequiredMiddleware):
    """Leads strangers to logging in, and those who were writing back to what they wrote."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if keep(request):
            return redirect_to_login(reverse("accounts:again"))
        return super().handle_no_permission(request, view_func)


def keep(request: HttpRequest) -> bool:
    """Keep the fields of a form that was sent, if there are any and none of them is a secret."""
    if request.method != "POST" or request.headers.get("HX-Request"):
        return False
    fields = [(name, values) for name, values in request.POST.lists() if name not in NOT_TYPED]
    size = sum(len(value) for _name, values in fields for value in values)
    secret = any(word in name.lower() for name, _values in fields for word in SECRETS)
    if not fields or size > MOST_BYTES or secret:
        return False
    request.session[SESSION] = {"path": request.get_full_path(), "fields": fields, "at": time.time()}
    return True


def kept(request: HttpRequest) -> dict[str, Any] | None:
    """Where it was sent and what; nothing once half an hour has passed."""
    found: dict[str, Any] | None = request.session.get(SESSION)
    if found is None or time.time() - found["at"] > KEPT_SECONDS:
        return None
    return found
