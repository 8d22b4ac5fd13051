"""One's own page: what waits, what is one's own; and the life of an entry as its author follows it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors import actions
from actors.models import Actor, Claim, Membership
from curation.actions import publish, return_to_author, submit
from curation.choices import Fact, State
from curation.models import Asking, Draft, Record, Suggestion
from labs.models import Lab
from tests import factories
from tests.pages import read
from tests.people import browser, person
from tests.statements import MEMBER, statements

pytestmark = pytest.mark.usefixtures("empty")
HOME = "/account/"


@pytest.fixture
def aarhus() -> Actor:
    return factories.actor("Aarhus Kommune", email_domain="aarhus.dk")


@pytest.fixture
def anna(aarhus: Actor) -> User:
    return person("anna@aarhus.dk", name="Anna")


def page_of(entry: Any) -> str:
    return f"/account/entries/{entry.record.public_id}/"


def suggestion(entry: Any) -> Suggestion:
    return Suggestion.objects.create(record=entry.record, base_version=1, changes={})


def asking(entry: Any) -> Asking:
    return Asking.objects.create(record=entry.record, fact=Fact.DETAILS)


# One's own page


def test_with_nothing_it_says_what_one_can_do() -> None:
    page = read(browser(person()).get(HOME)).one("main")
    assert "waiting-h" not in page
    assert {"/register/", "/actors/", "/roles/"} <= set(page.links)
    assert "/account/logout/" in [form.attrs.get("action") for form in page.all("form")]


def test_a_stranger_logs_in(client: Client) -> None:
    assert client.get(HOME)["Location"] == "/account/login/?next=/account/"


def test_what_waits_comes_first_and_leads_on(aarhus: Actor, anna: User) -> None:
    owner = person()
    factories.membership(owner, aarhus, "owner")
    factories.membership(anna, aarhus, "editor")
    odense = factories.actor("Odense")
    factories.membership(owner, odense, "owner")
    invitation = actions.invite(odense, email="anna@aarhus.dk", role="editor", by=owner)
    returned = factories.lab("Returned", owner=aarhus, state=State.RETURNED, decision="Kilden mangler.")
    suggested, asked = factories.lab("Suggested", owner=aarhus), factories.lab("Asked", owner=aarhus)
    suggestion(suggested)
    suggestion(suggested)
    asking(asked)
    draft = Draft.objects.create(kind="lab", user=anna)
    waiting = read(browser(anna).get(HOME)).one("section", aria_labelledby="waiting-h")
    assert waiting.links == [
        f"/account/invitations/{invitation.pk}/", page_of(returned), page_of(suggested), page_of(asked),
        f"/register/lab/{draft.key}/",
    ]  # fmt: skip
    assert "Kilden mangler." in waiting.text
    assert "2" in waiting.all("li")[2].text


def test_what_is_answered_waits_no_more(aarhus: Actor, anna: User) -> None:
    factories.membership(anna, aarhus, "owner")
    lab = factories.lab("DOKK", owner=aarhus)
    now = timezone.now()
    Asking.objects.filter(pk=asking(lab).pk).update(answer="still", answered_at=now)
    decided = suggestion(lab)
    Suggestion.objects.filter(pk=decided.pk).update(outcome="declined", decided_at=now, decided_by=anna)
    assert "waiting-h" not in read(browser(anna).get(HOME))


def test_entries_stand_by_what_they_ask_for(aarhus: Actor, anna: User) -> None:
    factories.membership(anna, aarhus, "editor")
    for state in (State.PUBLISHED, State.SUBMITTED, State.RETURNED, State.DRAFT, State.WITHDRAWN):
        factories.lab(f"Lab {state}", state=state, created_by=anna)
    entries = read(browser(anna).get(HOME)).one("section", aria_labelledby="entries-h")
    names = [node.text for node in entries.all("h3")]
    assert names == [
        "Lab returned", "Lab draft", "Lab submitted", "Aarhus Kommune", "Lab published", "Lab withdrawn",
    ] or names == [
        "Lab returned", "Lab draft", "Lab submitted", "Lab published", "Aarhus Kommune", "Lab withdrawn",
    ]  # fmt: skip
    assert not {"/labs/lab-draft/", "/labs/lab-submitted/"} & set(entries.links)


def test_others_drafts_and_entries_are_not_there(aarhus: Actor, anna: User) -> None:
    factories.lab("Secret", owner=aarhus, state=State.SUBMITTED, created_by=person())
    Draft.objects.create(kind="lab", user=person())
    actions.invite(aarhus, email="other@aarhus.dk", role="editor", by=person(is_superuser=True))
    page = read(browser(anna).get(HOME)).one("main")
    assert "Secret" not in page.text
    assert "waiting-h" not in page


def test_a_right_that_ended_takes_its_entries_along(aarhus: Actor, anna: User) -> None:
    factories.membership(anna, aarhus, "owner")
    factories.lab("DOKK", owner=aarhus)
    client = browser(anna)
    assert "DOKK" in read(client.get(HOME)).one("main").text
    Membership.objects.update(until=timezone.now())
    assert "DOKK" not in read(client.get(HOME)).one("main").text


def test_what_one_made_for_others_leads_to_the_public_page(aarhus: Actor, anna: User) -> None:
    odense = factories.actor("Odense")
    lab = factories.lab("DOKK", owner=odense, created_by=anna)
    links = read(browser(anna).get(HOME)).one("main").links
    assert "/labs/dokk/" in links
    assert page_of(lab) not in links
    assert browser(anna).get(page_of(lab)).status_code == 404


def test_organisations_and_what_one_is_to_them(aarhus: Actor, anna: User) -> None:
    odense = factories.actor("Odense")
    factories.membership(anna, odense, "owner")
    page = read(browser(anna).get(HOME)).one("section", aria_labelledby="organisations-h")
    assert {"/actors/odense/people/", "/actors/aarhus-kommune/claim/"} <= set(page.links)
    assert "aarhus.dk" in page.text


def test_claims_with_their_answers(aarhus: Actor, anna: User) -> None:
    claim = actions.claim(aarhus.record, user=anna, actor=aarhus, why="Mit arbejde")
    page = browser(anna).get(HOME)
    assert "Aarhus Kommune" in read(page).one("section", aria_labelledby="claims-h").text
    actions.decline_claim(claim, by=person(is_superuser=True), answer="Skriv fra din arbejdsmail.")
    answered = read(browser(anna).get(HOME)).one("section", aria_labelledby="claims-h")
    assert "Skriv fra din arbejdsmail." in answered.text
    assert Claim.objects.count() == 1


def test_asking_takes_the_same_for_one_row_and_three() -> None:
    counts = []
    for number in (1, 3):
        user, owner = person(f"anna@d{number}.dk"), person()
        for each in range(number):
            actor = factories.actor(email_domain=f"d{number}.dk" if not each else "")
            factories.membership(user, actor, "editor")
            factories.membership(owner, actor, "owner")
            other = factories.actor()
            factories.membership(owner, other, "owner")
            actions.invite(other, email=user.email, role="editor", by=owner)
            lab = factories.lab(owner=actor)
            asking(lab)
            suggestion(lab)
            factories.lab(owner=actor, state=State.RETURNED)
            factories.mission(owner=actor)
            Draft.objects.create(kind="lab", user=user)
            actions.claim(factories.actor().record, user=user, actor=actor, why="x")
        counts.append(len(statements(browser(user), HOME)))
    assert counts[0] == counts[1] <= MEMBER + 4  # how one answers; two for PULL-spejlet; what is taken over


# An entry as its author follows it


def test_a_life_from_sent_in_to_published(anna: User) -> None:
    lab = factories.lab("DOKK", created_by=anna, state=State.DRAFT)
    draft = Draft.objects.create(kind="lab", user=anna, record=lab.record)
    client, curator, path = browser(anna), person(is_superuser=True), page_of(lab)
    mend = f"/register/lab/{draft.key}/"
    assert mend in read(client.get(path)).one("main").links

    submit(lab.record, by=anna)
    page = read(client.get(path)).one("main")
    assert [form.attrs["action"] for form in page.all("form")] == [f"{path}take-back/"]
    assert mend not in page.links
    answer_by = Record.objects.get(kind="lab").answer_by
    assert answer_by
    assert str(answer_by.year) in page.one("section", aria_labelledby="now-h").text

    return_to_author(lab.record, by=curator, version=lab.record.version, reason="Skriv, hvem I er.")
    page = read(client.get(path)).one("main")
    assert "Skriv, hvem I er." in page.text
    assert mend in page.links
    assert not page.all("form")

    submit(lab.record, by=anna)
    publish(lab.record, by=curator, version=lab.record.version)
    page = read(client.get(path)).one("main")
    assert "/labs/dokk/" in page.links
    assert "/labs/dokk/edit/" in page.links
    assert [form.attrs["action"] for form in page.all("form")] == [f"{path}confirm/"]
    log = page.one("section", aria_labelledby="log-h").all("li")
    assert len(log) == 4
    assert curator.email not in page.text


def test_what_waits_is_taken_back_once(anna: User) -> None:
    lab = factories.lab("DOKK", created_by=anna, state=State.SUBMITTED)
    client, path = browser(anna), page_of(lab)
    assert client.get(f"{path}take-back/").status_code == 405
    assert client.post(f"{path}take-back/")["Location"] == path
    assert Record.objects.get(kind="lab").state == State.DRAFT
    again = client.post(f"{path}take-back/")
    assert again.status_code == 409
    assert read(again).all("div", "alert-warning")


def test_who_is_slower_than_the_curators_sees_what_they_decided(anna: User) -> None:
    lab = factories.lab("DOKK", created_by=anna, state=State.SUBMITTED)
    publish(lab.record, by=person(is_superuser=True), version=lab.record.version)
    response = browser(anna).post(f"{page_of(lab)}take-back/")
    assert response.status_code == 409
    assert "/labs/dokk/" in read(response).one("main").links
    assert Record.objects.get(kind="lab").state == State.PUBLISHED


@pytest.mark.parametrize("state", [state for state in State if state != State.MERGED])
def test_nobody_else_learns_that_it_exists(state: State, aarhus: Actor, anna: User) -> None:
    lab = factories.lab("DOKK", created_by=anna, state=state, owner=aarhus)
    for other in (person(), person("bo@aarhus.dk")):
        client = browser(other)
        for path in (page_of(lab), "/account/entries/0000000000/"):
            assert client.get(path).status_code == 404
            assert client.post(f"{path}take-back/").status_code == 404
    assert Record.objects.get(pk=lab.pk).state == state


def test_owners_find_the_way_to_invite_and_editors_do_not(aarhus: Actor, anna: User) -> None:
    lab, editor = factories.lab("DOKK", owner=aarhus), person()
    factories.membership(anna, aarhus, "owner")
    factories.membership(editor, aarhus, "editor")
    invite = "/actors/aarhus-kommune/people/"
    assert invite in read(browser(anna).get(page_of(lab))).one("main").links
    assert invite not in read(browser(editor).get(page_of(lab))).one("main").links


def test_suggested_edits_are_listed_for_who_may_take_them(aarhus: Actor, anna: User) -> None:
    factories.membership(anna, aarhus, "editor")
    lab = factories.lab("DOKK", owner=aarhus)
    made = suggestion(lab)
    assert f"/account/suggestions/{made.pk}/" in read(browser(anna).get(page_of(lab))).one("main").links


def test_the_log_names_organisations_and_not_people(aarhus: Actor, anna: User) -> None:
    lab = factories.lab("DOKK", owner=aarhus, state=State.DRAFT)
    bo = person("bo@aarhus.dk", name="Bo Hansen")
    for user in (anna, bo):
        factories.membership(user, aarhus, "editor")
    submit(lab.record, by=bo, organisation=aarhus.record)
    page = read(browser(anna).get(page_of(lab))).one("section", aria_labelledby="log-h")
    assert "Aarhus Kommune" in page.text
    assert "Bo Hansen" not in page.text


def test_following_takes_the_same_for_one_row_and_three(aarhus: Actor, anna: User) -> None:
    factories.membership(anna, aarhus, "owner")
    counts = []
    for number in (1, 3):
        lab = factories.lab(owner=aarhus)
        lab.record.submitted_at = timezone.now() - timedelta(1)
        for _each in range(number):
            suggestion(lab)
            lab.record.events.create(verb="edited", version=1, by=anna)
        counts.append(len(statements(browser(anna), page_of(lab))))
    assert counts[0] == counts[1] <= MEMBER + 1  # with what would make it better


def test_an_entry_of_each_kind_can_be_followed(aarhus: Actor, anna: User) -> None:
    factories.membership(anna, aarhus, "owner")
    entries: tuple[Lab | Any, ...] = (
        aarhus, factories.lab(owner=aarhus), factories.mission(owner=aarhus),
        factories.lab(owner=aarhus, ended=True),
    )  # fmt: skip
    for entry in entries:
        page = read(browser(anna).get(page_of(entry))).one("main")
        assert entry.get_absolute_url() in page.links
        assert bool(page.all("form")) is not entry.ended
