"""Two curators merge the same two entries at the same moment, each into the other: one wins."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from curation.actions import Overtaken
from curation.choices import State
from curation.models import Record, RecordEvent
from desk.merging import actions
from desk.models import Merge
from tests import factories, people


def at_once(*doing: Callable[[], object]) -> list[str]:
    """Does them at the same time; what each of them gave or raised, in words."""
    together, found = threading.Barrier(len(doing)), []

    def run(act: Callable[[], object]) -> None:
        together.wait()
        try:
            found.append(type(act()).__name__)
        except Overtaken:
            found.append("Overtaken")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(found)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("empty")
def test_of_two_at_once_one_wins_and_nothing_is_done_twice() -> None:
    curators = [people.person(is_curator=True) for _ in range(2)]
    for _round in range(3):
        one, other = factories.lab(), factories.lab()
        factories.link(one, factories.actor(), role="host")
        factories.link(other, factories.actor(), role="host")
        pair = [Record.objects.get(pk=each.pk) for each in (one, other)]

        def merging(gone: Record, kept: Record, number: int) -> Callable[[], object]:
            return lambda: actions.merge(
                gone, kept, by=curators[number], version=1, into_version=1, reason="Det samme."
            )

        found = at_once(merging(pair[0], pair[1], 0), merging(pair[1], pair[0], 1))
        assert found == ["Merge", "Overtaken"]
        states = Record.objects.filter(pk__in=(one.pk, other.pk)).values_list("state", flat=True)
        assert sorted(states) == [State.MERGED, State.PUBLISHED]
    assert Merge.objects.count() == 3
    assert RecordEvent.objects.filter(verb__in=("merged", "took_in")).count() == 6

    done = Merge.objects.order_by("pk")[0]
    undoing = [lambda: actions.undo(Merge.objects.get(pk=done.pk), by=curators[0]) for _ in range(2)]
    assert at_once(*undoing) == ["Overtaken", "list"]
