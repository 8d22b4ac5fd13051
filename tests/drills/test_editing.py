"""Two people edit and decide at once, again and again: one wins each time, and no word of the winner is lost.

DRILL_ROUNDS says how often: a few times with the other tests, 1,000 in a long drill.
"""

import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import User
from actors.models import Actor
from curation.actions import Overtaken
from curation.choices import Outcome, Verb
from curation.models import RecordEvent, Suggestion
from curation.ties import AT_SEAT
from keeping.editing import Change
from keeping.sections import section_to_edit
from keeping.suggesting import decide
from labs.models import Lab
from mail.models import Message
from tests import factories

ROUNDS = int(os.environ.get("DRILL_ROUNDS", "5"))
PATIENCE = 30  # seconds

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_jobs", "empty")]


@pytest.fixture
def owner(empty: None) -> User:
    return User.objects.create_user("owner@kommune.example", "correct horse battery")


@pytest.fixture
def lab(owner: User) -> Iterator[Lab]:
    town: Actor = factories.actor("Byens Kommune", type="municipality", side="pull")
    factories.membership(owner, town)
    place = factories.place("Byen", code="0101", latitude=55.7, longitude=12.5)
    made: Lab = factories.lab(
        "Byens lab", owner=town, themes=[factories.theme()], places=[place], latitude=55.7, longitude=12.5,
        point_basis=AT_SEAT,
    )  # fmt: skip
    yield made
    call_command("reindex", "--check")


def together(*acts: Callable[[threading.Barrier], Any]) -> int:
    """Let them happen at the same moment, each on a connection of its own; how many were not overtaken."""
    gate, done = threading.Barrier(len(acts)), []

    def run(act: Callable[[threading.Barrier], Any]) -> None:
        try:
            act(gate)
            done.append(act)
        except Overtaken:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return len(done)


def test_no_update_is_lost(lab: Lab, owner: User) -> None:
    asked = section_to_edit("lab", "why")
    version = lab.record.version

    def count_up(gate: threading.Barrier) -> None:
        """Read a number, wait until the other has read it too, and write the next one."""
        fresh = Lab.objects.select_related("record").get(pk=lab.pk)
        words = asked.typed(fresh) | {"target_groups": [str(int(fresh.target_groups or 0) + 1)]}
        change = Change(fresh, by=owner)
        assert change.fits(asked(words, entry=fresh, by=owner))
        gate.wait(PATIENCE)
        change.save(version=fresh.record.version)

    won = [together(count_up, count_up) for _round in range(ROUNDS)]
    lab = Lab.objects.select_related("record").get(pk=lab.pk)
    assert won == [1] * ROUNDS
    assert int(lab.target_groups) == lab.record.version - version == ROUNDS
    assert RecordEvent.objects.filter(record=lab.record, verb=Verb.EDITED).count() == ROUNDS
    print(f"{ROUNDS} rounds of two editors, {sum(won)} winners, 0 lost updates")  # noqa: T201


def test_a_suggestion_is_decided_once(lab: Lab, owner: User) -> None:
    def answer(number: int, take: list[str], gate: threading.Barrier) -> None:
        made = Suggestion.objects.select_related("record").get(pk=number)
        version = made.record.version
        gate.wait(PATIENCE)
        decide(made, by=owner, take=take, answer="Tak", version=version)

    won = []
    for number in range(ROUNDS):
        changes = {"target_groups": {"from": [""], "to": [f"Gruppe {number}"]}}
        made = Suggestion.objects.create(
            record=lab.record, base_version=1, changes=changes, reply_to="ida@example.org"
        )  # fmt: skip
        won.append(together(partial(answer, made.pk, ["target_groups"]), partial(answer, made.pk, [])))
    assert won == [1] * ROUNDS
    assert not Suggestion.objects.filter(outcome=Outcome.WAITING).exists()
    assert Message.objects.filter(template="keeping/suggestion_answered").count() == ROUNDS
    assert RecordEvent.objects.filter(record=lab.record).count() == ROUNDS
    taken = Suggestion.objects.filter(outcome=Outcome.TAKEN).order_by("pk").last()
    lab.refresh_from_db()
    if taken:
        assert lab.target_groups == taken.changes["target_groups"]["to"][0]
