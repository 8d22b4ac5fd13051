"""Organisations named by labs and missions are asked once, and whose the link in the mail is."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from actors.models import Actor
from curation.models import Record
from keeping import tokens
from labs.models import Lab, Link
from missions.models import CoalitionMember
from tests import factories
from tests.keeping.named import LINK, field, lab, link, owner, partner, partner_person, path, run
from tests.post import delivered

__all__ = ["lab", "link", "owner", "partner", "partner_person", "path"]

pytestmark = pytest.mark.usefixtures("empty")


# Asking


def test_a_partner_is_asked_once(link: Link, lab: Lab, partner_person: User) -> None:
    run()
    run()
    (mail,) = delivered()
    assert mail.to == [partner_person.email]
    assert mail.subject == "Er Partner A/S med i Stadsgården?"
    assert "- Stadsgården (Virksomhed)" in mail.body
    assert len(LINK.findall(str(mail.body))) == 1
    link.refresh_from_db()
    assert link.asked_at is not None
    assert link.confirmed_at is None


def test_one_mail_lists_everything_new(link: Link, lab: Lab, partner: Actor) -> None:
    mission = factories.mission("Ingen hjemløshed")
    factories.member(mission, partner, role="research")
    factories.link(lab, partner, "push", role="evaluator")
    run()
    (mail,) = delivered()
    assert mail.subject == "Er Partner A/S med i disse 2 poster?"
    assert "- Stadsgården (Virksomhed, Evaluator)" in mail.body
    assert "- Ingen hjemløshed (Forskningspartner)" in mail.body
    assert not Link.objects.filter(asked_at=None).exists()
    assert not CoalitionMember.objects.filter(asked_at=None).exists()


def test_what_comes_later_is_asked_about_alone(link: Link, partner: Actor) -> None:
    run()
    factories.link(factories.lab("Havnen"), partner)
    run()
    assert [mail.subject for mail in delivered()] == [
        "Er Partner A/S med i Stadsgården?",
        "Er Partner A/S med i Havnen?",
    ]


def test_nobody_is_asked_about_what_is_not_public(partner: Actor) -> None:
    for state in ("draft", "submitted", "returned", "withdrawn"):
        factories.link(factories.lab(f"Hemmelig {state}", state=state), partner)
        factories.member(factories.mission(f"Hemmelig {state}", state=state), partner)
    run()
    assert delivered() == []
    assert not Link.objects.exclude(asked_at=None).exists()


def test_an_organisation_that_is_not_public_is_not_asked(link: Link, partner: Actor) -> None:
    Record.objects.filter(pk=partner.pk).update(state="withdrawn")
    run()
    assert delivered() == []


def test_an_organisation_is_asked_when_somebody_speaks_for_it(lab: Lab, partner_person: User) -> None:
    actor = factories.actor("Stille A/S", slug="stille")
    link = factories.link(lab, actor)
    run()
    assert delivered() == []
    link.refresh_from_db()
    assert link.asked_at is None
    factories.membership(partner_person, actor)
    run()
    assert [mail.to for mail in delivered()] == [[partner_person.email]]


def test_a_mailbox_is_asked_where_nobody_belongs(lab: Lab) -> None:
    factories.link(lab, factories.actor("Stille A/S", slug="stille", contact_email="post@stille.dk"))
    run()
    assert [mail.to for mail in delivered()] == [["post@stille.dk"]]


def test_what_one_says_of_oneself_counts_as_confirmed(lab: Lab) -> None:
    assert lab.owner is not None
    own = factories.link(lab, lab.owner, role="host")
    run()
    own.refresh_from_db()
    assert delivered() == []
    assert own.confirmed_at is not None


def test_what_others_wrote_about_an_owner_does_not(partner: Actor) -> None:
    link = factories.link(factories.lab("Havnen", owner=partner), partner, role="host")
    run()
    link.refresh_from_db()
    assert link.confirmed_at is None
    assert len(delivered()) == 1


def test_in_english(link: Link, partner_person: User) -> None:
    User.objects.filter(pk=partner_person.pk).update(language="en")
    run()
    (mail,) = delivered()
    assert mail.subject == "Is Partner A/S part of Stadsgården?"
    assert LINK.findall(str(mail.body))[0].startswith("/en/named/")


def test_asking_costs_a_fixed_number_of_statements(link: Link, lab: Lab, partner_person: User) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as asked:
            run()
        return len(asked)

    one = counted()
    for number in range(3):
        actor = factories.actor(f"Partner {number}")
        factories.membership(partner_person, actor)
        factories.link(lab, actor)
    assert counted() <= 3 * one


# Whose link it is


def refusals(client: Client, path: str) -> set[int]:
    answers: list[Any] = [client.get(path), client.post(path, {"reason": ""})]
    assert not any("Stadsgården" in answer.text or "Partner" in answer.text for answer in answers)
    return {answer.status_code for answer in answers}


def test_whoever_left_the_organisation_answers_nothing(
    client: Client, path: str, partner_person: User, lab: Lab
) -> None:
    partner_person.memberships.update(until=timezone.now())
    assert refusals(client, path) == {403}
    assert not lab.links.get().confirmed


def test_a_link_that_is_made_up_or_for_something_else_does_not_exist(client: Client, partner: Actor) -> None:
    token = tokens.make("still_right", [partner.pk], user=1, address="")
    assert refusals(client, f"/named/{token}/") == refusals(client, "/named/x/") == {404}


def test_a_link_runs_out(client: Client, path: str, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(timezone.now() + dt.timedelta(days=121))
    assert refusals(client, path) == {410}


def test_nothing_is_told_of_what_was_withdrawn(client: Client, path: str, partner: Actor) -> None:
    Record.objects.filter(pk=partner.pk).update(state="withdrawn")
    assert refusals(client, path) == {410}


def test_a_replaced_mailbox_answers_nothing(client: Client, lab: Lab) -> None:
    actor = factories.actor("Stille A/S", slug="stille", contact_email="post@stille.dk")
    factories.link(lab, actor)
    run()
    (mail,) = delivered()
    path = LINK.findall(str(mail.body))[0]
    assert "Stille A/S" in client.get(path).text
    Record.objects.filter(pk=actor.pk).update(contact_email="ny@stille.dk")
    assert refusals(client, path) == {403}


# Logged in


def test_members_answer_when_they_like(client: Client, link: Link, lab: Lab, partner_person: User) -> None:
    client.force_login(partner_person)
    assert "Stadsgården" in client.get("/actors/partner/named/").text
    client.post("/actors/partner/named/", {field(lab): "yes"})
    assert lab.links.get().confirmed


def test_others_do_not(client: Client, as_member: Client, link: Link, lab: Lab) -> None:
    path = "/actors/partner/named/"
    assert client.get(path).status_code == 302
    for answer in (as_member.get(path), as_member.post(path, {field(lab): "yes"})):
        assert answer.status_code == 403
        assert "Stadsgården" not in answer.text
    assert as_member.get("/actors/nobody/named/").status_code == 404
    assert not lab.links.get().confirmed
