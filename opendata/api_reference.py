"""The API's description, put so that people can read it: each address with what it takes and gives."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from .api.asking import TEXT
from .api.describing import described
from .api_reference_words import SUBJECTS, asked, does
from .problems import TITLES

SCHEMAS = "#/components/schemas/"
# Words of the code, as descriptions mark them.
CODE = re.compile(r"`([^`]+)`")
# What limits a value, in the order of reading.
LIMITS = ("minimum", "maximum", "minLength", "maxLength", "maxItems", "pattern", "default")


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of an answer: its type in words, and the answer's part it leads to.

    `here` is what is said in the reader's language; where nothing is, `said` stands in its place, in English.
    """

    name: str
    where: str
    type: str
    model: str
    said: str
    limits: Sequence[tuple[str, str]]
    example: str = ""
    required: bool = False
    here: Any = ""

    @property
    def words(self) -> list[tuple[str, bool]]:
        """What is said, in parts; the second value tells that a part is of the code."""
        return parts(str(self.here) or self.said)


@dataclass(frozen=True)
class Operation:
    """What an address does by a method."""

    id: str
    method: str
    path: str
    summary: str
    here: Any
    said: str
    fields: Sequence[Field]
    gives: str
    media_type: str
    token: bool

    @property
    def words(self) -> list[tuple[str, bool]]:
        return parts(self.said)


@dataclass(frozen=True)
class Subject:
    """Operations that belong together; `name` is what the description calls them."""

    name: str
    label: Any
    operations: Sequence[Operation]

    @property
    def id(self) -> str:
        return f"subject-{self.name.replace(' ', '-')}"


@dataclass(frozen=True)
class Model:
    """A part of an answer."""

    name: str
    said: str
    fields: Sequence[Field]


@dataclass(frozen=True)
class Reference:
    """The whole page."""

    info: Mapping[str, Any]
    subjects: Sequence[Subject]
    models: Sequence[Model]
    problems: Sequence[tuple[int, str]]


@cache
def reference() -> Reference:
    """Made once in a process; the description is the same for everybody."""
    told = described()
    names = [tag["name"] for tag in told["tags"]]
    subjects = [Subject(name, SUBJECTS[name], list(_operations(told, name))) for name in names]
    models = [_model(name, schema) for name, schema in sorted(told["components"]["schemas"].items())]
    return Reference(told["info"], subjects, models, sorted(TITLES.items()))


def parts(text: str) -> list[tuple[str, bool]]:
    """A text taken apart at what is marked as code; each other part is."""
    return [(part, bool(at % 2)) for at, part in enumerate(CODE.split(text)) if part]


def _operations(told: Mapping[str, Any], tag: str) -> Iterator[Operation]:
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            if tag in operation["tags"]:
                yield _operation(path, method, tag, operation)


def _operation(path: str, method: str, tag: str, operation: Mapping[str, Any]) -> Operation:
    media_type, content = _content(operation["responses"])
    return Operation(
        id=operation["operationId"], method=method.upper(), path=path, summary=operation["summary"],
        here=does(operation["operationId"]), said=operation.get("description", ""),
        fields=[*(_parameter(tag, one) for one in operation["parameters"]), *_body(operation)],
        gives=_named(content.get("schema", {})), media_type=media_type,
        token={} not in operation.get("security", [{}]),
    )  # fmt: skip


def _content(responses: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """What is answered where all is well."""
    for status, response in sorted(responses.items()):
        if status.startswith("2") and "content" in response:
            return next(iter(response["content"].items()))
    return "", {}


def _body(operation: Mapping[str, Any]) -> Iterator[Field]:
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = content["schema"]
        said = schema.get("description", "")
        yield Field("", "body", media_type, _named(schema), said, (), required=True)


def _parameter(subject: str, parameter: Mapping[str, Any]) -> Field:
    return _field(
        parameter["name"], parameter["schema"], where=parameter["in"], said=parameter.get("description", ""),
        example=str(parameter.get("example", "")), required=bool(parameter.get("required")),
        here=asked(subject, parameter["name"]),
    )  # fmt: skip


def _model(name: str, schema: Mapping[str, Any]) -> Model:
    needed = schema.get("required", ())
    fields = [
        _field(field, one, said=one.get("description", ""), required=field in needed)
        for field, one in schema.get("properties", {}).items()
    ]
    return Model(name, schema.get("description", ""), fields)


def _field(name: str, schema: Mapping[str, Any], **said: Any) -> Field:
    kinds = [schema, *schema.get("anyOf", ()), *schema.get("allOf", ())]
    said_limits = ((limit, kind.get(limit)) for kind in kinds for limit in LIMITS)
    limits = [(limit, str(value)) for limit, value in said_limits if value not in (None, "", [], TEXT)]
    return Field(
        name=name, type=_type(schema), model=_named(schema), limits=limits, **{"where": "", **said}
    )  # fmt: skip


def _type(schema: Mapping[str, Any]) -> str:
    """In the words of JSON Schema; the words of a controlled list as they are."""
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(kind) for kind in schema["anyOf"]))
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        return ", ".join(f"“{value}”" for value in values)
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    named = _named(schema)
    form = schema.get("format")
    return named or (f"{schema.get('type', 'any')} ({form})" if form else str(schema.get("type", "any")))


def _named(schema: Mapping[str, Any]) -> str:
    """The part of an answer it refers to, through lists and alternatives."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(SCHEMAS)
    inner = [schema.get("items", {}), *schema.get("anyOf", ()), *schema.get("allOf", ())]
    return next((found for one in inner if one and (found := _named(one))), "")
