"""What holds of a page in a frame elsewhere: anybody may frame it, and it can do less than other pages.

The policy is said twice: by the page, so that it is kept with it, and around that, so that a 304 says it too.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.csp import CSP, build_policy
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from curation.caching import public_page

type View = Callable[..., HttpResponseBase]

FOR_FRAMES = settings.SECURE_CSP | {"frame-ancestors": ["*"], "form-action": [CSP.NONE]}
FRAMES_OURS = settings.SECURE_CSP | {"frame-src": [CSP.SELF]}


def framed(view: View) -> View:
    """A page for frames: read-only, the same for everybody (`middleware`), kept as it is."""
    page: View = login_not_required(require_safe(_open(public_page(_open(view)))))
    return page


def _open(view: View) -> View:
    opened: View = xframe_options_exempt(under(FOR_FRAMES)(view))
    return opened


def framing_ours(view: View) -> View:
    """A page of everybody's that shows ours in a frame; nobody may frame it."""
    ours = under(FRAMES_OURS)
    return ours(public_page(ours(view)))


def under(policy: Mapping[str, Any]) -> Callable[[View], View]:
    """With another content security policy than the usual one."""

    def decorated(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            response.headers[str(CSP.HEADER_ENFORCE)] = build_policy(policy)
            return response

        return answer

    return decorated
