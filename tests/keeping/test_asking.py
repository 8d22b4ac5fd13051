"""Asking after facts: who gets a mail when, reminders, and that nothing is sent twice."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from actors.models import Actor
from curation.choices import Answer, Fact
from curation.models import Asking
from keeping.tasks.freshness import ask_after_facts
from labs.models import Lab
from mail import outbox
from places.choices import PlaceKind
from tests import factories
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")

type Person = Callable[..., User]
ENDED: dict[str, Any] = {
    "since": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    "until": dt.datetime(2026, 2, 1, tzinfo=dt.UTC),
}
LINK = re.compile(r"http://\S+/(?:still-right)/\S+")


@pytest.fixture
def person(db: None) -> Person:
    """Somebody with an account, by the name before the @."""

    def make(name: str, **said: Any) -> User:
        return User.objects.create_user(f"{name}@example.org", "correct horse battery", name=name, **said)

    return make


@pytest.fixture
def owner(person: Person) -> User:
    return person("Olga")


@pytest.fixture
def owning(owner: User) -> Actor:
    """An organisation with an owner."""
    actor = factories.actor("Aarhus Kommune")
    factories.membership(owner, actor, "owner")
    return actor


@pytest.fixture
def lab(owning: Actor) -> Lab:
    """What was confirmed so long ago that it is due today, and was not yesterday."""
    return old_lab(owner=owning)


def old_lab(name: str = "Stadsgården", **said: Any) -> Lab:
    long_ago = timezone.now() - dt.timedelta(days=336)
    return factories.lab(name, **{"claimed_at": long_ago, "confirmed_at": long_ago} | said)


def run() -> None:
    """What the worker does every morning."""
    ask_after_facts(timestamp=0)


def addressees() -> list[str]:
    return sorted(mail.to[0] for mail in delivered())


# Who is asked


def test_the_owner_is_asked_once_what_is_due(lab: Lab, owner: User) -> None:
    run()
    run()
    (mail,) = delivered()
    assert mail.to == [owner.email]
    assert (mail.subject, len(LINK.findall(str(mail.body)))) == ("Er det stadig rigtigt: Stadsgården", 3)
    asking = Asking.objects.get()
    assert (asking.record, asking.fact, asking.reminders) == (lab.record, Fact.DETAILS, 0)


def test_what_is_not_due_nobodys_ended_or_not_public_is_not_asked_after(owning: Actor) -> None:
    fresh = timezone.now() - dt.timedelta(days=335)
    old_lab("a", owner=owning, confirmed_at=fresh)
    old_lab("b", owner=owning, claimed_at=None)
    old_lab("c", owner=owning, ended=True)
    for state in ("draft", "submitted", "returned", "withdrawn"):
        old_lab(state, owner=owning, state=state)
    run()
    assert delivered() == []
    assert not Asking.objects.exists()


def test_one_mail_asks_after_both_facts(owning: Actor) -> None:
    old_lab(owner=owning, contact_email="lab@aarhus.dk")
    run()
    (mail,) = delivered()
    assert "- Det, der står på siden" in mail.body
    assert "- Hvor man skriver til: lab@aarhus.dk" in mail.body
    assert set(Asking.objects.values_list("fact", flat=True)) == {Fact.DETAILS, Fact.CONTACT}


def test_what_falls_due_later_is_asked_after_together_with_what_is_open(
    lab: Lab, time_machine: TimeMachineFixture
) -> None:
    lab.record.contact_email = "lab@aarhus.dk"
    lab.record.contact_confirmed_at = timezone.now() - dt.timedelta(days=150)
    lab.record.save()
    time_machine.move_to(timezone.now(), tick=False)
    run()
    time_machine.shift(dt.timedelta(days=5))
    run()
    first, second = delivered()
    assert "lab@aarhus.dk" not in first.body
    assert "Det, der står på siden" in second.body
    assert "lab@aarhus.dk" in second.body


def test_owners_and_the_author_are_asked_before_other_members(owning: Actor, person: Person) -> None:
    author = person("Anna")
    factories.membership(author, owning)
    factories.membership(person("Else"), owning)
    old_lab(owner=owning, created_by=author)
    run()
    assert addressees() == ["Anna@example.org", "Olga@example.org"]


def test_members_are_asked_where_nobody_owns(person: Person) -> None:
    actor = factories.actor()
    factories.membership(person("Else"), actor)
    factories.membership(person("Emil"), actor)
    factories.membership(person("Gone"), actor, **ENDED)
    factories.membership(person("Closed", is_active=False), actor)
    old_lab(owner=actor)
    run()
    assert addressees() == ["Else@example.org", "Emil@example.org"]


def test_an_organisation_is_asked_after_itself(owning: Actor) -> None:
    long_ago = timezone.now() - dt.timedelta(days=400)
    owning.record.claimed_at = owning.record.confirmed_at = long_ago
    owning.record.save()
    run()
    assert addressees() == ["Olga@example.org"]


def test_the_author_is_asked_while_it_belongs_to_nobody(person: Person) -> None:
    old_lab(created_by=person("Anna"))
    run()
    assert addressees() == ["Anna@example.org"]


def test_an_author_who_no_longer_belongs_there_is_not_asked_but_the_mailbox_is(person: Person) -> None:
    old_lab(owner=factories.actor(), created_by=person("Anna"), contact_email="lab@aarhus.dk")
    run()
    assert addressees() == ["lab@aarhus.dk"]


def test_whoever_is_asked_is_asked_once(owning: Actor, owner: User) -> None:
    place = factories.place()
    factories.stewardship(owner, place)
    old_lab(owner=owning, places=[place])
    run()
    assert addressees() == [owner.email]


def test_what_nobody_answers_for_still_waits_for_an_answer_on_the_desk() -> None:
    lab = old_lab()
    run()
    assert delivered() == []
    assert Asking.objects.get().record == lab.record


# Stewards


def test_the_stewards_of_the_nearest_place_are_asked_and_say_so(owning: Actor, person: Person) -> None:
    country = factories.place("Danmark", kind=PlaceKind.COUNTRY)
    region = factories.place("Region Midtjylland", kind=PlaceKind.REGION, within=[country])
    town = factories.place("Aarhus", within=[region])
    theme = factories.theme("Demens")
    for name, scope in (("Lis", country), ("Rie", region), ("Kim", town), ("Kai", town), ("Tom", theme)):
        factories.stewardship(person(name), scope)
    factories.stewardship(person("Gone"), town, **ENDED)
    old_lab(owner=owning, places=[town], themes=[theme])
    run()
    assert addressees() == ["Kai@example.org", "Kim@example.org", "Olga@example.org"]
    texts = {mail.to[0]: mail.body for mail in delivered()}
    assert "fordi du er redaktionelt ansvarlig" in texts["Kim@example.org"]
    assert "fordi du er redaktionelt ansvarlig" not in texts["Olga@example.org"]


def test_a_region_looks_after_it_where_its_town_has_nobody(person: Person) -> None:
    region = factories.place("Region Midtjylland", kind=PlaceKind.REGION)
    town = factories.place("Aarhus", within=[region])
    factories.stewardship(person("Rie"), region)
    old_lab(places=[town])
    run()
    assert addressees() == ["Rie@example.org"]


def test_stewards_of_a_theme_are_asked_where_no_place_has_any(person: Person) -> None:
    above = factories.theme("Ældre")
    theme = factories.theme("Demens", parent=above)
    factories.stewardship(person("Tom"), above)
    lab = old_lab(themes=[theme])
    factories.stewardship(person("Tina"), theme)
    old_lab("Andet", themes=[above])
    run()
    mails = [(mail.to[0], mail.subject.split(": ")[1]) for mail in delivered()]
    assert sorted(mails) == [("Tina@example.org", lab.name_da), ("Tom@example.org", "Andet")]


# Language


def test_each_is_written_to_in_their_language(owning: Actor, person: Person) -> None:
    factories.membership(person("Eric", language="en"), owning, "owner")
    old_lab(owner=owning, name_en="The town yard")
    run()
    mails = {mail.to[0]: mail for mail in delivered()}
    danish, english = mails["Olga@example.org"], mails["Eric@example.org"]
    assert danish.subject == "Er det stadig rigtigt: Stadsgården"
    assert english.subject == "Is it still right: The town yard"
    assert "Something has changed:" in english.body
    assert "Noget har ændret sig:" in danish.body
    assert all("/en/still-right/" in link for link in LINK.findall(str(english.body)))
    assert not any("/en/" in link for link in LINK.findall(str(danish.body)))


# Reminders


def test_reminders_come_after_two_weeks_and_a_month_and_then_no_more(
    lab: Lab, time_machine: TimeMachineFixture
) -> None:
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    run()
    sent = []
    for day in range(1, 60):
        time_machine.move_to(start + dt.timedelta(days=day), tick=False)
        before = len(delivered())
        run()
        run()
        sent += [day] * (len(delivered()) - before)
    assert sent == [14, 30]
    reminder = delivered()[-1]
    assert reminder.subject == "Påmindelse: er det stadig rigtigt: Stadsgården"
    assert Asking.objects.get().reminders == 2


def test_after_a_month_without_a_worker_one_reminder_is_sent(
    lab: Lab, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    run()
    time_machine.shift(dt.timedelta(days=40))
    run()
    assert len(delivered()) == 2


@pytest.mark.parametrize("how", ["answered", "ended", "withdrawn"])
def test_nobody_is_reminded_of_what_needs_no_answer(
    lab: Lab, how: str, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    run()
    if how == "answered":
        Asking.objects.update(answer=Answer.STILL, answered_at=timezone.now())
        lab.record.confirmed_at = timezone.now()
    elif how == "ended":
        lab.ended = True
        lab.save()
        factories.reindex(lab)
        lab.record.refresh_from_db()
    else:
        lab.record.state = "withdrawn"
    lab.record.save()
    time_machine.shift(dt.timedelta(days=15))
    run()
    assert len(delivered()) == 1


def test_it_is_asked_again_a_year_after_the_answer(lab: Lab, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    run()
    Asking.objects.update(answer=Answer.STILL, answered_at=timezone.now())
    lab.record.confirmed_at = timezone.now()
    lab.record.save()
    time_machine.shift(dt.timedelta(days=335))
    run()
    assert len(delivered()) == 1
    time_machine.shift(dt.timedelta(days=1))
    run()
    assert len(delivered()) == 2
    assert Asking.objects.count() == 2


# When something goes wrong


def test_one_entry_that_cannot_be_asked_after_keeps_no_other_from_it(
    lab: Lab, owning: Actor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = old_lab("Havnen", owner=owning)
    send = outbox.send

    def broken(template: str, **said: Any) -> object:
        if said["context"]["record"] == lab.record:
            raise ValidationError("No address.")
        return send(template, **said)

    monkeypatch.setattr(outbox, "send", broken)
    run()
    assert [mail.subject.split(": ")[1] for mail in delivered()] == ["Havnen"]
    assert list(Asking.objects.values_list("record", flat=True)) == [other.pk]
    assert f"Record {lab.pk} could not be asked after" in caplog.text


def test_an_entry_costs_a_fixed_number_of_statements(owning: Actor) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as asked:
            run()
        return len(asked)

    idle = counted()
    old_lab("a", owner=owning)
    one = counted() - idle
    for name in "bcd":
        old_lab(name, owner=owning)
    three = counted() - idle
    assert three <= 3 * one
