"""The three links of the mail: they ask by POST, work without logging in, and tell nothing to others."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from actors.models import Actor
from curation import actions
from curation.actions import Overtaken
from curation.choices import Answer, Fact, Freshness, Verb
from curation.models import Asking, Record, RecordEvent
from keeping import asking as keeping_asking
from keeping import tokens
from keeping.asking import question_of, say_still_right
from labs.models import Lab
from tests import factories
from tests.pages import read
from tests.post import delivered
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("empty")

LINK = re.compile(r"http://[^/\s]+(/(?:en/)?still-right/\S+)")
WAYS = ("", "change/", "ended/")


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("olga@example.org", "correct horse battery", name="Olga Owner")


@pytest.fixture
def owning(owner: User) -> Actor:
    actor = factories.actor("Aarhus Kommune")
    factories.membership(owner, actor, "owner")
    return actor


@pytest.fixture
def lab(owning: Actor) -> Lab:
    long_ago = timezone.now() - dt.timedelta(days=400)
    return factories.lab(
        "Stadsgården", owner=owning, claimed_at=long_ago, confirmed_at=long_ago, phase="running",
        summary_da="Et kvarter prøver ny hjemmepleje.", website="https://stadsgaarden.dk",
    )  # fmt: skip


def links_to(address: str, record: Record) -> list[str]:
    """The three links of the mail that asks after an entry: still right, something has changed, has ended."""
    keeping_asking.ask_after(record)
    (mail,) = delivered(to=address)
    return LINK.findall(str(mail.body))


@pytest.fixture
def links(lab: Lab, owner: User) -> list[str]:
    return links_to(owner.email, lab.record)


def owner_of(lab: Lab) -> Record:
    assert lab.owner is not None
    return lab.owner.record


def fresh(lab: Lab) -> Lab:
    return Lab.objects.select_related("record").get(pk=lab.pk)


def filled(page: Any, **changes: str | list[str]) -> dict[str, Any]:
    """What a browser would send of a page's form, with some fields typed anew."""
    form = page.one("form", method="post")
    sent: dict[str, Any] = {}
    for field in form.all("input"):
        kind = field.attrs.get("type", "text")
        if kind in ("checkbox", "radio") and "checked" not in field.attrs:
            continue
        if "name" in field.attrs:
            sent.setdefault(field.attrs["name"], []).append(field.attrs.get("value", ""))
    for area in form.all("textarea"):
        sent[area.attrs["name"]] = area.text
    for select in form.all("select"):
        sent[select.attrs["name"]] = [o.attrs["value"] for o in select.all("option") if "selected" in o.attrs]
    return sent | changes


# Still right


def test_still_right_by_one_press(client: Client, lab: Lab, owner: User, links: list[str]) -> None:
    page = read(client.get(links[0]))
    assert "Stadsgården" in page.text
    assert "Et kvarter prøver ny hjemmepleje." in page.text
    response = client.post(links[0])
    assert (response.status_code, response["Location"]) == (302, links[0])
    lab = fresh(lab)
    assert lab.record.confirmed_at is not None
    assert timezone.now() - lab.record.confirmed_at < dt.timedelta(minutes=1)
    assert lab.record.freshness == Freshness.CONFIRMED
    asking = Asking.objects.get()
    assert (asking.answer, asking.answered_by) == (Answer.STILL, owner)
    event = RecordEvent.objects.get(record=lab.record)
    assert (event.verb, event.by, event.organisation) == (Verb.CONFIRMED, owner, owner_of(lab))
    assert event.version == lab.record.version == 1
    assert "Tak, der er svaret" in client.get(links[0]).text


def test_confirming_lifts_it_in_lists(client: Client, lab: Lab, links: list[str]) -> None:
    before = lab.record.quality
    client.post(links[0])
    assert fresh(lab).record.quality == before + 100


def test_only_the_facts_asked_after_are_confirmed(client: Client, owning: Actor, owner: User) -> None:
    now = timezone.now()
    lab = factories.lab(
        owner=owning, claimed_at=now, confirmed_at=now - dt.timedelta(days=100),
        contact_email="lab@aarhus.dk", contact_confirmed_at=now - dt.timedelta(days=170),
    )  # fmt: skip
    link = links_to(owner.email, lab.record)[0]
    assert "lab@aarhus.dk" in client.get(link).text
    client.post(link)
    record = fresh(lab).record
    assert record.contact_confirmed_at is not None
    assert record.contact_confirmed_at > now
    assert record.confirmed_at == now - dt.timedelta(days=100)


