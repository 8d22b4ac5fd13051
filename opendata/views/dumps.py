"""The dumps of the register, and what they are checked by."""

import datetime as dt
from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import condition, require_safe

from ..models import Dump, DumpPart
from ..openness import open_to_all


def _dump_of(day: str) -> Dump:
    """The dump of a day; what is no day, or has none, does not exist."""
    try:
        on = dt.date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Dump, on=on)


def _tag(request: HttpRequest, day: str) -> str:
    return f'"{_dump_of(day).digest}"'


def _made(request: HttpRequest, day: str) -> dt.datetime:
    return _dump_of(day).made_at


@login_not_required
@require_safe
@open_to_all
@condition(etag_func=_tag, last_modified_func=_made)
def dump(request: HttpRequest, day: str) -> HttpResponseBase:
    """The file, a part at a time. Its length is told, so that one that broke off is seen to be shorter."""
    found = _dump_of(day)
    headers = {
        "Content-Length": str(found.size),
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=found.name) or "",
        "Cache-Control": "no-cache",
    }
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # it is packed already, and its length is told
    pieces = () if request.method == "HEAD" else _pieces(found)
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)


def _pieces(found: Dump) -> Iterator[bytes]:
    parts = DumpPart.objects.filter(dump=found)
    for number in range(parts.count()):
        yield bytes(parts.values_list("content", flat=True).get(number=number))


@login_not_required
@require_safe
@open_to_all
def checksum(request: HttpRequest, day: str) -> HttpResponse:
    """As `sha256sum --check` reads it."""
    found = _dump_of(day)
    return HttpResponse(f"{found.digest}  {found.name}\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@open_to_all
def newest(request: HttpRequest) -> HttpResponseRedirect:
    """Leads to the newest dump."""
    found = Dump.objects.first()
    if found is None:
        raise Http404
    return redirect(found)
