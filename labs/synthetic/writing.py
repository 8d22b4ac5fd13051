"""Writing very many rows: by COPY, with the triggers off."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from actors.models import Actor, Offer
from curation.models import EntryPlace, EntryTheme, Record
from labs.models import Adoption, Lab, Learning, Link, Partner, Solution, Trial, Value
from missions.models import Need, Response

TABLES: tuple[type[Model], ...] = (
    Record, Actor, Lab, Offer, Need, Solution, Trial, EntryPlace, EntryTheme, Link, Response, Partner,
    Learning, Adoption, Value,
)  # fmt: skip


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
    if is_superuser(cursor):
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")
        return
    _triggers(cursor, "DISABLE")
    yield
    _triggers(cursor, "ENABLE")


def is_superuser(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT current_setting('is_superuser') = 'on'")
    return bool(cursor.fetchone()[0])


def _triggers(cursor: CursorWrapper, verb: str) -> None:
    for model in TABLES:
        cursor.execute(f"ALTER TABLE {model._meta.db_table} {verb} TRIGGER USER")  # noqa: SLF001


@contextmanager
def without_indexes() -> Iterator[None]:
    """Without the indexes of the records but those that keep rows apart; made anew they cost a fraction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = 'curation_record'::regclass AND NOT indisunique"
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
    yield
    with transaction.atomic(), connection.cursor() as cursor:
        # Checks still to be made would forbid making an index, and later switching the triggers on.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _name, definition in indexes:
            cursor.execute(definition)


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
