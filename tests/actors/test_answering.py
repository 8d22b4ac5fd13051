"""How owners answer: what is counted, from when it is told, and what a sender is promised."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from actors.answering import Answering, answering, answering_of, answering_of_each, promise_of, rate
from actors.models import Actor, Enquiry
from tests import factories
from tests.pages import read
from tests.people import browser, person
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("empty")
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
LONG_AGO = NOON - dt.timedelta(days=900)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


@pytest.fixture
def owner_of_labs() -> Actor:
    return factories.actor("Aarhus Kommune", type="municipality", side="pull", claimed_at=LONG_AGO)


def enquiry(about: Any, *, ago: int = 60, took: float | None = None, **said: Any) -> Enquiry:
    """Sent so many days ago to an entry of an organisation, and answered after so many days."""
    sent = NOON - ago * DAY
    values: dict[str, Any] = {
        "state": "sent" if took is None else "answered", "sent_at": sent,
        "answer_by": (sent + 14 * DAY).date(), "answered_at": None if took is None else sent + took * DAY,
    }  # fmt: skip
    owner = about if isinstance(about, Actor) else about.owner
    return Enquiry.objects.create(record=about.record, organisation=owner, **values | said)


def test_the_rate_is_of_what_was_due_and_the_time_of_three_answers_in_four() -> None:
    sent = NOON - 60 * DAY
    rows = [
        (sent, NOON.date() - DAY, sent + days * DAY if days is not None else None, says, owner)
        for days, says, owner in (
            (0, "meeting", "meeting"), (2, "project", "nothing"), (3, "", "nothing"), (40, "", ""),
            (None, "", ""),
        )
    ]  # fmt: skip
    waiting = [(NOON - 2 * DAY, NOON.date() + DAY, answered, "", "") for answered in (None, NOON)]
    found = answering([*rows, *waiting], NOON.date())
    assert (found.asked, found.due, found.answered, found.days) == (7, 5, 4, (0, 2, 3, 40))
    assert (found.usual_days, found.said, found.agreed, found.differ) == (3, 3, 1, 1)
    assert dict(found.sender_says) == {"meeting": 1, "project": 1}
    assert dict(found.owner_says) == {"meeting": 1, "nothing": 2}
    assert rate(found) == "Answers 4 of 5 enquiries, usually within 3 days."


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ([0, 0, 0], "Answers 3 of 3 enquiries, usually on the same day."),
        ([1, 1, None], "Answers 2 of 3 enquiries, usually within 1 day."),
        ([None] * 3, "Of the last 3 enquiries none has been answered yet."),
        ([1, 1], "You can expect an answer within ten working days."),
    ],
)
def test_what_a_sender_is_promised(owner_of_labs: Actor, days: list[int | None], says: str) -> None:
    lab = factories.lab(owner=owner_of_labs)
    for took in days:
        enquiry(lab, took=took)
    assert promise_of(lab.record) == says
    assert promise_of(owner_of_labs.record) == says, "an organisation answers for all that is its own"


def test_not_counted_are_unconfirmed_old_and_other_ones(owner_of_labs: Actor) -> None:
    lab = factories.lab(owner=owner_of_labs)
    for _one in range(3):
        Enquiry.objects.create(record=lab.record, organisation=owner_of_labs)
        enquiry(lab, ago=800, took=1)
        enquiry(factories.lab(owner=factories.actor()), took=1)
    assert answering_of(lab.record) == Answering()
    enquiry(lab, took=1, forgotten_at=NOON)
    assert answering_of(lab.record).answered == 1, "what is forgotten counts"


def test_without_an_organisation_the_entry_stands_for_itself() -> None:
    lab, other = factories.lab(), factories.lab()
    for _one in range(3):
        enquiry(lab, took=1)
    assert answering_of(lab.record).answered == 3
    assert answering_of(other.record).asked == 0


def test_several_organisations_are_read_at_once(owner_of_labs: Actor, django_assert_num_queries: Any) -> None:
    other, nobody = factories.actor(), factories.actor()
    enquiry(owner_of_labs, took=1)
    enquiry(other)
    with django_assert_num_queries(1):
        found = answering_of_each([owner_of_labs.pk, other.pk, nobody.pk])
    assert [found[a.pk].answered for a in (owner_of_labs, other, nobody)] == [1, 0, 0]
    with django_assert_num_queries(0):
        assert answering_of_each([]) == {}


def test_an_organisation_nobody_looks_after_is_not_said_to_answer_badly(client: Client) -> None:
    actor = factories.actor("Ingens Kommune", type="municipality", side="pull")
    for _number in range(4):
        enquiry(actor)
    assert "answers" not in read(client.get(actor.get_absolute_url()))


def test_the_public_page_tells_from_three_on(owner_of_labs: Actor, client: Client) -> None:
    path = f"/en{owner_of_labs.get_absolute_url().removeprefix('/en')}"
    for number in range(4):
        answers = read(client.get(path)).by_id("answers").text
        assert ("Answers" in answers and "usually" in answers) == (number >= 3)
        assert ("within ten working days" in answers) == (number < 3)
        enquiry(owner_of_labs, took=2, sender_says="meeting", owner_says="nothing", sender_name="Kanarie")
    text = read(client.get(path)).by_id("answers").text
    assert "Answers 4 of 4 enquiries, usually within 2 days." in text
    assert "A meeting" in text
    assert "Kanarie" not in client.get(path).text


def test_members_see_all_of_it_on_their_own_page(owner_of_labs: Actor) -> None:
    olga = person(email="olga@example.org")
    factories.membership(olga, owner_of_labs, "owner")
    enquiry(owner_of_labs, took=2)
    enquiry(owner_of_labs, ago=1)
    text = read(browser(olga).get("/en/account/")).by_id("organisations-h")
    page = browser(olga).get("/en/account/").text
    assert text is not None
    assert "2 enquiries in two years" in page
    assert "1 of 1" in page


def test_the_actors_page_asks_one_statement_more_at_most(owner_of_labs: Actor, client: Client) -> None:
    path = owner_of_labs.get_absolute_url()
    few = len(statements(client, path))
    for _one in range(9):
        enquiry(owner_of_labs, took=1)
    assert len(statements(client, path)) == few <= 9
