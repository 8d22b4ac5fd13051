"""What ties entries together, and what belongs to one of them: rows whose ends everybody may read.

`ROWS` is what the API, its related entries and the nightly dump tell alike.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from ninja import Schema
from pydantic import Field, create_model

from actors.models import Relation
from curation.choices import Kind, State
from curation.models import Record
from curation.querysets import slim
from labs.models import Adoption, Learning, Link, Partner, Value
from missions.models import CoalitionMember, Response

from .entries import Of, place_named
from .fields import Named, columns_of, named, schema_of, value_of

PARTY = ("side", "role", "role_said", "since", "until", "ended_on")


class RowBase(Schema):
    """One row."""

    id: int = Field(description="Number of the row; it never changes, and there are gaps.", ge=1)


@dataclass(frozen=True)
class Rows:
    """One sort of row: whom it names (`ends`), what it says (`columns`), and which everybody may read.

    `of` are the ends by which it is found, each with the kind of entry there.
    """

    name: str
    said: str
    model: type[models.Model]
    ends: Sequence[str]
    columns: Sequence[str]
    of: Mapping[str, Kind]
    readable: Q
    confirmed: bool = True
    more: Mapping[str, Any] | None = None
    tell: Callable[[Any], dict[str, Any]] = lambda row: {}
    also: Sequence[str] = ()

    @property
    def schema(self) -> type[Schema]:
        return SCHEMAS[self.name]

    def public(self) -> QuerySet[Any, Any]:
        """Those everybody may read, with the entries they name, in the order they were made."""
        manager: Any = self.model._default_manager  # noqa: SLF001 - of whatever table
        records = [f"{end}__record" for end in self.ends]
        rows = manager.filter(self.readable).select_related(*records, *self.also)
        return rows.defer(*(column for path in records for column in slim(f"{path}__"))).order_by("pk")

    def touching(self, record: Record) -> QuerySet[Any, Any]:
        """Those of an entry, at whatever end it stands."""
        ends = [Q((f"{end}_id", record.pk)) for end, kind in self.of.items() if kind == record.kind]
        rows = self.public()
        return rows.filter(Q(*ends, _connector=Q.OR)) if ends else rows.none()

    def out(self, row: Any) -> dict[str, Any]:
        """A row as it is told."""
        told = {"id": row.pk} | {end: named(getattr(row, end)) for end in self.ends}
        told |= {field.name: value_of(row, field) for field in self._fields()}
        if self.confirmed:
            told["confirmed_on"] = row.confirmed_at.date() if row.confirmed_at else None
        return told | self.tell(row)

    def made_schema(self) -> type[Schema]:
        """`confirmed_on` is nothing where the other party is only named so far."""
        name = f"{self.model.__name__}Row"
        ends: dict[str, Any] = {end: (Named | None, Field(..., description=_end(end))) for end in self.ends}
        base = schema_of(name, create_model(name, __base__=RowBase, **ends), self._fields())
        further: dict[str, Any] = {}
        if self.confirmed:
            said = "The day the other party said that it is so; null where it is only named."
            further["confirmed_on"] = (dt.date | None, Field(..., description=said))
        made: type[Schema] = create_model(
            name, __base__=base, __doc__=self.said, **further, **(self.more or {})
        )
        return made

    def _fields(self) -> "list[models.Field[Any, Any]]":
        return columns_of(self.model, self.columns)


def _end(end: str) -> str:
    return f"The {end.replace('_', ' ')}, where the row names one."


def _published(*ends: str) -> Q:
    return Q(*((f"{end}__record__state", State.PUBLISHED) for end in ends))


def _either(*ends: str) -> Q:
    return Q(*((f"{end}__record__state", State.PUBLISHED) for end in ends), _connector=Q.OR)


def _adopted(adoption: Adoption) -> dict[str, Any]:
    before = adoption.taken_from
    return {
        "place": place_named(adoption.place) if adoption.place else None,
        "taken_from": before.pk if before and before.adopter.is_public else None,
    }


def _worth(value: Value) -> dict[str, Any]:
    return {"adoption": value.adoption_id}


def _answered(response: Response) -> dict[str, Any]:
    return {"made_on": response.made_at.date()}


OF_ADOPTION = _published("adoption__solution", "adoption__adopter")
ROWS: Mapping[str, Rows] = {
    one.name: one
    for one in (
        Rows(
            "links", "The PUSH/PULL link: an actor, mission, need or offer tied to a lab.",
            Link, ("lab", "actor", "mission", "need", "offer"), PARTY,
            {
                "lab": Kind.LAB, "actor": Kind.ACTOR, "mission": Kind.MISSION, "need": Kind.NEED,
                "offer": Kind.OFFER,
            },
            _published("lab") & _either("actor", "mission", "need", "offer"),
        ),
        Rows(
            "members", "An actor in the coalition of a mission.", CoalitionMember, ("mission", "actor"),
            PARTY, {"mission": Kind.MISSION, "actor": Kind.ACTOR}, _published("mission", "actor"),
        ),
        Rows(
            "relations", "One actor is tied to another: subject, verb, object.", Relation,
            ("subject", "object"), ("verb", "side", "since", "until"),
            {"subject": Kind.ACTOR, "object": Kind.ACTOR}, _published("subject", "object"),
        ),
        Rows(
            "responses", "An offer made in answer to a need.", Response, ("need", "offer"),
            ("ended_on", "source"), {"need": Kind.NEED, "offer": Kind.OFFER}, _published("need", "offer"),
            more={"made_on": (dt.date, ...)}, tell=_answered,
        ),
        Rows(
            "partners", "An actor's part in a trial or a solution.", Partner,
            ("trial", "solution", "actor"), PARTY,
            {"trial": Kind.TRIAL, "solution": Kind.SOLUTION, "actor": Kind.ACTOR},
            _published("actor") & _either("trial", "solution"),
        ),
        Rows(
            "adoptions", "An actor took a solution over. Months stand as their first day.", Adoption,
            ("solution", "adopter"),
            ("how", "heard_through", "heard_named", "idea_on", "in_use_since", "effect", "bent", "ended_on",
             "ended_reason", "source"),
            {"solution": Kind.SOLUTION, "adopter": Kind.ACTOR}, _published("solution", "adopter"),
            more={
                "place": (Of | None, Field(..., description="Where it was taken over, where that is told.")),
                "taken_from": (
                    int | None,
                    Field(..., description="The adoption it was taken over from; null: from where it began,"
                          " or from somebody who is not shown."),
                ),
            },
            tell=_adopted, also=("place", "taken_from__adopter__record"),
        ),
        Rows(
            "values", "A kind of value of a solution, or of an adoption of it, and how one knows.", Value,
            ("solution",), ("kind", "evidence", "said", "year", "source"),
            {"solution": Kind.SOLUTION, "adoption__solution": Kind.SOLUTION, "adoption__adopter": Kind.ACTOR},
            _published("solution") | OF_ADOPTION, confirmed=False,
            more={
                "adoption": (int | None, Field(..., description="The adoption, where it is the value there."))
            },
            tell=_worth,
        ),
        Rows(
            "learnings", "What was learned in a trial, and what it changed.", Learning, ("trial",),
            ("on", "changed", "learned_da", "learned_en", "how", "source"), {"trial": Kind.TRIAL},
            _published("trial"), confirmed=False,
        ),
    )
}  # fmt: skip
SCHEMAS: Mapping[str, type[Schema]] = {name: rows.made_schema() for name, rows in ROWS.items()}
