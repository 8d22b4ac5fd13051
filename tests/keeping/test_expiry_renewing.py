"""Renewing needs and offers: asked a month ahead, answered without logging in, and within a year after."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from actors.models import Actor, Membership
from curation import actions
from curation.choices import Answer, Fact, Verb
from curation.models import Asking, Record, RecordEvent
from keeping.renewing import months_after
from keeping.tasks.expiry import ask_what_runs_out, expire_what_ran_out
from keeping.tasks.freshness import ask_after_facts
from missions.models import Need
from tests import factories
from tests.pages import read
from tests.people import browser
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")

NOON = dt.datetime(2027, 6, 1, 10, tzinfo=dt.UTC)
TODAY = dt.date(2027, 6, 1)
LINKS = re.compile(r"http://[^/\s]+(/(?:en/)?(?:renew|still-right)/\S+)")


@pytest.fixture(autouse=True)
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


@pytest.fixture
def need(owning: Actor) -> Need:
    """Said two months before its last day, which is exactly a month away."""
    return factories.need(
        "Sleep", owner=owning, deadline=TODAY + dt.timedelta(days=30), **known(60), state="published"
    )


def known(days: int) -> dict[str, Any]:
    moment = timezone.now() - dt.timedelta(days=days)
    return {"claimed_at": moment, "confirmed_at": moment, "published_at": moment}


def run() -> None:
    """What the worker does at night and in the morning."""
    expire_what_ran_out(timestamp=0)
    ask_what_runs_out(timestamp=0)
    ask_after_facts(timestamp=0)


def fresh(need: Need) -> Need:
    return Need.objects.select_related("record").get(pk=need.pk)


def links_in(mail: Any) -> list[str]:
    return LINKS.findall(str(mail.body))


# Asking


def test_it_is_asked_a_month_ahead_once_and_reminded_of(
    need: Need, owner: User, time_machine: TimeMachineFixture
) -> None:
    time_machine.shift(dt.timedelta(days=-1))
    run()
    assert delivered() == []
    sent = []
    for day in range(32):
        time_machine.move_to(NOON + dt.timedelta(days=day), tick=False)
        before = len(delivered())
        run()
        run()
        sent += [(day, mail.subject) for mail in delivered()[before:]]
    assert sent == [
        (0, "Is it still needed after 1 July 2027: Sleep"),
        (14, "Reminder: is it still needed after 1 July 2027: Sleep"),
        (30, "Reminder: is it still needed after 1 July 2027: Sleep"),
        (31, "Sleep has expired"),
    ]
    renew, change, ended = links_in(delivered()[0])
    assert renew.startswith("/en/renew/")
    assert (change.endswith("/change/"), ended.endswith("/ended/")) == (True, True)


def test_what_was_said_within_the_month_or_has_no_day_is_not_asked(owning: Actor) -> None:
    soon = TODAY + dt.timedelta(days=20)
    factories.need(owner=owning, deadline=soon, **known(5))
    factories.need(owner=owning, **known(40))
    factories.offer(owner=owning, open_until=TODAY + dt.timedelta(days=31), **known(60))
    ended: dict[str, Any] = {"status": "expired", "ended": True, "ended_on": TODAY - dt.timedelta(days=3)}
    factories.need(owner=owning, deadline=soon, **known(60), **ended)
    ask_what_runs_out(timestamp=0)
    assert delivered() == []
    assert not Asking.objects.exists()


def test_what_was_asked_before_is_asked_from_now_on(need: Need) -> None:
    old = timezone.now() - dt.timedelta(days=40)
    asking = Asking.objects.create(record=need.record, fact=Fact.DETAILS, asked_at=old, reminders=2)
    run()
    asking.refresh_from_db()
    assert (asking.asked_at, asking.reminders) == (timezone.now(), 0)
    assert len(delivered()) == 1


def test_nobody_is_asked_where_nobody_answers_for_it() -> None:
    factories.offer(open_until=TODAY + dt.timedelta(days=10), published_at=NOON - dt.timedelta(days=90))
    run()
    assert not Asking.objects.exists()


# Renewing


@pytest.mark.parametrize("expired", [False, True], ids=["going-on", "expired"])
def test_a_link_renews_it_by_post_alone(
    need: Need, client: Client, owner: User, time_machine: TimeMachineFixture, expired: bool
) -> None:
    """For half a year unless another day is chosen; what had expired is open and counted again."""
    run()
    if expired:
        time_machine.shift(dt.timedelta(days=200))
        run()
    path = links_in(delivered()[-1])[0]
    told = (timezone.localdate() + dt.timedelta(days=400)).isoformat()
    page = read(client.get(path))
    assert page.one("input", name="until").attrs["value"] == months_after(timezone.localdate()).isoformat()
    assert fresh(need).ended is expired, "a GET changes nothing"
    assert ("It expired on 1 July 2027" in page.text) is expired
    for _press in range(2):
        answer = client.post(path, {"until": told})
        assert (answer.status_code, answer["Location"]) == (302, f"{path}?renewed")
    now = fresh(need)
    assert (now.status, now.ended, now.deadline) == ("open", False, dt.date.fromisoformat(told))
    assert now.record.confirmed_at == timezone.now()
    assert now.record in Record.objects.current()
    assert "stands open until" in read(client.get(f"{path}?renewed")).one("div", "alert-success").text
    verbs = list(RecordEvent.objects.order_by("pk").values_list("verb", "by"))
    first = [(Verb.EXPIRED, None), (Verb.RESUMED, owner.pk)] if expired else [(Verb.EDITED, owner.pk)]
    assert verbs == [*first, (Verb.CONFIRMED, owner.pk)]
    assert Asking.objects.get().answer == (Answer.ENDED if expired else Answer.STILL)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", "Write until when it stands."), ("2027-06-01", "Write a day that is still to come."),
        ("2031-01-01", "Write a day within the next three years."), ("soon", "Write a date such as"),
    ],
    ids=["nothing", "today", "too-far", "no-date"],
)  # fmt: skip
def test_a_day_that_cannot_be_is_told(need: Need, client: Client, typed: str, wrong: str) -> None:
    run()
    path = links_in(delivered()[0])[0]
    page = read(client.post(path, {"until": typed}))
    assert wrong in page.by_id("error-summary").text
    assert "f-until" in page
    assert fresh(need).deadline == need.deadline


def test_a_link_is_its_owner_s_and_of_what_can_be_renewed(
    need: Need, client: Client, time_machine: TimeMachineFixture
) -> None:
    run()
    path = links_in(delivered()[0])[0]
    membership = Membership.objects.get()
    Membership.objects.update(until=timezone.now())
    assert client.get(path).status_code == 403
    Membership.objects.update(until=membership.until)
    actions.end(fresh(need), by=None, version=fresh(need).record.version, on=None, reason="Done")
    assert client.post(path, {"until": "2027-12-01"}).status_code == 410
    assert fresh(need).status == "withdrawn"
    assert client.get(path[:-9] + "/").status_code == 404
    Need.objects.update(status="expired", ended_on=TODAY)
    time_machine.shift(dt.timedelta(days=365))
    assert client.get(path).status_code == 200
    time_machine.shift(dt.timedelta(days=1))
    assert client.get(path).status_code == 410


def test_who_looks_after_it_renews_it_logged_in(need: Need, owner: User, client: Client) -> None:
    Need.objects.filter(pk=need.pk).update(deadline=TODAY - dt.timedelta(days=1))
    run()
    page = read(client.get(f"/en{need.get_absolute_url().removeprefix('/en')}"))
    path = f"/en/needs/{need.record.slug}/renew/"
    assert client.get(path).status_code == 302
    other = User.objects.create_user("otto@example.org", "correct horse battery")
    assert browser(other).get(path).status_code == 403
    assert browser(owner).get(path.replace("needs", "actors")).status_code == 404
    assert browser(owner).post(path, {"until": "2027-12-01"}).status_code == 302
    assert (fresh(need).status, fresh(need).deadline) == ("open", dt.date(2027, 12, 1))
    assert page.one("h1").text == "Sleep"


# The other answers


def test_it_has_been_answered(need: Need, client: Client) -> None:
    run()
    path = links_in(delivered()[0])[2]
    assert "Say how it ended." in client.post(path, {"ended_reason": "A partner was found."}).text
    client.post(path, {"ended_reason": "A partner was found.", "status": "answered"})
    now = fresh(need)
    assert (now.status, now.ended, now.ended_reason) == ("answered", True, "A partner was found.")
    assert Asking.objects.get().answer == Answer.ENDED


def test_something_has_changed(need: Need, client: Client) -> None:
    run()
    path = links_in(delivered()[0])[1]
    page = read(client.get(path))
    options = [option.attrs["value"] for option in page.one("select", name="status").all("option")]
    assert options == ["", "open", "in_dialogue", "matched"]
    typed = {"version": str(need.record.version), "status": "matched", "summary_da": "To våger"}
    assert "Write a day that is still to come." in client.post(path, typed | {"deadline": "2027-05-01"}).text
    answer = client.post(path, typed | {"deadline": "2027-09-01"})
    assert answer.status_code == 302
    now = fresh(need)
    assert (now.status, now.deadline, now.summary_da) == ("matched", dt.date(2027, 9, 1), "To våger")
    assert Asking.objects.get().answer == Answer.CHANGED


def test_what_is_taken_up_again_by_hand_does_not_expire_the_next_night(need: Need) -> None:
    Need.objects.filter(pk=need.pk).update(deadline=TODAY - dt.timedelta(days=1))
    run()
    expired = fresh(need)
    actions.resume(expired, by=None, version=expired.record.version)
    run()
    assert (fresh(need).status, fresh(need).deadline) == ("open", None)


def test_six_months_later_is_a_day_that_exists() -> None:
    assert months_after(dt.date(2027, 8, 31)) == dt.date(2028, 2, 29)
    assert months_after(dt.date(2027, 1, 1)) == dt.date(2027, 7, 1)
