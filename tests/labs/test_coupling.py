"""Coupling a need or an offer to a lab one may edit: who may, once, and what follows."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from actors.models import Actor, Refusal
from curation.actions import Overtaken
from curation.choices import Verb
from curation.models import Record
from labs import actions
from labs.models import Lab, Link
from missions.models import Need
from tests import factories
from tests.pages import read
from tests.people import browser, person
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("empty")

PATH = "/en/needs/bedre-soevn/couple/"


@pytest.fixture
def need(empty: None) -> Need:
    return factories.need("Bedre søvn", owner=factories.actor("Plejehjemmet", type="municipal_unit"))


@pytest.fixture
def town(empty: None, owner: User) -> Actor:
    made = factories.actor("Byen", type="municipality")
    factories.membership(owner, made)
    return made


@pytest.fixture
def lab(town: Actor) -> Lab:
    return factories.lab("Lys", owner=town)


def choices(response: Any) -> list[str]:
    page = read(response)
    boxes = {box.attrs["id"] for box in page.all("input", type="radio")}
    return [label.text for label in page.all("label") if label.attrs["for"] in boxes]


def test_a_lab_is_chosen_and_whose_need_it_is_is_asked(
    client: Client, need: Need, lab: Lab, owner: User
) -> None:
    member, version = browser(owner), lab.record.version
    assert choices(member.get(PATH)) == ["Lys"]
    response = member.post(PATH, {"lab": lab.record.public_id})
    assert (response.status_code, response["Location"]) == (302, "/en/labs/lys/#couplings")
    link = lab.links.get()
    assert (link.need, link.side, link.confirmed, link.asked_at) == (need, "pull", False, None)
    lab.record.refresh_from_db()
    assert (lab.record.version, lab.record.pull_count) == (version + 1, 1)
    assert Record.objects.get(pk=need.pk).link_count == 1
    event = lab.record.events.get()
    assert (event.verb, event.by, event.organisation_id) == (Verb.EDITED, owner, lab.owner_id)
    assert "Bedre søvn" in read(client.get("/labs/lys/")).by_id("couplings").text
    page = read(member.get(PATH))
    assert "Coupled to it already: Lys" in page.text
    assert not page.all("input", type="radio")


def test_an_offer_stands_on_the_push_side_and_ones_own_is_sure(lab: Lab, town: Actor, owner: User) -> None:
    offer = factories.offer("Lysmåling", owner=town)
    path = "/en/offers/lysmaaling/couple/"
    browser(owner).post(path, {"lab": lab.record.public_id})
    link = lab.links.get()
    assert (link.offer, link.side, link.confirmed) == (offer, "push", True)


def test_without_a_lab_one_is_told_and_can_register_one(as_member: Client, need: Need, lab: Lab) -> None:
    page = read(as_member.get(PATH))
    assert "You have no lab in the register that you may edit." in page.text
    assert "/en/register/lab/" in page.links
    assert "Lys" not in page.text


def test_only_labs_one_may_edit_are_offered_and_taken(need: Need, lab: Lab, owner: User, town: Actor) -> None:
    others = factories.lab("Andres", owner=factories.actor())
    factories.lab("Byens kladde", owner=town, state="draft")
    factories.lab("Byens slut", owner=town, ended=True)
    factories.lab("Eget", created_by=owner)
    factories.lab("Forladt", created_by=owner, owner=factories.actor())
    member = browser(owner)
    assert choices(member.get(PATH)) == ["Eget", "Lys"]
    page = read(member.post(PATH, {"lab": others.record.public_id}))
    assert page.by_id("error-summary").links == ["#f-lab_0"]
    assert "Choose one of these labs." in page.text
    assert read(member.post(PATH, {})).by_id("error-summary").text.endswith("Choose a lab.")
    assert not Link.objects.exists()


def test_a_curator_searches_among_all(need: Need, lab: Lab, curator: User) -> None:
    factories.lab("Andres")
    member = browser(curator)
    page = read(member.get(PATH))
    assert not page.all("input", type="radio")
    assert "f-q" in page
    assert choices(member.get(PATH, {"q": "lys"})) == ["Lys"]
    assert member.post(PATH, {"q": "lys", "lab": lab.record.public_id}).status_code == 302
    lab.record.refresh_from_db()
    assert lab.record.reviewed_version == lab.record.version  # nothing for the curators to look at


def test_a_steward_finds_what_lies_in_the_place(need: Need, lab: Lab, steward: User) -> None:
    place = factories.place("Byen")
    factories.stewardship(steward, place)
    factories.lab("Lys i byen", places=[place])
    assert choices(browser(steward).get(PATH, {"q": "lys"})) == ["Lys i byen (Byen)"]


@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn"])
def test_what_is_not_public_does_not_exist(lab: Lab, owner: User, state: str) -> None:
    factories.need("Hemmeligt", state=state)
    answer = browser(owner).get("/needs/hemmeligt/couple/")
    assert answer.status_code == 404
    assert browser(owner).get("/labs/lys/couple/").status_code == 404


def test_what_has_ended_is_not_coupled(lab: Lab, owner: User) -> None:
    factories.need("Slut", ended=True, status="expired")
    member, path = browser(owner), "/en/needs/slut/couple/"
    assert "It has ended" in member.get(path).text
    assert not read(member.get(path)).all("input", type="radio")
    member.post(path, {"lab": lab.record.public_id})
    assert not Link.objects.exists()


def test_what_its_owner_has_declined_is_not_coupled(need: Need, lab: Lab, owner: User) -> None:
    assert need.owner is not None
    Refusal.objects.create(record=lab.record, actor=need.owner)
    page = read(browser(owner).post(PATH, {"lab": lab.record.public_id}))
    assert "It has been declined that it is tied to this lab." in page.by_id("error-summary").text
    assert not Link.objects.exists()
    factories.membership(owner, need.owner)  # who speaks for it may change its mind
    browser(owner).post(PATH, {"lab": lab.record.public_id})
    assert lab.links.get().confirmed


def test_coupled_again_it_is_the_same_tie(need: Need, lab: Lab, owner: User) -> None:
    first = actions.couple(lab=lab, entry=need, by=owner)
    assert actions.couple(lab=lab, entry=need, by=owner) == first
    assert lab.record.events.count() == 1
    Link.objects.update(ended_on="2025-01-01", confirmed_at="2024-01-01T00:00Z", asked_at="2024-01-01T00:00Z")
    again = actions.couple(lab=lab, entry=need, by=owner)
    assert (again.pk, again.ended_on, again.confirmed, again.asked_at) == (first.pk, None, False, None)
    assert lab.record.events.count() == 2


def test_what_was_withdrawn_meanwhile_is_not_coupled(need: Need, lab: Lab, owner: User) -> None:
    Record.objects.filter(pk=need.pk).update(state="withdrawn")
    with pytest.raises(Overtaken):
        actions.couple(lab=lab, entry=need, by=owner)
    assert not Link.objects.exists()


def test_the_page_asks_the_same_for_one_lab_and_three(need: Need, lab: Lab, owner: User, town: Actor) -> None:
    member = browser(owner)
    one = len(statements(member, PATH))
    for number in range(3):
        factories.lab(f"Lab {number}", owner=town)
    assert len(statements(member, PATH)) == one


@pytest.mark.django_db(transaction=True)
def test_two_people_coupling_at_once_make_one_tie_and_lose_none() -> None:
    """Both the same need, and each a need of its own: one row each, one event each, every count right."""
    town = factories.actor("Byen")
    lab, other = factories.lab("Lys", owner=town), factories.lab("Lyd", owner=town)
    same, own = factories.need("Fælles", owner=factories.actor()), factories.need("Eget")
    people = [person(), person()]
    for one in people:
        factories.membership(one, town)
    together = threading.Barrier(4)
    failed: list[BaseException] = []

    def couple(lab: Lab, need: Need, by: User) -> None:
        together.wait()
        try:
            actions.couple(lab=lab, entry=need, by=by)
        except BaseException as problem:  # noqa: BLE001 - told by the test
            failed.append(problem)
        finally:
            connection.close()

    wanted = [(lab, same, people[0]), (lab, same, people[1]), (lab, own, people[1]), (other, same, people[0])]
    threads = [threading.Thread(target=couple, args=one) for one in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    assert Link.objects.count() == 3
    assert [lab.record.events.count(), other.record.events.count()] == [2, 1]
    counted = dict(Record.objects.values_list("pk", "link_count"))
    assert [counted[one.pk] for one in (lab, other, same, own)] == [2, 1, 2, 1]
