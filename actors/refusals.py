"""Organisations that do not want to be named by an entry."""

from collections.abc import Iterable

from curation.models import Record

from .models import Refusal


def refused(record: Record, actors: Iterable[int]) -> set[int]:
    """Those of the organisations that have declined to be named by an entry; not to be added again."""
    rows = Refusal.objects.filter(record=record, actor__in=list(actors))
    return set(rows.order_by().values_list("actor_id", flat=True))
