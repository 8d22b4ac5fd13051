"""How many results each filter value would give: one statement, whatever the filters.

A facet ignores its own filter and respects all others. So the facets nobody has filtered by are counted
together, over what all filters leave, and each of the others by itself, over what the other filters leave.
Arrays are grouped whole and taken apart afterwards, because few distinct ones occur.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q

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


def count(found: RecordQuerySet, columns: Sequence[Column], whole: Counts | None = None) -> Counts:
    """Count the records found, and for each column what each value would leave of them.

    `found` is filtered by everything that is no facet (text, map section). `whole` are the counts of `found`
    without any facet chosen, where they are known already: the only chosen column has them.
    """
    free = [column for column in columns if column.chosen is None]
    chosen = [column for column in columns if column.chosen is not None]
    known = whole.by if whole and len(chosen) == 1 else {}
    try:
        parts = [_counted(_left(found, columns), free, total=True)]
        parts += [_counted(_left(found, columns, but=one), [one]) for one in chosen if one.name not in known]
    except EmptyResultSet:
        return Counts(total=0, by={})
    by: dict[str, Mapping[str, int]] = {column.name: known.get(column.name, {}) for column in chosen}
    return _asked(parts, by)


def _asked(parts: Sequence[tuple[str, Sequence[Any]]], known: Mapping[str, Mapping[str, int]]) -> Counts:
    by: dict[str, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        statement = " UNION ALL ".join(part for part, _parameters in parts)
        cursor.execute(statement, [value for _part, parameters in parts for value in parameters])
        for name, value, number in cursor.fetchall():
            by[name][value] = number
    total = by.pop("", {}).get("", 0)
    return Counts(total, {**known, **by})


def _left(found: RecordQuerySet, columns: Sequence[Column], *, but: Column | None = None) -> RecordQuerySet:
    return found.filter(*(column.chosen for column in columns if column.chosen and column is not but))


def _counted(
    found: RecordQuerySet, columns: Sequence[Column], *, total: bool = False
) -> tuple[str, Sequence[Any]]:
    """Rows of column, value and number; the total is the row without a column."""
    rows = found.order_by().values_list(*([column.name for column in columns] or ["pk"]))
    inner, parameters = rows.query.sql_with_params()
    names = [f"c{number}" for number in range(len(columns))]
    sets = ["()"] * total + [f"({name})" for name in names]
    # grouping() has a bit for each column, set where the set does not group by it
    grouped = " + ".join(f"(1 - grouping({name})) * {number}" for number, name in enumerate(names, start=1))
    groups = (
        f"SELECT {grouped or 0} AS g, {''.join(f'{name}, ' for name in names)}count(*) AS n"
        f" FROM ({inner}) hits({', '.join(names) or 'c0'}) GROUP BY GROUPING SETS ({', '.join(sets)})"
    )
    values = ["SELECT '' AS facet, '' AS value, n::int FROM groups WHERE g = 0"] * total
    values += [_values(column, number) for number, column in enumerate(columns)]
    union = " UNION ALL ".join(values)
    return f"SELECT * FROM (WITH groups AS MATERIALIZED ({groups}) {union}) counted", parameters


def _values(column: Column, number: int) -> str:
    value, source = ("v", f"groups, unnest(c{number}) v") if column.array else (f"c{number}", "groups")
    return (
        f"SELECT '{column.name}', {value}::text, sum(n)::int FROM {source}"
        f" WHERE g = {number + 1} GROUP BY {value}"
    )
