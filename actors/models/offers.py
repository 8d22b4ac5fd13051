"""What an organisation can bring."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from curation.choices import Kind
from curation.models import Record, tracked
from curation.register_version import RaisesVersion, published

from ..choices import OFFER_OVER, OfferKind, OfferStatus
from ..querysets import OfferQuerySet
from .organisations import OwnedEntry


@tracked
class Offer(OwnedEntry):
    """PUSH: research capacity, a method, a panel, a site, money … that practice can make use of.

    The summary says what is offered. `year` is the one its source tells it in.
    """

    type = models.CharField(_("kind of offer"), max_length=24, choices=OfferKind.choices)
    status = models.CharField(_("status"), max_length=12, choices=OfferStatus.choices, blank=True)
    conditions_da = models.TextField(_("conditions in Danish"), blank=True)
    conditions_en = models.TextField(_("conditions in English"), blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    open_until = models.DateField(_("open until"), null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    kind: ClassVar[Kind] = Kind.OFFER

    class Meta(OwnedEntry.Meta):
        abstract = False
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        triggers = (RaisesVersion(when=published("record_id")),)
        constraints = (
            *OwnedEntry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended=True, status__in=OFFER_OVER) | (Q(ended=False) & ~Q(status__in=OFFER_OVER)),
                name="offer_ended_as_its_status_says",
            ),
        )
        indexes = (
            models.Index("open_until", name="offer_running_out", condition=Q(open_until__isnull=False)),
        )

    def end(self, *, on: dt.date | None, reason: str, lessons: str = "", heir: Record | None = None) -> None:
        super().end(on=on, reason=reason, lessons=lessons, heir=heir)
        if self.status not in OFFER_OVER:
            self.status = OfferStatus.CLOSED

    def resume(self) -> None:
        """A last day that has passed is not said any more; it would end it again the next night."""
        super().resume()
        self.status = OfferStatus.OPEN
        if self.open_until and self.open_until < timezone.localdate():
            self.open_until = None

    def card_line(self, places: str) -> str:
        return f"{self.get_type_display()} · {places}"
