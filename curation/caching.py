"""Pages for readers without a session: unchanged until something public changes, so never made twice.

Such a page is a function of the build, the register's version, the local date, its address, and whether all
of it or only the changing part is asked for. Members get every page fresh.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from .register_version import register_version

type View = Callable[..., HttpResponseBase]

# What an answer depends on besides its address; HX-Source tells whether typing or choosing asked for it.
VARY = ("HX-Request", "HX-Request-Type", "HX-Source", "Cookie", "Accept-Encoding")
ASKED = ("HTTP_HX_REQUEST_TYPE", "HTTP_HX_HISTORY_RESTORE_REQUEST", "HTTP_HX_SOURCE")
KEPT_SECONDS = 24 * 60 * 60
MARK = '"'  # an ETag stands between two of them
LONGEST_TAG = 100
# A browser puts what a 304 says in place of what it has kept, so its policy must be the page's own.
OF_THE_PAGE = ("Content-Language", "Content-Security-Policy")


@dataclass(frozen=True)
class Kept:
    """A page as it was sent; it holds for as long as its ETag is what the address has now.

    `framed`: it may stand in a frame on any page.
    """

    etag: str
    content: bytes
    headers: dict[str, str]
    framed: bool = False

    def answer(self, request: HttpRequest) -> HttpResponse:
        response = self._answer(request)
        setattr(response, "xframe_options_exempt", self.framed)  # noqa: B010 - Django looks for it
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("If-None-Match") != self.etag:
            return HttpResponse(self.content, headers=self.headers)
        response = HttpResponseNotModified()
        for name, value in self.headers.items():
            if not name.startswith("Content-") or name in OF_THE_PAGE:
                response.headers[name] = value
        return response


class KeptPagesMiddleware:
    """Answers with a kept page before anything else is done, at the price of one statement.

    Whatever goes wrong on the way is told by the page itself, in its own language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            _may_be_kept(request) and "HTTP_AUTHORIZATION" not in request.META
        ):  # the view looks at tokens first
            try:
                address = _address(request)
                kept: Kept | None = caches["pages"].get(address)
                if kept and _is(kept.etag, _etag(address)):
                    return kept.answer(request)
            except (DisallowedHost, InterfaceError, OperationalError):
                pass
        return self.get_response(request)


def public_page(view: View) -> View:
    """Answer 304 or from the cache where nothing public has changed; one statement either way.

    A view may set `tail` on its response: what its ETag says besides, after a dot.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _may_be_kept(request):
            return _finished(view(request, *args, **kwargs), etag=None)
        address = _address(request)
        etag = _etag(address)
        sent = request.headers.get("If-None-Match", "")
        if _is(sent, etag):
            return _finished(HttpResponseNotModified(), sent)
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponse) or response.status_code != 200 or response.cookies:
            return _finished(response, etag=None)
        if _takes_gzip(request):
            response.content = gzip.compress(response.content, compresslevel=9, mtime=0)
            response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
        response.headers.setdefault("Content-Language", get_language() or settings.LANGUAGE_CODE)
        etag = _with_tail(etag, getattr(response, "tail", ""))
        _finished(response, etag)
        framed = getattr(response, "xframe_options_exempt", False)
        kept = Kept(etag, response.content, dict(response.items()), framed)
        caches["pages"].set(address, kept, KEPT_SECONDS)
        return response

    return answer


def _may_be_kept(request: HttpRequest) -> bool:
    """Asked for by somebody without a session, for whom no message waits."""
    own = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
    return settings.CACHE_PAGES and request.method in ("GET", "HEAD") and own.isdisjoint(request.COOKIES)


def _takes_gzip(request: HttpRequest) -> bool:
    """Kept pages are kept compressed, so that it is done once; members' pages pass the middleware."""
    return "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")


def _finished(response: HttpResponseBase, etag: str | None) -> HttpResponseBase:
    patch_vary_headers(response, VARY)
    if etag:
        response["ETag"] = etag
        response["Cache-Control"] = "no-cache"
    else:
        response["Cache-Control"] = "private, no-cache"
    return response


def _address(request: HttpRequest) -> str:
    """What is asked for and how, in few letters."""
    asked = [request.META.get(header, "") for header in ASKED]
    return _digest(request.get_host(), request.get_full_path(), *asked, _takes_gzip(request))


def _etag(address: str) -> str:
    """Stands for the page at an address as it is now."""
    return f'"{_digest(address, settings.BUILD, register_version(), timezone.localdate())}"'


def _with_tail(etag: str, tail: str) -> str:
    return f"{etag.rstrip(MARK)}.{tail}{MARK}" if tail else etag


def _is(tag: str, etag: str) -> bool:
    """Whether a tag is this one: what follows its dot follows from what stands before it."""
    return tag == etag or (tag.startswith(etag.rstrip(MARK) + ".") and len(tag) < LONGEST_TAG)


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
