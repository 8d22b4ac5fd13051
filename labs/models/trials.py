"""What is tried in labs, and what is learned by it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.models import OwnedEntry
from curation.choices import Kind
from curation.models import tracked
from curation.register_version import RaisesVersion, published
from missions.models import Need

from ..choices import Changed, Method, Setting, TrialStage
from ..querysets import TrialQuerySet
from .labs import Lab
from .solutions import Solution


@tracked
class Trial(OwnedEntry):
    """What a lab tries, where and when; the summary says what is tested. One that is over has ended.

    `where` is the ward, the street, the school within its place.
    """

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="trials", verbose_name=_("lab"))
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="trials", verbose_name=_("need it is about")
    )
    solution = models.ForeignKey(
        Solution, models.PROTECT, null=True, blank=True, related_name="trials",
        verbose_name=_("solution it tries"),
    )  # fmt: skip
    stage = models.CharField(_("stage"), max_length=12, choices=TrialStage.choices, blank=True)
    methods = ArrayField(
        models.CharField(max_length=24, choices=Method.choices), verbose_name=_("methods"), default=list,
        blank=True,
    )  # fmt: skip
    setting = models.CharField(_("setting"), max_length=24, choices=Setting.choices, blank=True)
    where = models.CharField(_("where exactly"), max_length=200, blank=True)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("planned until"), null=True, blank=True)
    participants = models.TextField(_("who took part"), blank=True)

    objects = TrialQuerySet.as_manager()

    kind: ClassVar[Kind] = Kind.TRIAL

    class Meta(OwnedEntry.Meta):
        abstract = False
        verbose_name = _("trial")
        verbose_name_plural = _("trials")
        triggers = (RaisesVersion(when=published("record_id")),)
        constraints = (
            *OwnedEntry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(started_on__lte=F("ends_on")),
                name="trial_forwards",
            ),
        )

    @property
    def methods_shown(self) -> list[str]:
        """How it is tried, in words."""
        return [str(Method(method).label) for method in self.methods]

    def card_line(self, places: str) -> str:
        if self.started_on is None:
            return places
        begun = gettext("from %(year)s") % {"year": date_format(self.started_on, "F Y")}
        return f"{places} · {begun}"


@tracked
class Learning(models.Model):
    """An entry of a trial's learning log: what was learned, and what it changed."""

    trial = models.ForeignKey(Trial, models.PROTECT, related_name="learnings", verbose_name=_("trial"))
    on = models.DateField(_("when"))
    learned_da = models.TextField(_("what was learned, in Danish"))
    learned_en = models.TextField(_("what was learned, in English"), blank=True)
    changed = models.CharField(_("what it changed"), max_length=8, choices=Changed.choices)
    how = models.TextField(_("how it changed"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("learning")
        verbose_name_plural = _("learning log")
        ordering = ("on", "pk")
        triggers = (RaisesVersion(when=published("trial_id")),)
        constraints = (models.CheckConstraint(condition=~Q(learned_da=""), name="learned_something"),)

    def __str__(self) -> str:
        return f"{self.on}: {self.learned_da[:60]}"
