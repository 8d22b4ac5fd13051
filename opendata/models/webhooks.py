"""Systems that are told of changes, and what they were told."""

import base64
import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curation.models import Record, RecordEvent

from ..choices import Change


def make_secret() -> str:
    """What a receiver checks our signature with: 256 bits, as the Standard Webhooks write them."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class Webhook(models.Model):
    """An address that is told of changes of what a list finds; `query` is the list's question.

    `looked_at` is up to when the log of entries was looked through for it; `failures` counts deliveries in a
    row that were given up. Ended by its maker, or by us, and then it says why (`stopped_because`).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="webhooks", verbose_name=_("made by")
    )
    name = models.CharField(_("name"), max_length=80)
    address = models.URLField(_("address"), max_length=500)
    secret = models.CharField(max_length=64, default=make_secret, editable=False)
    kind = models.CharField(_("list"), max_length=12, blank=True)
    query = models.CharField(_("filters"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    looked_at = models.DateTimeField(default=timezone.now, editable=False)
    failures = models.PositiveSmallIntegerField(_("given up in a row"), default=0)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    stopped_because = models.TextField(_("why it was stopped"), blank=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(stopped_because="") | Q(ended_at__isnull=False), name="webhook_stopped_has_ended"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Inside(models.Model):
    """An entry that the filters of a webhook found when it was last looked at.

    So it can be told of what leaves its list. A webhook without filters needs no such memory: nothing leaves
    it but what is not public any more.
    """

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="inside", verbose_name=_("webhook"))
    record = models.ForeignKey(Record, models.PROTECT, related_name="+", verbose_name=_("record"))

    class Meta:
        verbose_name = _("entry in the list of a webhook")
        verbose_name_plural = _("entries in the lists of webhooks")
        ordering = ("webhook", "record")
        constraints = (models.UniqueConstraint("webhook", "record", name="inside_once"),)

    def __str__(self) -> str:
        return f"{self.webhook}: {self.record}"


class Delivery(models.Model):
    """One change told to one address: what was sent last, how often it was tried, what came back.

    A test tells of no change. `next_try_at` stands while it waits; a try moves it on before it sends, so that
    what a dying worker leaves behind is tried again.
    """

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", verbose_name=_("webhook"))
    number = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(
        RecordEvent, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("event")
    )
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("record")
    )
    change = models.CharField(_("change"), max_length=10, choices=Change.choices, blank=True)
    body = models.TextField(_("what was sent"), blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    answered = models.PositiveSmallIntegerField(_("status answered"), null=True, blank=True)
    problem = models.CharField(_("what went wrong"), max_length=300, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint("webhook", "event", name="told_of_an_event_once"),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(given_up_at__isnull=True),
                name="delivered_or_given_up",
            ),
            models.CheckConstraint(
                condition=Q(change="", event__isnull=True, record__isnull=True)
                | (Q(event__isnull=False, record__isnull=False) & ~Q(change="")),
                name="delivery_tells_a_change_or_tests",
            ),
        )
        indexes = (
            models.Index("next_try_at", name="delivery_waiting", condition=Q(next_try_at__isnull=False)),
            models.Index("webhook", F("made_at").desc(), name="delivery_log"),
        )

    def __str__(self) -> str:
        return str(self.number)
