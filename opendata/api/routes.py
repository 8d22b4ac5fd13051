"""The addresses of the API: what the other modules have added, opened to everybody, and its description."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path

from keeping.lists import LISTS
from mail.links import absolute

from . import barometer, figures, lists, reference, ties, writing_routes
from .describing import PREFIX, described, parameters_of
from .opening import opened
from .site import LICENCE, api

ADDED_BY = (lists, ties, reference, barometer, figures, writing_routes)
# Another's id may be any word, also one that stands after a public id.
THEIRS = "by-their-id"


def description(request: HttpRequest) -> JsonResponse:
    """What the API answers, as OpenAPI 3.1."""
    return JsonResponse(described())


def beginning(request: HttpRequest) -> JsonResponse:
    """Where to begin, for who has only the address of the API itself."""
    known = {"description": "openapi.json", "documentation": "docs/"} | {name: name for name in LISTS}
    told = {name: absolute(PREFIX + path) for name, path in known.items()}
    return JsonResponse({"license": LICENCE, **told})


def _urls() -> tuple[list[URLPattern], str, str]:
    """Every operation, and the description in place of the library's own pages."""
    patterns, app, namespace = api.urls
    patterns = sorted(patterns, key=lambda pattern: THEIRS not in str(pattern.pattern))
    whole = path("openapi.json", opened(description, ["GET"], []), name="description")
    first = path("", opened(beginning, ["GET"], []), name="beginning")
    return [first, *_opened(patterns), whole], app, namespace


def _opened(patterns: Iterable[Any]) -> Iterator[URLPattern]:
    """The patterns of operations; one for each of several at an address would be one too many."""
    views = {
        route.lstrip("/").replace("{", "<").replace("}", ">"): (route, view)
        for route, view in api.default_router.path_operations.items()
    }
    for pattern in patterns:
        route, view = views.pop(str(pattern.pattern), ("", None))
        if view is not None:
            methods = {method for operation in view.operations for method in operation.methods}
            pattern.callback = opened(
                pattern.callback, methods, parameters_of(_described(route)), kept=not _is_private(view)
            )
            yield pattern


def _is_private(view: Any) -> bool:
    """Whether what is read here is told to whoever holds a certain token, and so kept for nobody."""
    return any(operation.auth_callbacks for operation in view.operations if "GET" in operation.methods)


def _described(route: str) -> str:
    """An address as the description writes it."""
    return PREFIX + re.sub(r"{\w+:", "{", route.lstrip("/"))


api_urls = _urls()
