"""How many results each filter value would give: one statement, whatever the filters.

A facet ignores its own filter and respects all others. So the facets nobody has filtered by are counted
together, over what all filters leave, and each of the others by itself, over what the other filters leave.
Arrays are grouped whole and taken apart afterwards, because few distinct ones occur.

What words or a section of the map find is read once, and all that a page tells is counted of these rows; what
filters alone find is read for each part, because an index finds each part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from .querysets import RecordQuerySet

TOTAL = ""  # the name of no column


@dataclass(frozen=True)
class Column:
    """A column of the record that a facet counts; `chosen` is what the reader has filtered by."""

    name: str
    array: bool
    chosen: Q | None = None


@dataclass(frozen=True)
class Also:
    """What else is asked of what is found: `sql` tells texts of `kept` as `value`, each with a `number`.

    `columns` are those of the record it reads besides `pk`, by their own names.
    """

    name: str
    columns: Sequence[str]
    sql: str


@dataclass
class Counts:
    """The total, and for each column its values with their counts; what else was asked, in its order."""

    total: int
    by: Mapping[str, Mapping[str, int]]
    also: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def count(found: RecordQuerySet, columns: Sequence[Column], whole: Counts | None = None) -> Counts:
    """Count the records found, and for each column what each value would leave of them.

    `found` is what no facet filters. `whole` are the counts of `found` without any facet chosen, where they
    are known already: the only chosen column has them.
    """
    free, chosen = _parted(columns)
    known = whole.by if whole and len(chosen) == 1 else {}
    try:
        parts = [_read(_left(found, chosen), free, total=True)]
        parts += [_read(_left(found, chosen, but=one), [one]) for one in chosen if one.name not in known]
    except EmptyResultSet:
        return Counts(total=0, by={})
    statement = " UNION ALL ".join(part for part, _parameters in parts)
    told = _told(statement, [value for _part, parameters in parts for value in parameters])
    return Counts(
        told.pop(TOTAL, {}).get("", 0), {one.name: known.get(one.name, {}) for one in chosen} | told
    )


def count_once(found: RecordQuerySet, columns: Sequence[Column], also: Sequence[Also] = ()) -> Counts:
    """The same, and what else is asked of all that is left, by reading what is found once."""
    free, chosen = _parted(columns)
    hits = _Hits(columns, also)
    try:
        inner, parameters = hits.of(found).query.sql_with_params()
    except EmptyResultSet:
        return Counts(total=0, by={})
    parts = [_counted(hits.left(free), free, total=True)]
    parts += [_counted(hits.left([one], but=one), [one]) for one in chosen]
    parts += [f"SELECT '{one.name}', value, number FROM ({one.sql}) told" for one in also]
    told = _told(f"WITH {hits.named(inner)} {' UNION ALL '.join(parts)}", parameters)
    others = {one.name: told.pop(one.name, {}) for one in also}
    return Counts(told.pop(TOTAL, {}).get("", 0), told, others)


class _Hits:
    """What is found, as rows of the columns by short names, beside whether each chosen filter holds."""

    def __init__(self, columns: Sequence[Column], also: Sequence[Also]) -> None:
        self.names = {column.name: f"c{number}" for number, column in enumerate(columns)}
        self.chosen = {f"k{self.names[one.name]}": one.chosen for one in columns if one.chosen is not None}
        self.further = dict.fromkeys(name for one in also for name in one.columns)

    def of(self, found: RecordQuerySet) -> "QuerySet[Any, Any]":
        held = {flag: ExpressionWrapper(chosen, BooleanField()) for flag, chosen in self.chosen.items()}
        return found.order_by().annotate(**held).values_list(*self.names, *held, *self.further, "pk")

    def named(self, inner: str) -> str:
        """The rows as `hits`, and those all filters leave as `kept`."""
        columns = ", ".join([*self.names.values(), *self.chosen, *self.further, "pk"])
        kept = " AND ".join(self.chosen) or "TRUE"
        return (
            f"hits({columns}) AS MATERIALIZED ({inner}),"
            f" kept AS NOT MATERIALIZED (SELECT * FROM hits WHERE {kept})"
        )

    def left(self, columns: Sequence[Column], but: Column | None = None) -> str:
        """Some columns of what the filters leave, without that of one column."""
        asked = ", ".join(self.names[one.name] for one in columns) or "1"
        flags = [flag for flag in self.chosen if but is None or flag != f"k{self.names[but.name]}"]
        return f"SELECT {asked} FROM hits WHERE {' AND '.join(flags) or 'TRUE'}"


def _parted(columns: Sequence[Column]) -> tuple[list[Column], list[Column]]:
    """Those nobody has filtered by, and the others."""
    free = [column for column in columns if column.chosen is None]
    return free, [column for column in columns if column.chosen is not None]


def _told(statement: str, parameters: Sequence[Any]) -> dict[str, dict[str, int]]:
    by: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for name, value, number in cursor.fetchall():
            by.setdefault(name, {})[value] = number
    return by


def _left(found: RecordQuerySet, chosen: Sequence[Column], *, but: Column | None = None) -> RecordQuerySet:
    return found.filter(*(column.chosen for column in chosen if column.chosen and column is not but))


def _read(
    found: RecordQuerySet, columns: Sequence[Column], *, total: bool = False
) -> tuple[str, Sequence[Any]]:
    rows = found.order_by().values_list(*([column.name for column in columns] or ["pk"]))
    inner, parameters = rows.query.sql_with_params()
    return _counted(inner, columns, total=total), parameters


def _counted(rows: str, columns: Sequence[Column], *, total: bool = False) -> str:
    """Rows of column, value and number; the total is the row without a column."""
    names = [f"c{number}" for number in range(len(columns))]
    sets = ["()"] * total + [f"({name})" for name in names]
    # grouping() has a bit for each column, set where the set does not group by it
    grouped = " + ".join(f"(1 - grouping({name})) * {number}" for number, name in enumerate(names, start=1))
    groups = (
        f"SELECT {grouped or 0} AS g, {''.join(f'{name}, ' for name in names)}count(*) AS n"
        f" FROM ({rows}) found({', '.join(names) or 'c0'}) GROUP BY GROUPING SETS ({', '.join(sets)})"
    )
    values = [f"SELECT '{TOTAL}' AS facet, '' AS value, n::int FROM groups WHERE g = 0"] * total
    values += [_values(column, number) for number, column in enumerate(columns)]
    union = " UNION ALL ".join(values)
    return f"SELECT * FROM (WITH groups AS MATERIALIZED ({groups}) {union}) counted"


def _values(column: Column, number: int) -> str:
    value, source = ("v", f"groups, unnest(c{number}) v") if column.array else (f"c{number}", "groups")
    return (
        f"SELECT '{column.name}', {value}::text, sum(n)::int FROM {source}"
        f" WHERE g = {number + 1} GROUP BY {value}"
    )