@pytest.mark.parametrize("way", [0, 1, 2])
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_programs_that_follow_links_answer_nothing(
    client: Client, lab: Lab, links: list[str], way: int, method: str
) -> None:
    response = getattr(client, method)(links[way])
    assert response.status_code == (405 if method == "options" else 200)
    assert Asking.objects.get().answered_at is None
    assert fresh(lab).record.confirmed_at == lab.record.confirmed_at
    assert not fresh(lab).ended


def test_pressed_twice_it_is_answered_once(client: Client, lab: Lab, links: list[str]) -> None:
    client.post(links[0])
    confirmed = fresh(lab).record.confirmed_at
    assert client.post(links[0]).status_code == 200
    assert fresh(lab).record.confirmed_at == confirmed
    assert RecordEvent.objects.count() == 1


def test_of_two_at_once_one_answers(lab: Lab, links: list[str]) -> None:
    token = links[0].split("/")[2]
    first, second = question_of(token), question_of(token)
    say_still_right(first)
    with pytest.raises(Overtaken):
        say_still_right(second)
    assert RecordEvent.objects.count() == 1


def test_a_form_from_another_site_answers_nothing(lab: Lab, links: list[str]) -> None:
    assert Client(enforce_csrf_checks=True).post(links[0]).status_code == 403
    assert Asking.objects.get().answered_at is None


