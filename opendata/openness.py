"""What the scripts of any other page may read: all that is public, because no cookie is looked at for it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from curation.caching import public_page

type View = Callable[..., HttpResponseBase]

OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Content-Disposition, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
    ),
}


def readable_by_all(response: HttpResponseBase) -> HttpResponseBase:
    for name, value in OPEN.items():
        response.headers.setdefault(name, value)
    return response


def open_to_all(view: View) -> View:
    """Whatever the view answers, scripts of other pages may read."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return readable_by_all(view(request, *args, **kwargs))

    return answer


def open_page(view: View) -> View:
    """The same of a page that is kept: said by what is kept, and by the answer that nothing has changed."""
    return open_to_all(public_page(open_to_all(view)))
