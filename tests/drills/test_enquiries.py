"""A hundred people write to one lab in the same minute; somebody presses again and again at the same moment.

Five reach it in an hour, the others are told when to try again, and nothing they wrote is lost. Each browser
has a connection of its own, as each process has.
"""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.db.models import F
from django.test import Client

from actors.models import Enquiry, EnquiryMessage
from curation.models import Record
from keeping import tokens
from labs.models import Lab
from mail.models import Message
from outreach.enquiries import forms, limits
from outreach.enquiries.access import CONFIRM
from tests import factories, people
from tests.keeping.forms import form_of
from tests.outreach.enquiring import TYPED, WRITE, typed
from tests.pages import read

HUNDRED, MEMBERS, ABREAST = 100, 20, 10
PATIENCE = 120  # seconds
OWNER = "olga@byen.example"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_jobs", "empty")]


@pytest.fixture(autouse=True)
def _nobody_hurries(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "SOONEST", dt.timedelta(seconds=-1))
    caches["default"].clear()


@pytest.fixture
def lab(_nobody_hurries: None) -> Lab:
    actor = factories.actor()
    factories.membership(people.person(OWNER), actor, "owner")
    return factories.lab("Byens lab", owner=actor)


def together(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Let them happen, ten abreast; what each gave."""
    given: list[Any] = [None] * len(acts)

    def run(first: int) -> None:
        try:
            for number in range(first, len(acts), ABREAST):
                given[number] = acts[number]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[first]) for first in range(ABREAST)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "somebody still waits"
    return given


def statuses(answers: Sequence[Any]) -> dict[int, int]:
    return dict(Counter(answer.status_code for answer in answers))


def reached() -> int:
    """How many mails with an enquiry were sent to the lab's owner."""
    return Message.objects.filter(to=OWNER, template="outreach/enquiry").count()


def written_by_a_stranger(record: Record, number: int) -> Callable[[], Any]:
    """Written already; what is left is to press the link in the mail."""
    made = Enquiry.objects.create(record=record, sender_name="Ida", sender_email=f"ida{number}@example.org")
    EnquiryMessage.objects.create(enquiry=made, text="Hej")
    token = tokens.make(CONFIRM, [made.pk], user=None, address=made.sender_email)
    return partial(Client(REMOTE_ADDR=f"192.0.2.{number}").post, f"/enquiries/confirm/{token}/")


def test_of_a_hundred_in_a_minute_five_reach_a_lab(lab: Lab) -> None:
    presses = [written_by_a_stranger(lab.record, number) for number in range(HUNDRED)]
    answers = together(presses)
    assert statuses(answers) == {302: 5, 429: 95}
    assert (reached(), Enquiry.objects.sent().count(), EnquiryMessage.objects.count()) == (5, 5, HUNDRED)
    refused = [press for press, answer in zip(presses, answers, strict=True) if answer.status_code == 429]
    told = read(next(answer for answer in answers if answer.status_code == 429)).by_id("overtaken").text
    assert "Byens lab" in told
    assert statuses(together(refused[:20])) == {429: 20}
    Enquiry.objects.sent().update(sent_at=F("sent_at") - limits.HOUR, made_at=F("made_at") - limits.HOUR)
    assert statuses(together(refused[:20])) == {302: 5, 429: 15}
    assert reached() == 10


def test_of_many_members_at_once_five_reach_it_and_the_rest_keep_their_words(lab: Lab) -> None:
    browsers = [people.browser(people.person()) for _number in range(MEMBERS)]
    presses = [partial(client.post, WRITE, typed(client)) for client in browsers]
    answers = together(presses)
    assert statuses(answers) == {302: 5, 429: MEMBERS - 5}
    assert (reached(), Enquiry.objects.count()) == (5, 5)
    for answer in answers:
        if answer.status_code == 429:
            assert form_of(read(answer))["project"] == TYPED["project"]


def test_pressed_ten_times_at_once_it_is_sent_once(lab: Lab) -> None:
    client = people.browser(people.person())
    sent = typed(client)
    answers = together([partial(client.post, WRITE, sent)] * ABREAST)
    assert statuses(answers) == {302: ABREAST}
    assert (reached(), Enquiry.objects.count()) == (1, 1)
