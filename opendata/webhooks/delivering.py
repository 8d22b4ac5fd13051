"""Sending what waits, in the order it happened, with patience: six more tries over a day and a half."""

import datetime as dt
import time

from django.db import models, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation

from mail import links, outbox

from ..models import Delivery, Inside, Webhook
from .bodies import body_of
from .sending import Answer, post
from .signing import headers_of

WAITS = (60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600, 24 * 3600)
LAST_TRY = len(WAITS) + 1
GIVEN_UP_IN_A_ROW = 20
ROUND_SECONDS = 20  # of one address; after that others have their turn
KEEP_LOG = dt.timedelta(days=30)
AGENT = "Stedkraft-Webhooks/1"


def deliver_to(number: int) -> bool:
    """Send what is due to one address; whether something is left for another round.

    An address that does not answer is left alone until the next round, so that it holds nobody up.
    """
    until = time.monotonic() + ROUND_SECONDS
    while time.monotonic() < until:
        delivery = _claim(number)
        if delivery is None:
            return False
        try:
            answer = _try(delivery)
        except Exception as problem:  # what cannot even be put together is not tried for ever either
            _note(delivery, Answer(problem=type(problem).__name__))
            raise
        _note(delivery, answer)
        if answer.status is None:
            return False
    return _due(number).exists()


def _due(number: int) -> models.QuerySet[Delivery]:
    return Delivery.objects.filter(
        webhook=number, next_try_at__lte=timezone.now(), webhook__ended_at=None, webhook__user__is_active=True
    )


@transaction.atomic
def _claim(number: int) -> Delivery | None:
    """The next one, counted as tried before it is: if the worker dies meanwhile, it is tried again later."""
    rows = _due(number).select_for_update(skip_locked=True, of=("self",))
    delivery = rows.select_related("webhook", "event", "record").order_by("made_at", "pk").first()
    if delivery is None:
        return None
    wait = WAITS[min(delivery.tries, len(WAITS) - 1)]
    delivery.tries += 1
    Delivery.objects.filter(pk=delivery.pk).update(
        tries=delivery.tries, next_try_at=timezone.now() + dt.timedelta(seconds=wait)
    )
    return delivery


def _try(delivery: Delivery) -> Answer:
    body = body_of(delivery)
    Delivery.objects.filter(pk=delivery.pk).update(body=body.decode())
    webhook = delivery.webhook
    signed = headers_of(webhook.secret, str(delivery.number), int(time.time()), body)
    headers = {"Content-Type": "application/json", "User-Agent": AGENT, **signed}
    return post(webhook.address, headers, body)


@transaction.atomic
def _note(delivery: Delivery, answer: Answer) -> None:
    """What came back; the answer to an earlier try says nothing of a later one."""
    held = Delivery.objects.filter(pk=delivery.pk, tries=delivery.tries)
    said = {"answered": answer.status, "problem": "" if answer.taken else answer.problem}
    webhook = Webhook.objects.filter(pk=delivery.webhook_id)
    if answer.taken:
        held.update(**said, delivered_at=timezone.now(), given_up_at=None, next_try_at=None)
        webhook.filter(failures__gt=0).update(failures=0)
    elif delivery.tries < LAST_TRY:
        held.update(**said)
    elif held.update(**said, given_up_at=timezone.now(), next_try_at=None):
        webhook.update(failures=F("failures") + 1)
        _stop_if_hopeless(webhook.get())


def _stop_if_hopeless(webhook: Webhook) -> None:
    """After twenty in a row nothing more is sent, and its maker is told."""
    if webhook.failures < GIVEN_UP_IN_A_ROW or webhook.ended_at:
        return
    end(webhook, because=f"{GIVEN_UP_IN_A_ROW} deliveries in a row could not be made.")
    maker = webhook.user
    if not maker.is_active:
        return
    with translation.override(maker.language):
        path = reverse("opendata_account:webhook", args=[webhook.pk])
        context = {
            "webhook": webhook, "name": maker.name, "number": GIVEN_UP_IN_A_ROW, "link": links.absolute(path),
        }  # fmt: skip
        outbox.send("opendata/webhook_stopped", to=maker.email, language=maker.language, context=context)


@transaction.atomic
def end(webhook: Webhook, *, because: str = "") -> bool:
    """Tell it nothing any more, also not what waits; whether it was told something until now."""
    now = timezone.now()
    open_ones = Webhook.objects.filter(pk=webhook.pk, ended_at=None)
    if not open_ones.update(ended_at=now, stopped_because=because):
        return False
    waiting = Delivery.objects.filter(webhook=webhook, next_try_at__isnull=False)
    waiting.update(next_try_at=None, given_up_at=now, problem="ended")
    Inside.objects.filter(webhook=webhook).delete()
    return True


def forget() -> int:
    """Remove the log of what is over and older than a month; how much."""
    old = Delivery.objects.filter(next_try_at=None, made_at__lt=timezone.now() - KEEP_LOG)
    number, _each = old.delete()
    return number
