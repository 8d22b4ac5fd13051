"""Organisations named by labs and missions: asked once, dotted until they confirm, gone if they decline."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from actors.models import Actor, Refusal
from actors.refusals import refused
from curation.actions import Overtaken
from curation.choices import Verb
from curation.models import Record, RecordEvent
from curation.register_version import register_version
from keeping import naming, tokens
from keeping.tasks.naming import ask_the_named
from labs.models import Lab, Link
from missions.models import CoalitionMember
from tests import factories
from tests.pages import Node, read
from tests.post import delivered
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("empty")

LINK = re.compile(r"http://[^/\s]+(/(?:en/)?named/\S+)")


@pytest.fixture
def partner_person(db: None) -> User:
    return User.objects.create_user("paul@partner.dk", "correct horse battery", name="Paul Partner")


@pytest.fixture
def partner(partner_person: User) -> Actor:
    """An organisation somebody speaks for."""
    actor = factories.actor("Partner A/S", slug="partner")
    factories.membership(partner_person, actor, "owner")
    return actor


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("olga@aarhus.dk", "correct horse battery", name="Olga Owner")


@pytest.fixture
def lab(owner: User) -> Lab:
    actor = factories.actor("Aarhus Kommune")
    factories.membership(owner, actor, "owner")
    return factories.lab("Stadsgården", owner=actor, claimed_at=timezone.now(), confirmed_at=timezone.now())


@pytest.fixture
def link(lab: Lab, partner: Actor) -> Link:
    return factories.link(lab, partner, "push", role="company")


def run() -> None:
    """What the worker does every morning."""
    ask_the_named(timestamp=0)


@pytest.fixture
def path(link: Link, partner_person: User) -> str:
    """The link in the partner's mail."""
    run()
    (mail,) = delivered(to=partner_person.email)
    return LINK.findall(str(mail.body))[0]


def field(lab: Lab) -> str:
    return f"entry-{lab.record.public_id}"


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


# The page


def test_the_page_lists_what_waits(client: Client, path: str, lab: Lab) -> None:
    page = read(client.get(path))
    assert "Stadsgården" in page.text
    assert "Nævnt som: Virksomhed" in page.text
    assert [radio.attrs["value"] for radio in page.all("input", type="radio")] == ["yes", "no", "later"]
    assert not any("checked" in radio.attrs for radio in page.all("input", type="radio"))


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_programs_that_follow_links_answer_nothing(
    client: Client, path: str, link: Link, method: str
) -> None:
    getattr(client, method)(path)
    link.refresh_from_db()
    assert link.confirmed_at is None
    assert not Refusal.objects.exists()


def test_confirming_is_drawn_and_said(client: Client, path: str, lab: Lab, link: Link) -> None:
    other = factories.actor("Anden A/S", slug="anden")
    factories.link(lab, other, "push")
    page = read(client.get(lab.get_absolute_url()))
    assert dots(page) == {"Partner A/S": False, "Anden A/S": False}
    before = register_version()
    response = client.post(path, {field(lab): "yes"})
    assert (response.status_code, response["Location"]) == (302, f"{path}?saved")
    link.refresh_from_db()
    assert link.confirmed_at is not None
    page = read(client.get(lab.get_absolute_url()))
    assert dots(page) == {"Partner A/S": True, "Anden A/S": False}
    said = {row.one("a").text: row.text for row in page.by_id("coalition").one(css="sk-co").all("li")}
    assert said["Partner A/S"].endswith("bekræftet")
    assert said["Anden A/S"].endswith("kun nævnt")
    connection.check_constraints()
    assert register_version() >= before
    assert "Tak. Svarene er gemt." in client.get(f"{path}?saved").text
    assert "Der er intet, der venter på svar." in client.get(path).text


def dots(page: Node) -> dict[str, bool]:
    """The names in the ring's picture, and whether each is drawn as confirmed."""
    ring = page.one("svg", "sk-ring")
    nodes = ring.all("g")
    names = [name.text for name in ring.all("tspan", "sk-ring__name")]
    drawn = ["sk-ring__node--confirmed" in node.attrs["class"].split() for node in nodes]
    return dict(zip(names, drawn, strict=True))


