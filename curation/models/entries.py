"""What every kind of entry says, and what a record is about and where."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from places.danish import sort_key
from places.models import Place

from ..addresses import address
from ..choices import Kind
from ..register_version import RaisesVersion, published
from .history import tracked
from .records import Record
from .themes import Theme


@tracked
class EntryTheme(models.Model):
    """A record is about a theme; one to five of them, the first is the main one."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="entry_themes")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="entry_themes", verbose_name=_("theme"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("theme of an entry")
        verbose_name_plural = _("themes of entries")
        ordering = ("order", "pk")
        triggers = (RaisesVersion(when=published("record_id")),)
        constraints = (
            models.UniqueConstraint("record", "theme", name="about_a_theme_once"),
            models.UniqueConstraint("record", "order", name="one_theme_per_rank"),
            models.CheckConstraint(condition=Q(order__range=(0, 4)), name="at_most_five_themes"),
        )

    def __str__(self) -> str:
        return str(self.theme)


@tracked
class EntryPlace(models.Model):
    """A record belongs to a place; the first is the one its page names."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="entry_places")
    place = models.ForeignKey(Place, models.PROTECT, related_name="entry_places", verbose_name=_("place"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("place of an entry")
        verbose_name_plural = _("places of entries")
        ordering = ("order", "pk")
        triggers = (RaisesVersion(when=published("record_id")),)
        constraints = (models.UniqueConstraint("record", "place", name="in_a_place_once"),)

    def __str__(self) -> str:
        return str(self.place)


class Entry(models.Model):
    """What is said of something: the part a form touches, kept under history.

    `latitude` and `longitude` are degrees, WGS84; `point_basis` says what the point rests on.
    """

    record = models.OneToOneField(
        Record, models.PROTECT, primary_key=True, related_name="%(class)s", verbose_name=_("record")
    )
    name_da = models.CharField(_("Danish name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    summary_da = models.TextField(_("Danish summary"), blank=True)
    summary_en = models.TextField(_("English summary"), blank=True)
    description_da = models.TextField(_("Danish description"), blank=True)
    description_en = models.TextField(_("English description"), blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    point_basis = models.CharField(_("what the point rests on"), max_length=200, blank=True)
    ended = models.BooleanField(_("has ended"), default=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_reason = models.TextField(_("why it ended"), blank=True)
    lessons = models.TextField(_("lessons"), blank=True)
    heir = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("carried on by")
    )

    kind: ClassVar[Kind]

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="%(class)s_point_whole_or_none",
            ),
            models.CheckConstraint(
                condition=Q(ended=True)
                | Q(ended_on__isnull=True, ended_reason="", lessons="", heir__isnull=True),
                name="%(class)s_end_told_when_ended",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address(f"{self.kind}s:{self.kind}", self.record.slug)

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return (get_language() == "en" and self.name_en) or self.name_da

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it, and so whether another page may name it."""
        return self.record.is_public

    def end(self, *, on: dt.date | None, reason: str, lessons: str = "", heir: Record | None = None) -> None:
        """Say that it has ended; kinds of entry with more to say of their end add to it."""
        self.ended, self.ended_on, self.ended_reason = True, on, reason
        self.lessons, self.heir = lessons, heir

    def resume(self) -> None:
        """Say that it goes on after all; kinds of entry with more to say of their end add to it."""
        self.ended, self.ended_on, self.ended_reason = False, None, ""
        self.lessons, self.heir = "", None

    def card_line(self, places: str) -> str:
        """What a result card says under the phase; kinds of entry add to it."""
        return places

    @property
    def sort_keys(self) -> tuple[str, str]:
        """Where the Danish and the English name are filed."""
        return sort_key(self.name_da), sort_key(self.name_en or self.name_da)
