"""Several windows at the same list at once: nothing twice, nothing lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from curation.models import Kept, Shortlist
from outreach.shortlist import actions
from tests import factories
from tests.people import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty")]

WINDOWS = 4


def at_once[R](work: Callable[[int], R]) -> list[R]:
    """What each of the windows has got."""
    start = Barrier(WINDOWS)

    def window(number: int) -> R:
        try:
            start.wait(10)
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WINDOWS) as pool:
        return list(pool.map(window, range(WINDOWS)))


def test_an_entry_is_kept_once_and_a_list_is_never_too_full(monkeypatch: pytest.MonkeyPatch) -> None:
    user, record = person(), factories.lab().record
    came = at_once(lambda _number: actions.keep(record, on=actions.begin(by=user)))
    assert sorted(came) == [False, False, False, True]

    monkeypatch.setattr(actions, "MOST", 2)
    others = [factories.lab().record for _number in range(WINDOWS)]

    def keep(number: int) -> bool:
        try:
            return actions.keep(others[number], on=actions.begin(by=user))
        except actions.Full:
            return False

    assert sorted(at_once(keep)) == [False, False, False, True]
    assert Shortlist.objects.get().kept.count() == 2


def test_a_note_is_written_by_one_and_shown_to_the_others() -> None:
    shortlist = actions.begin(by=None)
    actions.keep(factories.lab().record, on=shortlist)
    kept = Kept.objects.get()

    def write(number: int) -> str:
        try:
            return actions.write_note(kept, f"Note {number}", seen=actions.mark("")).note
        except actions.Elsewhere as clash:
            return clash.note

    assert set(at_once(write)) == {Kept.objects.get().note}


def test_what_a_browser_has_kept_is_joined_once() -> None:
    user, both = person(), factories.lab().record
    before = [actions.begin(by=None) for _number in range(WINDOWS)]
    for number, shortlist in enumerate(before):
        for record in (both, factories.lab().record):
            actions.keep(record, on=shortlist, note=f"Note {number}")
    joined = at_once(lambda number: actions.join(before[number % 2].key, by=user))
    assert sorted(one.entries for one in joined) == [0, 0, 1, 2]
    own = Shortlist.objects.get(user=user)
    assert own.kept.count() == 3
    assert sorted(own.kept.get(record=both).note.split("\n\n")) == ["Note 0", "Note 1"]
    assert Shortlist.objects.filter(user=None).count() == 2
