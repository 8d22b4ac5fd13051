"""One thing done to many entries: what, to which, and what came of each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from curation.choices import Kind
from curation.models import Record, Theme

from ..choices import BulkDeed, BulkOutcome, BulkState, Hindrance

MOST_OF_QUERY = 1000


class Bulk(models.Model):
    """One thing somebody does to many entries: looked at first, then done entry by entry.

    `query` is the question of the list the entries were chosen from. Of `theme`, `owner`, `steward` and
    `reason` it has what its deed needs. What sets other work back says `of` which.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    query = models.CharField(_("chosen from"), max_length=MOST_OF_QUERY, blank=True)
    deed = models.CharField(_("what is done"), max_length=12, choices=BulkDeed.choices)
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theme")
    )
    owner = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    steward = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("steward"),
    )  # fmt: skip
    of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="backs",
        verbose_name=_("what is undone"),
    )
    reason = models.TextField(_("reason"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=BulkState.choices, default=BulkState.LOOKED_AT
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulks", verbose_name=_("done by")
    )
    at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("work on many entries")
        verbose_name_plural = _("work on many entries")
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(deed__in=(BulkDeed.THEME_ADDED, BulkDeed.THEME_TAKEN, BulkDeed.THEME_MAIN))
                | Q(theme__isnull=False),
                name="bulk_theme_named",
            ),
            models.CheckConstraint(
                condition=~Q(deed=BulkDeed.OWNER) | Q(owner__isnull=False), name="bulk_owner_named"
            ),
            models.CheckConstraint(
                condition=~Q(deed=BulkDeed.STEWARD) | Q(steward__isnull=False), name="bulk_steward_named"
            ),
            models.CheckConstraint(
                condition=Q(deed=BulkDeed.SET_BACK, of__isnull=False)
                | (~Q(deed=BulkDeed.SET_BACK) & Q(of__isnull=True)),
                name="bulk_set_back_of_another",
            ),
            models.CheckConstraint(
                condition=~Q(deed=BulkDeed.WITHDRAWN) | ~Q(reason=""), name="bulk_withdrawn_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=BulkState.DONE, done_at__isnull=False)
                | (~Q(state=BulkState.DONE) & Q(done_at__isnull=True)),
                name="bulk_done_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.at:%Y-%m-%d %H:%M}"

    @property
    def title(self) -> str:
        """What is done, and of what sets back also what was done."""
        what = str(self.get_deed_display())
        return f"{what}: {self.of.get_deed_display()}" if self.of else what


class BulkRow(models.Model):
    """An entry of such work: the version it was looked at in, what hinders it, and what came of it.

    `before` is what undoing it needs: the themes in their order, the owner, the stewardship that was given.
    """

    bulk = models.ForeignKey(Bulk, models.CASCADE, related_name="rows", verbose_name=_("work"))
    record = models.ForeignKey(Record, models.PROTECT, related_name="+", verbose_name=_("record"))
    version = models.PositiveIntegerField(_("version"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=BulkOutcome.choices)
    hindrance = models.CharField(_("why not"), max_length=12, choices=Hindrance.choices, blank=True)
    before = models.JSONField(_("before"), null=True, blank=True)

    class Meta:
        verbose_name = _("entry worked on")
        verbose_name_plural = _("entries worked on")
        ordering = ("bulk", "pk")
        constraints = (
            models.UniqueConstraint("bulk", "record", name="worked_on_once"),
            models.CheckConstraint(
                condition=Q(outcome=BulkOutcome.CANNOT) & ~Q(hindrance="")
                | ~Q(outcome=BulkOutcome.CANNOT) & Q(hindrance=""),
                name="hindered_says_why",
            ),
        )
        indexes = (models.Index("bulk", "outcome", "id", name="bulk_row_outcome"),)

    def __str__(self) -> str:
        return f"{self.bulk_id} {self.record}"
