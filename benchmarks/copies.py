# ruff: noqa: S608 - statements put together from names of our own tables and numbers
"""A register many times as large: every entry stands there again, under numbers and an address of its own.

Its texts, places and ties are those of the first, so what is derived of them is, too; making a million anew
takes hours.
"""

from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from curation.models import PUBLIC_ID_LETTERS, Entry, Record, Word
from labs.synthetic.writing import TABLES, finish, quiet, without_indexes

ENTRIES = tuple(model for model in TABLES if issubclass(model, Record | Entry))


def multiply(times: int) -> None:
    """Make a register of synthetic entries so many times as large."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM curation_record")
        span = cursor.fetchone()[0]
        ends = {model: _last(cursor, model) for model in TABLES}
        with without_indexes():
            for number in range(1, times):
                with transaction.atomic(), quiet(cursor):
                    for model in TABLES:
                        _again(cursor, model, ends[model], number, span)
            cursor.execute(f"UPDATE {Word._meta.db_table} SET entries = entries * %s", [times])  # noqa: SLF001
    finish(times * span + 1)


def _last(cursor: CursorWrapper, model: type[Model]) -> int:
    cursor.execute(f"SELECT coalesce(max({_key(model)}), 0) FROM {model._meta.db_table}")  # noqa: SLF001
    return int(cursor.fetchone()[0])


def _again(cursor: CursorWrapper, model: type[Model], last: int, number: int, span: int) -> None:
    """Copy the rows there were in the beginning."""
    meta = model._meta  # noqa: SLF001
    values = {field.column: _value(field, number, span) for field in meta.concrete_fields}
    if not issubclass(model, Record | Entry):
        del values[_key(model)]  # the database numbers them
    columns, taken = ", ".join(f'"{name}"' for name in values), ", ".join(values.values())
    cursor.execute(
        f"INSERT INTO {meta.db_table} ({columns}) SELECT {taken} FROM {meta.db_table}"
        f" WHERE {_key(model)} <= %s ORDER BY {_key(model)}",
        [last],
    )


def _key(model: type[Model]) -> str:
    return str(model._meta.pk.column)  # noqa: SLF001


def _value(field: Any, number: int, span: int) -> str:
    column = f'"{field.column}"'
    if field.related_model in ENTRIES or (field.model is Record and field.primary_key):
        return f"{column} + {number * span}"
    if field.model is Record and field.name == "public_id":
        turned = PUBLIC_ID_LETTERS[number:] + PUBLIC_ID_LETTERS[:number]
        return f"translate({column}, '{PUBLIC_ID_LETTERS}', '{turned}')"
    if field.model is Record and field.name == "slug":
        return f"left({column}, 115) || '-{number}'"
    return column
