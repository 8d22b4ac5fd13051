"""What is to be told: the public changes in the log of entries, for each webhook whose list finds the entry,
or found it until now.

Transactions end in another order than they began, so an event may come into view after a later one. The log
is looked through again for as long as any of ours can last, and no event is told twice to the same address.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from curation.choices import State, Verb
from curation.models import RecordEvent

from ..choices import Change
from ..models import Delivery, Webhook
from .matching import found_among, inside_among, keep_inside

LATE = dt.timedelta(hours=1)  # no transaction of ours lasts that long; the longest are imports of a minute
CHANGES: Mapping[str, Change] = {
    Verb.PUBLISHED: Change.PUBLISHED,
    Verb.EDITED: Change.CHANGED,
    Verb.REVERTED: Change.CHANGED,
    Verb.RESUMED: Change.CHANGED,
    Verb.CLAIMED: Change.CHANGED,
    Verb.SUGGESTION_TAKEN: Change.CHANGED,
    Verb.IMPORTED: Change.CHANGED,
    Verb.IMPORT_REVERTED: Change.CHANGED,
    Verb.TOOK_IN: Change.CHANGED,
    Verb.MERGE_UNDONE: Change.CHANGED,
    Verb.ENDED: Change.ENDED,
    Verb.EXPIRED: Change.ENDED,
    Verb.WITHDRAWN: Change.WITHDRAWN,
    Verb.MERGED: Change.MERGED,
}
# What follows what and makes an entry public: read from a file, or itself again after a merge.
NEW: Mapping[tuple[str | None, str], Change] = {
    (None, Verb.IMPORTED): Change.PUBLISHED,
    (Verb.MERGED, Verb.MERGE_UNDONE): Change.PUBLISHED,
}
GONE = (Change.WITHDRAWN, Change.MERGED)


def look() -> list[int]:
    """Note what is to be told; the webhooks that have something to tell now."""
    now = timezone.now()
    webhooks = list(Webhook.objects.filter(ended_at=None, user__is_active=True).order_by("pk"))
    if not webhooks:
        return []
    events = _events(min(webhook.looked_at for webhook in webhooks) - LATE)
    for webhook in webhooks:
        _note(webhook.pk, events, now)
    due = Delivery.objects.filter(next_try_at__lte=timezone.now(), webhook__in=webhooks)
    return sorted(set(due.order_by().values_list("webhook", flat=True)))


def _events(since: dt.datetime) -> Sequence[RecordEvent]:
    """Events of what is or was public, in the order of the log; the log is read from its end."""
    floor = RecordEvent.objects.filter(at__lte=since).order_by("-pk").values_list("pk", flat=True).first()
    earlier = RecordEvent.objects.filter(record=OuterRef("record"), pk__lt=OuterRef("pk")).order_by("-pk")
    rows = RecordEvent.objects.filter(
        pk__gt=floor or 0, at__gt=since, verb__in=CHANGES, record__published_at__isnull=False
    )
    rows = rows.select_related("record").only(
        "verb", "at", "record__kind", "record__state", "record__published_at"
    )
    return list(rows.annotate(before=Subquery(earlier.values("verb")[:1])).order_by("pk"))


def change_of(event: RecordEvent) -> Change:
    """What an event is to those who only see what is public."""
    if event.verb == Verb.IMPORT_REVERTED and event.record.state == State.WITHDRAWN:
        return Change.WITHDRAWN
    before: str | None = getattr(event, "before", "")
    return NEW.get((before, event.verb), CHANGES[event.verb])


@transaction.atomic
def _note(number: int, events: Sequence[RecordEvent], now: dt.datetime) -> None:
    webhook = Webhook.objects.select_for_update().filter(pk=number, ended_at=None).first()
    if webhook is None:
        return
    since = max(webhook.made_at, webhook.looked_at - LATE)
    new = _untold(webhook, [event for event in events if event.at > since])
    kinds = {event.record_id: event.record.kind for event in new}
    found, inside = found_among(webhook, kinds), inside_among(webhook, kinds)
    Delivery.objects.bulk_create(
        [
            Delivery(webhook=webhook, event=event, record=event.record, change=change, next_try_at=now)
            for event, change in _wanted(new, found, inside)
        ],
        ignore_conflicts=True,
    )
    keep_inside(webhook, came=found - inside, left=inside - found)
    Webhook.objects.filter(pk=webhook.pk).update(looked_at=now)


def _wanted(
    events: Sequence[RecordEvent], found: Collection[int], inside: Collection[int]
) -> Iterator[tuple[RecordEvent, Change]]:
    """What a webhook is told: changes of what it finds, and what it found until now and finds no longer."""
    last = {event.record_id: event for event in events}
    for event in _without_repeats(events):
        change, record = change_of(event), event.record
        if record.pk in (inside if change in GONE else found):
            yield event, change
        elif event is last[record.pk] and record.pk in inside and record.is_public:
            yield event, Change.LEFT


def _untold(webhook: Webhook, events: Sequence[RecordEvent]) -> Sequence[RecordEvent]:
    """Those later than all the webhook was told of their entries."""
    told = _told(webhook, events)
    return [event for event in events if event.pk > told.get(event.record_id, 0)]


def _told(webhook: Webhook, events: Sequence[RecordEvent]) -> Mapping[int, int]:
    """The last event of each entry that was told already."""
    rows = Delivery.objects.filter(webhook=webhook, record__in={event.record_id for event in events})
    return dict(rows.order_by().values_list("record").annotate(last=Max("event")))


def _without_repeats(events: Iterable[RecordEvent]) -> Iterator[RecordEvent]:
    """Of changes of one entry that follow each other only the last: the entry is told as it is now."""
    last: dict[int, RecordEvent] = {}
    for event in events:
        held = last.get(event.record_id)
        if held is not None and not (change_of(held) == change_of(event) == Change.CHANGED):
            yield held
        last[event.record_id] = event
    yield from last.values()
