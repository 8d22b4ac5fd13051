"""How many results each filter value would give: one statement, whatever the filters.

A facet ignores its own filter and respects all others. Each row gets the set of filters it misses as bits;
rows that miss none count for every facet, rows that miss exactly one count for that filter's facet. Arrays
are grouped whole and taken apart afterwards, because few distinct ones occur.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from .querysets import RecordQuerySet


@dataclass(frozen=True)
class Column:
    """A column of the record that a facet counts; `chosen` is what the reader has filtered by."""

    name: str
    array: bool
    chosen: Q | None = None


@dataclass
class Counts:
    """The total, and for each column its values with their counts."""

    total: int
    by: Mapping[str, Mapping[str, int]]


def count(found: RecordQuerySet, columns: Sequence[Column]) -> Counts:
    """Count the records found, and for each column what each value would leave of them.

    `found` is filtered by everything that is no facet (text, map section).
    """
    bits = {column.name: 1 << number for number, column in enumerate(columns) if column.chosen is not None}
    rows = found.order_by().annotate(missed=_missed(columns, bits)).values_list(
        "missed", *(column.name for column in columns)
    )  # fmt: skip
    try:
        inner, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return Counts(total=0, by={})
    with connection.cursor() as cursor:
        cursor.execute(_statement(inner, columns, bits), parameters)
        answer = cursor.fetchall()
    by: dict[str, dict[str, int]] = defaultdict(dict)
    for name, value, number in answer:
        by[name][value] = number
    return Counts(total=by.pop("", {}).get("", 0), by=by)


def _missed(columns: Sequence[Column], bits: Mapping[str, int]) -> Combinable:
    missed: Combinable = Value(0, output_field=IntegerField())
    for column in columns:
        if column.chosen is not None:
            missed = missed + Case(When(column.chosen, then=Value(0)), default=Value(bits[column.name]))
    return missed


def _statement(inner: str, columns: Sequence[Column], bits: Mapping[str, int]) -> str:
    names = [f"c{number}" for number in range(len(columns))]
    sets = ", ".join(["(missed)", *(f"(missed, {name})" for name in names)])
    parts = [
        "SELECT '' AS facet, '' AS value, coalesce(sum(n), 0)::int AS n"
        " FROM groups WHERE g = 0 AND missed = 0"
    ]
    for number, (column, name) in enumerate(zip(columns, names, strict=True), start=1):
        value, source = ("v", f"groups, unnest({name}) v") if column.array else (name, "groups")
        missed = f"missed IN (0, {bits.get(column.name, 0)})"
        parts.append(
            f"SELECT '{column.name}', {value}::text, sum(n)::int FROM {source}"
            f" WHERE g = {number} AND {missed} GROUP BY 2"
        )
    # grouping() has a bit for each column, set where the set does not group by it
    grouped = " + ".join(f"(1 - grouping({name})) * {number}" for number, name in enumerate(names, start=1))
    return (
        f"WITH groups AS (SELECT {grouped} AS g, missed, {', '.join(names)}, count(*) AS n"
        f" FROM ({inner}) hits(missed, {', '.join(names)}) WHERE missed & (missed - 1) = 0"
        f" GROUP BY GROUPING SETS ({sets})) " + " UNION ALL ".join(parts)
    )
