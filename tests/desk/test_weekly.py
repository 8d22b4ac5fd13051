"""The weekly mail: on Monday, of what waits, once, to whoever stands in, and none where it is stopped."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from curation.choices import State
from curation.models import Stewardship, WeeklyLetter
from desk import weekly
from desk.tasks.weekly import tell_what_waits
from mail import outbox
from mail.models import Message
from places.models import Place
from tests import factories
from tests.pages import read
from tests.people import browser, person
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")

SUNDAY = dt.datetime(2027, 7, 11, 4, 12, tzinfo=dt.UTC)
MONDAY = SUNDAY + dt.timedelta(days=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def town() -> Place:
    return factories.place("Aarhus")


@pytest.fixture
def sten(town: Place) -> User:
    return steward("sten@aarhus.dk", town)


def steward(email: str, place: Place) -> User:
    user = person(email, name=email.partition("@")[0].title(), language="en")
    factories.stewardship(user, place, since=SUNDAY - 30 * DAY)
    return user


def waits(town: Place, name: str = "Nærlab") -> None:
    factories.lab(
        name, state=State.SUBMITTED, places=[town], submitted_at=MONDAY - 8 * DAY,
        answer_by=dt.date(2027, 7, 9),
    )  # fmt: skip


def letters(moment: dt.datetime = MONDAY) -> list[str]:
    """To whom the job writes at a moment."""
    before = set(Message.objects.values_list("pk", flat=True))
    with time_machine.travel(moment, tick=False):
        tell_what_waits(timestamp=0)
    return sorted(Message.objects.exclude(pk__in=before).values_list("to", flat=True))


def test_on_monday_a_steward_reads_what_waits_and_what_was_promised(sten: User, town: Place) -> None:
    steward("nothing@odense.dk", factories.place("Odense"))
    person("curator@example.org", is_curator=True)  # looks after all, and nothing by name
    waits(town)
    assert letters() == ["sten@aarhus.dk"]
    with time_machine.travel(MONDAY, tick=False):
        [mail] = delivered()
    assert mail.subject == "1 thing waits where you look after things"
    for text in ("Dear Sten,", "New: 1\n", "/en/desk/new/", "“Nærlab” by 9 July 2027", "1 was promised"):
        assert text in mail.body, text
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_once_a_week_and_a_missed_monday_is_made_up_for(sten: User, town: Place) -> None:
    waits(town)
    assert letters(SUNDAY) == [sten.email]  # of the week before
    assert [letters(MONDAY + DAY), letters(MONDAY + 2 * DAY), letters(MONDAY + 6 * DAY)] == [
        [sten.email],
        [],
        [],
    ]
    assert letters(MONDAY + 7 * DAY) == [sten.email]


def test_what_comes_on_tuesday_is_told_next_monday(sten: User, town: Place) -> None:
    assert letters() == []
    waits(town)
    late = person("new@aarhus.dk")
    factories.stewardship(late, town, since=MONDAY + 2 * DAY)
    assert letters(MONDAY + 3 * DAY) == []
    assert letters(MONDAY + 7 * DAY) == [late.email, sten.email]


def test_of_two_workers_one_tells(sten: User, town: Place) -> None:
    waits(town)
    with time_machine.travel(MONDAY, tick=False):
        numbers = [weekly.tell(sten.pk, MONDAY.date()) for _worker in range(2)]
    assert numbers == [1, 0]


def test_a_mail_that_cannot_be_made_leaves_no_mark_and_keeps_no_other_from_theirs(
    sten: User, town: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = steward("other@aarhus.dk", town)
    waits(town)
    send = outbox.send

    def broken(template: str, *, to: str, **said: Any) -> Message:
        if to == sten.email:
            raise OSError
        return send(template, to=to, **said)

    with monkeypatch.context() as patched:
        patched.setattr(outbox, "send", broken)
        assert letters() == [other.email]
    assert letters() == [sten.email]


def test_while_somebody_is_away_who_stands_in_reads_of_both(sten: User, town: Place) -> None:
    vera = steward("vera@odense.dk", factories.place("Odense"))
    waits(town)
    factories.absence(sten, vera)
    move(since=MONDAY.date(), until=MONDAY.date())
    assert letters() == [vera.email]
    with time_machine.travel(MONDAY, tick=False):
        [mail] = delivered()
    assert "You stand in for Sten up to and with 12 July 2027" in mail.body
    assert "New: 1\n" in mail.body
    assert letters(MONDAY + DAY) == []  # Sten was seen to
    assert letters(MONDAY + 7 * DAY) == [sten.email]


def test_a_curator_who_stands_in_is_written_to(sten: User, town: Place) -> None:
    curator = person("curator@example.org", is_curator=True)
    waits(town)
    waits(factories.place("Odense"), "Fjernlab")
    factories.absence(sten, curator)
    move(since=MONDAY.date(), until=MONDAY.date())
    assert letters() == [curator.email]
    assert Message.objects.get().subject.startswith("1 ")  # not of the whole register


def test_where_nobody_stands_in_the_curators_are_written_to(sten: User, town: Place) -> None:
    curator = person("curator@example.org", is_curator=True, language="en")
    waits(town)
    factories.absence(sten)
    move(since=MONDAY.date(), until=MONDAY.date())
    assert letters() == [curator.email]
    letter = Message.objects.get()
    assert letter.subject == "1 thing waits while Sten is away"
    assert "Sten is away and nobody stands in." in letter.text


def test_what_two_who_are_away_leave_is_told_once_each(sten: User, town: Place) -> None:
    """Who was to stand in is away as well: what was Sten's is told as Sten's, and as nobody else's."""
    curator = person("curator@example.org", is_curator=True, language="en")
    odense = factories.place("Odense")
    vera = steward("vera@odense.dk", odense)
    waits(town)
    waits(odense, "Fjernlab")
    for user, cover in ((sten, vera), (vera, None)):
        absence = factories.absence(user, cover)
        absence.since = absence.until = MONDAY.date()
        absence.save()
    assert letters() == [curator.email] * 2
    with time_machine.travel(MONDAY, tick=False):
        mails = delivered()
    assert [mail.subject[:2] for mail in mails] == ["1 ", "1 "]
    assert sorted("Sten is away" in str(mail.body) for mail in mails) == [False, True]
    assert sum(f"/en/desk/new/?of=person-{sten.pk}" in str(mail.body) for mail in mails) == 1


