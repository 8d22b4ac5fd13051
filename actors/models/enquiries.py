"""Messages to those behind an entry, relayed so that neither side sees the other's address."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curation.models import Record
from curation.register_version import RaisesVersion

from ..choices import EnquiryState, WhatCame
from ..querysets import EnquiryQuerySet
from .organisations import Actor


class Enquiry(models.Model):
    """What somebody asks of those behind an entry, whether they were answered, and what came of it.

    The sender has an account, or an address that is confirmed from a mail before anything is sent on.
    `organisation` is who answered for the entry when it was sent. Six months after it was closed everything
    that tells of people is forgotten (`forgotten_at`); that it was, when it was answered and what came of it
    stays.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="enquiries", verbose_name=_("record"))
    organisation = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="enquiries",
        verbose_name=_("organisation asked"),
    )  # fmt: skip
    about = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("the sender's own entry it is about"),
    )  # fmt: skip
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="enquiries",
        verbose_name=_("sender"),
    )  # fmt: skip
    sender_name = models.CharField(_("name"), max_length=120, blank=True)
    sender_organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    sender_email = models.EmailField(_("where to answer"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="da")
    state = models.CharField(
        _("state"), max_length=12, choices=EnquiryState.choices, default=EnquiryState.UNCONFIRMED
    )
    made_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    answer_by = models.DateField(_("answer promised by"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    answered_at = models.DateTimeField(_("first answered"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked what came of it"), null=True, blank=True)
    sender_says = models.CharField(
        _("what came of it, says the sender"), max_length=12, choices=WhatCame.choices, blank=True
    )
    owner_says = models.CharField(
        _("what came of it, says who was asked"), max_length=12, choices=WhatCame.choices, blank=True
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("forgotten"), null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ("-made_at", "-pk")
        triggers = (RaisesVersion(when="NEW.state <> 'unconfirmed'"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state=EnquiryState.UNCONFIRMED, sent_at__isnull=True)
                | Q(~Q(state=EnquiryState.UNCONFIRMED), sent_at__isnull=False, answer_by__isnull=False),
                name="enquiry_sent_has_a_promise",
            ),
            models.CheckConstraint(
                condition=~Q(state=EnquiryState.ANSWERED) | Q(answered_at__isnull=False),
                name="enquiry_answered_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(state=EnquiryState.CLOSED, closed_at__isnull=False)
                | Q(~Q(state=EnquiryState.CLOSED), closed_at__isnull=True),
                name="enquiry_closed_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True)
                | Q(sender__isnull=True, sender_name="", sender_email="", sender_organisation=""),
                name="enquiry_forgotten_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("sent_at")),
                name="enquiry_forwards",
            ),
        )
        indexes = (
            models.Index("answer_by", name="enquiry_unanswered", condition=Q(state="sent")),
            models.Index("sent_at", name="enquiry_sent", condition=Q(sent_at__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.record} {self.made_at:%Y-%m-%d}"


class EnquiryMessage(models.Model):
    """One message of an enquiry: the sender's, or the answer of those who were asked."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="messages", verbose_name=_("enquiry"))
    by_owner = models.BooleanField(_("from those who were asked"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("message of an enquiry")
        verbose_name_plural = _("messages of enquiries")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.at:%Y-%m-%d %H:%M}"
