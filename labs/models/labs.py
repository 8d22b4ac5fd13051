"""Living labs."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, OwnedEntry
from curation.choices import Kind, Phase
from curation.models import tracked
from curation.register_version import RaisesVersion, published

from ..choices import Disposition, Driver, Form, Method, OpenTo, Setting
from ..querysets import LabQuerySet


@tracked
class Lab(OwnedEntry):
    """A room where research and local need are translated into each other, in daily life.

    Who hosts it and what missions it serves are links. `host_named` and `partners_named` hold organisations
    the source names that have no entry of their own. Each `hallmark_…` is one line of evidence.
    """

    purpose_da = models.TextField(_("purpose in Danish"), blank=True)
    purpose_en = models.TextField(_("purpose in English"), blank=True)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices, blank=True)
    start_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(_("until year"), null=True, blank=True)
    setting = models.CharField(_("setting"), max_length=24, choices=Setting.choices, blank=True)
    driver = models.CharField(_("driven by"), max_length=12, choices=Driver.choices, blank=True)
    form = models.CharField(_("form"), max_length=12, choices=Form.choices, blank=True)
    disposition = models.CharField(_("in the city"), max_length=16, choices=Disposition.choices, blank=True)
    host_named = models.CharField(_("host without an entry"), max_length=200, blank=True)
    partners_named = ArrayField(
        models.CharField(max_length=200),
        verbose_name=_("partners without an entry"),
        default=list,
        blank=True,
    )
    backbone = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="backbone_of_labs",
        verbose_name=_("holds the backbone function"),
    )  # fmt: skip
    methods = ArrayField(
        models.CharField(max_length=24, choices=Method.choices), verbose_name=_("methods"), default=list,
        blank=True,
    )  # fmt: skip
    target_groups = models.TextField(_("target groups"), blank=True)
    open_to = ArrayField(
        models.CharField(max_length=12, choices=OpenTo.choices), verbose_name=_("open to now"), default=list,
        blank=True,
    )  # fmt: skip
    hallmark_daily = models.TextField(_("in daily operation, shown by"), blank=True)
    hallmark_together = models.TextField(_("together, shown by"), blank=True)
    hallmark_whole = models.TextField(_("the whole way, shown by"), blank=True)
    hallmark_learning = models.TextField(_("learning that changes, shown by"), blank=True)

    objects = LabQuerySet.as_manager()

    kind: ClassVar[Kind] = Kind.LAB

    class Meta(OwnedEntry.Meta):
        abstract = False
        verbose_name = _("living lab")
        verbose_name_plural = _("living labs")
        triggers = (RaisesVersion(when=published("record_id")),)
        constraints = (
            *OwnedEntry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(start_year__isnull=True)
                | Q(end_year__isnull=True)
                | Q(start_year__lte=F("end_year")),
                name="lab_forwards",
            ),
            models.CheckConstraint(
                condition=Q(end_year__isnull=True) | Q(ended=True), name="lab_end_year_when_ended"
            ),
        )

    @property
    def years(self) -> str:
        """From when until when, as far as it is known."""
        if self.start_year and self.end_year:
            return f"{self.start_year}–{self.end_year}"
        if self.start_year:
            return gettext("from %(year)s") % {"year": self.start_year}
        return gettext("until %(year)s") % {"year": self.end_year} if self.end_year else ""

    @property
    def methods_shown(self) -> list[str]:
        """How it works, in words."""
        return [str(Method(method).label) for method in self.methods]

    @property
    def open_to_shown(self) -> list[str]:
        """What it is open to now, in words."""
        return [str(OpenTo(openness).label) for openness in self.open_to]

    def resume(self) -> None:
        super().resume()
        self.end_year = None

    def card_line(self, places: str) -> str:
        return f"{places} · {self.years}" if self.years else places
