"""The lists of rows: everything that ties entries together, in the order it was made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import Field, create_model

from curation.models import Record

from ..stable import record_at
from . import mirrors
from .asking import Part, following, linked
from .rows import ROWS, Rows
from .site import api

MOST = 500
AT_FIRST = 100
LARGEST = 2**53  # what JavaScript counts to


class RowsAsked(Schema):
    """Which part of a list of rows."""

    of: str = Field("", pattern="^[0-9a-z]{0,10}$", description="Only those of the entry of this public id.")
    after: int = Field(0, ge=0, le=LARGEST, description="Go on after the row of this number.")
    per_page: int = Field(AT_FIRST, ge=1, le=MOST, description="How many at once.")


@dataclass(frozen=True)
class Told:
    """A list of rows: which there are, of all and of an entry, and how some are told."""

    name: str
    said: str
    schema: type[Schema]
    public: Callable[[], QuerySet[Any, Any]]
    touching: Callable[[Record], QuerySet[Any, Any]]
    out: Callable[[Any, int], Sequence[dict[str, Any]]]


def _told(rows: Rows) -> Told:
    return Told(
        rows.name, rows.said, rows.schema, rows.public, rows.touching,
        lambda found, number: [rows.out(row) for row in found[:number]],
    )  # fmt: skip


TOLD: Mapping[str, Told] = {name: _told(rows) for name, rows in ROWS.items()} | {
    "assessments": Told(
        "assessments", str(mirrors.AssessmentRow.__doc__), mirrors.AssessmentRow, mirrors.public, mirrors.of,
        mirrors.told,
    )
}  # fmt: skip


def _listing(told: Told) -> Callable[..., Any]:
    def answer(request: HttpRequest, response: HttpResponse, asked: Query[RowsAsked]) -> Any:
        rows = told.touching(record_at(asked.of)) if asked.of else told.public()
        results = told.out(rows.filter(pk__gt=asked.after), asked.per_page)
        full = len(results) == asked.per_page
        next_part = following(request, {"after": str(results[-1]["id"])} if full else {})
        for name, value in linked(next_part).items():
            response[name] = value
        return {"count": rows.order_by().count(), "next": next_part, "results": results}

    return answer


for _name, _one in TOLD.items():
    _part: type[Schema] = create_model(
        f"{_name.title()}Part", __base__=Part, __doc__=Part.__doc__, results=(list[_one.schema], ...)  # type: ignore[name-defined]
    )  # fmt: skip
    api.get(
        f"/{_name}", response={200: _part}, operation_id=f"list_{_name}", url_name=_name, tags=["ties"],
        summary=_name.capitalize(), description=f"{_one.said} Only where everybody may read both ends.",
    )(_listing(_one))  # fmt: skip
