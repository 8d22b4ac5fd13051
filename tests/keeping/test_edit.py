"""Owners edit what is published, live at once, and nobody's words are lost when two edit together."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from actors.models import Actor
from curation.actions import Overtaken
from curation.choices import Verb
from curation.ties import AT_SEAT
from keeping.editing import Change
from keeping.sections import section_to_edit
from labs.models import Lab
from tests import factories
from tests.keeping.forms import form_of, sends
from tests.pages import read
from tests.post import delivered
from tests.statements import statements

pytestmark = pytest.mark.usefixtures("empty")
WHAT = "/labs/byens-lab/edit/what/"


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create_user("owner@kommune.example", "correct horse battery", name="Olga Owner")


@pytest.fixture
def as_owner(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def lab(empty: None, owner: User) -> Lab:
    town: Actor = factories.actor("Byens Kommune", type="municipality", side="pull")
    factories.membership(owner, town)
    place = factories.place("Byen", code="0101", latitude=55.7, longitude=12.5)
    made: Lab = factories.lab(
        "Byens lab", owner=town, summary_da="Vi prøver ting af.", themes=[factories.theme("Energi")],
        places=[place], latitude=55.7, longitude=12.5, point_basis=AT_SEAT, methods=["survey", "pilot"],
    )  # fmt: skip
    return made


def test_an_edit_is_live_at_once_and_told(as_owner: Client, client: Client, lab: Lab, owner: User) -> None:
    version = lab.record.version
    assert (
        sends(as_owner, WHAT, summary_da="Vi prøver alt af.", name_da="Byens laboratorium").status_code == 302
    )
    lab = Lab.objects.select_related("record").get()
    assert (lab.summary_da, lab.record.version) == ("Vi prøver alt af.", version + 1)
    event = lab.record.events.get()
    assert (event.verb, event.by, event.organisation_id) == (Verb.EDITED, owner, lab.owner_id)
    assert lab.record.version > lab.record.reviewed_version
    assert "Vi prøver alt af." in client.get("/labs/byens-lab/").text
    assert "Byens laboratorium" in client.get("/labs/?q=laboratorium").text
    assert delivered() == []


def test_what_is_not_asked_stays_as_it_is(as_owner: Client, lab: Lab) -> None:
    before = Lab.objects.filter(pk=lab.pk).values().get()
    assert sends(as_owner, WHAT).status_code == 302
    assert Lab.objects.filter(pk=lab.pk).values().get() == before
    assert [str(row) for row in lab.record.entry_places.all()] == ["Byen"]


@pytest.mark.parametrize("section", ["what", "why", "who", "how"])
def test_every_section_can_be_saved_as_it_stands(as_owner: Client, lab: Lab, section: str) -> None:
    factories.link(lab, factories.actor("Universitetet"), "push", role="research")
    before = Lab.objects.filter(pk=lab.pk).values().get(), list(lab.links.values())
    assert sends(as_owner, f"/labs/byens-lab/edit/{section}/").status_code == 302
    assert (Lab.objects.filter(pk=lab.pk).values().get(), list(lab.links.values())) == before


@pytest.mark.parametrize(("kind", "section"), [
    ("actor", "what"), ("actor", "known"), ("mission", "what"), ("mission", "why"), ("mission", "who"),
])  # fmt: skip
def test_actors_and_missions_too(admin: User, kind: str, section: str) -> None:
    at = {"themes": [factories.theme()], "places": [factories.place(code="0101")]}
    made = getattr(factories, kind)("En post", summary_da="Kort fortalt.", **at)
    client = Client()
    client.force_login(admin)
    answer = sends(client, f"/{kind}s/en-post/edit/{section}/", description_da="Nyt.")
    assert answer.status_code == 302, read(answer).by_id("error-summary").text
    made.refresh_from_db()
    assert made.description_da == ("Nyt." if section == "what" else "")


def test_errors_are_told_beside_the_field_and_nothing_is_lost(as_owner: Client, lab: Lab) -> None:
    page = read(sends(as_owner, WHAT, name_da="", summary_da="Min nye tekst", website="ikke en adresse"))
    assert {"#f-name_da", "#f-website"} <= set(page.by_id("error-summary").links)
    assert form_of(page)["summary_da"] == "Min nye tekst"
    assert Lab.objects.get().summary_da == "Vi prøver ting af."


def test_a_pickers_button_keeps_what_was_typed(as_owner: Client, lab: Lab) -> None:
    factories.place("Nabobyen", code="0102")
    page = read(
        sends(as_owner, WHAT, **{"summary_da": "Halvfærdig", "places-find": "nabo", "places-search": "1"})
    )
    assert form_of(page)["summary_da"] == "Halvfærdig"
    assert "Nabobyen" in page.text
    assert "error-summary" not in page
    assert Lab.objects.get().summary_da == "Vi prøver ting af."


# Who may


def test_strangers_log_in_and_others_are_refused(client: Client, as_member: Client, lab: Lab) -> None:
    for path in ("/labs/byens-lab/edit/", WHAT):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={path}")
        assert as_member.get(path).status_code == 403
    assert as_member.post(WHAT, {"name_da": "Kapret", "version": lab.record.version}).status_code == 403
    assert Lab.objects.get().name_da == "Byens lab"


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_what_is_not_published_is_not_edited_here(admin: User, lab: Lab, state: str) -> None:
    factories.lab("Skjult", state=state)
    client = Client()
    client.force_login(admin)
    for page in ("edit/", "edit/what/", "end/", "resume/", "withdraw/"):
        assert client.get(f"/labs/skjult/{page}").status_code == 404


def test_a_right_that_was_taken_away_counts_at_once(as_owner: Client, lab: Lab, owner: User) -> None:
    sent = form_of(read(as_owner.get(WHAT)))
    owner.memberships.update(until="2026-01-01T00:00Z", since="2025-01-01T00:00Z")
    assert as_owner.post(WHAT, sent | {"name_da": "Kapret"}).status_code == 403
    assert Lab.objects.get().name_da == "Byens lab"


def test_nobody_gives_an_entry_to_an_organisation_they_do_not_belong_to(as_owner: Client, lab: Lab) -> None:
    other = factories.actor("En fremmed")
    page = read(sends(as_owner, WHAT, **{"owner-0-actor": other.record.public_id}))
    assert "error-summary" in page
    assert Lab.objects.get().owner_id == lab.owner_id


def test_who_may_not_is_told_what_one_can_do_instead(as_member: Client, lab: Lab) -> None:
    answer = as_member.get("/labs/byens-lab/edit/")
    assert answer.status_code == 403
    assert {"/labs/byens-lab/suggest/", "/labs/byens-lab/claim/"} <= set(read(answer).links)


# Two at once


def test_the_slower_of_two_sees_both_and_loses_nothing(as_owner: Client, lab: Lab) -> None:
    mine = form_of(read(as_owner.get(WHAT)))
    theirs = {"summary_da": "Den andens.", "name_en": "The town's lab"}
    assert sends(as_owner, WHAT, **theirs).status_code == 302
    answer = as_owner.post(WHAT, mine | {"summary_da": "Min.", "website": "https://lab.example/"})
    assert answer.status_code == 409
    page = read(answer)
    row = next(row for row in page.all("tr") if "Min." in row.text)
    assert [cell.text for cell in row.all("td")] == ["Vi prøver ting af.", "Den andens.", "Min."]
    kept = form_of(page)
    assert (kept["summary_da"], kept["website"]) == ("Min.", ["https://lab.example/"])
    assert kept["name_en"] == ["The town's lab"]
    assert Lab.objects.get().summary_da == "Den andens."
    assert as_owner.post(WHAT, kept).status_code == 302
    lab = Lab.objects.get()
    assert (lab.summary_da, lab.name_en, lab.website) == ("Min.", "The town's lab", "https://lab.example/")


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 30, "99"])
def test_a_forged_version_never_saves(as_owner: Client, lab: Lab, version: str) -> None:
    assert sends(as_owner, WHAT, summary_da="Kapret", version=version).status_code == 409
    assert Lab.objects.get().summary_da == "Vi prøver ting af."


def test_sent_twice_it_is_saved_once(as_owner: Client, lab: Lab) -> None:
    sent = form_of(read(as_owner.get(WHAT))) | {"summary_da": "Min."}
    assert [as_owner.post(WHAT, sent).status_code for _time in range(2)] == [302, 409]
    assert lab.record.events.count() == 1


def test_a_column_written_elsewhere_meanwhile_stays(lab: Lab, owner: User) -> None:
    """A claim gives the entry to an organisation while somebody edits its text."""
    other = factories.actor("Ny ejer")
    asked = section_to_edit("lab", "how")
    fresh = Lab.objects.select_related("record").get()
    change = Change(fresh, by=owner)
    assert change.fits(asked(asked.typed(fresh) | {"phase": ["running"]}, entry=fresh, by=owner))
    Lab.objects.filter(pk=lab.pk).update(owner=other)
    change.save(version=fresh.record.version)
    lab.refresh_from_db()
    assert (lab.owner, lab.phase) == (other, "running")


def edit_together(lab: Lab, by: User, rounds: int) -> list[tuple[str, ...]]:
    """Two people add a line each to the same text, again and again; who won each round."""
    asked = section_to_edit("lab", "what")
    won: list[tuple[str, ...]] = []

    def add(line: str, gate: threading.Barrier, winners: list[str]) -> None:
        try:
            fresh = Lab.objects.select_related("record").get(pk=lab.pk)
            text = f"{fresh.description_da} {line}"
            change = Change(fresh, by=by)
            assert change.fits(
                asked(asked.typed(fresh) | {"description_da": [text[-5000:]]}, entry=fresh, by=by)
            )
            gate.wait(timeout=10)
            change.save(version=fresh.record.version)
            winners.append(line)
        except Overtaken:
            pass
        finally:
            connection.close()

    for number in range(rounds):
        gate = threading.Barrier(2)
        winners: list[str] = []
        threads = [threading.Thread(target=add, args=(f"{who}{number}", gate, winners)) for who in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        won.append(tuple(winners))
    return won


@pytest.mark.django_db(transaction=True)
def test_two_at_once_one_wins_and_no_update_is_lost(lab: Lab, owner: User) -> None:
    version = lab.record.version
    won = edit_together(lab, owner, rounds=5)
    assert [len(winners) for winners in won] == [1] * 5
    lab = Lab.objects.select_related("record").get()
    assert lab.description_da.split() == [line for winners in won for line in winners]
    assert lab.record.version == version + 5
    assert lab.record.events.count() == 5


def test_what_was_typed_comes_back_when_the_entry_was_withdrawn_meanwhile(
    as_owner: Client, as_member: Client, lab: Lab
) -> None:
    sent = form_of(read(as_owner.get(WHAT))) | {"summary_da": "Min lange tekst."}
    lab.record.state = "withdrawn"
    lab.record.save()
    answer = as_owner.post(WHAT, sent)
    assert answer.status_code == 409
    assert "Min lange tekst." in read(answer).text
    assert as_owner.get(WHAT).status_code == 404
    assert as_member.post(WHAT, sent).status_code == 404
    assert Lab.objects.get().summary_da == "Vi prøver ting af."


# What it costs


def test_the_statements_do_not_grow_with_what_there_is(as_owner: Client, lab: Lab) -> None:
    counts: list[Any] = []
    for number in (1, 2):
        for _more in range(number):
            factories.link(lab, factories.actor(), "push", role="research")
        paths = ("/labs/byens-lab/edit/", WHAT, "/labs/byens-lab/edit/who/", "/labs/byens-lab/history/",
                 "/labs/byens-lab/suggest/", "/labs/byens-lab/suggest/what/")  # fmt: skip
        counts.append([len(statements(as_owner, path)) for path in paths])
    assert counts[0] == counts[1]
