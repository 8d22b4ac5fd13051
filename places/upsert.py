"""Bringing the rows of a table to what the files say, touching none that are equal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from .sheets import Row, Tally


@dataclass
class Wanted:
    """A row of a table as the files want it; `row` is the line that says so."""

    key: tuple[Any, ...]
    values: Mapping[str, Any]
    row: Row | None = None


def differs(held: Model, values: Mapping[str, Any]) -> bool:
    """Set the values; whether any was another before."""
    changes = {name: value for name, value in values.items() if getattr(held, name) != value}
    for name, value in changes.items():
        setattr(held, name, value)
    return bool(changes)


def sound(made: Model, row: Row | None) -> bool:
    """Whether the fields hold what their model allows; what does not is refused with its line."""
    relations = [field.name for field in made._meta.fields if field.is_relation]  # noqa: SLF001
    try:
        made.clean_fields(exclude=relations)
    except ValidationError as error:
        if row is None:
            raise
        refused = row.refused
        for name, messages in error.message_dict.items():
            if getattr(made, name) or not refused:  # what could not be read is empty, and told already
                row.refuse(f"{name}: {' '.join(messages)}")
    return row is None or not row.refused


def columns(values: Mapping[str, Any]) -> list[str]:
    """The names of fields where values name the columns of foreign keys."""
    return [name.removesuffix("_id") for name in values]


def store[M: Model](
    rows: QuerySet[M], key: Sequence[str], wanted: Sequence[Wanted], tally: Tally,
    *, keep: Callable[[M], bool] = lambda held: False,
) -> dict[tuple[Any, ...], M]:  # fmt: skip
    """Add what is missing and change what differs; what is held for nothing wanted stays as it is.

    `keep` tells which rows belong to somebody else by now. Gives all wanted rows by their key.
    """
    held = {tuple(getattr(row, name) for name in key): row for row in rows}
    new: dict[tuple[Any, ...], M] = {}
    changed: list[M] = []
    for want in wanted:
        found = held.get(want.key)
        if found is None:
            made = rows.model(**dict(zip(key, want.key, strict=True)), **want.values)
            if sound(made, want.row):
                new[want.key] = made
        elif keep(found):
            tally.kept += 1
        elif differs(found, want.values) and sound(found, want.row):
            changed.append(found)
        else:
            tally.unchanged += 1
    rows.bulk_create(new.values())
    if changed:
        rows.bulk_update(changed, columns(wanted[0].values))
    tally.added += len(new)
    tally.changed += len(changed)
    return {want.key: row for want in wanted if (row := held.get(want.key) or new.get(want.key))}
