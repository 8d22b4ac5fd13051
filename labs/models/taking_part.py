"""Organisations that take part in trials and solutions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Party
from curation.models import tracked
from curation.register_version import RaisesVersion, published

from ..querysets import PartnerQuerySet
from .solutions import Solution
from .trials import Trial


@tracked
class Partner(Party):
    """An organisation's part in a trial or in a solution; who is named confirms it."""

    trial = models.ForeignKey(
        Trial, models.PROTECT, null=True, blank=True, related_name="partners", verbose_name=_("trial")
    )
    solution = models.ForeignKey(
        Solution, models.PROTECT, null=True, blank=True, related_name="partners", verbose_name=_("solution")
    )
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="partner_in", verbose_name=_("actor"))

    objects = PartnerQuerySet.as_manager()

    class Meta(Party.Meta):
        abstract = False
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ("pk",)
        triggers = (RaisesVersion(when=published("trial_id", "solution_id")),)
        constraints = (
            *Party.Meta.constraints,
            models.CheckConstraint(
                condition=Q(trial__isnull=True, solution__isnull=False)
                | Q(trial__isnull=False, solution__isnull=True),
                name="partner_in_one_thing",
            ),
            models.UniqueConstraint(
                "trial", "actor", "role", condition=Q(trial__isnull=False), name="partner_once_in_a_trial"
            ),
            models.UniqueConstraint(
                "solution", "actor", "role", condition=Q(solution__isnull=False),
                name="partner_once_in_a_solution",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.actor} – {self.end}"

    @property
    def end(self) -> Trial | Solution:
        """What it takes part in."""
        end = self.trial or self.solution
        if end is None:
            raise ValueError("a partner takes part in something")
        return end
