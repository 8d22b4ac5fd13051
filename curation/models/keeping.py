"""What keeps an entry true: drafts being written, edits that are suggested, facts that are asked after."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import Answer, Fact, Kind, Outcome
from .records import Record


def make_key() -> str:
    """A name for a draft that nobody can guess: 128 bits."""
    return secrets.token_urlsafe(16)


class Draft(models.Model):
    """What somebody has typed to register an entry, as it was typed, valid or not.

    `typed` holds for each step the values of each field, as a browser sends them. The record is made when the
    draft is sent in; before that nothing of it is anywhere else. Without `user` it belongs to the browser
    whose session holds its key.
    """

    key = models.CharField(max_length=32, unique=True, default=make_key, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="drafts",
        verbose_name=_("author"),
    )  # fmt: skip
    record = models.OneToOneField(
        Record, models.CASCADE, null=True, blank=True, related_name="draft", verbose_name=_("record")
    )
    typed = models.JSONField(_("what was typed"), default=dict)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ("-updated_at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.created_at:%Y-%m-%d}"


class Suggestion(models.Model):
    """An edit somebody suggests, with or without an account.

    `changes` has for each field what it said (`from`) and what it should say (`to`), in the form's own
    values. The owner is asked first; after seven days the stewards (`passed_on_at`). `reply_to` is forgotten
    when the suggestion is decided.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="suggestions", verbose_name=_("record"))
    base_version = models.PositiveIntegerField(_("version it was made from"))
    changes = models.JSONField(_("changes"))
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="suggestions",
        verbose_name=_("suggested by"),
    )  # fmt: skip
    organisation = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("on behalf of")
    )
    reply_to = models.EmailField(_("where to answer"), blank=True)
    language = models.CharField(_("language of the answer"), max_length=2, default="da")
    suggested_at = models.DateTimeField(_("suggested"), default=timezone.now, editable=False)
    passed_on_at = models.DateTimeField(_("passed on to the stewards"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    answer = models.TextField(_("answer"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("decided by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("suggested edit")
        verbose_name_plural = _("suggested edits")
        ordering = ("suggested_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome=Outcome.WAITING, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(outcome=Outcome.WAITING) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="suggestion_decided_by_and_when",
            ),
        )
        indexes = (models.Index("suggested_at", name="suggestion_waiting", condition=Q(outcome="waiting")),)

    def __str__(self) -> str:
        return f"{self.record} {self.suggested_at:%Y-%m-%d}"


class Asking(models.Model):
    """A question to owner and stewards whether a fact still holds; its mail's links answer it."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="askings", verbose_name=_("record"))
    fact = models.CharField(_("fact"), max_length=10, choices=Fact.choices)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    reminders = models.PositiveSmallIntegerField(_("reminders sent"), default=0)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("answered by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("question whether a fact holds")
        verbose_name_plural = _("questions whether facts hold")
        ordering = ("asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                "record", "fact", condition=Q(answered_at__isnull=True), name="asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="answered_what_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.record} {self.get_fact_display()} {self.asked_at:%Y-%m-%d}"
