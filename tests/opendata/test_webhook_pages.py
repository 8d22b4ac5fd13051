"""The pages of webhooks: made, tried, looked into, given another secret, ended."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from curation.models import Record, RecordEvent
from opendata.models import Delivery, Webhook
from opendata.webhooks import delivering, telling
from tests import factories
from tests.opendata.receiver import listening
from tests.pages import read
from tests.people import browser, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]
PASSWORD = "et langt og godt kodeord"
NEW = "/en/account/webhooks/new/"


@pytest.fixture
def maker() -> User:
    return person("maker@example.org", password=PASSWORD)


@pytest.fixture
def confirmed(maker: User) -> Client:
    client = browser(maker)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def test_a_webhook_is_made_tried_read_and_ended(confirmed: Client, maker: User) -> None:
    factories.theme("Ageing", slug="ageing")
    with listening() as receiver:
        said = {"name": "CRM", "address": receiver.address, "list": "/en/labs/?theme=ageing&page=2"}
        mistyped = confirmed.post(NEW, said | {"list": "/en/labs/?theme=ageing&place=0715"})
        assert (mistyped.status_code, Webhook.objects.count()) == (422, 0)
        assert "The list does not know “0715”." in mistyped.text
        made = confirmed.post(NEW, said)
        webhook = Webhook.objects.get()
        assert (webhook.kind, webhook.query, webhook.user) == ("lab", "theme=ageing", maker)
        assert webhook.secret in made.text
        path = f"/en/account/webhooks/{webhook.pk}/"
        assert webhook.secret not in confirmed.get(path).text
        assert confirmed.post(f"{path}test/")["Location"] == path
        assert ProcrastinateJob.objects.filter(task_name="opendata.deliver").count() == 1
        delivering.deliver_to(webhook.pk)
        (told,) = receiver.told
        assert (told["change"], told["entry"], told["id"]) == ("test", None, None)
        page = read(confirmed.get(path)).one("main")
        assert "answered 204" in page.text
        assert '"change": "test"' in page.text

        (delivery,) = Delivery.objects.all()
        confirmed.post(f"{path}again/{delivery.number}/")
        delivering.deliver_to(webhook.pk)
        assert [head["webhook-id"] for head in receiver.heads] == [str(delivery.number)] * 2

        before = webhook.secret
        shown = confirmed.post(f"{path}secret/")
        webhook.refresh_from_db()
        assert webhook.secret != before
        assert webhook.secret in shown.text
        confirmed.post(f"{path}end/")
        webhook.refresh_from_db()
        assert webhook.ended_at is not None
        for gone in ("test/", "end/", "secret/", f"again/{delivery.number}/"):
            assert confirmed.post(f"{path}{gone}").status_code == 404
        assert "Ended on" in confirmed.get("/en/account/webhooks/").text
        stranger = browser(person())
        assert stranger.get(path).status_code == 404


def test_what_cannot_be_is_said_beside_its_field(confirmed: Client, settings: Any) -> None:
    settings.WEBHOOK_ALLOW_LOCAL = False
    said = {"name": "CRM", "address": "http://example.org/", "list": "https://example.org/labs/"}
    answer = confirmed.post(NEW, said)
    assert answer.status_code == 422
    assert "The address has to begin with https://" in answer.text
    assert "That is not the address of one of the lists here." in answer.text
    for wrong in ("/en/labs/x/", "/en/account/", "nonsense", "//[", "/labs/map.geojson"):
        assert (
            confirmed.post(NEW, said | {"address": "https://example.org/", "list": wrong}).status_code == 422
        )
    assert not Webhook.objects.exists()


def test_ten_are_enough_and_so_are_twenty_messages_by_hand(confirmed: Client, maker: User) -> None:
    for _number in range(10):
        webhook = Webhook.objects.create(user=maker, name="x", address="https://example.org/")
    full = confirmed.post(NEW, {"name": "x", "address": "https://example.org/", "list": ""})
    assert (full.status_code, Webhook.objects.count()) == (422, 10)
    for _number in range(22):
        confirmed.post(f"/en/account/webhooks/{webhook.pk}/test/")
    assert Delivery.objects.count() == 20


def test_the_log_shows_nothing_that_is_not_public_any_more(
    confirmed: Client, maker: User, curator: User
) -> None:
    webhook = Webhook.objects.create(user=maker, name="x", address="https://example.org/")
    lab = factories.lab("Lyslab", summary_da="KANARIE")
    event = RecordEvent.objects.create(record=lab.record, verb="edited", by=curator, version=2)
    sent = Delivery.objects.create(
        webhook=webhook, event=event, record=lab.record, change="changed", body='{"entry": "KANARIE"}',
        tries=1, answered=204, delivered_at=timezone.now(),
    )  # fmt: skip
    path = f"/en/account/webhooks/{webhook.pk}/"
    assert "KANARIE" in confirmed.get(path).text
    Record.objects.filter(pk=lab.pk).update(state="withdrawn")
    page = confirmed.get(path).text
    assert "KANARIE" not in page
    assert "Lyslab" not in page
    assert lab.record.public_id in page
    assert telling.look() == []
    assert sent.body


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_asks_as_often_for_one_as_for_three(
    confirmed: Client, maker: User, curator: User, count: int, django_assert_num_queries: Any
) -> None:
    webhook = Webhook.objects.create(user=maker, name="x", address="https://example.org/")
    for _number in range(count):
        record = factories.lab().record
        event = RecordEvent.objects.create(record=record, verb="edited", by=curator, version=2)
        Delivery.objects.create(webhook=webhook, event=event, record=record, change="changed")
    with django_assert_num_queries(5):
        confirmed.get(f"/en/account/webhooks/{webhook.pk}/")
