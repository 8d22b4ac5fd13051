"""What the API answers, as OpenAPI 3.1: what the library knows of each operation, and what all share."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from django.conf import settings

from keeping.lists import LISTS
from mail.links import absolute

from ..problems import MEDIA_TYPE as PROBLEM_TYPE
from ..problems import TITLES
from .geojson import MEDIA_TYPE as GEOJSON
from .site import LICENCE, api

PREFIX = "/api/v1/"
READING = ("get",)
SCHEME = "Bearer"  # as the library calls it, after the class of `writing_routes`
# What every answer to a question may be, besides the answer itself.
ALWAYS = (400, 401, 405, 422, 429, 503)
HEADERS: Mapping[str, tuple[str, str]] = {
    "ETag": ("Stands for the answer as it is now; send it back as If-None-Match.", '"3f0c…"'),
    "Link": ("Where the next part is, the licence, this description (RFC 8288).", '<…?page=2>; rel="next"'),
    "RateLimit-Policy": ("How often one may ask (IETF draft); absent where nothing was counted.",
                         '"everybody";q=60;w=60'),
    "RateLimit": ("How many requests are left, and for how many seconds.", '"everybody";r=59;t=42'),
    "Retry-After": ("Seconds after which to ask again.", "10"),
    "Allow": ("What the address answers.", "GET, HEAD, OPTIONS"),
    "WWW-Authenticate": ("How a token is shown.", 'Bearer error="invalid_token"'),
}  # fmt: skip
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "description": "The ETag of the answer you have: where nothing has changed, you get 304.",
    "schema": {"type": "string"},
}
OF_ANSWER = ("ETag", "Link", "RateLimit-Policy", "RateLimit")
OF_PROBLEM: Mapping[int, Collection[str]] = {
    401: ("WWW-Authenticate",), 403: ("WWW-Authenticate",), 405: ("Allow",),
    429: ("Retry-After", "RateLimit-Policy", "RateLimit"), 503: ("Retry-After",),
}  # fmt: skip
PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "What is wrong with a request (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri",
            "description": "Where this kind of problem is explained.",
        },
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "The parts of the request that are wrong.",
            "items": {
                "type": "object",
                "required": ["in", "name", "detail"],
                "properties": {name: {"type": "string"} for name in ("in", "name", "detail", "pointer")},
            },
        },
    },
}


def parameters_of(path: str) -> set[str]:
    """The query parameters that are known at an address, by whatever method."""
    operations = _library()["paths"].get(path, {}).values()
    return {
        one["name"] for operation in operations for one in operation["parameters"] if one["in"] == "query"
    }


@cache
def described() -> dict[str, Any]:
    """The whole description; the same for everybody, made once in a process."""
    told = dict(_library())
    told["info"] = told["info"] | {
        "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        "contact": _contact(),
        "termsOfService": absolute("/about/"),
    }
    told["externalDocs"] = {"url": absolute(f"{PREFIX}docs/"), "description": "The same to be read by people"}
    told["paths"] = {path: _address(path, operations) for path, operations in told["paths"].items()}
    told["tags"] = [{"name": name} for name in _tags(told["paths"])]
    told["components"] = {
        "schemas": told["components"]["schemas"] | {"Problem": PROBLEM},
        "responses": {f"Problem{status}": _problem(status) for status in TITLES},
        "headers": {name: _header(*said) for name, said in HEADERS.items()},
        "securitySchemes": {
            SCHEME: {
                "type": "http", "scheme": "bearer",
                "description": "Reading needs no token; with one you may ask more often. Writing needs one.",
            }
        },
    }  # fmt: skip
    return told


@cache
def _library() -> dict[str, Any]:
    return dict(api.get_openapi_schema(path_prefix=PREFIX))


def _contact() -> dict[str, str]:
    contact = {"name": "Stedkraft", "url": absolute("/about/")}
    return contact | ({"email": settings.OPERATOR_CONTACT} if "@" in settings.OPERATOR_CONTACT else {})


def _tags(paths: Mapping[str, Any]) -> list[str]:
    """The subjects in the order of reading: entries, what ties them, places, figures, what else there is."""
    found = (tag for one in paths.values() for operation in one.values() for tag in operation["tags"])
    return list(dict.fromkeys([*LISTS, "ties", "places and themes", "figures", *found]))


def _address(path: str, operations: Mapping[str, Any]) -> dict[str, Any]:
    return {method: _operation(path, method, dict(one)) for method, one in operations.items()}


def _operation(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    """What a method does, with all it may answer."""
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    parameters = [_parameter(one) for one in operation["parameters"]]
    names_one = "{" in path or not {"of", "after"}.isdisjoint(_names(operation))
    statuses = [*ALWAYS, *([404] if names_one else [])]
    if method in READING:
        answers["200"] = _answer(path, answers["200"])
        if "security" not in operation:  # what is told to everybody is kept
            answers["304"] = {"description": "Unchanged since the ETag sent.", "headers": _headers(("ETag",))}
            parameters.append(IF_NONE_MATCH)
            operation["security"] = [{}, {SCHEME: []}]
    for status in statuses:
        answers.setdefault(str(status), {"$ref": f"#/components/responses/Problem{status}"})
    return operation | {"parameters": parameters, "responses": dict(sorted(answers.items()))}


def _names(operation: Mapping[str, Any]) -> Iterator[str]:
    return (one["name"] for one in operation["parameters"])


def _answer(path: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    (content,) = answer["content"].values()
    media_type = GEOJSON if path.endswith(".geojson") else "application/json"
    return {**answer, "headers": _headers(OF_ANSWER), "content": {media_type: content}}


def _parameter(parameter: Mapping[str, Any]) -> dict[str, Any]:
    """Examples as OpenAPI has them, and ids as addresses do."""
    told = dict(parameter)
    schema = {key: value for key, value in told["schema"].items() if key not in ("examples", "description")}
    if examples := told.pop("examples", None):
        told["example"] = examples[0]
    if told["in"] == "path":
        schema = {"minLength": 1, "pattern": "^[-a-zA-Z0-9_]+$"} | schema
    return told | {"schema": schema}


def _problem(status: int) -> dict[str, Any]:
    content = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "description": TITLES[status], "headers": _headers(OF_PROBLEM.get(status, ())), "content": content,
    }  # fmt: skip


def _headers(names: Collection[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _header(said: str, example: str) -> dict[str, Any]:
    return {"description": said, "schema": {"type": "string"}, "example": example}


__all__ = ["LICENCE", "described", "parameters_of"]
