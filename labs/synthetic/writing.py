"""Writing very many rows: by COPY, with the triggers off, and the derived columns in one statement."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from actors.models import Actor, Offer
from curation.models import Entry, EntryPlace, EntryTheme, Record
from curation.search import DERIVED, INDEXERS, Surroundings, _rows
from labs.models import Adoption, Lab, Learning, Link, Partner, Solution, Trial, Value
from missions.models import Need, Response

TABLES: tuple[type[Model], ...] = (
    Record, Actor, Lab, Offer, Need, Solution, Trial, EntryPlace, EntryTheme, Link, Response, Partner,
    Learning, Adoption, Value,
)  # fmt: skip
BATCH = 2000
TYPES = {
    "id": "bigint", "ended": "boolean", "pull_count": "int", "push_count": "int", "both_count": "int",
    "link_count": "int", "quality": "int", "level": "smallint", "x": "int", "y": "int",
    "sides": "text[]", "place_ids": "int[]", "theme_ids": "int[]",
}  # fmt: skip


class Table:
    """Takes rows as the names and values of some columns; the others get the default of their field."""

    def __init__(self, model: type[Model], given: Sequence[str] = ()) -> None:
        meta = model._meta  # noqa: SLF001
        fields = [field for field in meta.concrete_fields if field.attname in given or not _counted(field)]
        self.name = meta.db_table
        self.defaults = {field.attname: field.get_default() for field in fields}

    def copy(self, cursor: CursorWrapper, rows: Iterable[dict[str, Any]]) -> None:
        columns = ", ".join(f'"{column}"' for column in self.defaults)
        with cursor.copy(f"COPY {self.name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(tuple((self.defaults | row).values()))


def _counted(field: Any) -> bool:
    """Whether the database numbers the rows by this column."""
    return field.primary_key and not field.is_relation


@contextmanager
def quiet(cursor: CursorWrapper) -> Iterator[None]:
    """Without history, versions and, for a superuser, the checks of foreign keys."""
    cursor.execute("SELECT current_setting('is_superuser') = 'on'")
    if cursor.fetchone()[0]:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        return
    _triggers(cursor, "DISABLE")
    yield
    _triggers(cursor, "ENABLE")


def _triggers(cursor: CursorWrapper, verb: str) -> None:
    for model in TABLES:
        cursor.execute(f"ALTER TABLE {model._meta.db_table} {verb} TRIGGER USER")  # noqa: SLF001


@contextmanager
def without_indexes(cursor: CursorWrapper) -> Iterator[None]:
    """Without the indexes of the records but those that keep rows apart; made anew they cost a fraction."""
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = 'curation_record'::regclass AND NOT indisunique"
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    # Checks still to be made would forbid making an index, and later switching the triggers on.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    for _name, definition in indexes:
        cursor.execute(definition)


def derive(cursor: CursorWrapper, kind: str, first: int, around: Surroundings) -> None:
    """Write the derived columns of all records of a kind from a number on, defined as `search.index` does."""
    staged = False
    for batch in _batches(kind, first):
        rows = _rows(batch, around)
        if not staged:
            _stage(cursor, rows[0])
            staged = True
        with cursor.copy(f"COPY synthetic_staged ({', '.join(rows[0])}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(tuple(row.values()))
    if staged:
        _take_over(cursor)


def _batches(kind: str, first: int) -> Iterator[list[Entry]]:
    last = first - 1
    while batch := list(INDEXERS[kind].entries().filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def _stage(cursor: CursorWrapper, row: dict[str, Any]) -> None:
    columns = ", ".join(f"{name} {TYPES.get(name, 'text')}" for name in row)
    # Not a temporary table, which only one process of the server could read.
    cursor.execute(f"CREATE UNLOGGED TABLE synthetic_staged ({columns}) WITH (parallel_workers = 4)")


def _take_over(cursor: CursorWrapper) -> None:
    """The same expressions as for a single entry, over columns where that one has parameters.

    The vectors are most of the work, so they are made by all processes the server has for a query.
    """
    cursor.execute("SELECT * FROM synthetic_staged LIMIT 0")
    staged = {column.name: f"staged.{column.name}" for column in cursor.description}
    values = ", ".join(f"{value % staged} AS {name}" for name, value in DERIVED.items())
    cursor.execute(
        f"CREATE UNLOGGED TABLE synthetic_derived AS SELECT id, {values} FROM synthetic_staged AS staged"  # noqa: S608
    )
    names, taken = ", ".join(DERIVED), ", ".join(f"derived.{name}" for name in DERIVED)
    cursor.execute(
        f"UPDATE curation_record SET ({names}) = ROW({taken})"  # noqa: S608
        " FROM synthetic_derived AS derived WHERE derived.id = curation_record.id"
    )
    cursor.execute("DROP TABLE synthetic_staged, synthetic_derived")


def finish(first_free: int) -> None:
    """Number on after the last record, and tell everybody that the register has changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(sequence, greatest(%s, nextval(sequence)), false)"  # never back to what is taken
            " FROM (SELECT pg_get_serial_sequence('curation_record', 'id')::regclass AS sequence) AS known",
            [first_free],
        )
        cursor.execute(
            "INSERT INTO curation_registerversion (id, number) VALUES (1, 2)"
            " ON CONFLICT (id) DO UPDATE SET number = curation_registerversion.number + 1"
        )
