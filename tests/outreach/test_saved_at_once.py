"""Two workers at the same person at once, or one reader in four windows: one mail, no search too many."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from curation.models import SavedSearch
from mail.models import Message
from outreach import saved, saved_telling
from outreach.saved_pages import page_at
from tests import factories
from tests.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]
WORKERS = 4


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """What each of the workers has got."""
    start = Barrier(WORKERS)

    def worker(number: int) -> Any:
        try:
            start.wait(10)
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        return sorted(pool.map(worker, range(WORKERS)))


def test_two_workers_write_one_mail() -> None:
    with time_machine.travel("2026-11-22 12:00", tick=True):
        user = person()
        for name in ("a", "b", "c"):
            SavedSearch.objects.create(user=user, name=name, path="/labs/", query=f"q={name}", rhythm="daily")
        for name in ("a", "b", "c"):
            factories.lab(name)
    with time_machine.travel("2026-11-23 05:00", tick=True):
        assert at_once(lambda _number: saved_telling.tell(user.pk)) == [False, False, False, True]
    assert Message.objects.count() == 1
    assert [len(search.known or ()) for search in SavedSearch.objects.all()] == [3, 3, 3]


def test_the_fiftieth_is_saved_once() -> None:
    user = User.objects.get(pk=person().pk)
    SavedSearch.objects.bulk_create(
        SavedSearch(user=user, name=str(n), path="/labs/", query=f"q={n}", saved_at=timezone.now())
        for n in range(saved.MOST_SEARCHES - 1)
    )
    page = page_at("/labs/")
    assert page is not None

    def save(number: int) -> bool:
        try:
            saved.save(by=user, page=page, query=QueryDict(f"q=new{number}"), name="x", rhythm="daily")
        except saved.TooMany:
            return False
        return True

    assert at_once(save) == [False, False, False, True]
    assert user.saved_searches.count() == saved.MOST_SEARCHES
