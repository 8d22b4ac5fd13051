"""What many entries are tied to: their derived columns follow from each other's."""

from collections.abc import Collection
from functools import cache
from typing import Any

from curation.models import Entry, Record
from keeping.history.events import MODELS


def tied_to(kind: str, ids: Collection[int]) -> set[int]:
    """The records that entries of a kind name, are named by, or share a tie with.

    What `curation.search.linked_to` tells of one, and some more; as many statements for all as for one.
    """
    found: set[int] = set()
    for model, key, ends in _ways(MODELS[kind]):
        rows = model.objects.filter(**{f"{key}__in": ids}).order_by()
        for row in rows.values_list(*ends):
            found.update(end for end in row if end)
    return found - set(ids)


@cache
def _ways(model: Any) -> tuple[tuple[Any, str, tuple[str, ...]], ...]:
    """Tables that hold ties of a kind: the column that names it there, and those that name the others."""
    own = _ends(model)
    ways: list[tuple[Any, str, tuple[str, ...]]] = [(model, "pk", own)] if own else []
    for relation in model._meta.related_objects:  # noqa: SLF001 - Django's own name for it
        other = relation.related_model
        if issubclass(other, Entry):
            ways.append((other, relation.field.name, ("pk",)))
        elif ends := _ends(other):
            ways.append((other, relation.field.name, ends))
    return tuple(ways)


def _ends(model: Any) -> tuple[str, ...]:
    """The columns of a table that name entries, but for the one that says which record it is."""
    return tuple(
        one.attname
        for one in model._meta.concrete_fields  # noqa: SLF001
        if one.is_relation
        and not one.primary_key
        and (
            issubclass(one.related_model, Entry) or (issubclass(model, Entry) and one.related_model is Record)
        )
    )
