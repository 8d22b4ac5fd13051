"""Sending a file while it is written: in the language of its address, and with an error before it begins."""

import hashlib
from collections.abc import Iterator
from itertools import chain

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override

from curation.register_version import register_version


def etag_of(request: HttpRequest) -> str:
    """Stands for what an address holds today: the same while build and register are the same."""
    address = (request.get_host(), request.get_full_path())
    parts = (*address, settings.BUILD, register_version(), timezone.localdate())
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    """The answer to who has the file already."""
    response = get_conditional_response(request, etag=etag)
    if response is not None:
        response["ETag"] = etag
    return response


def sent(
    request: HttpRequest, pieces: Iterator[bytes], *, media_type: str, name: str, etag: str
) -> HttpResponseBase:
    """The file as an answer. Its beginning is made at once, so that what fails early is an error page."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "",
        "Cache-Control": "no-cache",
        "ETag": etag,
    }
    if request.method == "HEAD":
        return HttpResponse(content_type=media_type, headers=headers)
    spoken = _spoken(pieces, get_language())
    beginning = next(spoken)
    return StreamingHttpResponse(chain([beginning], spoken), content_type=media_type, headers=headers)


def as_packed(request: HttpRequest) -> None:
    """Do not have the answer packed again on its way: it is packed already."""
    request.META.pop("HTTP_ACCEPT_ENCODING", None)


def _spoken(pieces: Iterator[bytes], language: str | None) -> Iterator[bytes]:
    """Each piece is made in the language; the server asks for them after the request is done with."""
    while True:
        with override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
