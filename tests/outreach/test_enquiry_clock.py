"""What time does to enquiries, with time moved: reminded, asked after, closed, forgotten; each once."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from actors.models import Enquiry, EnquiryMessage
from outreach.enquiries import clock, forms
from outreach.tasks.enquiries import drop_unconfirmed
from tests import factories
from tests.outreach.enquiring import STRANGER, Cast, a_day_of_work, an_enquiry, answers, cast, link_in, passes
from tests.people import browser, person
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture(autouse=True)
def _nobody_hurries(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests are faster than people, and begin with nothing counted."""
    monkeypatch.setattr(forms, "SOONEST", dt.timedelta(seconds=-1))
    caches["default"].clear()


@pytest.fixture
def town(empty: None) -> Cast:
    return cast()


def test_after_the_promised_day_each_is_told_once(client: Client, town: Cast) -> None:
    promised = an_enquiry(client).answer_by
    assert promised
    passes((promised - timezone.localdate()).days)
    assert a_day_of_work() == 0
    passes(1)
    assert a_day_of_work() == 3
    told = town.owner.email, town.steward.email, STRANGER
    reminder, waits, no_answer = (delivered(to)[-1] for to in told)
    assert "> Vi vil vide" in reminder.body
    assert "Ida" not in waits.body
    assert client.get(link_in(waits, "asked")).status_code == 200
    assert client.get(link_in(no_answer, "yours")).status_code == 200
    passes(20)
    assert a_day_of_work() == 0


def test_what_is_answered_is_not_reminded_of(client: Client, town: Cast) -> None:
    an_enquiry(client)
    answers(client, link_in(delivered(town.owner.email)[-1], "asked"), "Ja.")
    passes(30)
    assert a_day_of_work() == 0


def test_sixty_days_after_both_are_asked_once_with_four_links(client: Client, town: Cast) -> None:
    an_enquiry(client)
    answers(client, link_in(delivered(town.owner.email)[-1], "asked"), "Ja.")
    passes(59)
    assert a_day_of_work() == 0
    passes(1)
    assert a_day_of_work() == 2
    for to in (town.owner.email, STRANGER):
        links = re.findall(r"/enquiries/\w+/\S+/came/\?came=(\w+)", str(delivered(to)[-1].body))
        assert links == ["meeting", "project", "application", "nothing"]
    asked = link_in(delivered(town.owner.email)[-1], "asked")
    assert client.get(asked).status_code == 200
    assert not Enquiry.objects.exclude(owner_says="").exists()
    assert client.post(asked, {"came": "project"}).status_code == 302
    passes(29)
    a_day_of_work()
    assert Enquiry.objects.get().state == "answered"
    passes(1)
    assert a_day_of_work() == 0
    assert Enquiry.objects.get().state == "closed"
    assert client.post(link_in(delivered(STRANGER)[-1], "yours"), {"came": "meeting"}).status_code == 302
    enquiry = Enquiry.objects.get()
    assert (enquiry.owner_says, enquiry.sender_says) == ("project", "meeting")


def test_who_has_said_it_is_not_asked(client: Client, town: Cast) -> None:
    an_enquiry(client)
    asked = link_in(delivered(town.owner.email)[-1], "asked")
    answers(client, asked, "Ja.")
    client.post(f"{asked}came/", {"came": "meeting"})
    passes(61)
    mails = len(delivered(town.owner.email))
    assert a_day_of_work() == 1
    assert len(delivered(town.owner.email)) == mails


def test_what_nobody_looks_after_is_asked_of_stewards_who_have_answered(client: Client) -> None:
    town = cast(owner=None, claimed_at=None)
    an_enquiry(client, project="Besvaret")
    answers(client, link_in(delivered(town.steward.email)[-1], "asked"), "Prøv nabobyen.")
    an_enquiry(client, project="Ubesvaret")
    passes(16)
    a_day_of_work()
    passes(60)
    before = len(delivered(town.steward.email))
    a_day_of_work()
    assert len(delivered(town.steward.email)) - before == 1


def test_six_months_after_it_was_closed_nobody_is_remembered(client: Client, town: Cast) -> None:
    rasmus = person("rasmus@universitet.example", name="Rasmus")
    need = factories.need("Mit behov", created_by=rasmus)
    an_enquiry(client)
    Enquiry.objects.update(sender=rasmus, about=need.record)
    asked = link_in(delivered(town.owner.email)[-1], "asked")
    client.post(f"{asked}no/", {"reason": "Nej."})
    passes(170)
    a_day_of_work()
    assert EnquiryMessage.objects.count() == 2
    passes(16)
    a_day_of_work()
    enquiry = Enquiry.objects.get()
    assert not EnquiryMessage.objects.exists()
    assert (enquiry.sender, enquiry.about, enquiry.state) == (None, None, "closed")
    assert enquiry.sender_name == enquiry.sender_email == enquiry.sender_organisation == ""
    assert enquiry.answered_at
    assert enquiry.forgotten_at
    forgotten = enquiry.forgotten_at
    assert client.get(asked).status_code == 410
    assert browser(town.owner).get(f"/account/enquiries/{enquiry.pk}/").status_code == 404
    a_day_of_work()
    assert Enquiry.objects.get().forgotten_at == forgotten


def test_one_that_cannot_be_written_about_keeps_no_other_from_it(
    client: Client, town: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = an_enquiry(client)
    an_enquiry(client, project="Et andet")
    passes(16)
    remind: Callable[[Enquiry], bool] = clock.remind

    def fail_once(enquiry: Enquiry) -> bool:
        if enquiry == first:
            raise RuntimeError
        return remind(enquiry)

    monkeypatch.setattr(clock, "remind", fail_once)
    clock.remind_of_what_waits()
    assert list(Enquiry.objects.filter(reminded_at=None)) == [first]
    assert str(first.pk) in caplog.text
    assert STRANGER not in caplog.text


def test_dropping_twice_drops_once(client: Client, town: Cast) -> None:
    an_enquiry(client)
    Enquiry.objects.create(
        record=town.lab.record, sender_email=STRANGER, made_at=timezone.now() - dt.timedelta(days=4)
    )
    for _time in range(2):
        drop_unconfirmed(timestamp=0)
        assert Enquiry.objects.count() == 1
