"""Links that ask nothing any more, what they tell to others, and confirming without one."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from actors.models import Actor
from curation import actions
from curation.choices import Answer, Fact, Freshness, Verb
from curation.models import Asking, Record, RecordEvent
from keeping import tokens
from keeping.asking import question_of, say_still_right
from labs.models import Lab
from tests import factories
from tests.keeping.asked_after import filled, fresh, lab, links, owner, owner_of, owning
from tests.pages import read
from tests.statements import statements

__all__ = ["lab", "links", "owner", "owning"]

pytestmark = pytest.mark.usefixtures("empty")

WAYS = ("", "change/", "ended/")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_made_up_link_does_not_exist(client: Client, way: str, method: str) -> None:
    response = getattr(client, method)(f"/still-right/made-up/{way}")
    assert response.status_code == 404
    assert "Linket virker ikke" in response.text


@pytest.mark.parametrize("way", [0, 1, 2])
def test_a_link_that_has_run_out_says_so(
    client: Client, lab: Lab, links: list[str], way: int, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(timezone.now() + dt.timedelta(days=121))
    for response in (client.get(links[way]), client.post(links[way])):
        assert response.status_code == 410
        assert "Linket er udløbet" in response.text
        assert lab.name_da not in response.text
    assert Asking.objects.get().answered_at is None


@pytest.mark.parametrize("way", [0, 1, 2])
@pytest.mark.parametrize("state", ["withdrawn", "draft"])
def test_nothing_is_told_of_what_is_no_longer_public(
    client: Client, lab: Lab, links: list[str], state: str, way: int
) -> None:
    Record.objects.filter(pk=lab.pk).update(state=state)
    for response in (client.get(links[way]), client.post(links[way])):
        assert response.status_code == 410
        assert "Stadsg" not in response.text
        assert "stadsgaarden" not in response.text
    assert fresh(lab).record.confirmed_at == lab.record.confirmed_at


@pytest.mark.parametrize("how", ["left", "closed", "gone"])
@pytest.mark.parametrize("way", [0, 1, 2])
def test_whoever_has_lost_the_right_answers_nothing(
    client: Client, lab: Lab, owner: User, links: list[str], how: str, way: int
) -> None:
    if how == "left":
        owner.memberships.update(until=timezone.now())
    elif how == "closed":
        User.objects.filter(pk=owner.pk).update(is_active=False)
    else:
        owner.memberships.all().delete()
        owner.delete()
    for response in (client.get(links[way]), client.post(links[way])):
        assert response.status_code == 403
        assert "Stadsg" not in response.text
    assert Asking.objects.get().answered_at is None


def test_a_colleague_s_answer_is_enough(client: Client, lab: Lab, owning: Actor, links: list[str]) -> None:
    other = User.objects.create_user("else@example.org", "correct horse battery")
    factories.membership(other, owning, "owner")
    actions.confirm(lab.record, by=other)
    for link in links:
        page = client.get(link, follow=True)
        assert "Tak, der er svaret" in page.text
    assert client.post(links[1], {"phase": "idea"}).status_code == 302
    assert fresh(lab).phase == "running"


def test_an_older_mail_asks_only_what_is_still_open(
    client: Client, lab: Lab, owner: User, links: list[str]
) -> None:
    contact = Asking.objects.create(record=lab.record, fact=Fact.CONTACT)
    say_still_right(question_of(links[0].split("/")[2]))
    contact.refresh_from_db()
    assert contact.answered_at is None


def test_a_link_for_one_entry_opens_no_other(client: Client, lab: Lab, owner: User, links: list[str]) -> None:
    other = factories.lab("Andet", claimed_at=timezone.now())
    asking = Asking.objects.create(record=other.record, fact=Fact.DETAILS)
    token = tokens.make("still_right", [asking.pk], user=owner.pk, address="")
    response = client.post(f"/still-right/{token}/")
    assert response.status_code == 403
    assert "Andet" not in response.text


# Secrecy


@pytest.mark.parametrize("way", [0, 1, 2])
def test_the_link_is_kept_by_nobody(client: Client, links: list[str], way: int) -> None:
    response = client.get(links[way])
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "strict-origin"
    assert "sessionid" not in response.cookies


def test_the_history_names_the_person_and_not_the_token(
    client: Client, lab: Lab, owner: User, member: User, links: list[str]
) -> None:
    client.force_login(member)
    client.post(links[1], filled(read(client.get(links[1])), summary_da="Nyt."))
    event = Lab.pgh_event_model.objects.filter(pgh_obj_id=lab.pk).latest("pgh_id")  # type: ignore[attr-defined]
    assert event.summary_da == "Nyt."
    assert event.pgh_context.metadata == {"user": owner.pk}


def test_too_many_answers_of_one_client_are_put_off(
    client: Client, lab: Lab, links: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keeping.links_in_mails.EACH", 2)
    for _number in range(2):
        assert client.post("/still-right/made-up/").status_code == 404
    assert client.post(links[0]).status_code == 429
    assert Asking.objects.get().answered_at is None
    assert client.get(links[0]).status_code == 200


def test_the_page_asks_the_database_a_few_things(client: Client, lab: Lab, links: list[str]) -> None:
    assert len(statements(client, links[0])) <= 12


# From one's own page


def confirm_path(lab: Lab) -> str:
    return f"/account/entries/{lab.record.public_id}/confirm/"


def test_a_member_confirms_without_a_mail(client: Client, lab: Lab, owner: User, links: list[str]) -> None:
    client.force_login(owner)
    response = client.post(confirm_path(lab))
    assert response["Location"] == f"/account/entries/{lab.record.public_id}/"
    assert fresh(lab).record.freshness == Freshness.CONFIRMED
    assert Asking.objects.get().answer == Answer.STILL
    event = RecordEvent.objects.get()
    assert (event.verb, event.by, event.organisation) == (Verb.CONFIRMED, owner, owner_of(lab))


def test_others_cannot_confirm_and_nobody_by_looking(
    client: Client, as_member: Client, lab: Lab, owner: User
) -> None:
    assert client.post(confirm_path(lab)).status_code == 302
    assert as_member.post(confirm_path(lab)).status_code == 404
    client.force_login(owner)
    assert client.get(confirm_path(lab)).status_code == 405
    assert fresh(lab).record.confirmed_at == lab.record.confirmed_at


@pytest.mark.parametrize("how", [{"state": "withdrawn"}, {"ended": True}])
def test_what_has_ended_or_is_not_public_cannot_be_confirmed(
    client: Client, lab: Lab, owner: User, how: dict[str, Any]
) -> None:
    Record.objects.filter(pk=lab.pk).update(**how)
    client.force_login(owner)
    client.post(confirm_path(lab))
    assert fresh(lab).record.confirmed_at == lab.record.confirmed_at
    assert not RecordEvent.objects.exists()
