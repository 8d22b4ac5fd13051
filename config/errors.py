"""The pages for what goes wrong: 400 and 403 say what it was, a lost database is a 503 and never a 500."""

import sys
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from opendata.problems import is_for_machines, problem

RETRY_AFTER_SECONDS = 10
WAIT_SECONDS = 60


class Unreadable(Exception):
    """A request whose text is no text; the message says what was wrong in plain words."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_for_machines(request):
        return problem(400, "It holds what is no text (NUL, bad UTF-8), too many fields, or a host not ours.")
    return _page("400.html", 400, reason=_reason(exception))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("403.html", 403, reason=_("You are logged in, but this needs a right you do not have."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Most often a form that stood open while its reader logged in or out elsewhere."""
    return _page(
        "403.html",
        403,
        reason=_("The form was open too long. Go back, reload the page and send it again."),
    )


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The answer of the throttles on logging in and signing up."""
    response = _page("429.html", 429)
    response["Retry-After"] = str(WAIT_SECONDS)
    return response


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_for_machines(request):
        return problem(404, "There is no such address.")
    return _page("404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the exception is being handled; nothing in these pages asks the database."""
    if any(isinstance(error, OperationalError | InterfaceError) for error in _chain(sys.exception())):
        response = _not_at_work(request)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
    if is_for_machines(request):
        return problem(500, "The fault is ours. It is in our log.")
    return _page("500.html", 500)


def _not_at_work(request: HttpRequest) -> HttpResponse:
    if is_for_machines(request):
        return problem(503, "The database cannot be reached just now.")
    return _page("503.html", 503)


def _reason(exception: Exception) -> str:
    match exception:
        case Unreadable():
            return str(exception)
        case DisallowedHost():
            return _("This site does not exist at that address.")
        case RequestDataTooBig():
            limit = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
            words = _("At most %(limit)s can be sent at once; this was more. What was saved before is kept.")
            return words % {"limit": limit}
        case TooManyFieldsSent() | TooManyFilesSent():
            return _("The request has too many fields.")
        case _other:
            return _("The request could not be understood.")


def _page(template: str, status: int, **context: object) -> HttpResponse:
    """Rendered without the request: no context processor, no session, no database."""
    response = HttpResponse(render_to_string(template, context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and what it was raised from or during: a lost connection often comes disguised."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
