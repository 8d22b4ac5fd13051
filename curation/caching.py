"""Pages for readers without a session: unchanged until something public changes, so never made twice.

Such a page is a function of the build, the register's version, the local date, its address, and whether all
of it or only the changing part is asked for. Members get every page fresh.
"""

import gzip
import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from .register_version import register_version

type View = Callable[..., HttpResponseBase]

# What an answer depends on besides its address; HX-Source tells whether typing or choosing asked for it.
VARY = ("HX-Request", "HX-Request-Type", "HX-Source", "Cookie", "Accept-Encoding")
KEPT_SECONDS = 24 * 60 * 60


def public_page(view: View) -> View:
    """Answer 304 or from the cache where nothing public has changed; one statement either way."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.CACHE_PAGES or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return _finished(view(request, *args, **kwargs), etag=None)
        etag = _etag(request)
        if request.headers.get("If-None-Match") == etag:
            return _finished(HttpResponseNotModified(), etag)
        kept = caches["pages"].get(etag)
        if kept is not None:
            content, headers = kept
            return _finished(HttpResponse(content, headers=headers), etag)
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponse) or response.status_code != 200 or response.cookies:
            return _finished(response, etag=None)
        if _takes_gzip(request):
            response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
            response["Content-Encoding"] = "gzip"
            response["Content-Length"] = str(len(response.content))
        caches["pages"].set(etag, (response.content, dict(response.items())), KEPT_SECONDS)
        return _finished(response, etag)

    return answer


def _takes_gzip(request: HttpRequest) -> bool:
    """Kept pages are kept compressed, so that it is done once; members' pages pass the middleware."""
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _finished(response: HttpResponseBase, etag: str | None) -> HttpResponseBase:
    patch_vary_headers(response, VARY)
    if etag:
        response["ETag"] = etag
        response["Cache-Control"] = "no-cache"
    else:
        response["Cache-Control"] = "private, no-cache"
    return response


def _etag(request: HttpRequest) -> str:
    version = register_version()
    asked = ("HX-Request-Type", "HX-History-Restore-Request", "HX-Source")
    part = tuple(request.headers.get(header, "") for header in asked)
    told = (
        settings.BUILD, version, timezone.localdate(), request.get_host(), request.get_full_path(), part,
        _takes_gzip(request),
    )  # fmt: skip
    return f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"'
