"""What an entry is tied to: its rows of every sort, and the entries that name it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models import CharField, QuerySet, Value
from ninja import Schema
from pydantic import Field, create_model

from curation.choices import Kind
from curation.models import Record
from keeping.history.events import MODELS
from mail.links import absolute

from . import mirrors
from .fields import Named, named, public_fields
from .rows import ROWS

MOST = 100
MOST_NAMING = 1000


class NamedBy(Named):
    """An entry that names this one, and as what."""

    field: str = Field(description="The field in which it does: owner, lab, need, heir …")


def _section(name: str, schema: type[Schema]) -> Any:
    results: Any = list[schema]  # type: ignore[valid-type]
    made: Any = create_model(
        f"{name.title()}Of", __base__=Schema, __doc__=f"The first {MOST} of its {name}.",
        next=(str | None, Field(..., description="Where the others are.")), results=(results, ...),
    )  # fmt: skip
    return made


class RelatedBase(Schema):
    """What an entry is tied to. A sort of row that this kind of entry cannot have is left out."""

    id: str
    kind: str
    named_by: list[NamedBy] = Field(
        description=f"Entries that name it, in the order of entry; at most {MOST_NAMING}."
    )


_sections: dict[str, Any] = {
    name: (_section(name, rows.schema) | None, Field(None, description=rows.said))
    for name, rows in ROWS.items()
}
_sections["assessments"] = (
    _section("assessments", mirrors.AssessmentRow) | None,
    Field(None, description="Published runs of PULL-spejlet."),
)
Related: type[Schema] = create_model(
    "Related", __base__=RelatedBase, __doc__=RelatedBase.__doc__, **_sections
)  # fmt: skip


def related_to(record: Record) -> dict[str, Any]:
    """A statement for each sort of row, and one for all entries that name it."""
    told = {
        name: _part(record, name, [rows.out(row) for row in rows.touching(record)[: MOST + 1]])
        for name, rows in ROWS.items()
        if record.kind in rows.of.values()
    }
    if record.kind == Kind.LAB:
        told["assessments"] = _part(record, "assessments", mirrors.told(mirrors.of(record), MOST + 1))
    return {"id": record.public_id, "kind": record.kind, "named_by": list(_named_by(record))} | told


def _part(record: Record, name: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    shown = rows[:MOST]
    more = f"/api/v1/{name}?of={record.public_id}&after={shown[-1]['id']}" if len(rows) > MOST else ""
    return {"next": absolute(more) if more else None, "results": shown}


def _named_by(record: Record) -> Iterator[dict[str, Any]]:
    first, *others = _naming(record)
    for row in first.union(*others, all=True).order_by("pk", "field")[:MOST_NAMING]:
        found = Record(**{name: row[name] for name in ("public_id", "kind", "slug", "name_da", "state")})
        yield {**(named(found) or {}), "field": row["field"]}


def _naming(record: Record) -> list[QuerySet[Any, Any]]:
    """For each column of each kind that may name it, the published entries that do."""
    return [
        Record.objects.published().of_kind(kind).filter(**{f"{kind}__{column}": record.pk}).order_by()
        .values("pk", "public_id", "kind", "slug", "name_da", "state", field=Value(column, CharField()))
        for kind in MODELS
        for column in _columns(kind, record.kind)
    ]  # fmt: skip


def _columns(kind: str, named_kind: str) -> Iterator[str]:
    for field in public_fields(kind):
        if isinstance(field, models.ForeignKey) and field.related_model in (Record, MODELS[named_kind]):
            yield field.name
