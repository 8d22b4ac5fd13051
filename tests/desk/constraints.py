"""Each rule the database keeps of what curators work with, broken once (tests/curation/test_constraints)."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from desk.models import Batch, BatchRow, Bulk, BulkRow, Merge, Pair
from tests import factories
from tests.people import person

LATELY = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def bulk(**said: Any) -> Bulk:
    return Bulk.objects.create(**{"kind": "lab", "deed": "asked", "by": person()} | said)


def bulk_row(**said: Any) -> BulkRow:
    values = {"bulk": bulk, "record": factories.record, "version": 1, "outcome": "will"} | said
    return BulkRow.objects.create(**{name: v() if callable(v) else v for name, v in values.items()})


def worked_on_twice() -> None:
    held, record = bulk(), factories.record()
    for _number in range(2):
        bulk_row(bulk=held, record=record)


def pair(**said: Any) -> Pair:
    left, right = factories.record(), factories.record()
    return Pair.objects.create(**{"left": left, "right": right, "certainty": 60} | said)


def pair_twice() -> None:
    made = pair()
    pair(left=made.left, right=made.right)


def merge(**said: Any) -> Merge:
    values = {"gone": factories.record, "kept": factories.record, "by": person, "reason": "Det samme"} | said
    values = {name: v() if callable(v) else v for name, v in values.items()}
    return Merge.objects.create(**values)


def merged_twice() -> None:
    merge(gone=merge().gone)


def merged_into_itself() -> None:
    record = factories.record()
    merge(gone=record, kept=record)


def batch(**said: Any) -> Batch:
    values = {"kind": "lab", "file_name": "liste.csv", "digest": "0" * 64, "size": 9, "by": person} | said
    return Batch.objects.create(**{name: v() if callable(v) else v for name, v in values.items()})


def batch_row(**said: Any) -> BatchRow:
    values = {"batch": batch, "number": 2, "verdict": "new"} | said
    return BatchRow.objects.create(**{name: v() if callable(v) else v for name, v in values.items()})


def row_twice() -> None:
    batch_row(batch=batch_row().batch)


BREAKS: Mapping[str, Callable[[], Any]] = {
    "batch_applied_by_and_when": lambda: batch(applied_by=person()),
    "batch_reverted_by_and_when": lambda: batch(reverted_at=LATELY, reverted_by=person()),
    "batch_applied_has_a_time": lambda: batch(state="applied"),
    "batch_done_of_total": lambda: batch(done=2, total=1),
    "one_row_per_number": row_twice,
    "changed_row_names_a_record": lambda: batch_row(verdict="changed"),
    "written_row_names_a_record": lambda: batch_row(written_version=1),
    "bulk_theme_named": lambda: bulk(deed="theme_added"),
    "bulk_owner_named": lambda: bulk(deed="owner"),
    "bulk_steward_named": lambda: bulk(deed="steward"),
    "bulk_withdrawn_with_a_reason": lambda: bulk(deed="withdrawn"),
    "bulk_set_back_of_another": lambda: bulk(deed="set_back"),
    "bulk_done_has_a_time": lambda: bulk(state="done"),
    "worked_on_once": worked_on_twice,
    "one_pair_of_two": pair_twice,
    "pair_in_order": lambda: pair(right=factories.record(), left=factories.record()),
    "pair_certainty_percent": lambda: pair(certainty=101),
    "pair_decided_by_and_when": lambda: pair(outcome="different"),
    "merged_once_at_a_time": merged_twice,
    "merged_into_itself_never": merged_into_itself,
    "merge_undone_by_and_when": lambda: merge(undone_by=person()),
    "hindered_says_why": lambda: bulk_row(outcome="cannot"),
}
