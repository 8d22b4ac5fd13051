"""People who belong to organisations: members, those invited, those who claim an entry."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curation.models import Record

from ..choices import Basis, MemberRole
from ..querysets import MembershipQuerySet
from .organisations import Actor

INVITED_FOR = dt.timedelta(days=14)


def two_weeks_on() -> dt.datetime:
    """When an invitation made now runs out."""
    return timezone.now() + INVITED_FOR


class Membership(models.Model):
    """A person may edit what an organisation owns; an owner may also invite others. Ended, never deleted."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="memberships", verbose_name=_("actor"))
    role = models.CharField(_("role"), max_length=8, choices=MemberRole.choices)
    basis = models.CharField(_("given through"), max_length=12, choices=Basis.choices)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("given by"),
    )  # fmt: skip
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("ended by"),
    )  # fmt: skip

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("since", "pk")
        constraints = (
            models.UniqueConstraint(
                "user", "actor", condition=Q(until__isnull=True), name="member_of_an_actor_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="membership_forwards"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.actor}"


class Invitation(models.Model):
    """A member-to-be, asked by mail. `digest` is the SHA-256 of the token in the mail's link."""

    actor = models.ForeignKey(Actor, models.PROTECT, related_name="invitations", verbose_name=_("actor"))
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=8, choices=MemberRole.choices)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    expires_at = models.DateTimeField(_("runs out"), default=two_weeks_on)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-invited_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                "actor", "email", condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invited_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="accepted_or_withdrawn",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.actor} {self.invited_at:%Y-%m-%d}"


class Claim(models.Model):
    """Somebody asks to look after an entry nobody does: an actor itself, or what an actor would own."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="claims", verbose_name=_("entry"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims", verbose_name=_("person")
    )
    actor = models.ForeignKey(
        Actor, models.PROTECT, related_name="claims", verbose_name=_("organisation that would own it")
    )
    why = models.TextField(_("why"), blank=True)
    claimed_at = models.DateTimeField(_("claimed"), default=timezone.now)
    granted = models.BooleanField(_("granted"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("decided by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ("claimed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                "record", "user", condition=Q(granted__isnull=True), name="claimed_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True, decided_at__isnull=True, decided_by__isnull=True)
                | Q(granted__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="claim_decided_by_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.record}"
