"""Once a day: ask after facts that are due, remind of what waits for an answer, rank lower what lapsed."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import batched

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from procrastinate.contrib.django import app

from curation import actions
from curation.choices import Fact
from curation.freshness import REMINDED_AFTER, lapsed_before
from curation.models import Asking, Record
from curation.querysets import RecordQuerySet

from ..asking import ask_after, ask_again

logger = logging.getLogger(__name__)

BATCH = 200
# So that days without a worker are made up for; ranking again what is ranked right changes nothing.
LOOK_BACK = dt.timedelta(days=14)


@app.periodic(cron="23 5 * * *")
@app.task(name="keeping.ask_after_facts", queue="jobs", queueing_lock="keeping.ask_after_facts")
def ask_after_facts(timestamp: int) -> None:
    """Each entry is a transaction of its own: what was asked stays asked if the worker dies."""
    _each(to_ask(), ask_after)
    _each(to_remind(), ask_again)


@app.periodic(cron="10 23 * * *")  # shortly after midnight in Denmark
@app.task(name="keeping.rank_what_lapsed", queue="jobs", queueing_lock="keeping.rank_what_lapsed")
def rank_what_lapsed(timestamp: int) -> None:
    """Write the rank of entries that have just become "not confirmed for over a year"."""
    for some in batched(lapsed(), BATCH, strict=False):
        actions.renamed(Record.objects.filter(pk__in=some))


def to_ask() -> list[int]:
    """The records with a fact that is due and not asked after."""
    today, found = timezone.localdate(), set()
    for fact in Fact.values:
        asked = Asking.objects.filter(record=OuterRef("pk"), fact=fact, answered_at__isnull=True)
        due = Record.objects.due(fact, today).filter(~Exists(asked))
        found |= set(due.order_by().values_list("pk", flat=True))
    return sorted(found)


def to_remind() -> list[int]:
    """The records with a question that has waited for an answer as long as a reminder waits."""
    now = timezone.now()
    late = Q()
    for sent, wait in enumerate(REMINDED_AFTER):
        late |= Q(reminders=sent, asked_at__lte=now - wait)
    rows = Asking.objects.filter(late, answered_at__isnull=True, record__in=Record.objects.current())
    return sorted(set(rows.order_by().values_list("record", flat=True)))


def lapsed() -> list[int]:
    """The records that have become "not confirmed for over a year" lately."""
    before = lapsed_before(timezone.localdate())
    rows = Record.objects.current().filter(
        claimed_at__isnull=False, confirmed_at__lt=before, confirmed_at__gte=before - LOOK_BACK
    )
    return sorted(rows.order_by().values_list("pk", flat=True))


def _each(records: Iterable[int], do: Callable[[Record], object]) -> None:
    """One entry that cannot be written to about does not keep the others from it."""
    for record in _loaded(records):
        try:
            do(record)
        except Exception:
            logger.exception("Record %s could not be asked after", record.pk)


def _loaded(records: Iterable[int]) -> Iterator[Record]:
    shown: RecordQuerySet = Record.objects.shown().select_related("created_by")
    for some in batched(records, BATCH, strict=False):
        yield from shown.filter(pk__in=some).order_by("pk")
