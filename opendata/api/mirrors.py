"""Published runs of PULL-spejlet: what their labs let everybody read, and never the lines of evidence."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from ninja import Schema
from pydantic import Field

from curation.models import Record
from labs.mirror.runs import by_lab, shown_rows
from labs.models import Assessment
from labs.querysets import AssessmentQuerySet
from mail.links import absolute

from .fields import Named

LAB = tuple(f"lab__record__{column}" for column in ("public_id", "slug", "name_da", "kind"))


class Dimension(Schema):
    """One of the seven, as the answers that count give it."""

    id: str
    mean: float | None = Field(description="0 to 4; null where fewer than two statements are answered.")
    answered: int = Field(description="How many of its three statements.")


class Statement(Schema):
    """What was answered to one of the 21 statements for the lab, and for its host."""

    number: int
    lab: int | None = Field(description="0 to 4; null: not answered, or not known.")
    host: int | None = Field(description="0 to 4; null: not answered, or not known.")


class AssessmentRow(Schema):
    """A run of PULL-spejlet its lab has published: entirely, or only that it was done."""

    id: int = Field(ge=1)
    lab: Named
    finished_on: dt.date
    shown: str = Field(description="all, or done where only that it was done is told.")
    dimensions: list[Dimension]
    answers: list[Statement]


def public() -> AssessmentQuerySet:
    """Those everybody may read of."""
    return Assessment.objects.shown()


def of(record: Record) -> AssessmentQuerySet:
    """Those of an entry; only labs have any."""
    return public().filter(lab=record.pk)


def told(rows: AssessmentQuerySet, number: int | None = None) -> list[dict[str, Any]]:
    """The first so many runs, or all, with what their labs show of them; one statement."""
    return [_out(row) for row in shown_rows(rows, *LAB).order_by("pk")[:number]]


def _out(row: Mapping[str, Any]) -> dict[str, Any]:
    public_id, slug, name, kind = (row[column] for column in LAB)
    lab = Record(public_id=public_id, slug=slug, name_da=name, kind=kind)
    return {
        "id": row["id"],
        "lab": {"id": public_id, "kind": kind, "name": name, "url": absolute(lab.get_absolute_url())},
        "finished_on": row["finished_on"],
        "shown": row["shown"],
        **_result(row),
    }


def _result(row: Mapping[str, Any]) -> dict[str, Sequence[dict[str, Any]]]:
    said = {**row, "finished_on": row["finished_on"].isoformat()}
    ((run,),) = by_lab([said]).values()
    if run.result is None:
        return {"dimensions": [], "answers": []}
    return {
        "dimensions": [
            {"id": one.dimension.slug, "mean": one.mean, "answered": one.answered}
            for one in run.result.dimensions
        ],
        "answers": [
            {
                "number": answer.statement.number,
                "lab": answer.lab.score if answer.lab else None,
                "host": answer.host.score if answer.host else None,
            }
            for answer in run.result.answers
        ],
    }
