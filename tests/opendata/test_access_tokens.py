"""Tokens: made after one has confirmed who one is, shown once, kept as a digest, revoked, warned of."""

import datetime as dt
import logging
import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import personal
from accounts.models import User
from actors.models import Actor
from opendata.models import Delivery, Token, Webhook
from opendata.tasks.tokens import warn_of_tokens
from tests import factories
from tests.opendata.machines import System, token_for
from tests.people import browser, person
from tests.post import delivered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty", "tokens_note_use")]
PASSWORD = "et langt og godt kodeord"
SHAPE = re.compile(r"skt_[A-Za-z0-9_-]{43}")


@pytest.fixture
def maker() -> User:
    return person("maker@example.org", password=PASSWORD, name="Mads Maker", language="en")


@pytest.fixture
def kommune(maker: User) -> Actor:
    made = factories.actor("Aarhus Kommune")
    factories.membership(maker, made)
    return made


@pytest.fixture
def confirmed(maker: User) -> Client:
    """Somebody who has just said once more who it is."""
    client = browser(maker)
    assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return client


def test_a_token_is_made_shown_once_used_and_revoked(
    confirmed: Client, maker: User, kommune: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    asked = browser(maker).get("/en/account/tokens/new/")
    assert (asked.status_code, asked["Location"].split("?")[0]) == (302, "/en/account/reauthenticate/")
    page = confirmed.get("/en/account/tokens/new/")
    assert "Read, and write in the name of Aarhus Kommune" in page.text
    said = {"name": "CRM", "organisation": kommune.record.public_id, "days": "90"}
    made = confirmed.post("/en/account/tokens/new/", said)
    assert (made.status_code, "no-store" in made["Cache-Control"]) == (200, True)
    (text,) = set(SHAPE.findall(made.text))
    token = Token.objects.get()
    assert (token.name, token.actor, token.may_write, token.used_on) == ("CRM", kommune, True, None)
    assert abs(token.expires_at - timezone.now() - dt.timedelta(days=90)) < dt.timedelta(minutes=5)

    (letter,) = delivered(to="maker@example.org")
    assert "in the name of Aarhus Kommune" in letter.body
    assert text not in letter.body
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM opendata_token t UNION ALL SELECT m::text FROM mail_message m")
        assert not any(text in row for (row,) in cursor.fetchall())
    listed = confirmed.get("/en/account/tokens/")
    assert not SHAPE.search(listed.text)
    assert text[:10] in listed.text
    assert "never used" in listed.text

    system = System(text)
    assert system.get("/labs").status_code == 200
    token.refresh_from_db()
    assert token.used_on == timezone.localdate()
    assert text not in caplog.text

    path = f"/en/account/tokens/{token.pk}/revoke/"
    assert browser(person()).post(path).status_code == 404
    assert confirmed.get(path).status_code == 200
    assert confirmed.post(path)["Location"] == "/en/account/tokens/"
    refused = system.get("/labs")
    assert (refused.status_code, refused["Content-Type"]) == (401, "application/problem+json")
    assert confirmed.post(path).status_code == 404
    assert "You have no tokens." in confirmed.get("/en/account/tokens/").text


def test_nobody_writes_in_the_name_of_an_organisation_of_others(confirmed: Client, kommune: Actor) -> None:
    other = factories.actor("Odense Kommune")
    said = {"name": "CRM", "organisation": other.record.public_id, "days": "90"}
    assert confirmed.post("/en/account/tokens/new/", said).status_code == 422
    assert (
        confirmed.post("/en/account/tokens/new/", said | {"organisation": "read", "days": "400"}).status_code
        == 422
    )
    assert not Token.objects.exists()
    assert confirmed.post("/en/account/tokens/new/", said | {"organisation": "read"}).status_code == 200
    token = Token.objects.get()
    assert (token.actor, token.may_write) == (None, False)


def test_twenty_are_enough(confirmed: Client, maker: User) -> None:
    for _number in range(20):
        token_for(maker)
    answer = confirmed.post("/en/account/tokens/new/", {"name": "x", "organisation": "read", "days": "30"})
    assert (answer.status_code, Token.objects.count()) == (422, 20)


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer skt_x", "Bearer skt_" + "é" * 43, "Bearer a\0b"],
    ids=range(7),
)
def test_what_is_no_token_is_refused(header: str) -> None:
    answer = Client().get("/api/v1/labs", headers={"authorization": header})
    assert answer.status_code == 401


def test_a_token_that_has_run_out_is_worth_nothing(maker: User) -> None:
    past = timezone.now() - dt.timedelta(days=1)
    text = token_for(maker, made_at=past - dt.timedelta(days=1), expires_at=past)
    assert System(text).get("/labs").status_code == 401


def test_its_maker_is_warned_once_two_weeks_before(maker: User) -> None:
    token_for(maker, name="Snart", expires_at=timezone.now() + dt.timedelta(days=13))
    token_for(maker, name="Senere", expires_at=timezone.now() + dt.timedelta(days=15))
    token_for(maker, name="Væk", expires_at=timezone.now() + dt.timedelta(days=3), revoked_at=timezone.now())
    warn_of_tokens(timestamp=0)
    warn_of_tokens(timestamp=0)
    delivered()
    (letter,) = mail.outbox
    assert "“Snart” runs out" in letter.subject


def test_who_is_erased_leaves_no_token_and_no_webhook_that_works(maker: User) -> None:
    text = token_for(maker, name="Mads Makers system")
    webhook = Webhook.objects.create(
        user=maker, name="Mads Maker", address="https://maker.example.org/mads", kind="lab", query="q=mads"
    )
    Delivery.objects.create(webhook=webhook, next_try_at=timezone.now())
    kept = personal.export(maker)["opendata"]
    assert kept["opendata.token"][0]["name"] == "Mads Makers system"
    assert kept["opendata.webhook"][0]["address"] == "https://maker.example.org/mads"
    assert webhook.secret not in str(kept)
    personal.erase(maker)
    assert System(text).get("/labs").status_code == 401
    webhook.refresh_from_db()
    assert webhook.ended_at is not None
    assert "mads" not in f"{webhook.name} {webhook.address} {webhook.query}".lower()
    assert not Delivery.objects.exists()
    assert "Mads" not in Token.objects.get().name
