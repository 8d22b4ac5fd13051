"""Systems write at once, again and again: one wins each time, nothing is lost and nothing is made twice.

DRILL_ROUNDS says how often: a few times with the other tests, 200 in a long drill.
"""

import os
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from actors.models import Actor
from curation.models import Draft, Record, RecordEvent
from labs.models import Lab
from opendata.models import ForeignId
from opendata.tags import tag_of
from tests import factories
from tests.opendata.machines import System, token_for
from tests.people import person

ROUNDS = int(os.environ.get("DRILL_ROUNDS", "5"))
PATIENCE = 30  # seconds

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_jobs", "empty")]


def at_once(*acts: Callable[[], Any]) -> Counter[int]:
    """Let them happen at the same moment, each on a connection of its own; what each was answered."""
    gate, answers = threading.Barrier(len(acts)), Counter[int]()

    def run(act: Callable[[], Any]) -> None:
        try:
            gate.wait(PATIENCE)
            answers[act().status_code] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return answers


@pytest.fixture
def kommune() -> Actor:
    return factories.actor("Byens Kommune")


@pytest.fixture
def systems(kommune: Actor) -> list[System]:
    user = person("maker@example.org")
    factories.membership(user, kommune)
    return [System(token_for(user, kommune)) for _number in range(2)]


def test_no_update_by_machine_is_lost(kommune: Actor, systems: list[System]) -> None:
    lab = factories.lab("Byens lab", owner=kommune, summary_da="Vi tæller.", target_groups="0")
    factories.reindex(lab)
    began = Record.objects.get(pk=lab.pk).version
    path, answers = f"/labs/{lab.record.public_id}", Counter[int]()

    def count_up(system: System, said: str, tag: str) -> Callable[[], Any]:
        return lambda: system.patch(path, {"target_groups": said}, tag)

    for number in range(ROUNDS):
        tag = tag_of(Record.objects.get(pk=lab.pk))
        said = (f"{number + 1} a", f"{number + 1} b")
        acts = [count_up(system, words, tag) for system, words in zip(systems, said, strict=True)]
        answers += at_once(*acts)
    lab.refresh_from_db()
    assert answers == {200: ROUNDS, 412: ROUNDS}
    assert lab.target_groups.split()[0] == str(ROUNDS)
    assert Record.objects.get(pk=lab.pk).version - began == ROUNDS
    assert RecordEvent.objects.filter(record=lab.record, verb="edited").count() == ROUNDS
    call_command("reindex", "--check")


def test_the_same_written_twice_at_once_is_made_once(kommune: Actor, systems: list[System]) -> None:
    factories.theme("Ageing", slug="ageing")
    factories.place("Byen", code="0101", latitude=55.7, longitude=12.5)
    body = {"name_da": "Nyt", "summary_da": "Det er nyt.", "themes": ["ageing"], "places": ["0101"]}
    answers = Counter[int]()
    for number in range(ROUNDS):
        path = f"/labs/by-their-id/{number}"
        answers += at_once(*[lambda system=system, path=path: system.put(path, body) for system in systems])
    assert answers == {201: ROUNDS, 200: ROUNDS}
    assert (Lab.objects.count(), Draft.objects.count(), ForeignId.objects.count()) == (ROUNDS,) * 3
