"""Work on many entries from looking at it until it is done.

Each entry is a transaction of its own, written together with its row: a worker that dies leaves what is done
done, and another goes on from there. One entry that fails keeps no other from it.
"""

import logging
from collections.abc import Iterable, Sequence
from itertools import batched

from django.db import InterfaceError, OperationalError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from curation.access import Scope, scope_of
from curation.actions import Overtaken
from curation.models import Record
from mail import links, outbox

from ..choices import BulkDeed, BulkOutcome, BulkState, Hindrance
from ..models import Bulk, BulkRow
from .deeds import Judged, cannot, may
from .setting_back import ALL as DEEDS

logger = logging.getLogger(__name__)

CHUNK = 500  # after as many it is asked anew whether who began it still looks after them
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


@transaction.atomic
def look_back(bulk: Bulk, *, by: User) -> Bulk:
    """Keep what would be set back of work that is done; to be begun like any other.

    Who looks again has dropped what they saw before: it may not be so any more.
    """
    Bulk.objects.filter(of=bulk, by=by, state=BulkState.LOOKED_AT).update(state=BulkState.DROPPED)
    done = bulk.rows.filter(outcome=BulkOutcome.DONE).order_by().values("record")
    records = list(Record.objects.shown().filter(pk__in=done).order_by("sort_da", "pk"))
    back = Bulk(
        kind=bulk.kind, query=bulk.query, deed=BulkDeed.SET_BACK, of=bulk, by=by,
        theme=bulk.theme, owner=bulk.owner, steward=bulk.steward,
    )  # fmt: skip
    return look_at(back, records)


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
    while (bulk := _running(number)) and (rows := _left(bulk)):
        scope = scope_of(bulk.by)
        for row in rows:
            _do(bulk, row, scope)
    if bulk:
        _finish(bulk)


def _running(number: int) -> Bulk | None:
    rows = Bulk.objects.select_related("by", "owner__record", "steward", "theme", "of")
    return rows.filter(pk=number, state=BulkState.RUNNING).first()


def _left(bulk: Bulk) -> Sequence[int]:
    rows = bulk.rows.filter(outcome=BulkOutcome.WILL).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:CHUNK])


@transaction.atomic
def _do(bulk: Bulk, number: int, scope: Scope) -> None:
    held = BulkRow.objects.select_for_update(of=("self",)).select_related("record")
    row = held.filter(pk=number, outcome=BulkOutcome.WILL).first()
    if row is None:
        return
    judged = _done(bulk, row) if may(bulk, row.record, scope) else cannot(Hindrance.NOT_YOURS)
    BulkRow.objects.filter(pk=row.pk).update(
        outcome=judged.outcome, hindrance=judged.hindrance, before=judged.before
    )


def _done(bulk: Bulk, row: BulkRow) -> Judged:
    try:
        with transaction.atomic():
            return DEEDS[bulk.deed].do(bulk, row.record, row.version)
    except Overtaken:
        public = Record.objects.published().filter(pk=row.record_id).exists()
        meanwhile = public or bulk.deed == BulkDeed.SET_BACK
        return Judged(BulkOutcome.OVERTAKEN) if meanwhile else cannot(Hindrance.NOT_PUBLIC)
    except (InterfaceError, OperationalError):
        raise  # of the database, not of the entry: the job is tried again
    except Exception:
        logger.exception("Work on many entries %s failed at record %s", bulk.pk, row.record_id)
        return cannot(Hindrance.FAILED)


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
