"""What went wrong with a request of the API, in one shape (RFC 9457), whoever notices it."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse

from mail.links import absolute

from .openness import OPEN

MEDIA_TYPE = "application/problem+json"
BEGINNING = "/api/"
# What each status is called, and where the reference tells more of it.
TITLES: Mapping[int, str] = {
    HTTPStatus.BAD_REQUEST: "The request cannot be read",
    HTTPStatus.UNAUTHORIZED: "The token is not valid",
    HTTPStatus.FORBIDDEN: "The token does not allow this",
    HTTPStatus.NOT_FOUND: "There is no such thing",
    HTTPStatus.METHOD_NOT_ALLOWED: "The address does not do this",
    HTTPStatus.CONFLICT: "Something stands against it",
    HTTPStatus.PRECONDITION_FAILED: "Somebody has changed it meanwhile",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too long",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is not JSON",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Something asked for makes no sense",
    HTTPStatus.PRECONDITION_REQUIRED: "Say which version is to be changed",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong here",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not at work for the moment",
}


class Problem(Exception):
    """A request of the API is refused; `errors` say which of its parts, each with `in`, `name`, `detail`."""

    def __init__(
        self, status: int, detail: str, *, errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(detail)
        self.status, self.detail, self.errors, self.headers = status, detail, errors, headers or {}

    @property
    def response(self) -> JsonResponse:
        return problem(self.status, self.detail, errors=self.errors, headers=self.headers)


def problem(
    status: int, detail: str, *, errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:  # fmt: skip
    """The answer that tells a problem; nothing is asked of the database for it."""
    told: dict[str, Any] = {
        "type": absolute(f"/api/v1/docs/#problem-{int(status)}"),
        "title": TITLES[status],
        "status": int(status),
        "detail": detail,
    }
    if errors:
        told["errors"] = list(errors)
    said = OPEN | {"Cache-Control": "no-store", "Content-Language": "en"} | dict(headers or {})
    return JsonResponse(told, status=status, content_type=MEDIA_TYPE, headers=said)


def is_for_machines(request: HttpRequest) -> bool:
    """Whether the API is asked, so that what is wrong is told as data."""
    return request.path_info.startswith(BEGINNING)
