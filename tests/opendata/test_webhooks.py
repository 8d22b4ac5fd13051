"""Other systems are told of what is public, signed, until they have it; and never of anything else."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from curation import actions
from curation.choices import Verb
from curation.models import Record, RecordEvent
from labs.models import Lab
from mail.models import Message
from opendata.models import Delivery, Webhook
from opendata.tasks import webhooks as tasks
from opendata.webhooks import delivering, telling
from opendata.webhooks.sending import Answer
from tests import factories
from tests.opendata.receiver import Receiver, documented_check, listening
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty")]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as found:
        yield found


@pytest.fixture
def maker() -> User:
    return person("maker@example.org")


@pytest.fixture
def webhook(maker: User, receiver: Receiver) -> Webhook:
    return Webhook.objects.create(user=maker, name="Kommunens CRM", address=receiver.address)


def run() -> None:
    """As the worker does each minute."""
    for number in telling.look():
        while delivering.deliver_to(number):
            pass


def edited(lab: Lab, summary: str, by: User) -> None:
    lab.refresh_from_db()
    record = Record.objects.get(pk=lab.pk)
    actions.edit(
        record, by=by, version=record.version,
        write=lambda: Lab.objects.filter(pk=lab.pk).update(summary_da=summary),
    )  # fmt: skip


def test_a_change_is_told_signed_and_once_with_the_entry_as_the_api_tells_it(
    webhook: Webhook, receiver: Receiver, curator: User
) -> None:
    lab = factories.lab("Lyslaboratoriet", state="submitted", summary_da="Før.")
    run()
    assert receiver.told == []
    actions.publish(lab.record, by=curator, version=lab.record.version)
    run()
    run()
    (told,), (head,) = receiver.told, receiver.heads
    read = Client().get(f"/api/v1/labs/{lab.record.public_id}").json()
    assert told["entry"] == read
    assert (told["id"], told["change"]) == (lab.record.public_id, "published")
    assert told["url"].endswith(f"/id/{lab.record.public_id}")

    check, (body,) = documented_check(), receiver.bodies
    assert check(webhook.secret, head, body)
    assert not check(webhook.secret, head, body + b" ")
    assert not check(webhook.secret, head | {"webhook-id": "another"}, body)
    assert not check("whsec_" + "A" * 43 + "=", head, body)
    assert not check(webhook.secret, head, body, now=int(head["webhook-timestamp"]) + 301)
    delivery = Delivery.objects.get()
    assert str(delivery.number) == head["webhook-id"]
    assert (delivery.tries, delivery.answered, delivery.next_try_at) == (1, 204, None)
    assert delivery.delivered_at is not None
    assert delivery.body.encode() == body


def test_changes_in_a_row_are_one_and_what_is_gone_tells_only_its_id(
    webhook: Webhook, receiver: Receiver, curator: User
) -> None:
    lab = factories.lab("Lyslaboratoriet", summary_da="Før.")
    draft = factories.lab("Kladden", state="draft")
    edited(lab, "En.", curator)
    edited(lab, "To.", curator)
    run()
    ((told),) = receiver.told
    assert (told["change"], told["entry"]["summary_da"]) == ("changed", "To.")
    edited(lab, "HEMMELIGT", curator)
    assert telling.look() == [webhook.pk]
    lab.record.refresh_from_db()
    actions.withdraw(lab.record, by=curator, version=lab.record.version, reason="Findes ikke.")
    actions.withdraw(draft.record, by=curator, version=draft.record.version, reason="Nej.")
    run()
    assert [one["change"] for one in receiver.told] == ["changed", "changed", "withdrawn"]
    for one in receiver.told[1:]:
        assert (one["id"], one["entry"]) == (lab.record.public_id, None)
    assert not any(b"HEMMELIGT" in body or b"Findes" in body for body in receiver.bodies)


def test_only_what_its_list_finds_is_told(receiver: Receiver, maker: User, curator: User) -> None:
    inside = factories.lab("Ældrelab", themes=[factories.theme("Ageing", slug="ageing")])
    outside, need = factories.lab("Et andet"), factories.need("Et behov")
    Webhook.objects.create(user=maker, name="a", address=receiver.address, kind="lab", query="theme=ageing")
    edited(inside, "En.", curator)
    edited(outside, "En.", curator)
    actions.withdraw(need.record, by=curator, version=need.record.version, reason="x")
    record = Record.objects.get(pk=outside.pk)
    actions.withdraw(record, by=curator, version=record.version, reason="x")
    run()
    assert [one["id"] for one in receiver.told] == [inside.record.public_id]


def test_an_event_that_comes_into_view_late_is_told_and_an_old_one_is_not(
    webhook: Webhook, receiver: Receiver, curator: User
) -> None:
    lab, other = factories.lab("Sen"), factories.lab("Gammel")
    Webhook.objects.update(made_at=timezone.now() - dt.timedelta(days=1))
    run()
    late, old = timezone.now() - dt.timedelta(minutes=30), timezone.now() - dt.timedelta(hours=2)
    RecordEvent.objects.create(record=other.record, verb=Verb.EDITED, by=curator, version=2, at=old)
    RecordEvent.objects.create(record=lab.record, verb=Verb.EDITED, by=curator, version=2, at=late)
    run()
    run()
    assert [one["id"] for one in receiver.told] == [lab.record.public_id]


def test_what_is_not_taken_is_tried_seven_times_and_twenty_in_a_row_stop_it(
    webhook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.status = 302
    Webhook.objects.update(failures=19)
    delivery = Delivery.objects.create(webhook=webhook, next_try_at=timezone.now())
    waits = []
    for tries in range(1, 8):
        before = timezone.now()
        delivering.deliver_to(webhook.pk)
        delivery.refresh_from_db()
        assert (delivery.tries, delivery.answered, delivery.delivered_at) == (tries, 302, None)
        if delivery.next_try_at:
            waits.append(round((delivery.next_try_at - before).total_seconds(), -1))
            assert not delivering._due(webhook.pk).exists()
            Delivery.objects.update(next_try_at=timezone.now())
    assert waits == [60, 300, 1800, 7200, 21600, 86400]
    assert delivery.given_up_at is not None
    assert {head["webhook-id"] for head in receiver.heads} == {str(delivery.number)}
    webhook.refresh_from_db()
    assert webhook.ended_at is not None
    assert webhook.stopped_because
    (mail,) = Message.objects.filter(template="opendata/webhook_stopped")
    assert (mail.to, "Kommunens CRM" in mail.subject) == ("maker@example.org", True)
    assert telling.look() == []


def test_a_worker_that_dies_while_sending_loses_nothing(
    webhook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = Delivery.objects.create(webhook=webhook, next_try_at=timezone.now())

    def dies(*_args: object) -> Answer:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "post", dies)
        with pytest.raises(SystemExit):
            delivering.deliver_to(webhook.pk)
    delivery.refresh_from_db()
    assert (delivery.tries, delivery.delivered_at) == (1, None)
    Delivery.objects.update(next_try_at=timezone.now())
    delivering.deliver_to(webhook.pk)
    assert len(receiver.heads) == 1
    delivery.refresh_from_db()
    assert delivery.delivered_at is not None


def test_what_cannot_be_put_together_is_not_tried_for_ever(
    webhook: Webhook, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Delivery.objects.create(webhook=webhook, next_try_at=timezone.now())

    def breaks(_delivery: Delivery) -> bytes:
        raise LookupError

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "body_of", breaks)
        for _try in range(7):
            with pytest.raises(LookupError):
                delivering.deliver_to(webhook.pk)
            Delivery.objects.filter(next_try_at__isnull=False).update(next_try_at=timezone.now())
    broken.refresh_from_db()
    assert (broken.tries, broken.problem, broken.next_try_at) == (7, "LookupError", None)
    assert broken.given_up_at is not None
    assert receiver.heads == []


def test_the_job_waits_once_for_each_address_and_after_the_mail(webhook: Webhook) -> None:
    Delivery.objects.create(webhook=webhook, next_try_at=timezone.now())
    tasks.tell(timestamp=0)
    tasks.tell(timestamp=0)
    (job,) = ProcrastinateJob.objects.filter(task_name="opendata.deliver")
    assert (job.args, job.priority) == ({"number": webhook.pk}, -10)
    tasks.deliver(number=webhook.pk)
    assert Delivery.objects.get().delivered_at is not None


def test_nothing_is_sent_for_somebody_who_has_gone(webhook: Webhook, receiver: Receiver, maker: User) -> None:
    Delivery.objects.create(webhook=webhook, next_try_at=timezone.now())
    User.objects.filter(pk=maker.pk).update(is_active=False)
    delivering.deliver_to(webhook.pk)
    assert receiver.heads == []
    assert telling.look() == []


def test_the_log_reaches_back_a_month(webhook: Webhook) -> None:
    old = timezone.now() - dt.timedelta(days=31)
    Delivery.objects.create(webhook=webhook, made_at=old, delivered_at=old)
    waits = Delivery.objects.create(webhook=webhook, made_at=old, next_try_at=timezone.now())
    tasks.forget_deliveries(timestamp=0)
    assert list(Delivery.objects.all()) == [waits]


@pytest.mark.parametrize("count", [1, 3])
def test_looking_asks_as_often_for_one_change_as_for_three(
    webhook: Webhook, curator: User, count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        edited(factories.lab(), "Nu.", curator)
    with django_assert_num_queries(11):
        telling.look()
