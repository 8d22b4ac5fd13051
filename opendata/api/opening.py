"""What every address of the API does before and after its answer: who asks, how often, and who may read it.

A token is looked at first, then whether the answer is unchanged, then the request is counted; so what costs
nothing is not counted.
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from curation.caching import public_page
from mail.links import absolute

from .. import throttle
from ..openness import OPEN, readable_by_all
from ..problems import Problem
from ..tokens import BadToken, token_of
from .site import LICENCE

type View = Callable[..., Any]

SAFE = ("GET", "HEAD")
ALWAYS = f'<{LICENCE}>; rel="license", <{absolute("/api/v1/openapi.json")}>; rel="service-desc"'
PREFLIGHT = OPEN | {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def opened(view: View, methods: Collection[str], parameters: Collection[str], *, kept: bool = True) -> View:
    """A view of the API, open to everybody. It does only these methods and knows only these parameters.

    What it answers is kept and given to whoever asks next, unless it depends on the token.
    """
    allowed = ", ".join(sorted({*methods, "OPTIONS", *(["HEAD"] if "GET" in methods else [])}))
    answering: View = public_page(_counted(view)) if kept else _counted(view)

    @csrf_exempt  # no cookie is looked at: who writes shows a token
    @login_not_required
    @wraps(view)
    def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT | {"Allow": allowed})
        request.rate = None
        try:
            _check(request, allowed, parameters)
            request.token = token_of(request)
        except Problem as refused:
            return _finished(request, refused.response)
        except BadToken:
            return _finished(request, _unknown_token().response)
        response = answering(request, *args, **kwargs)
        return _finished(request, response)

    return answer


def _check(request: Any, allowed: str, parameters: Collection[str]) -> None:
    """A misspelt filter would otherwise be answered with everything."""
    if request.method not in allowed.split(", "):
        raise Problem(405, f"This address answers {allowed}.", headers={"Allow": allowed})
    unknown = [name for name in request.GET if name not in parameters]
    if unknown:
        errors = [{"in": "query", "name": name[:100], "detail": "Unknown parameter."} for name in unknown]
        raise Problem(422, "Some parameters are not known here; see errors.", errors=errors)


def _unknown_token() -> Problem:
    return Problem(
        401, "The Authorization header holds no token that is valid here.",
        headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
    )  # fmt: skip


def _counted(view: View) -> View:
    """The answer, once it is known that the client may ask for it."""

    @wraps(view)
    def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        request.rate = rate = throttle.count(request, request.token)
        if rate and not rate.allowed:
            detail = f"At most {rate.limit} requests a minute; a token raises the limit."
            return Problem(429, detail, headers={"Retry-After": str(rate.seconds)}).response
        response = _read(view, request, *args, **kwargs)
        if request.method in SAFE and response.status_code == 200:
            response.headers.setdefault("Content-Language", "da, en")
            response["Link"] = ", ".join(filter(None, [response.get("Link", ""), ALWAYS]))
            readable_by_all(response)
        return response

    return answer


def _read(view: View, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """What may be read may be asked for without its body, which the server leaves out."""
    method, request.method = request.method, "GET" if request.method == "HEAD" else request.method
    response: HttpResponse = view(request, *args, **kwargs)
    request.method = method
    return response


def _finished(request: Any, response: HttpResponse) -> HttpResponse:
    """How often one may ask is told to who asked, and never kept with the answer.

    What writes is open to no page of others, whatever its token.
    """
    for name, value in (request.rate.headers if request.rate else {}).items():
        response[name] = value
    if request.method in SAFE:
        readable_by_all(response)
        return response
    for name in OPEN:
        response.headers.pop(name, None)
    return response
