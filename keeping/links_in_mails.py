"""Pages behind links in mails: the link is its own key, so it is told to nobody and written down nowhere."""

from collections.abc import Callable
from functools import wraps

import pghistory
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User

from .throttle import allowed
from .tokens import Unanswerable

type View = Callable[[HttpRequest, str], HttpResponse]

# An hour's answers: of one client, who may be a whole town hall, and of all together.
EACH, TOGETHER = 120, 6000
STATUS = {"broken": 404, "expired": 410, "closed": 410, "right": 403}


def link_in_mail(
    view: View, *, counted: str = "link-in-mail", each: int | None = None, together: int | None = None
) -> View:
    """Open without log-in; asks by POST, because programs that look through mail follow every link.

    What is sent is counted under a name of its own where it is sent more often.
    """

    def often(request: HttpRequest) -> bool:
        return request.method == "POST" and not allowed(
            counted, request, each=each or EACH, together=together or TOGETHER
        )

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        response = _answer(view, request, token, often)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Not `no-referrer`, under which browsers send forms with the origin "null".
        response["Referrer-Policy"] = "strict-origin"
        return response

    return login_not_required(require_http_methods(["GET", "HEAD", "POST"])(never_cache(guarded)))


def in_the_name_of(user: User | None) -> pghistory.context:
    """What is changed meanwhile, the history notes as done by whose link it is, whoever is logged in."""
    return pghistory.context(user=user.pk if user else None)


def _answer(
    view: View, request: HttpRequest, token: str, often: Callable[[HttpRequest], bool]
) -> HttpResponse:
    if often(request):
        return render(request, "keeping/unanswerable.html", {"why": "often"}, status=429)
    try:
        return view(request, token)
    except Unanswerable as problem:
        return render(request, "keeping/unanswerable.html", {"why": problem.why}, status=STATUS[problem.why])
