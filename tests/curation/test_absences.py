"""Being away: who stands in sees and gets what the absent one would, and afterwards all is as before."""

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts import personal
from accounts.models import User
from curation import absences
from curation.absences import NotPossible, away_today, be_away, change, come_back, stand_in_no_more
from curation.access import scope_of
from curation.actions import Overtaken
from curation.models import Absence, Record
from keeping.addressees import stewards_of
from mail.models import Message
from places.models import Place
from tests import factories
from tests.people import person
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")

MONDAY = dt.datetime(2027, 7, 12, 10, tzinfo=dt.UTC)
FIRST, LAST = dt.date(2027, 7, 12), dt.date(2027, 7, 30)


@pytest.fixture
def town() -> Place:
    return factories.place("Aarhus")


@pytest.fixture
def sten(town: Place) -> User:
    user = person("sten@aarhus.dk", name="Sten", language="en")
    factories.stewardship(user, town)
    return user


@pytest.fixture
def vera() -> User:
    """A steward elsewhere."""
    user = person("vera@odense.dk", name="Vera", language="en")
    factories.stewardship(user, factories.place("Odense"))
    return user


@pytest.fixture
def curator() -> User:
    return person("curator@example.org", is_curator=True, language="en")


@pytest.fixture
def record(town: Place) -> Record:
    return factories.lab("Nærlab", places=[town]).record


def written_to(record: Record) -> list[str]:
    return [addressee.email for addressee in stewards_of(record)]


def test_who_stands_in_has_it_from_the_first_day_to_the_last_and_no_longer(
    sten: User, vera: User, town: Place, record: Record
) -> None:
    with time_machine.travel(MONDAY - dt.timedelta(days=3), tick=False):
        absence = be_away(sten, since=FIRST, until=LAST, cover=vera, by=sten)
    days = {
        dt.datetime(2027, 7, 11, 21, 59, tzinfo=dt.UTC): False,  # one minute to midnight in Denmark
        dt.datetime(2027, 7, 11, 22, 0, tzinfo=dt.UTC): True,
        dt.datetime(2027, 7, 30, 21, 59, tzinfo=dt.UTC): True,
        dt.datetime(2027, 7, 30, 22, 0, tzinfo=dt.UTC): False,
    }
    for moment, stands_in in days.items():
        with time_machine.travel(moment, tick=False):
            assert scope_of(vera).covers(record) is stands_in, moment
            assert scope_of(sten).covers(record), moment  # who looks in on a holiday may help
            assert written_to(record) == ([vera.email] if stands_in else [sten.email]), moment
    absence.refresh_from_db()
    assert (absence.until, absence.called_off_at) == (LAST, None)  # nobody did anything


def test_an_entry_and_a_theme_of_ones_own_are_covered_as_well(sten: User, vera: User) -> None:
    theme = factories.theme("Demens")
    own, about = factories.lab("Eget").record, factories.lab("Om", themes=[theme]).record
    factories.stewardship(sten, own)
    factories.stewardship(sten, theme)
    assert not scope_of(vera).covers(own)
    factories.absence(sten, vera)
    scope = scope_of(vera)
    assert scope.covers(own)
    assert scope.covers(about)
    assert written_to(own) == [vera.email]


def test_who_stands_in_is_told_with_what_and_for_how_long(sten: User, vera: User) -> None:
    with time_machine.travel(MONDAY, tick=False):
        be_away(sten, since=FIRST, until=LAST, cover=vera, by=sten)
    [mail] = delivered()
    assert mail.to == [vera.email]
    for word in ("Sten", "Aarhus", "12 July 2027", "30 July 2027", "/desk/"):
        assert word in f"{mail.subject} {mail.body}", word


def test_without_anybody_the_curators_are_told_and_written_to(
    sten: User, curator: User, record: Record
) -> None:
    factories.absence(sten)
    assert written_to(record) == [curator.email]
    with time_machine.travel(MONDAY, tick=False):
        be_away(sten, since=FIRST, until=LAST, cover=None, by=sten)
        [mail] = delivered()
    assert mail.to == [curator.email]
    assert "Aarhus" in mail.body
    assert f"/desk/stewards/person/{sten.pk}/" in mail.body


def test_a_second_steward_is_enough(sten: User, curator: User, town: Place, record: Record) -> None:
    other = person("other@aarhus.dk")
    factories.stewardship(other, town)
    factories.absence(sten)
    assert written_to(record) == [other.email]


def test_stand_ins_do_not_chain(sten: User, vera: User, curator: User, record: Record) -> None:
    third = person("third@odense.dk")
    factories.absence(sten, vera)
    factories.absence(vera, third)
    assert away_today([sten.pk])[sten.pk].cover is None
    assert written_to(record) == [curator.email]
    assert not scope_of(third).covers(record)
    User.objects.filter(pk=third.pk).update(is_active=False)
    assert away_today([vera.pk])[vera.pk].cover is None


