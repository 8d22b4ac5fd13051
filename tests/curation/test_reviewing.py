"""The life of an entry: each verb is one step, one line in the log, one mail, all or nothing."""

import datetime as dt
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from curation import actions
from curation.choices import State, Verb
from curation.models import Record, RecordEvent
from curation.promises import answer_by
from labs.models import Lab
from mail.models import Message
from tests import factories, people
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")

type Verbs = Callable[[Lab, User], None]


def submit(lab: Lab, by: User) -> None:
    actions.submit(lab.record, by=by)


def publish(lab: Lab, by: User) -> None:
    actions.publish(lab.record, by=by, version=lab.record.version, reason="Tak.")


def return_it(lab: Lab, by: User) -> None:
    actions.return_to_author(lab.record, by=by, version=lab.record.version, reason="En kilde mangler.")


def withdraw(lab: Lab, by: User) -> None:
    actions.withdraw(lab.record, by=by, version=lab.record.version, reason="Efter ønske.")


def take_back(lab: Lab, by: User) -> None:
    actions.take_back(lab.record, by=by)


def end(lab: Lab, by: User) -> None:
    actions.end(lab, by=by, version=lab.record.version, on=dt.date(2026, 1, 1), reason="Pengene slap op.")


def resume(lab: Lab, by: User) -> None:
    actions.resume(lab, by=by, version=lab.record.version)


STEPS: list[tuple[Verbs, str, str, str]] = [
    (submit, State.DRAFT, State.SUBMITTED, Verb.SUBMITTED),
    (submit, State.RETURNED, State.SUBMITTED, Verb.SUBMITTED),
    (take_back, State.SUBMITTED, State.DRAFT, Verb.TAKEN_BACK),
    (publish, State.SUBMITTED, State.PUBLISHED, Verb.PUBLISHED),
    (publish, State.WITHDRAWN, State.PUBLISHED, Verb.PUBLISHED),
    (return_it, State.SUBMITTED, State.RETURNED, Verb.RETURNED),
    (withdraw, State.PUBLISHED, State.WITHDRAWN, Verb.WITHDRAWN),
    (withdraw, State.DRAFT, State.WITHDRAWN, Verb.WITHDRAWN),
    (withdraw, State.RETURNED, State.WITHDRAWN, Verb.WITHDRAWN),
    (end, State.PUBLISHED, State.PUBLISHED, Verb.ENDED),
    (resume, State.PUBLISHED, State.PUBLISHED, Verb.RESUMED),
]
ALLOWED = {(verb, before) for verb, before, _after, _told in STEPS}
FORBIDDEN = [
    (verb, state)
    for verb in (submit, take_back, publish, return_it, withdraw, end, resume)
    for state in (State.DRAFT, State.SUBMITTED, State.RETURNED, State.PUBLISHED, State.WITHDRAWN)
    if (verb, state) not in ALLOWED and (verb, state) != (withdraw, State.SUBMITTED)
]


@pytest.fixture
def author() -> User:
    return people.person("anna@aarhus.dk", name="Anna", language="en")


@pytest.fixture
def curator() -> User:
    return people.person("curator@example.org", is_curator=True)


@pytest.mark.parametrize(("verb", "before", "after", "told"), STEPS)
def test_a_verb_is_one_step_one_event_and_one_mail(
    author: User, curator: User, verb: Verbs, before: str, after: str, told: str
) -> None:
    lab = factories.lab("Lys", state=before, created_by=author)
    verb(lab, curator)
    fresh = Record.objects.get(pk=lab.pk)
    assert (fresh.state, fresh.version) == (after, 2)
    [event] = RecordEvent.objects.filter(record=fresh)
    assert (event.verb, event.by, event.version) == (told, curator, 2)
    [mail] = delivered(to="anna@aarhus.dk")
    assert "Lys" in mail.subject
    assert "/en/" in mail.body


@pytest.mark.parametrize(("verb", "state"), FORBIDDEN)
def test_what_does_not_follow_is_refused_and_leaves_nothing(
    author: User, curator: User, verb: Verbs, state: str
) -> None:
    lab = factories.lab("Lys", state=state, created_by=author)
    with pytest.raises(actions.Overtaken):
        verb(lab, curator)
    fresh = Record.objects.get(pk=lab.pk)
    assert (fresh.state, fresh.version) == (state, 1)
    assert not RecordEvent.objects.exists()
    assert not Message.objects.exists()


def test_a_step_that_is_rolled_back_leaves_neither_event_nor_mail(author: User, curator: User) -> None:
    lab = factories.lab(state=State.SUBMITTED, created_by=author)

    @transaction.atomic
    def fail_after_all() -> None:
        publish(lab, curator)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_all()
    assert Record.objects.get(pk=lab.pk).state == State.SUBMITTED
    assert not RecordEvent.objects.exists()
    assert not Message.objects.exists()