def test_declining_takes_the_tie_away_and_tells_the_owner(
    client: Client, path: str, lab: Lab, partner: Actor, partner_person: User, owner: User
) -> None:
    assert Record.objects.get(pk=lab.pk).link_count == 1
    client.post(path, {field(lab): "no", "reason": "Vi har aldrig hørt om det."})
    assert not lab.links.exists()
    lab.record.refresh_from_db()
    partner.record.refresh_from_db()
    assert (lab.record.link_count, partner.record.link_count, lab.record.version) == (0, 0, 2)
    refusal = Refusal.objects.get()
    assert (refusal.record, refusal.actor, refusal.by) == (lab.record, partner, partner_person)
    assert refused(lab.record, [partner.pk, lab.pk]) == {partner.pk}
    event = RecordEvent.objects.get()
    assert (event.verb, event.by, event.organisation) == (Verb.EDITED, partner_person, partner.record)
    (mail,) = delivered(to=owner.email)
    assert mail.subject == "Partner A/S ønsker ikke at være nævnt af Stadsgården"
    assert "Vi har aldrig hørt om det." in mail.body
    assert partner.name_da not in client.get(lab.get_absolute_url()).text


def test_the_history_keeps_what_was_declined(client: Client, path: str, lab: Lab, link: Link) -> None:
    client.post(path, {field(lab): "no"})
    events = Link.pgh_event_model.objects.filter(pgh_obj_id=link.pk)  # type: ignore[attr-defined]
    assert list(events.order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert",
        "update",
        "delete",
    ]


def test_a_part_once_confirmed_stays_when_another_is_declined(
    client: Client, path: str, lab: Lab, partner: Actor
) -> None:
    client.post(path, {field(lab): "yes"})
    factories.link(lab, partner, "push", role="evaluator")
    client.post(path, {field(lab): "no"})
    assert [link.role for link in lab.links.order_by("pk")] == ["company"]
    assert refused(lab.record, [partner.pk]) == set()


def test_who_holds_the_backbone_and_declines_no_longer_holds_it(
    client: Client, path: str, lab: Lab, partner: Actor
) -> None:
    Lab.objects.filter(pk=lab.pk).update(backbone=partner)
    client.post(path, {field(lab): "no"})
    lab.refresh_from_db()
    assert lab.backbone is None


def test_a_mission_is_answered_the_same_way(client: Client, path: str, partner: Actor) -> None:
    stays, goes = factories.mission("Bliver"), factories.mission("Går")
    for mission in (stays, goes):
        factories.member(mission, partner)
    answers = {f"entry-{stays.record.public_id}": "yes", f"entry-{goes.record.public_id}": "no"}
    client.post(path, answers)
    assert stays.members.get().confirmed
    assert not goes.members.exists()
    assert refused(goes.record, [partner.pk]) == {partner.pk}


@pytest.mark.parametrize("answer", ["later", ""])
def test_answering_later_changes_nothing(client: Client, path: str, lab: Lab, answer: str) -> None:
    client.post(path, {field(lab): answer})
    assert not lab.links.get().confirmed
    assert "Stadsgården" in client.get(path).text


def test_a_made_up_answer_is_refused_and_nothing_is_lost(client: Client, path: str, lab: Lab) -> None:
    page = read(client.post(path, {field(lab): "maybe", "reason": "Fordi."}))
    assert page.by_id("error-summary").links == [f"#f-{field(lab)}_0"]
    assert "Fordi." in page.text
    assert not lab.links.get().confirmed


def test_pressed_twice_it_is_answered_once(client: Client, path: str, lab: Lab, owner: User) -> None:
    for _press in range(2):
        assert client.post(path, {field(lab): "no"}).status_code == 302
    assert Refusal.objects.count() == RecordEvent.objects.count() == len(delivered(to=owner.email)) == 1


def test_of_a_yes_and_a_no_at_once_the_first_counts(lab: Lab, link: Link, partner: Actor) -> None:
    (named,) = naming.namings_of(partner)
    naming.confirm(named, by=None)
    with pytest.raises(Overtaken):
        naming.decline(partner, named, by=None)
    assert lab.links.get().confirmed
    assert not Refusal.objects.exists()


def test_only_the_first_fifty_are_shown_at_once(client: Client, path: str, partner: Actor) -> None:
    for number in range(52):
        factories.link(factories.lab(f"Lab {number}"), partner)
    page = read(client.get(path))
    assert len(page.all("fieldset")) == 50
    assert "53 poster" in page.text


def test_the_page_asks_the_same_for_one_and_three(client: Client, path: str, partner: Actor) -> None:
    one = len(statements(client, path))
    for number in range(3):
        factories.link(factories.lab(f"Lab {number}"), partner)
    assert len(statements(client, path)) == one


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
