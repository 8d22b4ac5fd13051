"""Setting work on many entries back: looked at and done like the work itself, entry by entry.

What somebody has changed since stays as it is. A question that was asked cannot be taken back.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from actors.access import entry_of
from actors.models import Actor
from curation import actions, stewards
from curation.choices import Verb
from curation.models import Record, Stewardship, Theme
from curation.ties import set_themes

from ..choices import BulkDeed, BulkOutcome, Hindrance
from ..models import Bulk, BulkRow
from .deeds import DEEDS, DONE, SAME, THEMES, WILL, Deed, Judged, cannot, edit

# What can be set back; all but looking after an entry raise its version by one.
CAN_BE = (*THEMES, BulkDeed.OWNER, BulkDeed.STEWARD, BulkDeed.WITHDRAWN)


def judge(bulk: Bulk, records: Sequence[Record]) -> dict[int, Judged]:
    rows = _rows(bulk).filter(record__in=[record.pk for record in records])
    done = {row.record_id: row for row in rows}
    return {record.pk: _judged(bulk, done.get(record.pk), record) for record in records}


def do(bulk: Bulk, record: Record, version: int) -> Judged:
    row = _rows(bulk).filter(record=record.pk).first()
    judged = _judged(bulk, row, record)
    if row is None or judged is not WILL:
        return judged
    return BACK[_of(bulk).deed](bulk, record, version, row.before)


def _judged(bulk: Bulk, row: BulkRow | None, record: Record) -> Judged:
    raised = _of(bulk).deed != BulkDeed.STEWARD
    if row is None or (raised and record.version != row.version + 1):
        return cannot(Hindrance.CHANGED)
    return WILL


def _of(bulk: Bulk) -> Bulk:
    if bulk.of is None:
        raise ValueError("it sets nothing back")
    return bulk.of


def _rows(bulk: Bulk) -> Any:
    return BulkRow.objects.filter(bulk=bulk.of_id, outcome=BulkOutcome.DONE).order_by("pk")


# Each of them


def _themes(bulk: Bulk, record: Record, version: int, before: Any) -> Judged:
    themes = Theme.objects.in_bulk(before)

    def write() -> None:
        set_themes(record, [themes[pk] for pk in before if pk in themes])

    return edit(bulk, record, version, write, verb=Verb.REVERTED)


def _owner(bulk: Bulk, record: Record, version: int, before: Any) -> Judged:
    entry: Any = entry_of(record)
    [held] = before
    owner = Actor.objects.published().filter(pk=held).first() if held else None
    if held and owner is None:
        return cannot(Hindrance.NO_TAKER)

    def write() -> None:
        entry.owner = owner
        entry.save(update_fields=["owner"])

    return edit(bulk, record, version, write, verb=Verb.REVERTED)


def _steward(bulk: Bulk, record: Record, version: int, before: Any) -> Judged:
    held = Stewardship.objects.running().filter(pk=before).first()
    if held is None:
        return SAME
    stewards.end(held)
    return DONE


def _publish(bulk: Bulk, record: Record, version: int, before: Any) -> Judged:
    actions.publish(record, by=bulk.by, version=version)
    return DONE


BACK: Mapping[str, Any] = {
    **dict.fromkeys(THEMES, _themes),
    BulkDeed.OWNER: _owner,
    BulkDeed.STEWARD: _steward,
    BulkDeed.WITHDRAWN: _publish,
}
ALL: Mapping[str, Deed] = {**DEEDS, BulkDeed.SET_BACK: Deed(judge, do)}
