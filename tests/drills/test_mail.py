"""Mail under fire: the mail server goes away and the worker is killed while mails are being delivered.

DRILL_ROUNDS says how often the worker is killed: a few times with the other tests, 20 in `make drills`.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection, transaction

from config.processes import spawn
from mail import outbox, tasks
from mail.models import Message
from tests.mail_fixtures import ask_for
from tests.mail_server import MailServer
from tests.servers import environment

ROUNDS = int(os.environ.get("DRILL_ROUNDS", "3"))
EACH_ROUND = 8  # mails
AWAY = 4  # the mail server is away in each fourth round
PATIENCE = 60  # seconds until a worker has started and done something

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
        worker = start_worker(server)
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
    worker = start_worker(server)
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


# The worker, a process of its own


def start_worker(server):
    command = [sys.executable, "manage.py", "procrastinate", "worker"]
    options = ["--queues=mail,jobs", "--fetch-job-polling-interval=0.2"]
    return spawn([*command, *options], env=environment(SMTP_URL=server.url), cwd=settings.BASE_DIR)


def wait_until(done, worker):
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert worker.poll() is None, "the worker has ended by itself"
        assert time.monotonic() < deadline, "nothing happens any more"
        time.sleep(0.01)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """As the system does it when memory runs out: at once, and with no last word."""
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()


def time_passes():
    """The dead have been silent for long, and what is to be tried later is due."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes'")
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
