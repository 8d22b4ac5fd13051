"""What came out of labs."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actors.models import OwnedEntry
from curation.choices import Kind
from curation.models import tracked
from curation.register_version import RaisesVersion, published
from missions.models import Need

from ..choices import Contributor, InnovationType, Novelty, Obstacle, Operable, Reuse, SolutionStage
from ..querysets import SolutionQuerySet
from .labs import Lab


@tracked
class Solution(OwnedEntry):
    """Something that answers a need, from the idea of it until it is in use and others take it over.

    `stage` is how far it has been brought, since `stage_since`. Whether its value is documented and whether
    it has spread is not told but follows from its values and adoptions (`labs.gate`). `idea_on` and
    `in_use_since` are months, kept as their first day.
    """

    lab = models.ForeignKey(
        Lab,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="solutions",
        verbose_name=_("lab it came out of"),
    )
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="solutions",
        verbose_name=_("need it answers"),
    )  # fmt: skip
    types = ArrayField(
        models.CharField(max_length=16, choices=InnovationType.choices), verbose_name=_("types"),
        default=list, blank=True,
    )  # fmt: skip
    stage = models.CharField(_("stage"), max_length=8, choices=SolutionStage.choices, blank=True)
    stage_since = models.DateField(_("at that stage since"), null=True, blank=True)
    idea_on = models.DateField(_("idea from"), null=True, blank=True)
    new_here = models.BooleanField(_("new to the workplace"), null=True, blank=True)
    in_use_since = models.DateField(_("in use since"), null=True, blank=True)
    novelty = models.CharField(
        _("radical or incremental"), max_length=12, choices=Novelty.choices, blank=True
    )
    reuse = models.CharField(_("developed or taken over"), max_length=8, choices=Reuse.choices, blank=True)
    inspired_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="inspired",
        verbose_name=_("solution it was inspired by"),
    )  # fmt: skip
    inspired_by_named = models.CharField(_("inspired by, without an entry"), max_length=200, blank=True)
    contributors = ArrayField(
        models.CharField(max_length=16, choices=Contributor.choices), verbose_name=_("who contributed"),
        default=list, blank=True,
    )  # fmt: skip
    funding = models.TextField(_("funding"), blank=True)
    operable = models.CharField(
        _("can daily operation use it"), max_length=8, choices=Operable.choices, blank=True
    )
    run_by = models.CharField(_("who runs it"), max_length=200, blank=True)
    run_needs = models.TextField(_("what it needs in operation"), blank=True)
    replaced = models.TextField(_("what it replaced"), blank=True)
    waiting_for = ArrayField(
        models.CharField(max_length=12, choices=Obstacle.choices), verbose_name=_("what it is waiting for"),
        default=list, blank=True,
    )  # fmt: skip
    waiting_said = models.TextField(_("what it is waiting for, in words"), blank=True)
    effect_da = models.TextField(_("effect for the citizen, in Danish"), blank=True)
    effect_en = models.TextField(_("effect for the citizen, in English"), blank=True)
    promoted = models.TextField(_("what helped"), blank=True)
    inhibited = models.TextField(_("what stood in the way"), blank=True)
    failed = models.TextField(_("what failed"), blank=True)
    conditions_da = models.TextField(_("conditions for success, in Danish"), blank=True)
    conditions_en = models.TextField(_("conditions for success, in English"), blank=True)
    to_adapt = models.TextField(_("what to adapt elsewhere"), blank=True)

    objects = SolutionQuerySet.as_manager()

    kind: ClassVar[Kind] = Kind.SOLUTION

    class Meta(OwnedEntry.Meta):
        abstract = False
        verbose_name = _("solution")
        verbose_name_plural = _("solutions")
        triggers = (RaisesVersion(when=published("record_id")),)
        constraints = (
            *OwnedEntry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(in_use_since__isnull=True) | Q(stage=SolutionStage.IN_USE),
                name="solution_in_use_when_dated",
            ),
            models.CheckConstraint(
                condition=Q(idea_on__isnull=True)
                | Q(in_use_since__isnull=True)
                | Q(idea_on__lte=F("in_use_since")),
                name="solution_forwards",
            ),
            models.CheckConstraint(
                condition=Q(inspired_by__isnull=True) | ~Q(inspired_by=F("pk")),
                name="solution_inspired_by_another",
            ),
        )

    @property
    def days_to_use(self) -> int | None:
        """From the idea until it was in use, as far as both are known."""
        if self.idea_on is None or self.in_use_since is None:
            return None
        return (self.in_use_since - self.idea_on).days

    @property
    def types_shown(self) -> list[str]:
        """What it is, in words."""
        return [str(InnovationType(one).label) for one in self.types]

    def card_line(self, places: str) -> str:
        return f"{', '.join(self.types_shown)} · {places}" if self.types else places
