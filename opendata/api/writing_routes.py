"""Writing by machine: where partner systems put and change entries, and ask what came of it."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone, translation
from ninja import Path, Schema
from ninja.security import HttpBearer
from pydantic import BaseModel, Field

from actors.access import answers_for, entry_of
from curation.actions.reviewing import page_of
from curation.models import Record, Suggestion
from keeping.lists import LISTS, List
from keeping.throttle import WINDOW_SECONDS, allowed_for
from mail.links import absolute

from ..models import Token
from ..problems import Problem
from ..stable import record_at
from .site import api
from .writing import MADE, SUGGESTED, Done, Writer, record_of, tag_now
from .writing_schemas import PATCHED, PUT
from .writing_words import said_in

WRITES_AN_HOUR = 2000
TAG = "writing"
TheirId = Annotated[
    str, Path(pattern="^[A-Za-z0-9][A-Za-z0-9._:@+~/-]{0,199}$", description="What your own system calls it.")
]
IF_MATCH = {
    "name": "If-Match", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "The ETag of what you have read; asked for where something known is changed.",
    "example": '"7f3k2m9x1a-4"',
}  # fmt: skip


class Bearer(HttpBearer):
    """A token of an organisation. The session of a browser counts for nothing here."""

    def __call__(self, request: HttpRequest) -> Token | None:
        return self.authenticate(request, "")

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """The token the request was opened with; it was looked at then."""
        shown: Token | None = getattr(request, "token", None)
        if shown is None:
            said = "Show a token: Authorization: Bearer …"
            raise Problem(401, said, headers={"WWW-Authenticate": "Bearer"})
        if shown.actor_id is None or not shown.may_write:
            said = "This token only reads. Make one in the name of an organisation."
            raise Problem(403, said, headers={"WWW-Authenticate": 'Bearer error="insufficient_scope"'})
        return shown


class Told(Schema):
    """What became of what was written."""

    id: str = Field(description="Public id; it never changes.")
    kind: str
    their_id: str | None = Field(description="What your own system calls it, where it was asked for so.")
    outcome: str = Field(
        description="made, changed, unchanged or suggested; empty where it was only asked after.",
        json_schema_extra={"enum": ["", "made", "changed", "unchanged", "suggested"]},
    )
    state: str = Field(description="draft, submitted, returned, published or withdrawn.")
    public: bool = Field(description="Whether everybody can read it.")
    reason: str = Field(description="What the curators wrote when they returned or withdrew it.")
    answer_by: dt.date | None = Field(description="When the curators answer at the latest.")
    url: str = Field(description="Its page; until it is public, that of those who follow it.")
    suggestion: str | None = Field(description="Where to ask what came of the suggestion.")


class SuggestionTold(Schema):
    """What came of a suggestion."""

    id: int = Field(ge=1)
    entry: str = Field(description="Public id of the entry.")
    outcome: str = Field(description="waiting, taken, partly or declined.")
    answer: str
    fields: list[str] = Field(description="What was to be changed.")
    suggested_at: dt.datetime
    decided_at: dt.datetime | None


def _body(schema: type[BaseModel]) -> dict[str, Any]:
    """How a body is described: what stands within it is written out, for it stands nowhere else.

    Without defaults: what is left out is not written.
    """
    told = schema.model_json_schema()
    parts = told.pop("$defs", {})
    return {"required": True, "content": {"application/json": {"schema": _whole(told, parts)}}}


def _whole(told: Any, parts: dict[str, Any]) -> Any:
    if isinstance(told, list):
        return [_whole(one, parts) for one in told]
    if not isinstance(told, dict):
        return told
    if "$ref" in told:
        return _whole(parts[told["$ref"].rpartition("/")[2]], parts)
    return {name: _whole(one, parts) for name, one in told.items() if name != "default"}


def _put(listed: List) -> Callable[..., Any]:
    def answer(request: HttpRequest, their_id: TheirId) -> Any:
        token = _may_write(request)
        with translation.override("en"):
            said = said_in(request, PUT[listed.kind])
            done = Writer(token, request.headers.get("If-Match")).put(listed.kind, their_id, said)
        return _told(done, their_id)

    answer.__doc__ = f"Write a {listed.kind} by your own id: new, changed, or suggested where others answer."
    return answer


def _state(listed: List) -> Callable[..., Any]:
    def answer(request: HttpRequest, their_id: TheirId) -> Any:
        token = _token(request)
        record = record_of(token, listed.kind, their_id)
        if record is None or not (record.is_public or _follows(token, record)):
            raise Http404
        return _told(Done("", record), their_id)

    answer.__doc__ = f"What became of the {listed.kind} you wrote by your own id."
    return answer


def _patch(listed: List) -> Callable[..., Any]:
    def answer(request: HttpRequest, public_id: str) -> Any:
        token = _may_write(request)
        with translation.override("en"):
            found = record_at(public_id)
            if found.kind != listed.kind:
                raise Http404
            said = said_in(request, PATCHED[listed.kind])
            rows = Record.objects.shown().select_related(listed.kind, "created_by")
            done = Writer(token, request.headers.get("If-Match")).patch(rows.get(pk=found.pk), said)
        return _told(done)

    answer.__doc__ = f"Change a {listed.kind}, or suggest it where another organisation answers for it."
    return answer


def _suggestion(request: HttpRequest, number: int) -> Any:
    """What came of a suggestion your system made."""
    rows = Suggestion.objects.select_related("record")
    found = rows.filter(pk=number, organisation=_token(request).actor_id).first()
    if found is None:
        raise Http404
    told = {
        "id": found.pk, "entry": found.record.public_id, "outcome": found.outcome, "answer": found.answer,
        "fields": sorted(found.changes), "suggested_at": found.suggested_at, "decided_at": found.decided_at,
    }  # fmt: skip
    return JsonResponse(told, headers={"Cache-Control": "private, no-store"})


def _told(done: Done, their_id: str | None = None) -> JsonResponse:
    record, suggestion = done.record, done.suggestion
    told = {
        "id": record.public_id, "kind": record.kind, "their_id": their_id, "outcome": done.outcome,
        "state": record.state, "public": record.is_public,
        "reason": "" if record.is_public else record.decision,
        "answer_by": record.answer_by if record.state == "submitted" else None,
        "url": absolute(page_of(record)),
        "suggestion": absolute(f"/api/v1/suggestions/{suggestion.pk}") if suggestion else None,
    }  # fmt: skip
    headers = {"ETag": tag_now(record), "Cache-Control": "private, no-store"}
    status = {MADE: 201, SUGGESTED: 202}.get(done.outcome, 200)
    if done.outcome == MADE:
        headers["Location"] = absolute(f"/api/v1/{record.kind}s/by-their-id/{their_id}")
    return JsonResponse(told, status=status, headers=headers)


def _token(request: HttpRequest) -> Token:
    token: Token = request.auth  # type: ignore[attr-defined]
    return token


def _may_write(request: HttpRequest) -> Token:
    """The token, if it has not written too often this hour."""
    token = _token(request)
    if not allowed_for("write", str(token.pk), each=WRITES_AN_HOUR):
        seconds = WINDOW_SECONDS - int(timezone.now().timestamp()) % WINDOW_SECONDS
        detail = f"At most {WRITES_AN_HOUR} writes an hour."
        raise Problem(429, detail, headers={"Retry-After": str(seconds)})
    return token


def _follows(token: Token, record: Record) -> bool:
    """Whether the token's organisation answers for it, or its person has written it."""
    return answers_for(entry_of(record)) == token.actor_id or record.created_by_id == token.user_id


