"""Which fields of each kind of entry the API tells: those a stranger may read of its history.

Controlled lists are told by their words in the code, never by their labels.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import translation
from django.utils.text import capfirst
from ninja import Schema
from pydantic import Field, create_model

from keeping.history.events import MODELS
from keeping.history.words import PUBLIC_FIELDS
from mail.links import absolute

TYPES: Mapping[type, Any] = {
    models.BooleanField: bool,
    models.FloatField: float,
    models.PositiveSmallIntegerField: int,
    models.DateField: dt.date,
}
# Told together, as `point`.
POINT = ("latitude", "longitude", "point_basis")


class Named(Schema):
    """Another entry, by name."""

    id: str = Field(description="Public id: `/id/<id>` leads to its page for ever.")
    kind: str
    name: str = Field(description="Danish name.")
    url: str = Field(description="Its page.")


@cache
def public_fields(kind: str) -> "list[models.Field[Any, Any]]":
    """The columns of a kind the API tells besides those of every record, in the order of reading."""
    return columns_of(MODELS[kind], (name for name in PUBLIC_FIELDS[kind] if name not in POINT))


def columns_of(model: type[models.Model], names: Iterable[str]) -> "list[models.Field[Any, Any]]":
    """Some columns of a table."""
    columns: Any = model._meta  # noqa: SLF001 - Django's own name for it
    return [columns.get_field(name) for name in names]


def schema_of(name: str, base: type[Schema], fields: "Iterable[models.Field[Any, Any]]") -> type[Schema]:
    """What the API answers for a row with these columns."""
    told: dict[str, Any] = {field.name: (_type(field), _default(field)) for field in fields}
    made: type[Schema] = create_model(name, __base__=base, __doc__=base.__doc__, **told)
    return made


def value_of(entry: Any, field: Any) -> Any:
    """What an entry says in a field; another entry only where everybody may read it."""
    value = getattr(entry, field.name)
    if isinstance(field, models.ForeignKey):
        return named(value)
    return list(value) if isinstance(value, list) else value


def named(other: Any) -> dict[str, str] | None:
    """An entry or a record by name; nothing where there is none, or not everybody may read it."""
    if other is None or not other.is_public:
        return None
    record = getattr(other, "record", other)
    return {
        "id": record.public_id, "kind": record.kind, "name": record.name_da,
        "url": absolute(record.get_absolute_url()),
    }  # fmt: skip


def _type(field: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        return Named | None
    if isinstance(field, ArrayField):
        return list[_worded(field.base_field)]  # type: ignore[misc]
    kind = next((TYPES[base] for base in TYPES if isinstance(field, base)), None)
    if kind is None:
        return _worded(field)
    return kind | None if field.null else kind


def _worded(field: Any) -> Any:
    """Text; of a controlled list with its words, the empty one where nothing is told."""
    if not field.choices:
        return str
    words: Any = [str(value) for value, _label in field.choices if value is not None]
    return Annotated[str, Field(json_schema_extra={"enum": ["", *words] if field.blank else words})]


def _default(field: Any) -> Any:
    with translation.override("en"):
        described = capfirst(str(getattr(field, "verbose_name", "")))
    return Field(..., description=f"{described}." if described else "")
