"""Which runs of PULL-spejlet everybody may read, and their results.

Everything that is shown to readers is read here, so that nothing of an unpublished run can reach a page.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import JSONObject

from ..choices import Shown
from ..models import Assessment, Lab, Sheet
from ..querysets import AssessmentQuerySet
from .bars import Bar, bars_of
from .results import Given, Result, result_from

COLUMNS = ("lab_id", "finished_on", "shown", "answers")


@dataclass(frozen=True)
class Run:
    """A run everybody may read of; without a result only that it was done. The answers have no evidence."""

    lab_id: int
    on: dt.date
    result: Result | None

    @property
    def bars(self) -> list[Bar]:
        """The seven dimensions, where they are told."""
        return bars_of(self.result) if self.result else []


def runs_of(lab: Lab | int) -> list[Run]:
    """Those of a lab, newest first; one statement."""
    return _read(Assessment.objects.shown().filter(lab=lab))


def newest() -> ArraySubquery:
    """The newest of each lab's record, as a column of it; `latest_in` reads the column."""
    rows = shown_rows(Assessment.objects.shown().filter(lab=OuterRef("pk")))
    said: dict[str, Any] = {name: name for name in ("id", *COLUMNS)}
    return ArraySubquery(rows.values_list(JSONObject(**said))[:1])


def latest_in(rows: Sequence[Mapping[str, Any]]) -> Run | None:
    """The run such a column holds, if there is one."""
    return next((run for runs in by_lab(rows).values() for run in runs), None)


def runs_of_labs(labs: QuerySet[Any, Any]) -> dict[int, list[Run]]:
    """Those of all labs a query names, newest first, the labs with the newest run first; one statement."""
    found: dict[int, list[Run]] = defaultdict(list)
    for run in _read(Assessment.objects.shown().filter(lab__in=labs)):
        found[run.lab_id].append(run)
    return dict(found)


def told_on(lab: Lab, on: dt.date | None = None) -> Sequence[Assessment]:
    """The run of a day, or else the newest, and the one before it, of those everybody may read entirely.

    With all that was answered; two statements more than for the runs themselves.
    """
    rows = Assessment.objects.told().filter(lab=lab).order_by("-finished_on", "-pk")
    if on:
        rows = rows.filter(finished_on__lte=on)
    finished = Sheet.objects.filter(finished_at__isnull=False).prefetch_related("answers").order_by("pk")
    found = list(rows.prefetch_related(Prefetch("sheets", finished))[:2])
    return [] if on and (not found or found[0].finished_on != on) else found


def shown_rows(rows: AssessmentQuerySet, *further: str) -> QuerySet[Any, Any]:
    """Runs with their answers, and further columns, as a statement that can stand within another."""
    counting = Q(shown=Shown.ALL, sheets__finished_at__isnull=False, sheets__answers__isnull=False)
    answer = JSONObject(
        half="sheets__half", statement="sheets__answers__statement", score="sheets__answers__score"
    )
    answers = ArrayAgg(answer, filter=counting, default=[])
    return rows.order_by("-finished_on", "-pk").annotate(answers=answers).values("id", *COLUMNS, *further)


def by_lab(rows: Iterable[Mapping[str, Any]]) -> dict[int, list[Run]]:
    """The runs of such rows, the days as text, each lab's newest first, the lab with the newest run first."""
    found: dict[int, list[Run]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["finished_on"], row["id"]), reverse=True):
        on = dt.date.fromisoformat(row["finished_on"])
        found[row["lab_id"]].append(_run(row["lab_id"], on, row["shown"], row["answers"]))
    return dict(found)


def _read(rows: AssessmentQuerySet) -> list[Run]:
    return [_run(*row) for row in shown_rows(rows).values_list(*COLUMNS)]


def _run(lab_id: int, on: dt.date | None, shown: str, answers: Iterable[dict[str, object]]) -> Run:
    day = on or dt.date.min
    if shown != Shown.ALL:
        return Run(lab_id, day, None)
    sheets: dict[str, dict[int, Given]] = defaultdict(dict)
    for answer in answers:
        score = answer["score"]
        sheets[str(answer["half"])][int(str(answer["statement"]))] = Given(
            score if isinstance(score, int) else None
        )
    return Run(lab_id, day, result_from(sheets))
