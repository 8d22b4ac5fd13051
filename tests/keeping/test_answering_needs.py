"""Answering a need with an offer: who may with which, once, and what the need's owner's yes does."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from accounts.models import User
from actors.models import Actor, Offer, Refusal
from curation import actions
from curation.choices import Verb
from curation.models import Record, RecordEvent
from keeping import naming
from keeping.tasks.naming import ask_the_named
from missions.actions import NotToBeAnswered, confirm_response, respond
from missions.models import Need, Response
from tests import factories
from tests.pages import read
from tests.people import browser, person
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def researcher(db: None) -> User:
    return person("rie@uni.dk", name="Rie", language="en")


@pytest.fixture
def university(researcher: User) -> Actor:
    actor = factories.actor("Universitet", type="university")
    factories.membership(researcher, actor)
    return actor


@pytest.fixture
def offer(university: Actor) -> Offer:
    return factories.offer("Two researchers", owner=university)


@pytest.fixture
def town(db: None) -> Actor:
    actor = factories.actor("Kommune", type="municipality", side="pull")
    factories.membership(person("olga@kommune.dk", name="Olga", language="en"), actor, "owner")
    return actor


@pytest.fixture
def need(town: Actor) -> Need:
    return factories.need("Sleep", owner=town, themes=[factories.theme("Lys")])


@pytest.fixture
def path(need: Need) -> str:
    return f"/en/needs/{need.record.slug}/answer/"


def test_one_answers_with_an_offer_of_one_s_own(
    need: Need, offer: Offer, researcher: User, path: str, university: Actor, client: Client
) -> None:
    factories.offer("Of others", owner=factories.actor())
    factories.offer("Expired", owner=university, status="expired", ended=True)
    factories.offer("Draft", owner=university, state="draft")
    assert client.get(path).status_code == 302, "a stranger logs in first"
    reader = browser(researcher)
    page = read(reader.get(path))
    assert [field.attrs["value"] for field in page.all("input", name="offer")] == [offer.record.public_id]
    new = next(link for link in page.links if "register" in link and "need=" in link)
    assert new == f"/en/register/offer/?need={need.record.slug}&theme=lys"
    assert "Choose the offer you answer with." in reader.post(path, {}).text
    assert "Choose one of the offers below." in reader.post(path, {"offer": "another"}).text
    assert not Response.objects.exists()
    answer = reader.post(path, {"offer": offer.record.public_id})
    assert (answer.status_code, answer["Location"]) == (
        302,
        need.get_absolute_url().replace("/needs", "/en/needs"),
    )
    response = Response.objects.get()
    assert (response.need, response.offer) == (need, offer)
    assert (response.asked_at, response.confirmed_at) == (None, None)
    for record in Record.objects.filter(pk__in=[need.pk, offer.pk]):
        assert record.link_count == 1
    event = RecordEvent.objects.get()
    assert (event.record, event.verb, event.by) == (offer.record, Verb.EDITED, researcher)
    assert event.organisation == university.record
    assert Record.objects.get(pk=offer.pk).version == offer.record.version + 1
    again = read(reader.get(path))
    assert "have not said anything yet" in again.by_id(f"said-{offer.record.public_id}").text
    assert again.all("input", name="offer") == []


def test_said_twice_it_is_said_once(need: Need, offer: Offer, researcher: User) -> None:
    first = respond(need=need, offer=offer, by=researcher)
    assert respond(need=need, offer=offer, by=researcher) == first
    assert RecordEvent.objects.count() == Response.objects.count() == 1


def test_the_need_s_owner_is_asked_and_a_yes_begins_the_dialogue(
    need: Need, offer: Offer, researcher: User, town: Actor, client: Client
) -> None:
    respond(need=need, offer=offer, by=researcher)
    shown = f"/en{offer.get_absolute_url()}"
    assert "only proposed" in read(client.get(shown)).by_id("needs").text
    followed = read(
        browser(User.objects.get(name="Olga")).get(f"/en/account/entries/{need.record.public_id}/")
    )
    assert "Two researchers" in followed.one("main").text
    assert f"/en/actors/{town.record.slug}/named/" in followed.links
    ask_the_named(timestamp=0)
    (mail,) = delivered(to="olga@kommune.dk")
    assert "Two researchers" in mail.body
    (waiting,) = naming.namings_of(town)
    naming.confirm(waiting, by=None)
    naming.confirm(waiting, by=None)
    need.refresh_from_db()
    assert need.status == "in_dialogue"
    assert Record.objects.get(pk=need.pk).phase == "in_dialogue"
    assert RecordEvent.objects.filter(record=need.record, verb=Verb.EDITED).count() == 1
    assert "Kommune · confirmed" in read(client.get(shown)).by_id("needs").text


@pytest.mark.parametrize(("status", "after"), [("", "in_dialogue"), ("matched", "matched")])
def test_a_need_that_says_more_already_stays_as_it_is(
    offer: Offer, researcher: User, status: str, after: str
) -> None:
    need = factories.need(status=status)
    confirm_response(respond(need=need, offer=offer, by=researcher), by=None)
    need.refresh_from_db()
    assert need.status == after
    assert Response.objects.get().confirmed


def test_what_is_over_is_not_answered(need: Need, offer: Offer, researcher: User, path: str) -> None:
    actions.end(need, by=None, version=need.record.version, on=None, reason="Done")
    reader = browser(researcher)
    page = read(reader.get(path))
    assert "cannot be answered any more" in page.by_id("over").text
    assert page.all("input", name="offer") == []
    late = reader.post(path, {"offer": offer.record.public_id})
    assert late.status_code == 409
    assert "Nothing was sent." in late.text
    with pytest.raises(NotToBeAnswered, match="need"):
        respond(need=need, offer=offer, by=researcher)
    other = factories.need()
    actions.end(offer, by=None, version=offer.record.version, on=None, reason="Done")
    with pytest.raises(NotToBeAnswered, match="offer"):
        respond(need=other, offer=offer, by=researcher)
    assert not Response.objects.exists()


def test_a_no_is_not_asked_again(need: Need, offer: Offer, researcher: User, town: Actor, path: str) -> None:
    respond(need=need, offer=offer, by=researcher)
    (waiting,) = naming.namings_of(town)
    naming.decline(town, waiting, by=None, reason="We have one already.")
    assert Refusal.objects.get().record == offer.record
    page = read(browser(researcher).get(path))
    assert "have said no" in page.by_id(f"said-{offer.record.public_id}").text
    with pytest.raises(NotToBeAnswered, match="declined"):
        respond(need=need, offer=offer, by=researcher)


def test_what_is_not_public_does_not_exist(researcher: User) -> None:
    need = factories.need(state="submitted")
    assert browser(researcher).get(f"/needs/{need.record.slug}/answer/").status_code == 404


def test_who_speaks_for_nobody_is_told_so(path: str) -> None:
    page = read(browser(person("anna@example.org")).get(path))
    assert "You do not belong to an organisation" in re.sub(r"\s+", " ", page.one("main").text)
    assert any("/register/offer/?need=" in link for link in page.links)


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_answer_with_one_offer_at_once(need: Need, offer: Offer, researcher: User) -> None:
    start = Barrier(3)

    def answering(_number: int) -> int:
        try:
            start.wait(10)
            found = Need.objects.select_related("record").get(pk=need.pk)
            return respond(
                need=found, offer=Offer.objects.select_related("record").get(pk=offer.pk), by=researcher
            ).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        made = set(pool.map(answering, range(3)))
    assert made == {Response.objects.get().pk}
    assert RecordEvent.objects.count() == 1