def test_in_english(client: Client, lab: Lab, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(language="en")
    link = links_to(owner.email, lab.record)[0]
    assert link.startswith("/en/still-right/")
    assert "Is it still right?" in client.get(link).text
    client.post(link)
    assert "Thank you, this is answered" in client.get(link).text


# Something has changed


def test_what_has_changed_is_put_right_without_logging_in(
    client: Client, lab: Lab, owner: User, links: list[str]
) -> None:
    page = read(client.get(links[1]))
    sent = filled(page, phase="embedded", open_to=["companies"], contact_email="lab@aarhus.dk")
    response = client.post(links[1], sent)
    assert (response.status_code, response["Location"]) == (302, links[0])
    lab = fresh(lab)
    assert (lab.phase, lab.open_to, lab.website) == ("embedded", ["companies"], "https://stadsgaarden.dk")
    assert (lab.record.contact_email, lab.record.phase) == ("lab@aarhus.dk", "embedded")
    assert lab.record.contact_confirmed_at is not None
    assert lab.record.freshness == Freshness.CONFIRMED
    asking = Asking.objects.get()
    assert (asking.answer, asking.answered_by) == (Answer.CHANGED, owner)
    event = RecordEvent.objects.get()
    assert (event.verb, event.by, event.version) == (Verb.EDITED, owner, 2)
    assert Record.objects.unreviewed().get() == lab.record


def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_lost(
    client: Client, lab: Lab, links: list[str]
) -> None:
    sent = filled(read(client.get(links[1])), website="ikke en adresse", summary_da="Nyt om os.")
    page = read(client.post(links[1], sent))
    assert page.by_id("error-summary").links == ["#f-website"]
    assert "Nyt om os." in page.text
    assert "ikke en adresse" in [field.attrs.get("value") for field in page.all("input")]
    assert fresh(lab).summary_da == lab.summary_da
    assert Asking.objects.get().answered_at is None


def test_an_edit_by_somebody_else_meanwhile_is_shown_and_not_overwritten(
    client: Client, lab: Lab, owner: User, links: list[str]
) -> None:
    sent = filled(read(client.get(links[1])), summary_da="Mit.")

    def write() -> None:
        Lab.objects.filter(pk=lab.pk).update(website="https://ny.dk", summary_da="Deres.")

    actions.edit(lab.record, by=owner, version=1, write=write)
    response = client.post(links[1], sent)
    assert response.status_code == 409
    assert fresh(lab).summary_da == "Deres."
    page = read(response)
    assert "Deres." in page.by_id("error-summary").text
    assert "https://ny.dk" in page.by_id("error-summary").text
    again = filled(page)
    assert again["summary_da"] == "Mit."
    assert client.post(links[1], again).status_code == 302
    assert (fresh(lab).summary_da, fresh(lab).website) == ("Mit.", "https://ny.dk")


def test_a_mission_and_an_actor_have_their_own_main_facts(client: Client, owning: Actor, owner: User) -> None:
    long_ago = timezone.now() - dt.timedelta(days=400)
    mission = factories.mission(owner=owning, claimed_at=long_ago, confirmed_at=long_ago)
    owning.record.claimed_at = owning.record.confirmed_at = long_ago
    owning.record.save()
    for record in (mission.record, owning.record):
        keeping_asking.ask_after(record)
    changes = [LINK.findall(str(mail.body))[1] for mail in delivered(to=owner.email)]
    for link in changes:
        sent = filled(read(client.get(link)), summary_da="Ny tekst.")
        assert client.post(link, sent).status_code == 302
    mission.refresh_from_db()
    owning.refresh_from_db()
    assert (mission.summary_da, owning.summary_da) == ("Ny tekst.", "Ny tekst.")


# It has ended


def test_it_has_ended_with_a_reason(client: Client, lab: Lab, owner: User, links: list[str]) -> None:
    told = {"ended_on": "2026-06-30", "ended_reason": "Projektet er slut.", "lessons": "Begynd småt."}
    sent = filled(read(client.get(links[2])), **told)
    response = client.post(links[2], sent)
    assert (response.status_code, response["Location"]) == (302, links[0])
    lab = fresh(lab)
    assert (lab.ended, lab.ended_on, lab.ended_reason) == (True, dt.date(2026, 6, 30), "Projektet er slut.")
    assert (lab.lessons, lab.record.state, lab.record.ended) == ("Begynd småt.", "published", True)
    asking = Asking.objects.get()
    assert (asking.answer, asking.answered_by) == (Answer.ENDED, owner)
    assert RecordEvent.objects.get().verb == Verb.ENDED
    assert "Vi spørger ikke igen" in client.get(links[0]).text


def test_an_end_needs_a_reason_and_has_come(client: Client, lab: Lab, links: list[str]) -> None:
    ahead = (timezone.localdate() + dt.timedelta(days=2)).isoformat()
    sent = filled(read(client.get(links[2])), ended_on=ahead, ended_reason="", lessons="Begynd småt.")
    page = read(client.post(links[2], sent))
    assert set(page.by_id("error-summary").links) == {"#f-ended_on", "#f-ended_reason"}
    assert "Begynd småt." in page.text
    assert not fresh(lab).ended
    assert Asking.objects.get().answered_at is None


# Links that ask nothing


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


# A mailbox, a steward


def test_a_mailbox_answers_in_its_organisation_s_name(client: Client) -> None:
    actor = factories.actor("Aarhus Kommune")
    lab = factories.lab(owner=actor, claimed_at=timezone.now(), contact_email="lab@aarhus.dk")
    links = links_to("lab@aarhus.dk", lab.record)
    sent = filled(read(client.get(links[1])), summary_da="Nyt.")
    client.post(links[1], sent)
    event = RecordEvent.objects.get()
    assert (event.by, event.organisation) == (None, actor.record)
    assert fresh(lab).summary_da == "Nyt."


def test_a_mailbox_that_was_replaced_answers_nothing(client: Client) -> None:
    lab = factories.lab(claimed_at=timezone.now(), contact_email="lab@aarhus.dk")
    link = links_to("lab@aarhus.dk", lab.record)[0]
    Record.objects.filter(pk=lab.pk).update(contact_email="new@aarhus.dk")
    assert client.post(link).status_code == 403
    Record.objects.filter(pk=lab.pk).update(contact_email="")
    assert client.post(link).status_code == 403


def test_what_a_steward_changes_needs_no_second_look(client: Client, owner: User) -> None:
    place = factories.place()
    factories.stewardship(owner, place)
    lab = factories.lab(places=[place], claimed_at=timezone.now())
    links = links_to(owner.email, lab.record)
    client.post(links[1], filled(read(client.get(links[1])), summary_da="Nyt."))
    assert fresh(lab).summary_da == "Nyt."
    assert not Record.objects.unreviewed().exists()
    assert RecordEvent.objects.get().organisation is None


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
