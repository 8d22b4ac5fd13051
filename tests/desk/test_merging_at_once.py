"""Two entries in the very moment they are merged: of two curators one wins, and nothing is lost."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from curation.actions import Overtaken
from curation.choices import State, Verb
from curation.models import Kept, Record, RecordEvent, Shortlist
from desk.merging import actions, following
from desk.models import Merge
from labs.models import Lab, Link
from tests import factories, people
from tests.mail_fixtures import no_jobs

__all__ = ["no_jobs"]


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
@pytest.mark.usefixtures("empty", "no_jobs")
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


@contextmanager
def in_the_middle(write: Callable[[], object]) -> Iterator[Callable[[], None]]:
    """Somebody has written this and not yet ended their transaction; what is given ends it."""
    written, may_end = threading.Event(), threading.Event()

    def run() -> None:
        with transaction.atomic():
            write()
            written.set()
            may_end.wait(20)
        connection.close()

    def end() -> None:
        may_end.set()
        other.join(20)

    other = threading.Thread(target=run)
    other.start()
    assert written.wait(20)
    try:
        yield end
    finally:
        end()


def merged(gone: Record, kept: Record) -> Merge:
    curator = people.person(is_curator=True)
    return actions.merge(gone, kept, by=curator, version=1, into_version=1, reason="Det samme.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("empty", "no_jobs")
def test_what_is_tied_to_an_entry_in_the_moment_of_its_merge_follows_it() -> None:
    gone, kept = factories.actor("Den ene"), factories.actor("Den anden")
    lab, owned, reader = factories.lab(), factories.lab(), people.person()

    def tie() -> None:
        Link.objects.create(lab=lab, actor=gone, side="pull", role="research")
        Lab.objects.filter(pk=owned.pk).update(owner=gone)
        factories.reindex(Lab.objects.get(pk=owned.pk))
        Kept.objects.create(shortlist=Shortlist.objects.create(user=reader), record=gone.record)

    with in_the_middle(tie) as end:
        done = merged(gone.record, kept.record)
        end()
    assert Link.objects.get().actor_id == gone.pk, "too late for the merge"
    [job] = ProcrastinateJob.objects.filter(task_name="desk.follow_merge")
    assert job.args == {"number": done.pk}
    assert job.scheduled_at is not None
    assert 250 < (job.scheduled_at - timezone.now()).total_seconds() <= following.LONGEST_WORK

    for _time in range(2):
        following.catch_up(done.pk)
        assert Link.objects.get().actor_id == Lab.objects.get(pk=owned.pk).owner_id == kept.pk
        assert Kept.objects.get().record_id == kept.pk
        assert Record.objects.get(pk=owned.pk).version == 2
    event = RecordEvent.objects.get(record=owned.pk)
    assert (event.verb, event.version) == (Verb.EDITED, 2)
    assert "Den ene" in event.reason
    call_command("reindex", check=True, verbosity=0)
    done.refresh_from_db()
    assert actions.undo(done, by=done.by) == []
    assert Link.objects.get().actor_id == Lab.objects.get(pk=owned.pk).owner_id == gone.pk
    following.catch_up(done.pk)
    assert Link.objects.get().actor_id == gone.pk, "it was undone"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("empty", "no_jobs")
def test_what_somebody_writes_of_both_meanwhile_is_no_fault_of_ours() -> None:
    """The reader keeps the one that stays while the row of the other is about to become the same."""
    gone, kept = factories.lab(), factories.lab()
    shortlist = Shortlist.objects.create(user=people.person())
    Kept.objects.create(shortlist=shortlist, record=gone.record)
    found: list[str] = []

    def merging() -> None:
        try:
            merged(gone.record, kept.record)
        except Overtaken:
            found.append("Overtaken")
        connection.close()

    with in_the_middle(lambda: Kept.objects.create(shortlist=shortlist, record=kept.record)) as end:
        other = threading.Thread(target=merging)
        other.start()
        _wait_until_somebody_waits()
        end()
        other.join(20)
    assert found == ["Overtaken"]
    assert not Merge.objects.exists()
    merged(gone.record, kept.record)
    assert Kept.objects.filter(record=kept.pk).count() == 1


def _wait_until_somebody_waits() -> None:
    for _time in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
