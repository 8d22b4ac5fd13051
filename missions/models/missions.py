"""Shared directions, and the coalitions that carry them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, OwnedEntry, Party
from curation.choices import Kind, Phase
from curation.models import tracked
from curation.register_version import RaisesVersion, published

from ..choices import DecidedBy, Level
from ..querysets import CoalitionMemberQuerySet, MissionQuerySet


@tracked
class Mission(OwnedEntry):
    """An ambition a coalition of the willing carries, anchored in political leadership.

    The five `shows_…` texts say by what one can see each of the five things that leadership creates.
    """

    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    scope = models.CharField(_("where, in the source's words"), max_length=200, blank=True)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices, blank=True)
    goal_da = models.TextField(_("measurable goal in Danish"), blank=True)
    goal_en = models.TextField(_("measurable goal in English"), blank=True)
    start_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("target year"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=20, choices=DecidedBy.choices, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision_url = models.URLField(_("where to read the decision"), max_length=500, blank=True)
    backbone = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="backbone_of_missions",
        verbose_name=_("holds the backbone function"),
    )  # fmt: skip
    shows_ambition = models.TextField(_("a clear ambition, shown by"), blank=True)
    shows_coalition = models.TextField(_("a coalition, shown by"), blank=True)
    shows_frames = models.TextField(_("institutional frames, shown by"), blank=True)
    shows_investment = models.TextField(_("investment in absorptive capacity, shown by"), blank=True)
    shows_perspective = models.TextField(_("a long-term perspective, shown by"), blank=True)

    objects = MissionQuerySet.as_manager()

    kind: ClassVar[Kind] = Kind.MISSION

    class Meta(OwnedEntry.Meta):
        abstract = False
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        triggers = (RaisesVersion(when=published("record_id")),)
        constraints = (
            *OwnedEntry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(start_year__isnull=True)
                | Q(target_year__isnull=True)
                | Q(start_year__lte=F("target_year")),
                name="mission_forwards",
            ),
        )

    def card_line(self, places: str) -> str:
        line = f"{self.get_level_display()} · {places}"
        if not self.target_year:
            return line
        return f"{line} · " + gettext("goal %(year)s") % {"year": self.target_year}


@tracked
class CoalitionMember(Party):
    """An actor in a mission's coalition."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="members", verbose_name=_("mission"))
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="coalitions", verbose_name=_("actor"))

    objects = CoalitionMemberQuerySet.as_manager()

    class Meta(Party.Meta):
        abstract = False
        verbose_name = _("member of a coalition")
        verbose_name_plural = _("members of coalitions")
        ordering = ("pk",)
        triggers = (RaisesVersion(when=published("mission_id")),)
        constraints = (
            *Party.Meta.constraints,
            models.UniqueConstraint("mission", "actor", "role", "role_said", name="member_once_per_role"),
        )

    def __str__(self) -> str:
        return f"{self.actor} – {self.mission}"
