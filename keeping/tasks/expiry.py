"""What has run out expires, past ties end, and of what runs out it is asked whether it is still needed."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from itertools import batched

from django.utils import timezone
from procrastinate.contrib.django import app

from curation.freshness import DUE_AHEAD
from curation.models import Asking, Record

from ..asking import ask_whether_needed, month_before
from ..expiring import expire, to_expire
from ..past_ties import end_ties, ties_to_end
from ..running_out import RUN_OUT

logger = logging.getLogger(__name__)

BATCH = 200


@app.periodic(cron="20 23 * * *")  # shortly after midnight in Denmark
@app.task(name="keeping.expire_what_ran_out", queue="jobs", queueing_lock="keeping.expire_what_ran_out")
def expire_what_ran_out(timestamp: int) -> None:
    """Each entry is a transaction of its own: what has expired stays so if the worker dies."""
    _each(to_expire(timezone.localdate()), expire)


@app.periodic(cron="30 23 * * *")
@app.task(name="keeping.end_ties", queue="jobs", queueing_lock="keeping.end_ties")
def end_past_ties(timestamp: int) -> None:
    """Give ties whose last year has passed the day they ended."""
    for model, found in ties_to_end(timezone.localdate()):
        for some in batched(found, BATCH, strict=False):
            end_ties(model, some)


@app.periodic(
    cron="13 5 * * *"
)  # before facts that are due are asked after, so that one mail asks after both
@app.task(name="keeping.ask_whether_needed", queue="jobs", queueing_lock="keeping.ask_whether_needed")
def ask_what_runs_out(timestamp: int) -> None:
    """Ask of what runs out within a month whether it is to be renewed."""
    _each(to_ask_whether_needed(timezone.localdate()), ask_whether_needed)


def to_ask_whether_needed(today: dt.date) -> list[int]:
    """The records whose last day is less than a month away, and that nobody has said anything of since."""
    return sorted(pk for kind in RUN_OUT for pk in _running_out(kind, today))


def _running_out(kind: str, today: dt.date) -> Iterable[int]:
    column = RUN_OUT[kind].column
    rows = RUN_OUT[kind].model.objects.current().select_related("record")
    rows = rows.filter(**{f"{column}__gte": today, f"{column}__lte": today + DUE_AHEAD})
    asked = dict(
        Asking.objects.filter(record__in=rows.order_by().values("pk"))
        .order_by("asked_at")
        .values_list("record_id", "asked_at")
    )
    for entry in rows.order_by("pk"):
        told = (entry.record.published_at, entry.record.confirmed_at, asked.get(entry.pk))
        if all(moment is None or moment < month_before(entry) for moment in told):
            yield entry.pk


def _each(records: Iterable[int], do: Callable[[Record], object]) -> None:
    """One entry that cannot be written to about does not keep the others from it."""
    for some in batched(records, BATCH, strict=False):
        rows = Record.objects.shown().select_related("created_by").filter(pk__in=some)
        for record in rows.order_by("pk"):
            try:
                do(record)
            except Exception:
                logger.exception("Record %s could not be looked at", record.pk)
