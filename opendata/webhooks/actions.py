"""What the maker of a webhook does with it; ending is `delivering.end`."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from ..models import Delivery, Webhook
from ..models.webhooks import make_secret
from .matching import keep_all_inside

MOST_WEBHOOKS = 10  # that one person has at a time


class TooMany(Exception):
    """Somebody has as many webhooks as one may have."""


@transaction.atomic
def make(*, name: str, address: str, kind: str, query: str, by: User) -> Webhook:
    """A webhook that is told of changes from now on. Raises `TooMany`."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one at a time, so that the limit holds
    if Webhook.objects.filter(user=by, ended_at=None).count() >= MOST_WEBHOOKS:
        raise TooMany
    webhook = Webhook.objects.create(name=name, address=address, kind=kind, query=query, user=by)
    keep_all_inside(webhook)
    return webhook


def change_secret(webhook: Webhook) -> str:
    """A new secret, which signs from now on; the old one signs nothing any more."""
    webhook.secret = make_secret()
    Webhook.objects.filter(pk=webhook.pk).update(secret=webhook.secret)
    return webhook.secret


def send_test(webhook: Webhook) -> Delivery:
    """A message that tells of nothing, to be sent as soon as a worker can."""
    return Delivery.objects.create(webhook=webhook, next_try_at=timezone.now())


def send_again(delivery: Delivery) -> None:
    """Once more from the first try on, under the same number."""
    Delivery.objects.filter(pk=delivery.pk).update(
        next_try_at=timezone.now(), delivered_at=None, given_up_at=None, tries=0, answered=None, problem=""
    )
