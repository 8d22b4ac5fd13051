"""What a partner system sends, as words forms know; and what is wrong with it, by its place in the body."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from pydantic import BaseModel, ValidationError

from curation.forms import Section, Words

from ..problems import Problem
from .writing_schemas import POINT, section_with

MOST_BYTES = 256 * 1024
MOST_ERRORS = 100
type Errors = list[dict[str, str]]


def said_in(request: HttpRequest, schema: type[BaseModel]) -> dict[str, Any]:
    """The fields a body names, with their values. Raises `Problem` for what is no such body."""
    if request.content_type not in ("application/json", "application/merge-patch+json"):
        raise Problem(415, "Send JSON, as application/json.")
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Problem(413, f"At most {MOST_BYTES} bytes.")
    try:
        said = schema.model_validate_json(body)
    except ValidationError as problem:
        raise refused(_errors(problem)) from None
    return {name: getattr(said, name) for name in type(said).model_fields if name in said.model_fields_set}


def refused(errors: Errors) -> Problem:
    """The body was understood, and something in it cannot be."""
    return Problem(422, "Nothing was written: something in the body is wrong; see errors.", errors=errors)


def _errors(problem: ValidationError) -> Errors:
    found = problem.errors(include_url=False, include_context=False, include_input=False)
    return [wrong(_pointer(one["loc"]), one["msg"]) for one in found[:MOST_ERRORS]]


def wrong(pointer: str, detail: str) -> dict[str, str]:
    """What is wrong at a place in the body (RFC 6901)."""
    return {"in": "body", "name": pointer.rpartition("/")[2], "pointer": pointer, "detail": detail}


def _pointer(parts: Iterable[Any]) -> str:
    """Where in the body, as RFC 6901 writes it."""
    steps = (str(part)[:100].replace("~", "~0").replace("/", "~1") for part in parts)
    return "".join(f"/{step}" for step in steps)


def words_by_section(kind: str, said: Mapping[str, Any]) -> dict[type[Section], Words]:
    """The words of what is said, for each section that asks for any of it."""
    found: dict[type[Section], Words] = {}
    for name, value in said.items():
        if name == "point":
            section = section_with(kind, POINT[0])
            words = {each: _plain(getattr(value, each, None)) for each in POINT}
        else:
            section = section_with(kind, name)
            words = {name: _plain(value)}
        found[section] = found.get(section, {}) | words
    return found


def _plain(value: Any) -> list[str]:
    match value:
        case list():
            return [str(one) for one in value]
        case None:
            return [""]
        case dt.date():
            return [value.isoformat()]
    return [str(value)]


def errors_of(sections: Iterable[Section], only: Iterable[str] | None = None) -> Errors:
    """What forms find wrong, by the place in the body; `only` leaves out what is wrong elsewhere."""
    wanted = None if only is None else set(only)
    return [
        wrong(_place(name), str(error))
        for section in sections
        for name, errors in section.errors.items()
        if wanted is None or name in wanted
        for error in errors
    ]


def _place(name: str) -> str:
    if name == "__all__":
        return ""
    return f"/point/{name}" if name in POINT else f"/{name}"
