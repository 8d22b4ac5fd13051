"""What every request passes: the language of its address, a check that its text is text, a header."""

from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponseNotAllowed, HttpResponsePermanentRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.utils import translation
from django.utils.translation import gettext as _

from config.errors import Unreadable, bad_request
from opendata.problems import is_for_machines

type GetResponse = Callable[[HttpRequest], HttpResponseBase]

HEALTH = ("/livez", "/readyz")
METHODS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "camera",
        "display-capture",
        "geolocation",
        "microphone",
        "payment",
        "usb",
        "browsing-topics",
    )
)


class LanguageMiddleware:
    """The language is the address and nothing else, so that one address is one page for everybody.

    Django's own would add Vary: Accept-Language to the pages without a prefix, which do not vary.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class HostMiddleware(CommonMiddleware):
    """Refuses hosts that are not ours, but for what a load balancer asks: it knows only our address.

    Those two answers repeat nothing of what was asked, so a made-up host does no harm there.
    """

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        return None if request.path_info in HEALTH else super().process_request(request)


class PermissionsPolicyMiddleware:
    """No page of ours needs a sensor, so none may ask for one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class SanityMiddleware:
    """Stops what no page of ours sends: unknown methods, NUL, bytes that are not UTF-8."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS and not is_for_machines(request):  # where each address says its own
            return HttpResponseNotAllowed(METHODS)
        try:
            for raw in _raw_parts(request):
                _check_bytes(raw)
            for text in _texts(request):
                _check_text(text)
            _count_fields(request)
        except Unreadable as problem:
            return bad_request(request, problem)
        return self.get_response(request)


def _raw_parts(request: HttpRequest) -> Iterator[bytes]:
    """Path, query and form as they were sent: Django puts something readable in place of bad bytes."""
    yield unquote_to_bytes(request.path_info)  # where Django leaves what it cannot decode in percent signs
    yield unquote_to_bytes(str(request.META.get("QUERY_STRING", "")).encode("latin-1"))
    if request.content_type == "application/x-www-form-urlencoded":
        yield unquote_to_bytes(request.body)


def _texts(request: HttpRequest) -> Iterator[str]:
    """Cookies may hide a NUL in octal; a form with files is decoded before we see its bytes."""
    yield from request.COOKIES.values()
    if request.content_type == "multipart/form-data":
        yield from _form_texts(request.POST)


def _count_fields(request: HttpRequest) -> None:
    """Django counts while it parses, which a view that reads no field would never make it do."""
    len(request.GET)
    len(request.POST)


def _form_texts(form: QueryDict) -> Iterator[str]:
    for name, values in form.lists():
        yield name
        yield from (value for value in values if isinstance(value, str))


def _check_bytes(raw: bytes) -> None:
    try:
        _check_text(raw.decode())
    except UnicodeDecodeError:
        raise Unreadable(_("The request contains characters that are not text (invalid UTF-8).")) from None


def _check_text(text: str) -> None:
    if "\0" in text:
        raise Unreadable(_("The request contains a NUL character."))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Unreadable(_("The request contains half a character (a lone surrogate).")) from None
