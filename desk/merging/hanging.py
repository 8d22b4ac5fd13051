"""What hangs on entries, counted: what would follow one that is merged into another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from curation.models import RecordEvent

from .pointing import Pointing, moving_with


@dataclass(frozen=True)
class Hanging:
    """One kind of thing that hangs on entries, with its number for each of them."""

    label: str
    numbers: Sequence[int]


def hanging(entries: Sequence[Any]) -> list[Hanging]:
    """What hangs on some entries of one kind, and how long their histories are; one statement."""
    pointings = moving_with(entries[0])
    pks = [entry.pk for entry in entries]
    found: dict[str, list[int]] = {}
    history = _("Lines in the log")
    named = [(_label(each), each.model, each.field.column) for each in pointings]
    named.append((history, RecordEvent, "record_id"))
    for number, pk, count in _counted(named, pks):
        label = named[number][0]
        found.setdefault(label, [0] * len(pks))[pks.index(pk)] += count
    last = found.pop(history, None)
    told = [Hanging(label, numbers) for label, numbers in sorted(found.items())]
    return [*told, Hanging(history, last)] if last else told


def _label(pointing: Pointing) -> str:
    return capfirst(str(apps.get_model(pointing.model._meta.label)._meta.verbose_name_plural))


def _counted(named: Sequence[tuple[str, Any, str]], pks: Sequence[int]) -> list[tuple[int, int, int]]:
    parts = [
        f"SELECT {number}, {column}, count(*) FROM {model._meta.db_table}"  # noqa: S608 - our own names
        f" WHERE {column} = ANY(%s) GROUP BY {column}"
        for number, (_name, model, column) in enumerate(named)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [list(pks)] * len(parts))
        rows: list[tuple[int, int, int]] = cursor.fetchall()
    return rows
