"""What is counted of trials, solutions and labs: each number is one condition, and so is its list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models import Value as Constant

from curation.choices import Kind
from curation.models import Record
from curation.reference import Reference
from labs.choices import Evidence, Reached, SolutionStage
from labs.instrument import DIMENSIONS
from labs.mirror.runs import Run, by_lab, shown_rows
from labs.models import Assessment, Value

from .scope import Scope

IN_USE: Sequence[str] = (Reached.IN_USE, Reached.DOCUMENTED, Reached.SPREAD)
_documented = Exists(Value.objects.filter(solution=OuterRef("pk")).exclude(evidence=Evidence.FELT))
_solution = Q(kind=Kind.SOLUTION)
_innovation = Q(
    solution__new_here=True, solution__stage=SolutionStage.IN_USE, solution__in_use_since__isnull=False
)
# The gate of the word innovation, said to the database; `labs.gate` says it of values.
COUNTED: Mapping[str, Q] = {
    "labs": Q(kind=Kind.LAB),
    "publishing": Q(kind=Kind.LAB) & Q(Exists(Assessment.objects.shown().filter(lab=OuterRef("pk")))),
    "told": Q(kind=Kind.LAB) & Q(Exists(Assessment.objects.told().filter(lab=OuterRef("pk")))),
    "trials": Q(kind=Kind.TRIAL),
    "solutions": _solution,
    "in_use": _solution & Q(phase__in=IN_USE),
    "documented": _solution & Q(_documented),
    "innovations": _solution & _innovation & Q(_documented),
}

# What pages say of a lab whose runs they show.
SAID = ("slug", "name_da", "name_en")
NAMED = tuple(f"lab__record__{column}" for column in SAID)
STATEMENT = """
SELECT (SELECT row_to_json(numbers) FROM ({numbers}) numbers),
    (SELECT json_agg(runs) FROM ({runs}) runs)
"""


@dataclass(frozen=True)
class Moves:
    """Which labs stand higher, lower and where they stood, of those with two runs that tell a dimension."""

    up: Sequence[int]
    down: Sequence[int]
    same: Sequence[int]

    @property
    def total(self) -> int:
        return len(self.up) + len(self.down) + len(self.same)


@dataclass(frozen=True)
class Tally:
    """The numbers by the names of what they count, and the labs with their published runs."""

    numbers: Mapping[str, int]
    runs: Mapping[int, Sequence[Run]]
    labs: Mapping[int, Record]

    @cached_property
    def moves(self) -> list[Moves]:
        """For each of the seven dimensions, from a lab's last run but one to its last."""
        return [self._moves(number) for number in range(len(DIMENSIONS))]

    def _moves(self, dimension: int) -> Moves:
        moved: dict[int, list[int]] = {1: [], -1: [], 0: []}
        for lab, runs in self.runs.items():
            results = [run.result for run in runs if run.result][:2]
            means = [result.dimensions[dimension].mean for result in results]
            if len(means) == 2 and means[0] is not None and means[1] is not None:
                moved[(means[0] > means[1]) - (means[0] < means[1])].append(lab)
        return Moves(moved[1], moved[-1], moved[0])


def tally_of(scope: Scope, reference: Reference) -> Tally:
    """The same, of a place kept for as long as the register's version stands.

    Not of a mission: one that is not published yet changes without a new version.
    """
    if not scope.place:
        return tally(scope)
    return reference.keep(f"shifts of {scope.place}", lambda: tally(scope))


def tally(scope: Scope) -> Tally:
    """One statement for the numbers and, where there are any, the runs."""
    counts = {name: Count("pk", filter=condition) for name, condition in COUNTED.items()}
    numbers = scope.records.order_by().values(one=Constant(1)).annotate(**counts).values(*counts)
    labs = scope.records.filter(COUNTED["publishing"]).order_by().values("pk")
    runs = shown_rows(Assessment.objects.shown().filter(lab__in=labs), *NAMED)
    (number_sql, number_values), (run_sql, run_values) = (
        query.query.sql_with_params() for query in (numbers, runs)
    )
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(numbers=number_sql, runs=run_sql), [*number_values, *run_values])
        counted, rows = cursor.fetchone() or (None, None)
    return Tally(counted or dict.fromkeys(COUNTED, 0), by_lab(rows or []), _labs(rows or []))


def _labs(rows: Sequence[Mapping[str, Any]]) -> dict[int, Record]:
    """The records of the labs, as far as pages name them."""
    return {
        row["lab_id"]: Record(
            pk=row["lab_id"],
            kind=Kind.LAB,
            **{column: row[named] for column, named in zip(SAID, NAMED, strict=True)},
        )
        for row in rows
    }
