"""Fixtures for mail: letters of the tests' own, a clean table of jobs, a worker that runs what is due."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.template import engines
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

HELLO = """{% load i18n %}{% translate 'Front page' %}: {{ name }}

{% translate 'Search' %}, {{ name }}!
{% if no %}x{% endif %}


Look: {{ link }}
"""


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The templates `hello` and `one_line`, beside those of the product."""
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "hello.txt").write_text(HELLO)
    (folder / "one_line.txt").write_text("Only a subject\nand no empty line\n")
    engine = _engine()
    monkeypatch.setattr(engine, "dirs", [tmp_path, *engine.dirs])
    _forget_templates()
    yield
    _forget_templates()


def _forget_templates() -> None:
    for loader in _engine().template_loaders:
        loader.reset()


def _engine() -> Any:
    engine: Any = engines["mail"]
    return engine.engine


@pytest.fixture
def no_jobs(transactional_db: None) -> Iterator[None]:
    """No job from before, and none left for later: the tables of jobs are not flushed with the others."""
    _remove_jobs()
    yield
    _remove_jobs()


def _remove_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def work(no_jobs: None) -> Callable[[], None]:
    """Run what is due and come back; in a thread, because a browser's loop may run in this one."""

    def run() -> None:
        worker = threading.Thread(target=_run_worker)
        worker.start()
        worker.join(30)
        assert not worker.is_alive()

    return run


def ask_for(task: Task[..., Any, ...]) -> None:
    """Have a periodic task done by the next worker, as if its time had come."""
    with suppress(AlreadyEnqueued):
        task.defer(timestamp=0)


def _run_worker() -> None:
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as working:
        working.run_worker(
            queues=["mail", "jobs"], wait=False, listen_notify=False, install_signal_handlers=False
        )
