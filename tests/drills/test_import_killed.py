"""A file is taken in by a process that is killed at any moment, and pressed by two people at once.

DRILL_ROUNDS says how often: a short file twice with the other tests; from ten on, ten times with 10,000 rows,
and what that takes is measured.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import User
from curation.actions import Overtaken
from curation.models import Record, RecordEvent
from desk.choices import BatchState, Verdict
from desk.importing import actions, reading
from desk.importing.progress import PREFIX, progress
from desk.models import Batch
from places.models import Place
from tests import factories
from tests.desk.importing import handed_in
from tests.drills.together import together
from tests.servers import environment

ROUNDS = int(os.environ.get("DRILL_ROUNDS", "2"))
LONG = ROUNDS >= 10
KILLS, ROWS = (10, 10_000) if LONG else (2, 40)
SECONDS, MEGABYTES = 60, 300
PATIENCE = 600
# What else the process writes that is not the register's: nothing of it is looked at.
NOT_OURS = ("procrastinate_", "django_session", "django_cache")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_jobs", "empty")]


@pytest.fixture
def place() -> Place:
    factories.theme("Vand", slug="water")
    return factories.place("Aarhus", code="0751", latitude=56.15, longitude=10.2)


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker is asked: the drill is the worker."""
    for module in ("handing_in", "actions"):
        monkeypatch.setattr(f"desk.importing.{module}.later", lambda *_all, **_more: None)


def words(dice: random.Random, number: int) -> str:
    return " ".join(f"ord{dice.randint(1, 4000)}" for _number in range(number))


def a_file(by: User, number: int) -> Batch:
    """Labs with as much text as real ones have."""
    dice = random.Random(number)
    rows = [
        {"name_da": f"Stue {line} {words(dice, 3)}", "summary_da": words(dice, 40),
         "description_da": words(dice, 50), "website": f"https://lab{line}.example.dk/", "phase": "running",
         "start_year": str(dice.randint(1990, 2025)), "methods": "interview; workshop"}
        for line in range(number)
    ]  # fmt: skip
    return handed_in(by, *rows)


def digests() -> Mapping[str, str]:
    """Of every table what all its rows are together."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(NOT_OURS):
                rows = "string_agg(md5(t::text), '' ORDER BY md5(t::text))"
                cursor.execute(f"SELECT md5(coalesce({rows}, '')) FROM \"{table}\" t")  # noqa: S608
                found[table] = str(cursor.fetchone()[0])
    return found


def start(batch: Batch, by: User) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.drills.taking_in", str(batch.pk), str(by.pk)]
    return subprocess.Popen(command, env=environment(), cwd=settings.BASE_DIR, stdout=subprocess.PIPE)


def kill_when(batch: Batch, process: subprocess.Popen[bytes], share: float) -> None:
    """As soon as so much of the way is done; then until the database has noticed."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        batch.refresh_from_db()
        done, total = progress(batch)
        if batch.state == BatchState.APPLYING and done >= share * total:
            break
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    while _is_at_work(batch) and time.monotonic() < deadline:
        time.sleep(0.02)


def _is_at_work(batch: Batch) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE %s", [f"{PREFIX} {batch.pk} %"]
        )
        return bool(cursor.fetchone()[0])


def test_killed_at_any_moment_all_is_there_or_nothing(place: Place, curator: User) -> None:
    """What was begun is undone by itself, and the next worker does all of it."""
    dice = random.Random(7)
    batch = a_file(curator, ROWS)
    reading.read(batch.pk)
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.APPLYING, done=0)
    before = digests()
    taken = 0
    for _number in range(KILLS):
        kill_when(batch, start(batch, curator), dice.random())
        batch.refresh_from_db()
        if batch.state == BatchState.APPLIED:  # killed after its last word
            taken += 1
            break
        assert digests() == before
    if not taken:
        process = start(batch, curator)
        process.communicate(timeout=PATIENCE)
        batch.refresh_from_db()
    assert batch.state == BatchState.APPLIED
    assert Record.objects.published().count() == ROWS
    assert RecordEvent.objects.count() == ROWS
    assert not batch.rows.filter(written_version__isnull=True).exists()
    print(f"{KILLS} kills during {ROWS} rows: nothing of it, then all of it")  # noqa: T201


def test_of_two_who_press_at_once_one_takes_it_in(place: Place, curator: User) -> None:
    for number in range(min(ROUNDS, 20)):
        batch = handed_in(curator, {"name_da": f"Lab {number}"}, {"name_da": f"Lab {number} b"})

        def press(batch: Batch = batch) -> None:
            actions.apply(Batch.objects.get(pk=batch.pk), version=batch.version, by=curator)

        told = together(press, press)
        assert sum(isinstance(each, Overtaken) for each in told) == 1
        assert RecordEvent.objects.count() == 2 * (number + 1)


def test_two_files_at_once_get_their_own_addresses(place: Place, curator: User) -> None:
    """Each names the same labs; one waits for the other."""
    names = [{"name_da": f"Lab {n}"} for n in range(3)]
    files = [handed_in(curator, *rows) for rows in (names, names[::-1])]

    def press(batch: Batch) -> Any:
        return lambda: actions.apply(Batch.objects.get(pk=batch.pk), version=batch.version, by=curator)

    assert together(*map(press, files)) == [None, None]
    assert Record.objects.published().count() == 6


@pytest.fixture
def measured(place: Place, curator: User) -> Mapping[str, float]:
    batch = a_file(curator, ROWS)
    if batch.state == BatchState.READY:  # so few are read at once: once more, by the other process
        Batch.objects.filter(pk=batch.pk).update(state=BatchState.READING)
        batch.rows.update(verdict=Verdict.WAITING)
    process = start(batch, curator)
    said, _nothing = process.communicate(timeout=PATIENCE)
    batch.refresh_from_db()
    assert batch.state == BatchState.APPLIED, batch.problem
    took: Mapping[str, float] = json.loads(said)
    return took


def test_what_ten_thousand_rows_take(measured: Mapping[str, float]) -> None:
    told = ", ".join(f"{name} {value:.0f}" for name, value in measured.items())
    print(f"{ROWS} rows: {told}")  # noqa: T201
    assert measured["megabytes"] < MEGABYTES
    assert measured["read"] + measured["taken_in"] < SECONDS