def test_who_stands_in_from_wednesday_is_not_written_to_on_wednesday(sten: User, town: Place) -> None:
    curator = person("curator@example.org", is_curator=True)
    waits(town)
    factories.absence(sten, curator)
    move(since=MONDAY.date() + 2 * DAY, until=MONDAY.date() + 9 * DAY)
    assert letters() == [sten.email]
    assert letters(MONDAY + 2 * DAY) == []
    assert letters(MONDAY + 7 * DAY) == [curator.email]


def test_the_numbers_of_a_curators_own_mail_lead_to_their_own_lists(town: Place) -> None:
    curator = person("curator@example.org", is_curator=True, language="en")
    factories.stewardship(curator, town, since=SUNDAY - 30 * DAY)
    waits(town)
    waits(factories.place("Odense"), "Fjernlab")
    assert letters() == [curator.email]
    with time_machine.travel(MONDAY, tick=False):
        [mail] = delivered()
    assert "New: 1\n" in mail.body
    assert "/en/desk/new/?mine=1" in mail.body


def move(**said: dt.date) -> None:
    absence = Stewardship.objects.get(user__email="sten@aarhus.dk").user.absences.get()
    for name, day in said.items():
        setattr(absence, name, day)
    absence.save()


def test_it_is_stopped_from_the_mail_and_started_on_ones_page(sten: User, town: Place) -> None:
    waits(town)
    stop = weekly.stop_link(sten).partition("//")[2].partition("/")[2]
    stranger = Client()
    assert "Stop" in read(stranger.get(f"/{stop}")).one("main").one("button").text
    assert not WeeklyLetter.objects.exists()  # looking stops nothing
    assert stranger.post(f"/{stop}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not weekly.wants(sten)
    assert letters() == []
    assert stranger.get(f"/{stop[:-5]}aaaa/").status_code == 404
    mine = f"/desk/stewards/person/{sten.pk}/weekly/"
    assert browser(sten).post(mine, {"wanted": "1"}).status_code == 302
    assert letters(MONDAY + 7 * DAY) == [sten.email]
    browser(sten).post(mine)
    assert letters(MONDAY + 14 * DAY) == []
