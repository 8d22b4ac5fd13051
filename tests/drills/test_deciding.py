"""Two people decide on the same entry at the same moment, again and again, and one presses twice.

One wins each time, the other is told, and there is one line in the log and one mail for what happened.
DRILL_ROUNDS says how often: a few times with the other tests, 1,000 in a long drill.
"""

import os
from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from curation import actions
from curation.choices import State
from curation.models import Record, RecordEvent
from labs.models import Lab
from mail.models import Message
from tests import factories, people
from tests.drills.together import together
from tests.people import browser

ROUNDS = int(os.environ.get("DRILL_ROUNDS", "5"))

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_jobs", "empty")]

type Verb = Callable[[Record, User], None]


@pytest.fixture
def author() -> User:
    return people.person("anna@aarhus.dk", name="Anna Author")


@pytest.fixture
def curators() -> list[User]:
    return [people.person(is_curator=True) for _number in range(2)]


def publish(record: Record, by: User) -> None:
    actions.publish(record, by=by, version=record.version)


def return_it(record: Record, by: User) -> None:
    actions.return_to_author(record, by=by, version=record.version, reason="En kilde mangler.")


def withdraw(record: Record, by: User) -> None:
    actions.withdraw(record, by=by, version=record.version, reason="Hører ikke til her.")


def take_back(record: Record, by: User) -> None:
    actions.take_back(record, by=by)


def submit(record: Record, by: User) -> None:
    actions.submit(record, by=by)


def race(lab: Lab, *verbs: tuple[Verb, User]) -> int:
    """Each reads the entry as it stands and decides; how many were not overtaken."""

    def act(verb: Verb, by: User) -> Callable[[], None]:
        seen = Record.objects.get(pk=lab.pk)
        return lambda: verb(seen, by)

    told = together(*(act(verb, by) for verb, by in verbs))
    return sum(not isinstance(each, actions.Overtaken) for each in told)


def written(lab: Lab) -> tuple[int, int]:
    """The lines of its log and the mails to its author."""
    return RecordEvent.objects.filter(record=lab.pk).count(), Message.objects.filter(
        to="anna@aarhus.dk"
    ).count()


def test_of_two_decisions_one_is_taken(author: User, curators: list[User]) -> None:
    """Approved twice; approved and returned; approved and set aside; approved and taken back."""
    others = cycle(
        ((publish, curators[1]), (return_it, curators[1]), (withdraw, curators[1]), (take_back, author))
    )
    for number, other in zip(range(ROUNDS), others, strict=False):
        lab = factories.lab(f"Lab {number}", state=State.SUBMITTED, created_by=author)
        before = written(lab)
        won = race(lab, (publish, curators[0]), other)
        record = Record.objects.get(pk=lab.pk)
        after = written(lab)
        assert (won, record.version) == (1, 2)
        assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1]
        told = RecordEvent.objects.get(record=lab.pk)
        assert told.verb == ("taken_back" if record.state == State.DRAFT else record.state)
    print(f"{ROUNDS} rounds of two who decide: {ROUNDS} winners, events and mails")  # noqa: T201


def test_what_is_sent_in_twice_is_sent_in_once(author: User) -> None:
    for number in range(ROUNDS):
        lab = factories.lab(f"Lab {number}", state=State.DRAFT, created_by=author)
        before = written(lab)
        assert race(lab, (submit, author), (submit, author)) == 1
        after = written(lab)
        assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1]
        assert Record.objects.get(pk=lab.pk).state == State.SUBMITTED
    print(f"{ROUNDS} rounds of sending in twice: one event and one mail each")  # noqa: T201


def test_on_the_desk_one_wins_and_the_other_is_told(author: User, curators: list[User]) -> None:
    """The same over the whole way of a request: two curators press at once, one presses twice."""
    first, second = (browser(curator) for curator in curators)
    for number in range(ROUNDS):
        lab = factories.lab(f"Lab {number}", state=State.SUBMITTED, created_by=author)
        path, before = f"/desk/new/{lab.record.public_id}/", written(lab)

        def press(client: Client, path: str = path, **said: str) -> Callable[[], Any]:
            return lambda: client.post(path, {"decision": "publish", "version": "1"} | said)

        same = second if number % 2 else first
        other = {"decision": "return", "reason": "En kilde mangler."} if number % 2 else {}
        answers = together(press(first), press(same, **other))
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        after = written(lab)
        assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1]
        assert Record.objects.get(pk=lab.pk).version == 2
    print(f"{ROUNDS} rounds on the desk: {ROUNDS} winners, {ROUNDS} told")  # noqa: T201
