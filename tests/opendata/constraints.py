"""Each rule the database keeps of what machines leave here, broken once (tests/curation/test_constraints)."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from curation.models import RecordEvent
from opendata.models import Delivery, Dump, DumpPart, ForeignId, Inside, Token, Webhook
from tests import factories
from tests.people import person

BEFORE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def api_token(**said: Any) -> Token:
    values = {"expires_at": timezone.now() + dt.timedelta(days=1), "user": person()}
    return Token.objects.create(**values | said)


def theirs(**said: Any) -> ForeignId:
    values = {"actor": factories.actor, "kind": "lab", "their_id": "1", "record": factories.record} | said
    return ForeignId.objects.create(**{name: v() if callable(v) else v for name, v in values.items()})


def called_so_twice() -> None:
    actor = factories.actor()
    for _number in range(2):
        theirs(actor=actor)


def webhook(**said: Any) -> Webhook:
    return Webhook.objects.create(user=person(), name="CRM", address="https://example.org/", **said)


def told_twice() -> None:
    told, record = webhook(), factories.record()
    event = RecordEvent.objects.create(record=record, verb="edited", version=2)
    for _number in range(2):
        Delivery.objects.create(webhook=told, event=event, record=record, change="changed")


def inside_twice() -> None:
    told, record = webhook(), factories.record()
    for _number in range(2):
        Inside.objects.create(webhook=told, record=record)


def dump(digest: str = "abc") -> Dump:
    return Dump.objects.create(on=BEFORE.date(), of_version=1, entries=0, size=0, digest=digest)


def same_part_twice() -> None:
    whole = dump()
    for _number in range(2):
        DumpPart.objects.create(dump=whole, number=0, content=b"x")


BREAKS: Mapping[str, Callable[[], Any]] = {
    "dump_has_a_digest": lambda: dump(digest=""),
    "one_part_per_number": same_part_twice,
    "token_writes_for_somebody": lambda: api_token(may_write=True),
    "token_runs_out_later": lambda: api_token(expires_at=BEFORE),
    "one_entry_per_foreign_id": called_so_twice,
    "foreign_id_says_something": lambda: theirs(their_id=""),
    "webhook_stopped_has_ended": lambda: webhook(stopped_because="It did not answer."),
    "told_of_an_event_once": told_twice,
    "inside_once": inside_twice,
    "delivered_or_given_up": lambda: Delivery.objects.create(
        webhook=webhook(), delivered_at=BEFORE, given_up_at=BEFORE
    ),
    "delivery_tells_a_change_or_tests": lambda: Delivery.objects.create(webhook=webhook(), change="changed"),
}
