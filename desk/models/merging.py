"""Two entries that look like one, and what was merged."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curation.models import Record

from ..choices import PairOutcome


class Pair(models.Model):
    """Two entries of one kind that may be the same thing, found in the background.

    `certainty` is a number from 0 to 100, `reasons` what it rests on, as words of `desk.duplicates`.
    """

    left = models.ForeignKey(Record, models.PROTECT, related_name="+", verbose_name=_("one entry"))
    right = models.ForeignKey(Record, models.PROTECT, related_name="+", verbose_name=_("the other"))
    certainty = models.PositiveSmallIntegerField(_("certainty"))
    reasons = models.JSONField(_("reasons"), default=dict)
    found_at = models.DateTimeField(_("found"), default=timezone.now, editable=False)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=PairOutcome.choices, default=PairOutcome.WAITING
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("decided by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("two entries that look like one")
        verbose_name_plural = _("entries that look like one")
        ordering = ("-certainty", "pk")
        constraints = (
            models.UniqueConstraint("left", "right", name="one_pair_of_two"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="pair_in_order"),
            models.CheckConstraint(condition=Q(certainty__range=(0, 100)), name="pair_certainty_percent"),
            models.CheckConstraint(
                condition=Q(outcome=PairOutcome.WAITING, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(outcome=PairOutcome.WAITING) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="pair_decided_by_and_when",
            ),
        )
        indexes = (
            models.Index(
                F("certainty").desc(), "id", name="pair_waiting", condition=Q(outcome=PairOutcome.WAITING)
            ),
        )

    def __str__(self) -> str:
        return f"{self.left} = {self.right}"


class Merge(models.Model):
    """An entry that was merged into another: which fields were taken over, what moved, and how to undo it.

    `before` holds the kept entry's themes and places, `from` and `to`. `moved` lists every other row it has
    changed, as steps that can be taken back (`desk.merging.steps`).
    """

    gone = models.ForeignKey(Record, models.PROTECT, related_name="merges", verbose_name=_("merged entry"))
    kept = models.ForeignKey(Record, models.PROTECT, related_name="took_in", verbose_name=_("kept entry"))
    reason = models.TextField(_("reason"))
    taken = models.JSONField(_("fields taken from the merged entry"), default=list)
    before = models.JSONField(_("themes and places before"), default=dict)
    moved = models.JSONField(_("what moved"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="merges", verbose_name=_("merged by")
    )
    at = models.DateTimeField(_("merged"), default=timezone.now, editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("undone by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                "gone", condition=Q(undone_at__isnull=True), name="merged_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(gone=F("kept")), name="merged_into_itself_never"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"
