"""Two workers at the same entry or organisation at once: one of them writes the mails."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import User
from actors.models import Actor
from curation.models import Asking, Record
from keeping import asking, naming
from mail.models import Message
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

WORKERS = 4


@pytest.fixture
def owning() -> Actor:
    actor = factories.actor("Aarhus Kommune")
    factories.membership(User.objects.create_user("olga@aarhus.dk", "correct horse battery"), actor, "owner")
    return actor


def at_once(work: Callable[[], int]) -> list[int]:
    """What each of the workers has sent."""
    start = Barrier(WORKERS)

    def worker(_number: int) -> int:
        try:
            start.wait(10)
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        return sorted(pool.map(worker, range(WORKERS)))


def test_an_entry_is_asked_after_once_and_reminded_of_once(owning: Actor) -> None:
    long_ago = timezone.now() - dt.timedelta(days=400)
    lab = factories.lab(owner=owning, claimed_at=long_ago, confirmed_at=long_ago)
    assert at_once(lambda: asking.ask_after(Record.objects.get(pk=lab.pk))) == [0, 0, 0, 1]
    Asking.objects.update(asked_at=timezone.now() - dt.timedelta(days=14))
    assert at_once(lambda: asking.ask_again(Record.objects.get(pk=lab.pk))) == [0, 0, 0, 1]
    assert Asking.objects.get().reminders == 1
    assert Message.objects.count() == 2


def test_an_organisation_is_asked_once(owning: Actor) -> None:
    factories.link(factories.lab(), owning)
    assert at_once(lambda: naming.ask(Actor.objects.get(pk=owning.pk))) == [0, 0, 0, 1]
    assert Message.objects.count() == 1
