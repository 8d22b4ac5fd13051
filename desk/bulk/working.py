"""Work on many entries from looking at it until it is done.

Each entry is a transaction of its own, written together with its row: a worker that dies leaves what is done
done, and another goes on from there.
"""

from collections.abc import Iterable, Sequence
from itertools import batched

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from curation.actions import Overtaken
from curation.models import Record
from mail import links, outbox

from ..choices import BulkDeed, BulkOutcome, BulkState
from ..models import Bulk, BulkRow
from .deeds import DEEDS, Judged

CHUNK = 500
AT_ONCE = 50  # as many are done while the page waits; the others by a worker


@transaction.atomic
def look_at(bulk: Bulk, records: Iterable[Record]) -> Bulk:
    """Keep what would be done to each entry; nothing of it is done yet."""
    bulk.save()
    for some in batched(records, CHUNK, strict=False):
        judged = DEEDS[bulk.deed].judge(bulk, some)
        BulkRow.objects.bulk_create(
            BulkRow(
                bulk=bulk, record=record, version=record.version,
                outcome=judged[record.pk].outcome, hindrance=judged[record.pk].hindrance,
            )
            for record in some
        )  # fmt: skip
    return bulk


def begin(bulk: Bulk) -> bool:
    """Have it done from now on; no where somebody has begun or dropped it already."""
    return _moved(bulk, BulkState.RUNNING)


def drop(bulk: Bulk) -> bool:
    """Leave it; nothing was done. No where somebody has begun it."""
    return _moved(bulk, BulkState.DROPPED)


def _moved(bulk: Bulk, to: BulkState) -> bool:
    rows = Bulk.objects.filter(pk=bulk.pk, state=BulkState.LOOKED_AT)
    return bool(rows.update(state=to))


def work(number: int) -> None:
    """Do what is left of it, in the order of its rows, and say that it is done."""
    bulk = _running(number)
    while bulk is not None and (rows := _left(bulk)):
        for row in rows:
            _do(bulk, row)
    if bulk is not None:
        _finish(bulk)


def _running(number: int) -> Bulk | None:
    rows = Bulk.objects.select_related("by", "owner__record", "steward", "theme")
    return rows.filter(pk=number, state=BulkState.RUNNING).first()


def _left(bulk: Bulk) -> Sequence[int]:
    rows = bulk.rows.filter(outcome=BulkOutcome.WILL).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:CHUNK])


@transaction.atomic
def _do(bulk: Bulk, number: int) -> None:
    held = BulkRow.objects.select_for_update(of=("self",)).select_related("record")
    row = held.filter(pk=number, outcome=BulkOutcome.WILL).first()
    if row is None:
        return
    judged = _done(bulk, row)
    BulkRow.objects.filter(pk=row.pk).update(outcome=judged.outcome, hindrance=judged.hindrance)


def _done(bulk: Bulk, row: BulkRow) -> Judged:
    try:
        with transaction.atomic():
            return DEEDS[bulk.deed].do(bulk, row.record, row.version)
    except Overtaken:
        return Judged(BulkOutcome.OVERTAKEN)


@transaction.atomic
def _finish(bulk: Bulk) -> None:
    """Once; somebody who was given many entries to look after is told in one mail."""
    rows = Bulk.objects.filter(pk=bulk.pk, state=BulkState.RUNNING)
    if not rows.update(state=BulkState.DONE, done_at=timezone.now()):
        return
    given = bulk.rows.filter(outcome=BulkOutcome.DONE).count()
    if bulk.deed == BulkDeed.STEWARD and bulk.steward and given:
        language = bulk.steward.language
        with translation.override(language):
            context = {"number": given, "link": links.absolute(reverse("desk:desk"))}
        outbox.send("desk/steward_of_many", to=bulk.steward.email, language=language, context=context)
