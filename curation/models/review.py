"""Who looks after the register, what they decide, and the texts they answer with."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from places.models import Place

from ..choices import Occasion, Verb
from ..querysets import AbsenceQuerySet, StewardshipQuerySet
from .records import Record
from .themes import Theme


class RecordEvent(models.Model):
    """One line in the log of an entry's life; never changed. Fields' own history is kept by triggers."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="events", verbose_name=_("record"))
    verb = models.CharField(_("what happened"), max_length=20, choices=Verb.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
    organisation = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("on behalf of")
    )
    reason = models.TextField(_("reason"), blank=True)
    version = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("event of an entry")
        verbose_name_plural = _("events of entries")
        ordering = ("-at", "-pk")
        indexes = (models.Index("record", F("at").desc(), name="event_of_record"),)
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.record} {self.get_verb_display()} {self.at:%Y-%m-%d %H:%M}"


class Stewardship(models.Model):
    """Somebody looks after a place, a theme or one entry, from a day until another.

    Rows are ended, never deleted.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="stewardships", verbose_name=_("steward")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="stewardships", verbose_name=_("place")
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="stewardships", verbose_name=_("theme")
    )
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="stewardships", verbose_name=_("record")
    )
    since = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("given by"),
    )  # fmt: skip
    handed_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="taken_from",
        verbose_name=_("handed over to"),
    )  # fmt: skip

    objects = StewardshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("stewardship")
        verbose_name_plural = _("stewardships")
        ordering = ("since", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(place__isnull=False, theme__isnull=True, record__isnull=True)
                | Q(place__isnull=True, theme__isnull=False, record__isnull=True)
                | Q(place__isnull=True, theme__isnull=True, record__isnull=False),
                name="steward_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="stewardship_forwards"
            ),
            models.UniqueConstraint(
                "user", "place", condition=Q(until__isnull=True, place__isnull=False),
                name="steward_of_a_place_once",
            ),
            models.UniqueConstraint(
                "user", "theme", condition=Q(until__isnull=True, theme__isnull=False),
                name="steward_of_a_theme_once",
            ),
            models.UniqueConstraint(
                "user", "record", condition=Q(until__isnull=True, record__isnull=False),
                name="steward_of_an_entry_once",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user} – {self.scope}"

    @property
    def scope(self) -> Place | Theme | Record:
        """What is looked after."""
        found = self.place or self.theme or self.record
        if found is None:
            raise ValueError("a stewardship is of a place, of a theme or of an entry")
        return found


class Absence(models.Model):
    """A steward is away from a day up to and with another; `cover` looks after the same meanwhile.

    Cut short by setting `until`, or called off before its first day is over; never deleted. Of one person no
    two that are not called off share a day: `curation.absences` sees to it while it holds the person's row.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences", verbose_name=_("who is away")
    )
    cover = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="covering",
        verbose_name=_("who stands in"),
    )  # fmt: skip
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"))
    told_at = models.DateTimeField(_("told"), default=timezone.now, editable=False)
    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True, editable=False)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("since", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_forwards"),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover=F("user")), name="absence_covered_by_another"
            ),
        )
        indexes = (models.Index("until", "since", name="absence_days"),)

    def __str__(self) -> str:
        return f"{self.user} {self.since}–{self.until}"


class WeeklyLetter(models.Model):
    """Whether somebody wants the weekly mail of what waits, and for which Monday it was last seen to.

    Without a row it is wanted and was never sent.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="weekly_letter",
        verbose_name=_("steward"),
    )  # fmt: skip
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    seen_to = models.DateField(_("Monday last seen to"), null=True, blank=True)

    class Meta:
        verbose_name = _("weekly mail")
        verbose_name_plural = _("weekly mails")
        ordering = ("user",)

    def __str__(self) -> str:
        return f"{self.user} {self.seen_to}"


class ReasonText(models.Model):
    """A text curators answer with, edited by them; `text` may be changed before it is sent."""

    occasion = models.CharField(_("for"), max_length=10, choices=Occasion.choices)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title_da = models.CharField(_("Danish title"), max_length=80)
    title_en = models.CharField(_("English title"), max_length=80)
    text_da = models.TextField(_("Danish text"))
    text_en = models.TextField(_("English text"))

    class Meta:
        verbose_name = _("text to answer with")
        verbose_name_plural = _("texts to answer with")
        ordering = ("occasion", "order", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" else self.title_da
