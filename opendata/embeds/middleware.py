"""Takes cookies off requests for frames, before anything could look at them.

A register and a municipality's site may share a domain; then browsers send its cookies from frames too.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# What stands in frames, in either language; the page that builds the code is no frame.
FRAMES = re.compile(r"(/en)?/embed/.")


class CookielessMiddleware:
    """Who is logged in is nobody here, so that everybody's frame shows the same."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if FRAMES.match(request.path_info):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)