def test_the_author_hears_the_reason_and_the_promise(author: User, curator: User) -> None:
    lab = factories.lab("Lys", state=State.DRAFT, created_by=author)
    submit(lab, author)
    return_it(lab, curator)
    first, second = (mail.body for mail in delivered(to="anna@aarhus.dk"))
    assert str(lab.record.answer_by and lab.record.answer_by.year) in first
    assert "En kilde mangler." in second
    assert f"/account/entries/{lab.record.public_id}/" in second


def test_where_the_author_is_gone_the_mailbox_is_written_to(author: User, curator: User) -> None:
    lab = factories.lab(state=State.SUBMITTED, created_by=author, contact_email="lys@aarhus.dk")
    User.objects.filter(pk=author.pk).update(is_active=False)
    publish(Lab.objects.get(pk=lab.pk), curator)
    assert [mail.to for mail in delivered()] == [["lys@aarhus.dk"]]


def test_an_edit_by_its_owner_is_live_and_waits_to_be_seen(author: User) -> None:
    lab = factories.lab("Lys")

    def write() -> None:
        lab.summary_da = "Nyt"
        lab.save()

    actions.edit(lab.record, by=author, version=1, write=write)
    assert list(Record.objects.unreviewed()) == [lab.record]
    with pytest.raises(actions.Overtaken):
        actions.edit(lab.record, by=author, version=1, write=write)
    actions.review(lab.record, by=author, version=2)
    assert not Record.objects.unreviewed().exists()


def test_an_end_can_be_taken_back_with_all_it_said(author: User) -> None:
    lab = factories.lab(ended=True, end_year=2025, ended_reason="Penge", lessons="Lært")
    resume(lab, author)
    lab.refresh_from_db()
    assert (lab.ended, lab.end_year, lab.ended_reason, lab.lessons) == (False, None, "", "")


def test_publishing_again_keeps_the_day_it_was_first_public(author: User) -> None:
    lab = factories.lab()
    first = lab.record.published_at
    withdraw(lab, author)
    publish(lab, author)
    assert Record.objects.get(pk=lab.pk).published_at == first


def test_what_it_is_tied_to_follows_at_once(author: User) -> None:
    lab, actor = factories.lab(state=State.SUBMITTED), factories.actor()
    factories.link(lab, actor)
    assert Record.objects.get(pk=actor.pk).link_count == 0
    publish(lab, author)
    assert Record.objects.get(pk=actor.pk).link_count == 1
    withdraw(lab, author)
    assert Record.objects.get(pk=actor.pk).link_count == 0


@pytest.mark.parametrize(
    ("sent", "promised"),
    [("2026-11-20", "2026-11-27"), ("2026-11-21", "2026-11-27"), ("2026-11-23", "2026-11-30")],
)
def test_an_answer_is_promised_within_five_working_days(sent: str, promised: str) -> None:
    assert answer_by(dt.date.fromisoformat(sent)) == dt.date.fromisoformat(promised)


# Two at once


def at_once(*does: Callable[[], object]) -> list[BaseException | None]:
    """Each in a thread with a connection of its own, started together; what each raised."""
    gate = threading.Barrier(len(does))
    raised: list[BaseException | None] = [None] * len(does)

    def run(number: int, do: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            do()
        except actions.Overtaken as problem:
            raised[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(does)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


@pytest.mark.django_db(transaction=True)
def test_of_two_curators_one_wins(author: User) -> None:
    curators = [people.person(is_curator=True) for _number in range(2)]
    lab = factories.lab(state=State.SUBMITTED, created_by=author)

    def decide(by: User, verb: Verbs) -> Any:
        return lambda: verb(Lab.objects.select_related("record").get(pk=lab.pk), by)

    raised = at_once(decide(curators[0], publish), decide(curators[1], return_it))
    assert sum(1 for problem in raised if problem is None) == 1
    assert RecordEvent.objects.filter(record=lab.record).count() == 1
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_that_are_tied_and_published_at_once_count_each_other(author: User) -> None:
    for _round in range(3):
        lab, actor = factories.lab(state=State.SUBMITTED), factories.actor(state=State.SUBMITTED)
        factories.link(lab, actor)
        both = [partial(actions.publish, made.record, by=author, version=1) for made in (lab, actor)]
        raised = at_once(*both)
        assert raised == [None, None]
        counts = Record.objects.filter(pk__in=[lab.pk, actor.pk]).order_by("pk")
        assert list(counts.values_list("link_count", flat=True)) == [1, 1]
