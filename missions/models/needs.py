"""What a place needs, and the offers that answer it."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.models import Offer, OwnedEntry
from curation.choices import Kind
from curation.models import Record, tracked
from curation.register_version import RaisesVersion, published

from ..choices import NEED_OVER, NeedKind, NeedStatus
from ..querysets import NeedQuerySet, ResponseQuerySet
from .missions import Mission


@tracked
class Need(OwnedEntry):
    """PULL: something that has to succeed in practice, in a place, and what is asked of a partner.

    The summary says whose problem it is. The last five texts are the collaboration card. `year` is the one
    its source tells it in.
    """

    type = models.CharField(_("kind of need"), max_length=24, choices=NeedKind.choices)
    status = models.CharField(_("status"), max_length=12, choices=NeedStatus.choices, blank=True)
    mission = models.ForeignKey(
        Mission, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("mission")
    )
    tried_da = models.TextField(_("what has been tried, in Danish"), blank=True)
    tried_en = models.TextField(_("what has been tried, in English"), blank=True)
    success_da = models.TextField(_("what would be success, in Danish"), blank=True)
    success_en = models.TextField(_("what would be success, in English"), blank=True)
    asks_for_da = models.TextField(_("what it asks for, in Danish"), blank=True)
    asks_for_en = models.TextField(_("what it asks for, in English"), blank=True)
    may_touch = models.TextField(_("what a partner may touch"), blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    window = models.CharField(_("when it can take place"), max_length=200, blank=True)
    signed_by = models.CharField(_("who signs"), max_length=200, blank=True)
    cooperation = models.TextField(_("form of cooperation"), blank=True)
    hours = models.TextField(_("hours asked of daily operation"), blank=True)
    data_ethics = models.TextField(_("data and ethics"), blank=True)
    gives_back = models.TextField(_("what comes back"), blank=True)
    results_owner = models.TextField(_("who owns the results"), blank=True)

    objects = NeedQuerySet.as_manager()

    kind: ClassVar[Kind] = Kind.NEED

    class Meta(OwnedEntry.Meta):
        abstract = False
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        triggers = (RaisesVersion(when=published("record_id")),)
        constraints = (
            *OwnedEntry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended=True, status__in=NEED_OVER) | (Q(ended=False) & ~Q(status__in=NEED_OVER)),
                name="need_ended_as_its_status_says",
            ),
        )
        indexes = (models.Index("deadline", name="need_running_out", condition=Q(deadline__isnull=False)),)

    def end(self, *, on: dt.date | None, reason: str, lessons: str = "", heir: Record | None = None) -> None:
        super().end(on=on, reason=reason, lessons=lessons, heir=heir)
        if self.status not in NEED_OVER:
            self.status = NeedStatus.WITHDRAWN

    def resume(self) -> None:
        """A last day that has passed is not said any more; it would end it again the next night."""
        super().resume()
        self.status = NeedStatus.OPEN
        if self.deadline and self.deadline < timezone.localdate():
            self.deadline = None

    def card_line(self, places: str) -> str:
        line = f"{self.get_type_display()} · {places}"
        if self.ended or not self.deadline:
            return line
        day = date_format(self.deadline, "DATE_FORMAT")
        return f"{line} · " + gettext("answer by %(day)s") % {"day": day}


@tracked
class Response(models.Model):
    """An offer made in answer to a need; who has the need confirms it. It is over when it has `ended_on`."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="responses", verbose_name=_("need"))
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="responses", verbose_name=_("offer"))
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    asked_at = models.DateTimeField(_("asked to confirm"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a need")
        verbose_name_plural = _("answers to needs")
        ordering = ("pk",)
        triggers = (RaisesVersion(when=published("need_id", "offer_id")),)
        constraints = (models.UniqueConstraint("need", "offer", name="answered_once_by_an_offer"),)

    def __str__(self) -> str:
        return f"{self.offer} – {self.need}"

    @property
    def confirmed(self) -> bool:
        """Whether who answers for the need has said yes."""
        return self.confirmed_at is not None
