"""What a merge writes, step by step, kept so that it can be taken back step by step.

A step is `{"table", "rows", "from", "to"}`: some rows of one table, in which some columns said one thing and
say another now. It is JSON, and names no person.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from .pointing import standing

type Step = dict[str, Any]
type Stays = tuple[Any, str]  # a table, and the column of it that somebody else has changed


class Steps:
    """Changes rows and remembers what they said."""

    def __init__(self) -> None:
        self.done: list[Step] = []

    def change(
        self, model: Any, rows: Iterable[int], before: Mapping[str, Any], after: Mapping[str, Any],
        groups: Iterable[Sequence[str]] = (),
    ) -> None:  # fmt: skip
        """Let rows that say one thing say another. Each of the groups of columns is a step of its own."""
        keys = sorted(rows)
        if not keys:
            return
        model._base_manager.filter(pk__in=keys).update(**_columns(model, after))
        for names in groups or (tuple(after),):
            self.done.append(
                {
                    "table": model._meta.label,
                    "rows": keys,
                    "from": {name: _plain(before[name]) for name in names},
                    "to": {name: _plain(after[name]) for name in names},
                }
            )

    def change_one(self, row: models.Model, **after: Any) -> None:
        """The same for one row that has been read; nothing where it says so already."""
        before = {name: getattr(row, row._meta.get_field(name).attname) for name in after}  # type: ignore[union-attr]
        if before != after:
            self.change(type(row), [row.pk], before, after)
            for name, value in after.items():
                setattr(row, row._meta.get_field(name).attname, value)  # type: ignore[union-attr]

    def try_change(self, row: models.Model, **after: Any) -> bool:
        """The same, unless the database refuses it."""
        try:
            with transaction.atomic():
                self.change_one(row, **after)
        except IntegrityError:
            row.refresh_from_db()
            return False
        return True


def taken_back(steps: Sequence[Step]) -> list[Stays]:
    """Let rows say again what they said, the last step first; those that say something else by now stay.

    What one after another was done to the same rows is taken back at once, for it may only be right together.
    Gives what stays as it is.
    """
    left: list[Stays] = []
    for (table, rows), some in groupby(reversed(steps), key=lambda step: (step["table"], step["rows"])):
        model, waiting = apps.get_model(table), list(some)
        if len(waiting) > 1 and _all_hold(waiting) and _set_all(model, rows, waiting):
            continue
        for step in waiting:
            left += _taken_back(step)
    return left


def _taken_back(step: Step) -> list[Stays]:
    model, before, after = told(step)
    rows = model._base_manager.filter(pk__in=step["rows"], **after)
    found = sorted(rows.order_by().values_list("pk", flat=True))
    whole = len(found) == len(step["rows"])
    return [] if not _set(model, found, before) and whole else [(model, name) for name in before]


def _all_hold(steps: Sequence[Step]) -> bool:
    """Whether the rows say what all of the steps made them say, each column written once."""
    names = [name for step in steps for name in step["to"]]
    return len(set(names)) == len(names) and not changed_since(steps)


def _set_all(model: Any, rows: Sequence[int], steps: Sequence[Step]) -> bool:
    return _all(model, rows, {name: value for step in steps for name, value in told(step)[1].items()})


def changed_since(steps: Sequence[Step]) -> list[Stays]:
    """What would stay as it is: of each column of a row what the last step wrote counts."""
    left: list[Stays] = []
    later: set[tuple[str, int, str]] = set()
    for step in reversed(steps):
        model, _before, after = told(step)
        for name, value in after.items():
            rows = [pk for pk in step["rows"] if (step["table"], pk, name) not in later]
            later |= {(step["table"], pk, name) for pk in rows}
            if model._base_manager.filter(pk__in=rows, **{name: value}).count() < len(rows):
                left.append((model, name))
    return left


def told(step: Step) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """The table of a step, what its columns said, and what they were made to say; as entries stand today."""
    model = apps.get_model(step["table"])
    before, after = (_values(model, step[said], step["rows"]) for said in ("from", "to"))
    return model, before, after


def _set(model: Any, rows: Sequence[int], values: Mapping[str, Any]) -> list[int]:
    """All at once, or one by one where the database refuses; those it refuses."""
    if not rows or _all(model, rows, values):
        return []
    return [pk for pk in rows if not _all(model, [pk], values)]


def _all(model: Any, rows: Sequence[int], values: Mapping[str, Any]) -> bool:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=rows).update(**_columns(model, values))
    except IntegrityError:
        return False
    return True


def _columns(model: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    return {model._meta.get_field(name).attname: value for name, value in values.items()}


def _values(model: Any, said: Mapping[str, Any], rows: Sequence[int]) -> dict[str, Any]:
    fields = {name: model._meta.get_field(name) for name in said}
    return {
        name: None if said[name] is None else standing(field, field.to_python(said[name]), rows)
        for name, field in fields.items()
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
