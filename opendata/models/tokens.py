"""Tokens of partner systems, and what those systems call our entries."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from curation.choices import Kind
from curation.models import Record


class Token(models.Model):
    """Lets a system ask more often, and write in an organisation's name where that is allowed.

    Only the token's SHA-256 is kept; `hint` are its first letters, by which its owner knows it again. A token
    without an organisation only reads.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=12, editable=False)
    name = models.CharField(_("name"), max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tokens", verbose_name=_("made by")
    )
    actor = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="tokens", verbose_name=_("organisation")
    )
    may_write = models.BooleanField(_("may write"), default=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("runs out"))
    used_on = models.DateField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ("-made_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(may_write=False) | Q(actor__isnull=False), name="token_writes_for_somebody"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="token_runs_out_later"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

    @property
    def has_run_out(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()


class ForeignId(models.Model):
    """What an organisation's own system calls an entry, so that it can be written again without our id."""

    actor = models.ForeignKey(
        Actor, models.PROTECT, related_name="foreign_ids", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    their_id = models.CharField(_("their id"), max_length=200)
    record = models.ForeignKey(Record, models.PROTECT, related_name="foreign_ids", verbose_name=_("record"))
    made_at = models.DateTimeField(_("first seen"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("id in another system")
        verbose_name_plural = _("ids in other systems")
        ordering = ("actor", "kind", "their_id")
        constraints = (
            models.UniqueConstraint("actor", "kind", "their_id", name="one_entry_per_foreign_id"),
            models.CheckConstraint(condition=~Q(their_id=""), name="foreign_id_says_something"),
        )

    def __str__(self) -> str:
        return f"{self.their_id} = {self.record}"
