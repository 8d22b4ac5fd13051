"""The addresses of the API. One pair for each kind, made from its filters and its public fields."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Query, Schema
from ninja.decorators import decorate_view
from ninja.errors import ValidationError
from pydantic import Field, create_model

from curation.caching import public_page
from curation.reference import Reference
from mail.links import absolute

from ..lists import LISTS, List
from ..stable import record_at
from .asking import Answer, Asked, asked_of
from .entries import SCHEMAS, entry_out, with_entry

DESCRIPTION = """
Everything that is published in Stedkraft, under CC BY 4.0; each entry names its own source. Lists take the
filters of their pages and count the same. Nothing of drafts, people or addresses is here.
"""

api = NinjaAPI(
    title="Stedkraft", version="1", description=DESCRIPTION.strip(), docs_url=None, openapi_url=None,
    urls_namespace="api",
    servers=[{"url": absolute("/").rstrip("/")}],
)  # fmt: skip


class Problem(Schema):
    """What is wrong with a request."""

    detail: Any


class Unknown(Schema):
    """A value of a filter that nothing is known by."""

    filter: str
    value: str


class Part(Schema):
    """A part of a list."""

    count: int = Field(description="How many entries answer the filters, as on the list's page.")
    next: str | None = Field(description="Where the next part is.")
    unknown: list[Unknown] = Field(description="Values of filters that were left out.")


@api.exception_handler(Http404)
def _missing(request: HttpRequest, exception: Http404) -> Any:
    return api.create_response(request, {"detail": "There is no such published entry."}, status=404)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, exception: ValidationError) -> Any:
    return api.create_response(request, {"detail": exception.errors}, status=422)


def _list(name: str, listed: List) -> Callable[..., Any]:
    asked_as = asked_of(listed)

    def answer(request: HttpRequest, asked: Asked) -> Any:
        found = Answer(listed, asked)
        records = found.records()
        reference = Reference.now()
        following = found.next_of(records)
        return {
            "count": found.count,
            "next": _following(request, asked, following) if following else None,
            "unknown": found.unknown,
            "results": [entry_out(record, reference) for record in records],
        }

    answer.__annotations__["asked"] = Query[asked_as]  # type: ignore[valid-type,misc]
    answer.__doc__ = f"Published {name}, filtered as their list."
    return answer


def _following(request: HttpRequest, asked: Asked, changes: dict[str, str]) -> str:
    query = request.GET.copy()
    for key, value in changes.items():
        query[key] = value
    return absolute(request.path) + "?" + query.urlencode()


def _one(listed: List) -> Callable[..., Any]:
    def answer(request: HttpRequest, public_id: str) -> Any:
        record = record_at(public_id)
        if record.kind != listed.kind:
            raise Http404
        whole = with_entry(listed.kind, type(record).objects.filter(pk=record.pk)).get()
        return entry_out(whole, Reference.now())

    answer.__doc__ = f"One published {listed.kind} by its public id; a merged one is what it became."
    return answer


for _name, _listed in LISTS.items():
    _schema = SCHEMAS[_listed.kind]
    _page = create_model(f"{_listed.kind.title()}s", __base__=Part, results=(list[_schema], ...))  # type: ignore[valid-type]
    _problems: dict[int, Any] = {400: Problem, 404: Problem, 422: Problem}
    api.get(
        f"/{_name}",
        response={200: _page, 400: Problem, 422: Problem},
        operation_id=f"list_{_name}",
        tags=[_name],
        url_name=_name,
    )(decorate_view(public_page)(_list(_name, _listed)))
    api.get(
        f"/{_name}/{{public_id}}", response={200: _schema, **_problems}, operation_id=f"read_{_listed.kind}",
        tags=[_name], url_name=str(_listed.kind),
    )(decorate_view(public_page)(_one(_listed)))  # fmt: skip


@login_not_required
@require_safe
@public_page
def description(request: HttpRequest) -> HttpResponse:
    """What the API answers, as OpenAPI 3.1."""
    return JsonResponse(api.get_openapi_schema(path_prefix="/api/v1/"))


def _with_head(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What may be read may be asked for without its body, which the server leaves out."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "HEAD":
            request.method = "GET"
        return view(request, *args, **kwargs)

    return answer


def _urls() -> tuple[list[URLPattern], str, str]:
    """The lists and entries, open to everybody, and the description in place of the library's own pages."""
    patterns, app, namespace = api.urls
    every: list[Any] = list(patterns)
    ours = [pattern for pattern in every if pattern.name in (*LISTS, *SCHEMAS)]
    for pattern in ours:
        pattern.callback = login_not_required(_with_head(pattern.callback))
    return [*ours, path("openapi.json", description, name="description")], app, namespace


api_urls = _urls()

__all__ = ["api", "api_urls"]
