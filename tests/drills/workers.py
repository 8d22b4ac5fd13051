"""The worker as a process of its own, for drills that kill it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection

from config.processes import spawn
from tests.servers import environment

PATIENCE = 60  # seconds until a worker has started and done something

type Worker = subprocess.Popen[bytes]


def start_worker(**told: str) -> Worker:
    """One that does mail and jobs; `told` is its environment besides what every process is told."""
    command = [sys.executable, "manage.py", "procrastinate", "worker"]
    options = ["--queues=mail,jobs", "--fetch-job-polling-interval=0.2"]
    return spawn([*command, *options], env=environment(**told), cwd=settings.BASE_DIR)


def wait_until(done: Callable[[], bool], worker: Worker) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert worker.poll() is None, "the worker has ended by itself"
        assert time.monotonic() < deadline, "nothing happens any more"
        time.sleep(0.01)


def kill(worker: Worker) -> None:
    """As the system does it when memory runs out: at once, and with no last word."""
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()


def time_passes() -> None:
    """The dead have been silent for long, and what is to be tried later is due."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes'")
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
