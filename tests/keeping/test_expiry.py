"""Needs and offers that run out: what expires when, who is told, and that it happens once."""

import datetime as dt
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from actors.models import Actor
from curation.choices import Answer, Fact, Verb
from curation.models import Asking, Record, RecordEvent
from curation.register_version import register_version
from keeping.expiring import expire
from keeping.tasks.expiry import end_past_ties, expire_what_ran_out
from keeping.tasks.freshness import ask_after_facts
from labs.models import Link
from mail.models import Message
from missions.models import CoalitionMember
from tests import factories
from tests.pages import ListPage
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")

NOON = dt.datetime(2027, 6, 1, 10, tzinfo=dt.UTC)
TODAY, YESTERDAY = dt.date(2027, 6, 1), dt.date(2027, 5, 31)
RENEW = re.compile(r"http://[^/\s]+(/(?:en/)?renew/\S+)")


@pytest.fixture
def _now(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("olga@example.org", "correct horse battery", name="Olga", language="en")


@pytest.fixture
def owning(owner: User) -> Actor:
    actor = factories.actor("Aarhus Kommune")
    factories.membership(owner, actor, "owner")
    return actor


def run() -> None:
    """What the worker does every night."""
    expire_what_ran_out(timestamp=0)


def fresh(entry: Any) -> Any:
    return type(entry).objects.select_related("record").get(pk=entry.pk)


def claimed(days: int) -> dict[str, Any]:
    """What was claimed and confirmed so many days ago."""
    moment = timezone.now() - dt.timedelta(days=days)
    return {"claimed_at": moment, "confirmed_at": moment}


@pytest.mark.usefixtures("_now")
def test_what_stood_until_yesterday_expires_and_the_owner_is_told(owning: Actor, owner: User) -> None:
    need = factories.need("Sleep", owner=owning, deadline=YESTERDAY, **claimed(1))
    offer = factories.offer("Light", open_until=YESTERDAY)
    going = [factories.need("Today", deadline=TODAY), factories.offer("Long"), factories.need("Draft")]
    draft = factories.need("Not public", deadline=YESTERDAY, state="draft")
    version = need.record.version
    run()
    for entry in (fresh(need), fresh(offer)):
        assert (entry.status, entry.ended, entry.ended_on) == ("expired", True, YESTERDAY)
        assert (entry.record.ended, entry.record.phase) == (True, "expired")
        event = RecordEvent.objects.get(record=entry.record)
        assert (event.verb, event.by, event.version) == (Verb.EXPIRED, None, entry.record.version)
    assert not any(fresh(entry).ended for entry in [*going, draft])
    assert fresh(need).record.version == version + 1
    assert fresh(need).record.reviewed_version == version + 1, "curators have nothing to look at"
    (mail,) = delivered()
    assert (mail.to, mail.subject) == ([owner.email], "Sleep has expired")
    assert "stood open until 31 May 2027" in mail.body
    assert RENEW.search(str(mail.body))


@pytest.mark.usefixtures("_now")
def test_it_expires_once(owning: Actor) -> None:
    offer = factories.offer("Light", owner=owning, open_until=YESTERDAY)
    run()
    run()
    assert RecordEvent.objects.count() == len(delivered()) == 1
    assert fresh(offer).record.version == offer.record.version + 1


@pytest.mark.usefixtures("_now")
def test_an_edit_curators_have_not_seen_still_waits_for_them(owning: Actor) -> None:
    need = factories.need("Sleep", owner=owning, deadline=YESTERDAY, version=3, reviewed_version=2)
    run()
    assert need.record in Record.objects.unreviewed()


@pytest.mark.usefixtures("_now")
def test_what_has_expired_is_found_as_history_and_counted_no_more(client: Client) -> None:
    theme = factories.theme("Lys")
    need = factories.need("Sleep", deadline=YESTERDAY, themes=[theme])
    lab = factories.lab("Stadsgården", themes=[theme])
    factories.link(lab, need)
    assert need.record in Record.objects.current()
    run()
    assert need.record not in Record.objects.current()
    assert ListPage.at(client, "/en/needs/", {"phase": "expired"}).names == ["Sleep"]
    assert ListPage.at(client, "/en/needs/", {"phase": "open"}).total == 0
    assert "Sleep" in client.get(need.get_absolute_url()).text


# What nobody confirms


@pytest.mark.parametrize(("kind", "days"), [("need", 182), ("offer", 364)])
def test_what_nobody_has_confirmed_for_two_intervals_expires(
    owning: Actor, owner: User, time_machine: TimeMachineFixture, kind: str, days: int
) -> None:
    make: Callable[..., Any] = getattr(factories, kind)
    time_machine.move_to(NOON, tick=False)
    entry = make("Sleep", owner=owning, **claimed(0))
    nobodys = make("Nobody's")
    asked = []
    for day in range(1, days + 2):
        time_machine.move_to(NOON + dt.timedelta(days=day), tick=False)
        before = len(delivered())
        if day % 15 == 0 or day > days - 2:  # a worker that runs now and then
            run()
            ask_after_facts(timestamp=0)
        asked += [day] * (len(delivered()) - before)
        if fresh(entry).ended:
            break
    assert day == days + 1
    assert (fresh(entry).status, fresh(entry).ended_on) == ("expired", timezone.localdate())
    assert not fresh(nobodys).ended, "what nobody looks after expires by its day alone"
    mail = delivered()[-1]
    assert "We have asked several times" in mail.body
    assert len(asked) == 4, "asked, reminded twice, told"
    assert Asking.objects.get(record=entry.record).answer == Answer.ENDED


@pytest.mark.usefixtures("_now")
def test_it_does_not_expire_before_it_was_asked_after_and_reminded_of(owning: Actor) -> None:
    need = factories.need(owner=owning, **claimed(400))
    run()
    assert not fresh(need).ended
    asking = Asking.objects.create(record=need.record, fact=Fact.DETAILS, reminders=1)
    run()
    assert not fresh(need).ended
    asking.reminders = 2
    asking.save()
    run()
    assert fresh(need).ended


@pytest.mark.usefixtures("_now")
def test_a_new_owner_has_two_intervals_to_confirm_it(owning: Actor) -> None:
    long_ago = timezone.now() - dt.timedelta(days=400)
    need = factories.need(owner=owning, claimed_at=timezone.now(), confirmed_at=long_ago)
    Asking.objects.create(record=need.record, fact=Fact.DETAILS, reminders=2)
    run()
    assert not fresh(need).ended


# Ties


@pytest.mark.usefixtures("_now")
def test_a_tie_whose_last_year_has_passed_ends_with_that_year() -> None:
    lab, partner, mission = factories.lab(), factories.actor(), factories.mission()
    past = factories.link(lab, partner, "push", role="company", until=2026)
    this_year = factories.link(lab, partner, "push", role="evaluator", until=2027)
    ended = factories.link(lab, partner, "push", role="research", until=2025, ended_on=dt.date(2025, 3, 1))
    member = factories.member(mission, partner, until=2020)
    lab.record.refresh_from_db()
    assert (lab.record.push_count, lab.record.link_count) == (2, 2)
    end_past_ties(timestamp=0)
    told = dict(Link.objects.values_list("pk", "ended_on"))
    assert told == {past.pk: dt.date(2026, 12, 31), this_year.pk: None, ended.pk: dt.date(2025, 3, 1)}
    assert CoalitionMember.objects.get(pk=member.pk).ended_on == dt.date(2020, 12, 31)
    for entry, links in ((lab, 1), (partner, 1), (mission, 0)):
        entry.record.refresh_from_db()
        assert entry.record.link_count == links
    history = Link.pgh_event_model.objects.filter(pgh_label="update").count()  # type: ignore[attr-defined]
    end_past_ties(timestamp=0)
    assert Link.pgh_event_model.objects.filter(pgh_label="update").count() == history == 1  # type: ignore[attr-defined]


# Two at once


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_one_marks_it_as_expired(owning: Actor) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    need = factories.need("Sleep", owner=owning, deadline=yesterday)
    workers, version = 4, register_version()
    start = Barrier(workers)

    def worker(_number: int) -> bool:
        try:
            record = Record.objects.get(pk=need.pk)
            start.wait(10)
            return expire(record)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(workers) as pool:
        assert sorted(pool.map(worker, range(workers))) == [False, False, False, True]
    assert RecordEvent.objects.filter(verb=Verb.EXPIRED).count() == Message.objects.count() == 1
    assert register_version() == version + 1
