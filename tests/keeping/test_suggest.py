"""Anybody may suggest an edit; who answers for the entry takes it, some of it or none, and says so once."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Actor
from curation.actions import Overtaken
from curation.choices import Outcome, Verb
from curation.models import Suggestion
from keeping import guarding
from keeping.suggesting import decide, pass_on_what_waits, suggested
from labs.models import Lab
from tests import factories
from tests.keeping import forms
from tests.keeping.forms import form_of
from tests.pages import read
from tests.post import delivered

pytestmark = pytest.mark.usefixtures("empty")
WHAT = "/labs/byens-lab/suggest/what/"


@pytest.fixture(autouse=True)
def _nobody_hurries(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests are faster than people, and begin with nothing counted."""
    monkeypatch.setattr(guarding, "SOONEST", dt.timedelta(seconds=-1))
    caches["default"].clear()


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("owner@kommune.example", "correct horse battery", name="Olga Owner")


@pytest.fixture
def as_owner(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def town(db: None) -> Actor:
    return factories.actor("Byens Kommune", type="municipality", side="pull", email_domain="kommune.example")


@pytest.fixture
def place(db: None) -> Any:
    return factories.place("Byen", code="0101", latitude=55.7, longitude=12.5)


@pytest.fixture
def lab(town: Actor, owner: User, place: Any) -> Lab:
    factories.membership(owner, town, "owner")
    made: Lab = factories.lab(
        "Byens lab", owner=town, summary_da="Vi prøver ting af.", themes=[factories.theme("Energi")],
        places=[place], contact_email="hemmelig@kommune.example",
    )  # fmt: skip
    return made


def sends(client: Client, path: str = WHAT, **typed: Any) -> Any:
    return forms.sends(client, path, **typed)


def a_suggestion(lab: Lab, **said: Any) -> Suggestion:
    values = {
        "record": lab.record, "base_version": lab.record.version, "reason": "Læst på hjemmesiden",
        "changes": {"summary_da": {"from": ["Vi prøver ting af."], "to": ["Vi prøver alt af."]}},
    }  # fmt: skip
    return Suggestion.objects.create(**values | said)


# Suggesting


def test_only_what_is_changed_is_kept(client: Client, lab: Lab) -> None:
    answer = sends(
        client, summary_da="Vi prøver alt af.", reason="Se hjemmesiden", reply_to="ida@example.org"
    )
    assert answer.status_code == 302
    made = Suggestion.objects.get()
    assert made.changes == {"summary_da": {"from": ["Vi prøver ting af."], "to": ["Vi prøver alt af."]}}
    assert (made.reason, made.reply_to, made.by) == ("Se hjemmesiden", "ida@example.org", None)
    assert made.base_version == lab.record.version
    assert made.passed_on_at is None
    assert "Vi prøver ting af." in client.get("/labs/byens-lab/").text
    (mail,) = delivered(to="owner@kommune.example")
    assert f"/account/suggestions/{made.pk}/" in mail.body
    assert "ida@example.org" not in mail.body


def test_the_page_shows_public_facts_only(client: Client, lab: Lab) -> None:
    for section in ("what", "why", "how"):
        text = client.get(f"/labs/byens-lab/suggest/{section}/").text
        assert "hemmelig@kommune.example" not in text
        assert 'name="owner' not in text
    assert client.get("/labs/byens-lab/suggest/who/").status_code == 404
    assert client.get("/labs/byens-lab/suggest/nothing/").status_code == 404


def test_forged_fields_are_ignored(client: Client, lab: Lab) -> None:
    forged = {"contact_email": "x@example.org", "owner-0-actor": lab.record.public_id, "state": "withdrawn"}
    assert sends(client, name_da="Nyt navn", **forged).status_code == 302
    assert set(Suggestion.objects.get().changes) == {"name_da"}


def test_nothing_changed_is_told_and_keeps_the_reason(client: Client, lab: Lab) -> None:
    page = read(sends(client, reason="Min lange begrundelse"))
    assert "error-summary" in page
    assert "Min lange begrundelse" in page.text
    assert not Suggestion.objects.exists()


def test_what_is_wrong_with_the_entry_already_is_no_hindrance(client: Client, lab: Lab) -> None:
    Lab.objects.filter(pk=lab.pk).update(website="ftp://old.example.org")
    assert sends(client, summary_da="Vi prøver alt af.").status_code == 302
    assert set(Suggestion.objects.get().changes) == {"summary_da"}


def test_what_is_wrong_with_the_suggestion_is_told_beside_the_field(client: Client, lab: Lab) -> None:
    page = read(sends(client, website="javascript:alert(1)", summary_da="x" * 700))
    assert {"#f-website", "#f-summary_da"} <= set(page.by_id("error-summary").links)
    assert not Suggestion.objects.exists()


def test_somebody_elses_edit_meanwhile_is_not_suggested_back(client: Client, lab: Lab) -> None:
    before = form_of(read(client.get(WHAT)))
    Lab.objects.filter(pk=lab.pk).update(name_en="The town's lab")
    assert client.post(WHAT, before | {"summary_da": "Vi prøver alt af."}).status_code == 302
    assert set(Suggestion.objects.get().changes) == {"summary_da"}


def test_in_ones_own_words(client: Client, lab: Lab) -> None:
    path = "/labs/byens-lab/suggest/words/"
    page = read(sends(client, path, reason=""))
    assert page.by_id("error-summary").links == ["#f-reason"]
    assert sends(client, path, reason="Universitetet er også med.").status_code == 302
    assert Suggestion.objects.get().changes == {}


@pytest.mark.parametrize(
    ("typed", "kept"), [({"company_website": "https://spam"}, 0), ({"opened": "x"}, 0), ({}, 1)]
)
def test_programs_are_told_from_people(client: Client, lab: Lab, typed: dict[str, str], kept: int) -> None:
    sends(client, name_da="Nyt navn", **typed)
    assert Suggestion.objects.count() == kept


def test_who_sends_at_once_is_asked_to_send_again(
    client: Client, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarding, "SOONEST", dt.timedelta(seconds=2))
    page = read(sends(client, name_da="Nyt navn"))
    assert not Suggestion.objects.exists()
    monkeypatch.setattr(guarding, "SOONEST", dt.timedelta(seconds=-1))
    assert client.post(WHAT, form_of(page)).status_code == 302
    assert set(Suggestion.objects.get().changes) == {"name_da"}


def test_one_client_cannot_flood(client: Client, lab: Lab) -> None:
    statuses = [sends(client, name_da=f"Navn {number}").status_code for number in range(11)]
    assert statuses == [302] * 10 + [429]
    page = read(sends(client, name_da="Navn 12"))
    assert form_of(page)["name_da"] == ["Navn 12"]
    assert Suggestion.objects.count() == 10
    assert sends(Client(REMOTE_ADDR="192.0.2.7"), name_da="Navn 13").status_code == 302


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", '" onmouseover="x', "{{ settings }}"])
def test_markup_is_text(client: Client, as_owner: Client, lab: Lab, nasty: str) -> None:
    assert sends(client, name_da=f"Navn {nasty}", reason=nasty).status_code == 302
    page = as_owner.get(f"/account/suggestions/{Suggestion.objects.get().pk}/")
    assert nasty in read(page).text
    if "<" in nasty:
        assert nasty not in page.text


def test_ten_megabytes_are_refused(client: Client, lab: Lab) -> None:
    sent = form_of(read(client.get(WHAT))) | {"summary_da": "x" * 10_000_000}
    assert client.post(WHAT, sent).status_code == 400
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_what_is_not_public_cannot_be_suggested_to(client: Client, lab: Lab, state: str) -> None:
    factories.lab("Skjult", state=state)
    for path in ("", "what/", "words/", "thanks/"):
        assert client.get(f"/labs/skjult/suggest/{path}").status_code == 404
        assert client.post(f"/labs/skjult/suggest/{path}", {"name_da": "x"}).status_code in (404, 405)


# Who is asked


def test_where_nobody_answers_the_stewards_are_asked_at_once(
    client: Client, lab: Lab, place: Any, member: User
) -> None:
    Lab.objects.filter(pk=lab.pk).update(owner=None)
    factories.stewardship(member, place)
    assert sends(client, name_da="Nyt navn").status_code == 302
    made = Suggestion.objects.get()
    assert made.passed_on_at is not None
    assert len(delivered(to=member.email)) == 1
    assert delivered(to="owner@kommune.example") == []


def test_after_seven_days_the_stewards_are_asked_once(lab: Lab, place: Any, member: User) -> None:
    factories.stewardship(member, place)
    late = a_suggestion(lab, suggested_at=timezone.now() - dt.timedelta(days=7, minutes=1))
    early = a_suggestion(lab, suggested_at=timezone.now() - dt.timedelta(days=6))
    assert pass_on_what_waits() == 1
    assert pass_on_what_waits() == 0
    late.refresh_from_db()
    early.refresh_from_db()
    assert late.passed_on_at is not None
    assert early.passed_on_at is None
    assert len(delivered(to=member.email)) == 1


# Deciding


def test_the_owner_takes_it_and_the_reader_is_thanked(as_owner: Client, lab: Lab, owner: User) -> None:
    made = a_suggestion(lab, reply_to="ida@example.org", language="en")
    path = f"/account/suggestions/{made.pk}/"
    page = read(as_owner.get(path))
    assert "Vi prøver alt af." in page.text
    assert "Læst på hjemmesiden" in page.text
    assert as_owner.post(path, form_of(page) | {"answer": "Tak!"}).status_code == 302
    lab.refresh_from_db()
    made.refresh_from_db()
    assert lab.summary_da == "Vi prøver alt af."
    assert (made.outcome, made.reply_to, made.decided_by) == (Outcome.TAKEN, "", owner)
    event = lab.record.events.get()
    assert (event.verb, event.by, event.organisation_id) == (Verb.SUGGESTION_TAKEN, owner, lab.owner_id)
    (mail,) = delivered(to="ida@example.org")
    assert mail.subject.startswith("Your suggestion")
    assert "Tak!" in mail.body


def test_some_fields_can_be_taken(lab: Lab, owner: User) -> None:
    changes = {
        "summary_da": {"from": ["Vi prøver ting af."], "to": ["Nyt."]},
        "name_da": {"from": ["Byens lab"], "to": ["Andet navn"]},
    }
    made = a_suggestion(lab, changes=changes)
    assert decide(made, by=owner, take=["summary_da"], version=lab.record.version) == Outcome.PARTLY
    lab.refresh_from_db()
    assert (lab.summary_da, lab.name_da) == ("Nyt.", "Byens lab")


def test_declining_needs_a_reason_and_changes_nothing(as_owner: Client, lab: Lab) -> None:
    made = a_suggestion(lab, reply_to="ida@example.org")
    path = f"/account/suggestions/{made.pk}/"
    sent = form_of(read(as_owner.get(path))) | {"decline": "1"}
    assert read(as_owner.post(path, sent)).by_id("error-summary").links == ["#f-answer"]
    assert as_owner.post(path, sent | {"answer": "Det passer ikke."}).status_code == 302
    made.refresh_from_db()
    lab.refresh_from_db()
    assert (made.outcome, made.reply_to) == (Outcome.DECLINED, "")
    assert lab.summary_da == "Vi prøver ting af."
    (mail,) = delivered(to="ida@example.org")
    assert "Det passer ikke." in mail.body


def test_only_one_of_two_decides(as_owner: Client, lab: Lab, owner: User) -> None:
    made = a_suggestion(lab)
    sent = form_of(read(as_owner.get(f"/account/suggestions/{made.pk}/")))
    decide(Suggestion.objects.get(), by=owner, take=[], answer="Nej", version=lab.record.version)
    answer = as_owner.post(f"/account/suggestions/{made.pk}/", sent)
    assert answer.status_code == 409
    lab.refresh_from_db()
    assert lab.summary_da == "Vi prøver ting af."
    with pytest.raises(Overtaken):
        decide(made, by=owner, take=["summary_da"], version=lab.record.version)


def test_a_field_changed_since_is_shown_and_not_overwritten_silently(as_owner: Client, lab: Lab) -> None:
    made = a_suggestion(lab)
    sent = form_of(read(as_owner.get(f"/account/suggestions/{made.pk}/")))
    edit = "/labs/byens-lab/edit/what/"
    assert (
        as_owner.post(edit, form_of(read(as_owner.get(edit))) | {"summary_da": "Ejerens egen."}).status_code
        == 302
    )
    assert as_owner.post(f"/account/suggestions/{made.pk}/", sent).status_code == 409
    assert Lab.objects.get().summary_da == "Ejerens egen."
    made.refresh_from_db()
    assert made.outcome == Outcome.WAITING
    page = read(as_owner.get(f"/account/suggestions/{made.pk}/"))
    assert "take" not in form_of(page)
    assert suggested(made)[0].overtaken
    assert (
        as_owner.post(f"/account/suggestions/{made.pk}/", form_of(page) | {"take": "summary_da"}).status_code
        == 302
    )
    assert Lab.objects.get().summary_da == "Vi prøver alt af."


def test_what_is_not_allowed_any_more_is_told(as_owner: Client, lab: Lab) -> None:
    made = a_suggestion(lab, changes={"website": {"from": [""], "to": ["javascript:alert(1)"]}})
    path = f"/account/suggestions/{made.pk}/"
    answer = as_owner.post(path, form_of(read(as_owner.get(path))))
    assert "error-summary" in read(answer)
    made.refresh_from_db()
    assert made.outcome == Outcome.WAITING
    assert Lab.objects.get().website == ""


def test_a_suggestion_in_words_is_answered(as_owner: Client, lab: Lab) -> None:
    made = a_suggestion(lab, changes={})
    path = f"/account/suggestions/{made.pk}/"
    assert as_owner.post(path, {"version": lab.record.version, "take": "in_words"}).status_code == 302
    made.refresh_from_db()
    assert made.outcome == Outcome.TAKEN
    assert not lab.record.events.exists()


def test_others_do_not_learn_of_it(client: Client, as_member: Client, lab: Lab) -> None:
    path = f"/account/suggestions/{a_suggestion(lab).pk}/"
    assert client.get(path).status_code == 302
    assert as_member.get(path).status_code == 404
    assert as_member.post(path, {"take": "summary_da", "version": "1"}).status_code == 404
    assert Lab.objects.get().summary_da == "Vi prøver ting af."


def test_somebody_with_an_account_is_answered_there(
    as_member: Client, lab: Lab, member: User, owner: User
) -> None:
    page = read(as_member.get(WHAT))
    assert "f-reply_to" not in page
    assert as_member.post(WHAT, form_of(page) | {"name_da": "Nyt navn"}).status_code == 302
    made = Suggestion.objects.get()
    assert (made.by, made.reply_to) == (member, "")
    decide(made, by=owner, take=["name_da"], version=lab.record.version)
    assert len(delivered(to=member.email)) == 1
