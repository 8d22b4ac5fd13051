"""The three links of the mail: still right, something has changed, it has ended; asked by POST alone."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Actor
from curation import actions
from curation.actions import Overtaken
from curation.choices import Answer, Freshness, Verb
from curation.models import Asking, Record, RecordEvent
from keeping import asking as keeping_asking
from keeping.asking import question_of, say_still_right
from labs.models import Lab
from tests import factories
from tests.keeping.asked_after import LINK, filled, fresh, lab, links, links_to, owner, owner_of, owning
from tests.pages import read
from tests.post import delivered

__all__ = ["lab", "links", "owner", "owning"]

pytestmark = pytest.mark.usefixtures("empty")


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