def test_the_curators_hear_when_who_was_to_stand_in_goes_away_too(
    sten: User, vera: User, curator: User
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        be_away(sten, since=FIRST, until=LAST, cover=vera, by=sten)
        be_away(vera, since=LAST, until=LAST, cover=sten_s_friend(), by=vera)
        [mail] = delivered(to=curator.email)
    assert "Sten" in mail.subject
    assert "Vera" in mail.body


def sten_s_friend() -> User:
    user = person("friend@odense.dk")
    factories.stewardship(user, factories.place("Nyborg"))
    return user


def test_what_cannot_be(sten: User, vera: User) -> None:
    with time_machine.travel(MONDAY, tick=False):
        absence = be_away(sten, since=FIRST, until=LAST, cover=vera, by=sten)
        said: dict[str, Any] = {"since": LAST, "until": LAST, "by": sten}
        with pytest.raises(NotPossible, match="days"):
            be_away(sten, cover=None, **said)
        with pytest.raises(NotPossible, match="cover"):
            be_away(vera, cover=sten, **said | {"by": vera})
        change(absence, since=FIRST, until=FIRST, cover=vera, by=sten)  # its own days are no hindrance
        be_away(sten, cover=None, **said)
        with pytest.raises(NotPossible, match="days"):
            change(absence, since=FIRST, until=LAST, cover=vera, by=sten)
    with time_machine.travel(MONDAY + dt.timedelta(days=1), tick=False), pytest.raises(Overtaken):
        come_back(absence, by=sten)


def test_another_stands_in_and_the_first_is_told_that_it_is_over(
    sten: User, vera: User, curator: User, record: Record
) -> None:
    absence = factories.absence(sten, vera)
    change(absence, since=absence.since, until=absence.until, cover=curator, by=curator)
    assert {mail.to[0] for mail in delivered()} == {sten.email, vera.email, curator.email}
    assert not scope_of(vera).covers(record)
    assert written_to(record) == [curator.email]
    change(absence, since=absence.since, until=absence.until, cover=curator, by=curator)
    assert Message.objects.count() == 3  # nothing changed, nobody is told


def test_back_before_the_last_day_and_not_away_after_all(sten: User, vera: User, record: Record) -> None:
    begun = factories.absence(sten, vera, since=-2)
    come_back(begun, by=sten)
    begun.refresh_from_db()
    assert begun.until == timezone.localdate() - dt.timedelta(days=1)
    assert written_to(record) == [sten.email]
    ahead = factories.absence(sten, vera, since=3)
    come_back(ahead, by=sten)
    ahead.refresh_from_db()
    assert ahead.called_off_at
    assert not Absence.objects.ahead().exists()
    assert [mail.to for mail in delivered()] == [[vera.email], [vera.email]]
    with pytest.raises(Overtaken):
        come_back(ahead, by=sten)


def test_who_cannot_stand_in_says_so(sten: User, vera: User, curator: User, record: Record) -> None:
    absence = factories.absence(sten, vera)
    stand_in_no_more(absence, by=vera)
    assert {mail.to[0] for mail in delivered()} == {sten.email, curator.email}
    assert not scope_of(vera).covers(record)
    with pytest.raises(Overtaken):
        stand_in_no_more(absence, by=vera)


def test_who_is_neither_steward_nor_curator_any_more_stands_in_for_nobody(
    sten: User, vera: User, curator: User, record: Record
) -> None:
    """Rights follow from the rows as they stand: who was let go decides nothing and reads no mails."""
    absence = factories.absence(sten, curator)
    assert written_to(record) == [curator.email]
    User.objects.filter(pk=curator.pk).update(is_curator=False)
    boss = person("boss@example.org", is_curator=True)
    curator.refresh_from_db()
    assert not scope_of(curator)
    assert written_to(record) == [boss.email]
    change(absence, since=absence.since, until=absence.until, cover=vera, by=boss)
    assert scope_of(vera).covers(record)
    vera.stewardships.update(until=timezone.now())
    assert not scope_of(vera)
    assert away_today([sten.pk])[sten.pk].cover is None
    assert written_to(record) == [boss.email]


def test_who_stands_in_and_goes_away_leaves_it_to_the_curators(
    sten: User, vera: User, curator: User, record: Record
) -> None:
    factories.absence(sten, vera)
    assert absences.covered_by(vera)
    factories.absence(vera, since=0)
    assert not scope_of(vera).covers(record)
    assert absences.covered_by(vera) == []
    assert written_to(record) == [curator.email]


def test_the_curators_hear_when_the_days_of_who_stands_in_are_moved(
    sten: User, vera: User, curator: User
) -> None:
    """Once for each whose days are touched, and not again where they were told before."""
    friend = sten_s_friend()
    with time_machine.travel(MONDAY, tick=False):
        be_away(sten, since=FIRST, until=LAST, cover=vera, by=sten)
        theirs = be_away(vera, since=dt.date(2027, 8, 9), until=dt.date(2027, 8, 13), cover=friend, by=vera)
        assert delivered(to=curator.email) == []
        change(theirs, since=LAST, until=dt.date(2027, 8, 13), cover=friend, by=vera)
        [mail] = delivered(to=curator.email)
        assert "Sten" in mail.subject
        change(theirs, since=dt.date(2027, 7, 29), until=dt.date(2027, 8, 13), cover=friend, by=vera)
        assert len(delivered(to=curator.email)) == 1


def test_an_erased_person_stands_in_for_nobody(sten: User, vera: User, curator: User, record: Record) -> None:
    absence = factories.absence(sten, vera)
    own = factories.absence(vera, since=20, until=30)
    personal.erase(vera)
    absence.refresh_from_db()
    own.refresh_from_db()
    assert absence.cover is None
    assert own.called_off_at
    assert written_to(record) == [curator.email]


def test_stewards_and_curators_may_stand_in(sten: User, vera: User, curator: User) -> None:
    person("member@example.org")
    assert set(absences.could_cover(sten)) == {vera, curator}


@pytest.mark.django_db(transaction=True)
def test_told_twice_at_once_there_is_one_absence(sten: User, vera: User) -> None:
    gate, refused = threading.Barrier(2), []

    def tell() -> None:
        gate.wait(10)
        day = timezone.localdate()
        try:
            be_away(sten, since=day, until=day, cover=vera, by=sten)
        except NotPossible as problem:
            refused.append(problem.why)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (Absence.objects.count(), refused, Message.objects.count()) == (1, ["days"], 1)
