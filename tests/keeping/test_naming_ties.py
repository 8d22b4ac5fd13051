"""Ties to what is an organisation's: whose need, offer or mission it is is asked, and says yes or no once."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Actor, Refusal
from curation.actions import Overtaken
from curation.choices import Verb
from curation.models import Record
from keeping import naming
from keeping.tasks.naming import ask_the_named
from labs.models import Lab, Link
from missions.models import Need, Response
from tests import factories
from tests.pages import read
from tests.people import browser, person
from tests.post import delivered
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("empty")

LINK = re.compile(r"http://[^/\s]+(/(?:en/)?named/\S+)")
PATH = "/en/actors/plejehjemmet/named/"


@pytest.fixture
def keeper(db: None) -> User:
    return person("paul@plejehjemmet.dk", name="Paul Plejer", language="en")


@pytest.fixture
def home(keeper: User) -> Actor:
    """The care home that has the need, with somebody who speaks for it."""
    made = factories.actor("Plejehjemmet", type="municipal_unit", slug="plejehjemmet")
    factories.membership(keeper, made, "owner")
    return made


@pytest.fixture
def lab(owner: User) -> Lab:
    town = factories.actor("Byen")
    factories.membership(owner, town, "owner")
    return factories.lab("Lys", owner=town, claimed_at=timezone.now(), confirmed_at=timezone.now())


@pytest.fixture
def need(home: Actor) -> Need:
    return factories.need("Bedre søvn", owner=home)


def run() -> None:
    """What the worker does every morning."""
    ask_the_named(timestamp=0)


def key(entry: Any, about: Any) -> str:
    return f"entry-{entry.record.public_id}-{about.record.public_id}"


# Asking


def test_one_mail_lists_all_and_asks_once(lab: Lab, need: Need, home: Actor, keeper: User) -> None:
    offer, mission = factories.offer("Værelser", owner=home), factories.mission("Gode nætter", owner=home)
    for one in (need, offer, mission):
        factories.link(lab, one)
    factories.link(lab, home, role="host")
    factories.response(need, factories.offer("Lysmåling"))
    run()
    run()
    (mail,) = delivered(to=keeper.email)
    body = str(mail.body)
    assert mail.subject == "Plejehjemmet: are these 5 ties right?"
    for line in (
        "- Lys (Host)",
        "- Lys says that it works on your need “Bedre søvn”",
        "- Lys says that it makes use of your offer “Værelser”",
        "- Lys says that it works for your mission “Gode nætter”",
        "- Lysmåling is offered in answer to your need “Bedre søvn”",
    ):
        assert line in body
    assert len(LINK.findall(body)) == 1
    assert not Link.objects.filter(asked_at=None).exists()
    assert not Response.objects.filter(asked_at=None).exists()


def test_nobody_is_asked_about_what_is_hidden_over_or_confirmed(lab: Lab, need: Need, home: Actor) -> None:
    factories.link(factories.lab("Hemmeligt", state="draft"), need)
    factories.link(lab, factories.need("Kladde", state="draft", owner=home))
    factories.link(lab, factories.offer("Slut", owner=home), ended_on=dt.date(2025, 1, 1))
    factories.link(lab, factories.offer("Kendt", owner=home), confirmed_at=timezone.now())
    factories.response(need, factories.offer("Kladde", state="submitted"))
    factories.response(
        factories.need("Udløbet", owner=home, ended=True, status="expired"), factories.offer("For sent")
    )
    factories.response(need, factories.offer("Forbi"), ended_on=dt.date(2025, 1, 1))
    run()
    assert delivered() == []
    assert naming.namings_of(home) == []


def test_what_is_its_own_on_both_sides_is_confirmed_unasked(home: Actor, need: Need) -> None:
    claimed = {"owner": home, "claimed_at": timezone.now()}
    link = factories.link(factories.lab("Vores lab", **claimed), need)
    answer = factories.response(need, factories.offer("Vores tilbud", **claimed))
    unclaimed = factories.link(factories.lab("Andres ord", owner=home), need)
    run()
    for row in (link, answer, unclaimed):
        row.refresh_from_db()
    need.refresh_from_db()
    assert (link.confirmed, answer.confirmed, unclaimed.confirmed) == (True, True, False)
    assert need.status == "in_dialogue"
    assert len(delivered()) == 1


# Answering


def test_a_yes_is_drawn_as_confirmed(client: Client, lab: Lab, need: Need, keeper: User) -> None:
    link = factories.link(lab, need)
    member = browser(keeper)
    page = read(member.get(PATH))
    assert "The lab says that it works on your need “Bedre søvn”." in page.text
    assert "Yes, that is right" in page.text
    assert not any("checked" in radio.attrs for radio in page.all("input", type="radio"))
    member.post(PATH, {key(lab, need): "yes"})
    link.refresh_from_db()
    assert link.confirmed
    assert "sk-cpl__yes" in client.get("/labs/lys/").text
    assert "Nothing waits for your answer." in member.get(PATH).text


def test_each_tie_is_answered_by_itself(lab: Lab, need: Need, home: Actor, keeper: User) -> None:
    other = factories.need("Mindre fald", owner=home)
    for one in (need, other):
        factories.link(lab, one)
    factories.link(lab, home, role="host")
    answers = {key(lab, need): "yes", key(lab, other): "no", f"entry-{lab.record.public_id}": "later"}
    browser(keeper).post(PATH, answers)
    left = {str(link.end): link.confirmed for link in lab.links.all()}
    assert left == {"Bedre søvn": True, "Plejehjemmet": False}


def test_a_no_takes_the_tie_away_tells_the_lab_and_is_remembered(
    client: Client, lab: Lab, need: Need, home: Actor, keeper: User, owner: User
) -> None:
    link = factories.link(lab, need)
    run()
    (mail,) = delivered(to=keeper.email)
    path = LINK.findall(str(mail.body))[0]
    client.post(path, {key(lab, need): "no", "reason": "Vi har ikke talt sammen."})
    assert not lab.links.exists()
    refusal = Refusal.objects.get()
    assert (refusal.record, refusal.actor, refusal.by) == (lab.record, home, keeper)
    event = lab.record.events.get()
    assert (event.verb, event.organisation) == (Verb.EDITED, home.record)
    assert Record.objects.get(pk=need.pk).link_count == 0
    (told,) = delivered(to=owner.email)
    assert "Bedre søvn" in told.subject
    assert "Vi har ikke talt sammen." in told.body
    kept = Link.pgh_event_model.objects.filter(pgh_obj_id=link.pk, pgh_label="delete")  # type: ignore[attr-defined]
    assert kept.count() == 1
    assert "Bedre søvn" not in client.get("/labs/lys/").text


def test_of_a_yes_and_a_no_at_once_the_first_counts(lab: Lab, need: Need, home: Actor) -> None:
    factories.link(lab, need)
    (named,) = naming.namings_of(home)
    naming.confirm(named, by=None)
    with pytest.raises(Overtaken):
        naming.decline(home, named, by=None)
    assert lab.links.get().confirmed
    assert not Refusal.objects.exists()


def test_others_answer_nothing(lab: Lab, need: Need, stranger: User) -> None:
    factories.link(lab, need)
    member = browser(stranger)
    assert member.get(PATH).status_code == 403
    assert member.post(PATH, {key(lab, need): "yes"}).status_code == 403
    assert not lab.links.get().confirmed


def test_the_page_asks_the_same_for_one_and_three(lab: Lab, need: Need, home: Actor, keeper: User) -> None:
    member = browser(keeper)
    factories.link(lab, need)
    factories.response(need, factories.offer())
    one = len(statements(member, PATH))
    for _number in range(3):
        factories.link(lab, factories.need(owner=home))
        factories.response(need, factories.offer())
    assert len(statements(member, PATH)) == one


# Answers to needs


def test_a_yes_to_an_offer_brings_the_need_into_dialogue(
    client: Client, need: Need, home: Actor, keeper: User
) -> None:
    answer = factories.response(need, factories.offer("Lysmåling"))
    version = need.record.version
    browser(keeper).post(PATH, {key(answer.offer, need): "yes"})
    answer.refresh_from_db()
    need = Need.objects.select_related("record").get(pk=need.pk)
    assert (answer.confirmed, need.status, need.record.phase) == (True, "in_dialogue", "in_dialogue")
    assert need.record.version == version + 1 == need.record.reviewed_version
    event = need.record.events.get()
    assert (event.verb, event.by, event.organisation) == (Verb.EDITED, keeper, home.record)


@pytest.mark.parametrize("status", ["matched", "in_dialogue"])
def test_a_need_that_is_further_stays_there(home: Actor, keeper: User, status: str) -> None:
    need = factories.need("Bedre søvn", owner=home, status=status)
    answer = factories.response(need, factories.offer())
    browser(keeper).post(PATH, {key(answer.offer, need): "yes"})
    need.refresh_from_db()
    answer.refresh_from_db()
    assert (answer.confirmed, need.status, need.record.events.count()) == (True, status, 0)


def test_a_no_to_an_offer_leaves_the_need_open(need: Need, home: Actor, keeper: User) -> None:
    offer = factories.offer("Lysmåling", contact_email="post@lys.dk")
    factories.response(need, offer)
    browser(keeper).post(PATH, {key(offer, need): "no"})
    need.refresh_from_db()
    assert need.status == "open"
    assert not need.responses.exists()
    assert Refusal.objects.get().record == offer.record
    assert [mail.to for mail in delivered()] == [["post@lys.dk"]]


def test_what_is_said_from_the_other_end_is_asked_of_the_lab(
    lab: Lab, need: Need, home: Actor, owner: User, keeper: User
) -> None:
    yes = factories.link(lab, need, by_other=True)
    no = factories.link(lab, factories.offer("Værelser", owner=home), side="push", by_other=True)
    run()
    assert delivered(to=keeper.email) == []
    assert naming.namings_of(home) == []
    (mail,) = delivered(to=owner.email)
    assert "Bedre søvn" in str(mail.body)
    assert lab.owner is not None
    path = f"/actors/{lab.owner.record.slug}/named/"
    browser(owner).post(path, {key(need, lab): "yes", key(no.end, lab): "no"})
    yes.refresh_from_db()
    assert yes.confirmed
    assert [str(link.end) for link in lab.links.all()] == ["Bedre søvn"]
    assert Record.objects.get(pk=no.end.pk).link_count == 0
