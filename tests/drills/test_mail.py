"""Mail under fire: the mail server goes away and the worker is killed while mails are being delivered.

DRILL_ROUNDS says how often the worker is killed: a few times with the other tests, 20 in `make drills`.
"""

import os
import random
import time
from collections import Counter

import pytest
from django.db import connection, transaction

from mail import outbox, tasks
from mail.models import Message
from tests.drills.workers import kill, start_worker, time_passes, wait_until
from tests.mail_fixtures import ask_for
from tests.mail_server import MailServer

ROUNDS = int(os.environ.get("DRILL_ROUNDS", "3"))
EACH_ROUND = 8  # mails
AWAY = 4  # the mail server is away in each fourth round

pytestmark = pytest.mark.usefixtures("letters", "no_jobs")


def test_every_mail_is_delivered_and_hardly_one_twice():
    dice = random.Random(2027)
    written = set()
    with MailServer() as server:
        server.thinks_seconds = 0.03
        for number in range(1, ROUNDS + 1):
            written |= write_mails()
            round_of_trouble(server, dice, away=number % AWAY == 0)
            time_passes()
        worker = start_worker(SMTP_URL=server.url)
        try:
            ask_for(tasks.requeue_stalled)
            wait_until(lambda: not Message.objects.filter(sent_at=None).exists(), worker)
        finally:
            kill(worker)
    copies = Counter(mail["Message-ID"] for mail in server.received)
    assert set(copies) == written
    assert copies.total() - len(copies) <= ROUNDS, "more duplicates than kills"
    assert not Message.objects.exclude(subject="", text="").exists()
    print(f"{ROUNDS} kills, {len(written)} mails, {copies.total() - len(copies)} duplicates")  # noqa: T201


def round_of_trouble(server, dice, *, away):
    """A worker starts, is in the middle of its work or of failing at it, and is killed."""
    if away:
        server.down()
    worker = start_worker(SMTP_URL=server.url)
    before = len(server.received)
    enough = before + dice.randint(1, EACH_ROUND - 2)
    try:
        if away:
            wait_until(tries_again, worker)
        else:
            wait_until(lambda: len(server.received) >= enough, worker)
        time.sleep(dice.random() * 0.05)
    finally:
        kill(worker)
    server.up()


def tries_again():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND attempts > 0")
        return cursor.fetchone()[0] > 0


def write_mails():
    """Some mails, and one more that is taken back; the Message-IDs of those that must arrive."""
    written = {hello().message_id for _number in range(EACH_ROUND)}
    with transaction.atomic():
        hello()
        transaction.set_rollback(True)
    return written


def hello():
    return outbox.send(
        "hello", to="anna@example.org", language="da", context={"name": "A", "link": "/", "no": 0}
    )
