"""Asking to look after an entry: the curators where nobody does, its owners where somebody does."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from actors.models import Actor, Claim
from tests import factories
from tests.pages import read
from tests.people import browser, person
from tests.post import delivered
from tests.statements import MEMBER, statements

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
def aarhus() -> Actor:
    return factories.actor("Aarhus Kommune", email_domain="aarhus.dk")


@pytest.fixture
def anna(aarhus: Actor) -> User:
    return person("anna@aarhus.dk", name="Anna")


def test_an_organisation_is_claimed_on_its_own_behalf(aarhus: Actor, anna: User) -> None:
    client, path = browser(anna), "/actors/aarhus-kommune/claim/"
    page = read(client.get(path)).one("main")
    assert "aarhus.dk" in page.text
    assert "id_actor" not in page
    assert client.post(path, {"why": "Jeg leder den."})["Location"] == "/account/"
    claim = Claim.objects.get()
    assert (claim.user, claim.actor, claim.record, claim.why) == (
        anna,
        aarhus,
        aarhus.record,
        "Jeg leder den.",
    )
    assert not read(client.get(path)).one("main").all("form")
    assert client.post(path, {"why": "Igen"}).status_code == 302
    assert Claim.objects.count() == 1
    assert len(delivered(to=anna.email)) == 1


@pytest.mark.parametrize(("email", "fits"), [("anna@aarhus.dk", True), ("bo@example.org", False)])
def test_whether_the_address_fits_is_shown(aarhus: Actor, email: str, fits: bool) -> None:
    page = read(browser(person(email)).get("/en/actors/aarhus-kommune/claim/")).one("main")
    assert ("is in the organisation’s domain" in page.text) is fits
    assert ("is not in the organisation’s domain" in page.text) is not fits


def test_a_lab_is_claimed_for_an_organisation_one_speaks_for(aarhus: Actor, anna: User) -> None:
    lab, odense = factories.lab("DOKK"), factories.actor("Odense")
    factories.membership(anna, odense)
    foreign = factories.actor("Foreign")
    client = browser(anna)
    picker = read(client.get("/labs/dokk/claim/")).by_id("id_actor")
    assert [option.text for option in picker.all("option")] == ["Odense", "Aarhus Kommune"]
    page = read(client.post("/labs/dokk/claim/", {"why": "x", "actor": foreign.pk}))
    assert page.by_id("error-summary").links == ["#id_actor"]
    assert not Claim.objects.exists()
    client.post("/labs/dokk/claim/", {"why": "x", "actor": odense.pk})
    assert Claim.objects.get().actor == odense
    assert Claim.objects.get().record == lab.record


def test_who_speaks_for_nobody_is_told_what_to_do_first() -> None:
    factories.lab("DOKK")
    client = browser(person())
    page = read(client.get("/labs/dokk/claim/")).one("main")
    assert not page.all("form")
    assert "/actors/" in page.links
    assert client.post("/labs/dokk/claim/", {"why": "x"}).status_code == 200
    assert not Claim.objects.exists()


def test_what_is_missing_or_too_long_is_said(aarhus: Actor, anna: User) -> None:
    client, path = browser(anna), "/actors/aarhus-kommune/claim/"
    for why in ("", "a" * 1001, "a" * 1_000_000):
        page = read(client.post(path, {"why": why}))
        assert page.by_id("error-summary").links == ["#id_why"]
        assert page.by_id("id_why").text == why
    assert not Claim.objects.exists()


def test_what_is_looked_after_says_whom_to_ask_and_not_how(aarhus: Actor, anna: User) -> None:
    factories.lab("DOKK", owner=aarhus)
    owner = person("olga@aarhus.dk", name="Olga")
    factories.membership(owner, aarhus, "owner")
    asker = person("bo@example.org", name="Bo")
    client = browser(asker)
    for path in ("/labs/dokk/claim/", "/actors/aarhus-kommune/claim/"):
        page = read(client.get(path)).one("main")
        assert "Aarhus Kommune" in page.text
        assert "olga" not in page.text.lower()
    assert client.post("/labs/dokk/claim/", {"why": "Lad mig"})["Location"] == "/account/"
    (mail,) = delivered()
    assert mail.to == ["olga@aarhus.dk"]
    assert "bo@example.org" in mail.body
    page = read(client.post("/labs/dokk/claim/", {"why": "Lad mig"}))
    assert page.by_id("error-summary")
    assert len(delivered()) == 1
    assert not Claim.objects.exists()


def test_who_looks_after_it_is_told_so(aarhus: Actor, anna: User) -> None:
    factories.membership(anna, aarhus, "owner")
    lab = factories.lab("DOKK", owner=aarhus, claimed_at=timezone.now())
    page = read(browser(anna).get("/labs/dokk/claim/")).one("main")
    assert f"/account/entries/{lab.record.public_id}/" in page.links


def test_what_was_read_from_open_sources_is_taken_over_by_its_organisation(aarhus: Actor, anna: User) -> None:
    factories.membership(anna, aarhus, "editor")
    lab = factories.lab("DOKK", owner=aarhus)
    client, path = browser(anna), "/labs/dokk/claim/"
    assert len(read(client.get(path)).one("main").all("form")) == 1
    lab.record.refresh_from_db()
    assert lab.record.claimed_at is None
    assert client.post(path)["Location"] == f"/account/entries/{lab.record.public_id}/"
    lab.record.refresh_from_db()
    assert lab.record.claimed_at
    event = lab.record.events.get()
    assert (event.verb, event.by, event.organisation) == ("claimed", anna, aarhus.record)
    assert not read(client.get(path)).one("main").all("form")
    client.post(path, {"why": "x"})
    assert lab.record.events.count() == 1
    assert not delivered()


def test_only_members_take_over(aarhus: Actor, anna: User) -> None:
    lab = factories.lab("DOKK", owner=aarhus)
    for user in (anna, person(), person(is_superuser=True)):
        browser(user).post("/labs/dokk/claim/", {"why": "x"})
    lab.record.refresh_from_db()
    assert lab.record.claimed_at is None


def test_where_the_organisation_has_nobody_the_organisation_is_to_be_claimed(aarhus: Actor) -> None:
    factories.lab("DOKK", owner=aarhus)
    client = browser(person())
    page = read(client.get("/labs/dokk/claim/")).one("main")
    assert "/actors/aarhus-kommune/claim/" in page.links
    assert client.post("/labs/dokk/claim/", {"why": "x"}).status_code == 200
    assert not delivered()


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_what_is_not_published_cannot_be_claimed(state: str, anna: User) -> None:
    factories.lab("Secret", state=state)
    client = browser(anna)
    secret = client.get("/labs/secret/claim/")
    assert secret.status_code == 404
    assert secret.text == client.get("/labs/nothing/claim/").text
    assert client.post("/labs/secret/claim/", {"why": "x"}).status_code == 404


def test_a_stranger_logs_in_first(aarhus: Actor, client: Client) -> None:
    path = "/actors/aarhus-kommune/claim/"
    assert client.get(path)["Location"] == f"/account/login/?next={path}"
    assert client.get("/places/aarhus-kommune/claim/").status_code == 404


def test_asking_takes_the_same_for_one_row_and_three(anna: User) -> None:
    factories.lab("DOKK")
    counts = []
    for number in (1, 3):
        for _each in range(number):
            factories.membership(anna, factories.actor())
        counts.append(len(statements(browser(anna), "/labs/dokk/claim/")))
    assert counts[0] == counts[1] <= MEMBER
