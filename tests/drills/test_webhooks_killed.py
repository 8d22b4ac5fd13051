"""Webhooks under fire: the worker is killed while it sends, and every message arrives all the same.

DRILL_ROUNDS says how often the worker is killed: once with the other tests, 20 times in `make drills`.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial

import pytest
from django.utils import timezone

from opendata.models import Delivery, Webhook
from opendata.tasks import webhooks as tasks
from tests.drills.workers import kill, start_worker, time_passes, wait_until
from tests.mail_fixtures import ask_for
from tests.opendata.receiver import Receiver, listening
from tests.people import person

ROUNDS = int(os.environ.get("DRILL_ROUNDS", "1"))
EACH_ROUND = 8  # messages
THINKS = 0.03  # seconds the receiver takes for each

pytestmark = pytest.mark.usefixtures("no_jobs")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as found:
        found.thinks_seconds = THINKS
        yield found


def test_every_message_is_delivered_and_hardly_one_twice(receiver: Receiver) -> None:
    dice = random.Random(2028)
    webhook = Webhook.objects.create(user=person(), name="CRM", address=receiver.address)
    for _round in range(ROUNDS):
        for _number in range(EACH_ROUND):
            Delivery.objects.create(webhook=webhook, next_try_at=timezone.now())
        enough = len(receiver.heads) + dice.randint(1, EACH_ROUND - 2)
        worker = working()
        try:
            wait_until(partial(_has_got, receiver, enough), worker)
            time.sleep(dice.random() * THINKS)
        finally:
            kill(worker)
        half_sent = Delivery.objects.filter(tries__gt=0, delivered_at=None)
        assert not half_sent.filter(next_try_at=None).exists(), "it would stay so for ever"
        half_sent.update(next_try_at=timezone.now())
        time_passes()
    worker = working()
    try:
        wait_until(lambda: not Delivery.objects.filter(delivered_at=None).exists(), worker)
    finally:
        kill(worker)
    copies = Counter(head["webhook-id"] for head in receiver.heads)
    assert set(copies) == {str(one.number) for one in Delivery.objects.all()}
    assert copies.total() - len(copies) <= ROUNDS, "more duplicates than kills"
    assert not Delivery.objects.exclude(given_up_at=None, next_try_at=None).exists()
    twice = copies.total() - len(copies)
    print(f"{ROUNDS} kills, {len(copies)} messages, {twice} duplicates")  # noqa: T201


def working():
    """A worker that has been asked to look, as it asks itself each minute."""
    ask_for(tasks.tell)
    return start_worker(WEBHOOK_ALLOW_LOCAL="1")


def _has_got(receiver: Receiver, enough: int) -> bool:
    return len(receiver.heads) >= enough
