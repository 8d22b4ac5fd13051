"""What ends stays public and can be taken up again; what is withdrawn is gone at once."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from curation.choices import State, Verb
from curation.models import Record
from labs.models import Lab
from tests import factories
from tests.keeping.forms import form_of, sends
from tests.pages import read

pytestmark = pytest.mark.usefixtures("empty")
LAB = "/labs/byens-lab/"


@pytest.fixture
def author(db: None) -> User:
    return User.objects.create_user("author@kommune.example", "correct horse battery", name="Anna Author")


@pytest.fixture
def as_author(author: User) -> Client:
    client = Client()
    client.force_login(author)
    return client


@pytest.fixture
def lab(author: User) -> Lab:
    made: Lab = factories.lab("Byens lab", created_by=author, places=[factories.place("Byen", code="0101")])
    return made


def test_what_has_ended_stays_and_tells_why(as_author: Client, client: Client, lab: Lab) -> None:
    heir = factories.lab("Det nye lab")
    typed = {"ended_on": "2026-03-01", "ended_reason": "Pengene slap op.", "lessons": "Begynd i driften."}
    page = read(sends(as_author, f"{LAB}end/", **{"heir-find": "nye", "heir-search": "1"}, **typed))
    assert "Det nye lab" in page.text
    kept = form_of(page)
    assert kept["ended_reason"] == "Pengene slap op."
    assert as_author.post(f"{LAB}end/", kept | {"heir": heir.record.public_id}).status_code == 302
    lab.refresh_from_db()
    assert (lab.ended, lab.ended_on, lab.heir) == (True, dt.date(2026, 3, 1), heir.record)
    page = read(client.get(LAB))
    for told in ("Pengene slap op.", "Begynd i driften.", "Det nye lab"):
        assert told in page.text
    assert lab.record.events.get().verb == Verb.ENDED


def test_the_end_needs_a_reason_and_lies_in_the_past(as_author: Client, lab: Lab) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    page = read(sends(as_author, f"{LAB}end/", ended_on=tomorrow.isoformat(), lessons="Meget"))
    assert set(page.by_id("error-summary").links) == {"#f-ended_on", "#f-ended_reason"}
    assert form_of(page)["lessons"] == "Meget"
    lab.refresh_from_db()
    assert not lab.ended


@pytest.mark.parametrize("which", ["draft", "itself", "actor", "nothing"])
def test_only_what_is_published_and_alike_carries_on(as_author: Client, lab: Lab, which: str) -> None:
    heirs = {
        "draft": factories.lab("Et udkast", state="draft").record.public_id,
        "itself": lab.record.public_id,
        "actor": factories.actor("En aktør").record.public_id,
        "nothing": "0000000000",
    }
    page = read(sends(as_author, f"{LAB}end/", ended_reason="Slut.", heir=heirs[which]))
    assert "error-summary" in page
    assert "udkast" not in page.text
    lab.refresh_from_db()
    assert not lab.ended


def test_it_can_be_taken_up_again(as_author: Client, client: Client, lab: Lab) -> None:
    lab.end(on=None, reason="Pengene slap op.")
    lab.save()
    assert sends(as_author, f"{LAB}resume/", reason="Nye penge.").status_code == 302
    lab.refresh_from_db()
    assert (lab.ended, lab.ended_reason) == (False, "")
    assert "Pengene slap op." not in client.get(LAB).text
    event = lab.record.events.get()
    assert (event.verb, event.reason) == (Verb.RESUMED, "Nye penge.")


def test_withdrawing_takes_effect_at_once(as_author: Client, client: Client, lab: Lab) -> None:
    page = read(sends(as_author, f"{LAB}withdraw/"))
    assert page.by_id("error-summary").links == ["#f-reason"]
    assert client.get(LAB).status_code == 200
    answer = sends(as_author, f"{LAB}withdraw/", reason="Det var en fejl.")
    assert (answer.status_code, answer["Location"]) == (302, f"/account/entries/{lab.record.public_id}/")
    assert Record.objects.get(pk=lab.pk).state == State.WITHDRAWN
    for path in (LAB, f"{LAB}history/", f"{LAB}suggest/", f"{LAB}suggest/what/"):
        assert client.get(path).status_code == 404
    assert "Byens lab" not in client.get("/labs/").text


@pytest.mark.parametrize(("page", "typed"), [
    ("end", {"ended_reason": "Slut."}), ("resume", {"reason": "Nyt."}), ("withdraw", {"reason": "Fejl."}),
])  # fmt: skip
def test_an_edit_meanwhile_is_told_and_what_was_typed_is_kept(
    as_author: Client, lab: Lab, page: str, typed: dict[str, str]
) -> None:
    sent = form_of(read(as_author.get(f"{LAB}{page}/")))
    Record.objects.filter(pk=lab.pk).update(version=7)
    answer = as_author.post(f"{LAB}{page}/", sent | typed)
    assert answer.status_code == 409
    kept = form_of(read(answer))
    assert kept | typed == kept
    assert as_author.post(f"{LAB}{page}/", kept).status_code == 302


@pytest.mark.parametrize("page", ["end", "resume", "withdraw"])
def test_others_may_not(client: Client, as_member: Client, lab: Lab, page: str) -> None:
    typed = {"ended_reason": "Slut.", "reason": "Slut.", "version": lab.record.version}
    assert client.post(f"{LAB}{page}/", typed).status_code == 302
    assert as_member.get(f"{LAB}{page}/").status_code == 403
    assert as_member.post(f"{LAB}{page}/", typed).status_code == 403
    lab.refresh_from_db()
    assert not lab.ended
    assert lab.record.events.count() == 0