def _refusals(*statuses: int) -> dict[str, Any]:
    return {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in statuses}


def _writes(schema: type[BaseModel]) -> dict[str, Any]:
    """How writing is described: the body, If-Match, and the ways it can be refused."""
    refusals = _refusals(403, 404, 409, 412, 413, 415, 428)
    return {"requestBody": _body(schema), "parameters": [IF_MATCH], "responses": refusals}


def _add(name: str, listed: List) -> None:
    """The addresses of a kind. Those at one address have one name, as an address has."""
    kind = listed.kind
    theirs, entry = f"/{name}/by-their-id/{{path:their_id}}", f"/{name}/{{slug:public_id}}"
    shared: dict[str, Any] = {"auth": Bearer(), "tags": [TAG]}
    api.put(
        theirs, response=dict.fromkeys((200, 201, 202), Told), operation_id=f"put_{kind}",
        summary=f"Write a {kind} by your own id",
        url_name=f"{kind}_by_their_id", openapi_extra=_writes(PUT[kind]), **shared,
    )(_put(listed))  # fmt: skip
    api.get(
        theirs, response=Told, operation_id=f"state_of_{kind}", summary=f"What became of a {kind}",
        url_name=f"{kind}_by_their_id", openapi_extra={"responses": _refusals(403)}, **shared,
    )(_state(listed))  # fmt: skip
    api.patch(
        entry, response=dict.fromkeys((200, 202), Told), operation_id=f"change_{kind}",
        summary=f"Change a {kind}", url_name=str(kind),
        openapi_extra=_writes(PATCHED[kind]), **shared,
    )(_patch(listed))  # fmt: skip


for _name, _listed in LISTS.items():
    _add(_name, _listed)
api.get(
    "/suggestions/{int:number}", response=SuggestionTold, auth=Bearer(), tags=[TAG],
    operation_id="read_suggestion", summary="What came of a suggestion",
    url_name="suggestion", openapi_extra={"responses": _refusals(403)},
)(_suggestion)  # fmt: skip
