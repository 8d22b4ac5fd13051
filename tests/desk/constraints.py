"""Each rule the database keeps of what curators work with, broken once (tests/curation/test_constraints)."""

from collections.abc import Callable, Mapping
from typing import Any

from desk.models import Bulk, BulkRow
from tests import factories
from tests.people import person


def bulk(**said: Any) -> Bulk:
    return Bulk.objects.create(**{"kind": "lab", "deed": "asked", "by": person()} | said)


def bulk_row(**said: Any) -> BulkRow:
    values = {"bulk": bulk, "record": factories.record, "version": 1, "outcome": "will"} | said
    return BulkRow.objects.create(**{name: v() if callable(v) else v for name, v in values.items()})


def worked_on_twice() -> None:
    held, record = bulk(), factories.record()
    for _number in range(2):
        bulk_row(bulk=held, record=record)


BREAKS: Mapping[str, Callable[[], Any]] = {
    "bulk_theme_named": lambda: bulk(deed="theme_added"),
    "bulk_owner_named": lambda: bulk(deed="owner"),
    "bulk_steward_named": lambda: bulk(deed="steward"),
    "bulk_withdrawn_with_a_reason": lambda: bulk(deed="withdrawn"),
    "bulk_done_has_a_time": lambda: bulk(state="done"),
    "worked_on_once": worked_on_twice,
    "hindered_says_why": lambda: bulk_row(outcome="cannot"),
}
