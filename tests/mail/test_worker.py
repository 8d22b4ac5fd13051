"""The worker as the supervisor keeps it: no limit on its statements, started again when it dies."""

import os
import signal

import pytest

from config import supervisor
from config.supervisor import Worker


@pytest.fixture
def worker():
    worker = Worker(
        {"PATH": os.environ["PATH"], "STEDKRAFT_WEB": "1", "DATABASE_URL": "postgresql://127.0.0.1:1/"}
    )
    worker.start()
    yield worker
    worker.stop()


def test_it_is_no_web_process(worker):
    assert set(worker.environment) == {"PATH", "DATABASE_URL"}


def test_it_is_missed_when_it_is_dead_but_not_at_once(worker, monkeypatch):
    assert not worker.missing
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.wait()
    assert not worker.missing  # one that cannot live is not started in a circle
    monkeypatch.setattr(supervisor, "WORKER_PAUSE_SECONDS", -1)
    assert worker.missing
    worker.start()
    assert not worker.missing


def test_stopping_ends_it(worker):
    worker.stop()
    assert worker.process.poll() is not None
