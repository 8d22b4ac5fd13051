"""The API itself: what it is called, how problems are told. What it answers is added by the other modules."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from mail.links import absolute

from ..problems import Problem, problem

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DESCRIPTION = """
Everything that is published in Stedkraft, under CC BY 4.0; each entry names its own source. Lists take the
filters of their pages and count the same. Nothing of drafts, people or addresses is here.
"""

api = NinjaAPI(
    title="Stedkraft", version="1", description=DESCRIPTION.strip(), docs_url=None, openapi_url=None,
    urls_namespace="api",
    servers=[{"url": absolute("/").rstrip("/")}],
)  # fmt: skip


@api.exception_handler(Problem)
def _refused(request: HttpRequest, exception: Problem) -> Any:
    return exception.response


@api.exception_handler(Http404)
def _missing(request: HttpRequest, exception: Http404) -> Any:
    return problem(404, "There is no such published thing.")


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, exception: HttpError) -> Any:
    return problem(exception.status_code, str(exception))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, exception: ValidationError) -> Any:
    errors = [
        {"in": str(one["loc"][0]), "name": str(one["loc"][-1]), "detail": str(one["msg"])}
        for one in exception.errors
    ]
    return problem(422, "Some of what was asked makes no sense; see errors.", errors=errors)
