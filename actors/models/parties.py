"""An organisation's part in something else, and its no to being named."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curation.choices import Side
from curation.models import Record

from ..choices import Role, RoleSaid
from .organisations import Actor


class Party(models.Model):
    """An actor's part in something: side, role, years, and whether the actor has confirmed it.

    `role_said` keeps the source's own word where it tells no role. `since` and `until` are years. A tie that
    is over has `ended_on`; it stays readable and is counted no more.
    """

    side = models.CharField(_("side"), max_length=8, choices=Side.choices)
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, blank=True)
    role_said = models.CharField(_("the source's word"), max_length=16, choices=RoleSaid.choices, blank=True)
    since = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    until = models.PositiveSmallIntegerField(_("until"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked to confirm"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=F("until")),
                name="%(class)s_forwards",
            ),
        )

    @property
    def role_text(self) -> str:
        """The role, else what the source says, else nothing."""
        return str(self.get_role_display() or self.get_role_said_display())

    @property
    def confirmed(self) -> bool:
        """Whether the other party has said yes; until then it is only named."""
        return self.confirmed_at is not None


class Refusal(models.Model):
    """An organisation declined to be named by an entry: the tie is gone, and nobody is asked again."""

    record = models.ForeignKey(
        Record, models.PROTECT, related_name="refusals", verbose_name=_("entry that named it")
    )
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="refusals", verbose_name=_("actor"))
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("refusal to be named")
        verbose_name_plural = _("refusals to be named")
        ordering = ("-at", "-pk")
        constraints = (models.UniqueConstraint("record", "actor", name="declined_once"),)

    def __str__(self) -> str:
        return f"{self.actor} – {self.record}"
