"""The register: every entry's record, the themes, and what a record is about and where."""

import secrets
from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from places.danish import sort_key
from places.models import Place

from .choices import Freshness, Kind, State
from .freshness import freshness
from .querysets import RecordQuerySet
from .register_version import RaisesVersion, published

PUBLIC_ID_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u


def tracked[M: models.Model](model: type[M]) -> type[M]:
    """Keep every change of a model in an append-only history written by database triggers."""
    track = pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True
    )
    return track(model)


def make_public_id() -> str:
    """Ten letters nobody can guess from another's."""
    return "".join(secrets.choice(PUBLIC_ID_LETTERS) for _letter in range(10))


class Theme(models.Model):
    """What an entry is about; two levels, in a fixed order."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name_da = models.CharField(_("Danish name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)
    synonyms_da = ArrayField(
        models.CharField(max_length=80), verbose_name=_("Danish synonyms"), default=list, blank=True
    )
    synonyms_en = ArrayField(
        models.CharField(max_length=80), verbose_name=_("English synonyms"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ("order", "pk")
        triggers = (RaisesVersion(),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("curation:theme", args=[self.slug])

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_da


class Record(models.Model):
    """An entry's identity and life in the register, and what lists and search read of it.

    The second half is derived from the entry by `curation.search.index` in the transaction that changes it.
    """

    public_id = models.CharField(max_length=10, unique=True, default=make_public_id, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    slug = models.SlugField(_("slug"), max_length=120)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("merged into")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("made by"),
    )  # fmt: skip
    source = models.TextField(_("source"), blank=True)
    source_read_on = models.DateField(_("source read on"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)

    name_da = models.CharField(max_length=200, editable=False, default="")
    name_en = models.CharField(max_length=200, editable=False, default="")
    sort_da = models.CharField(max_length=160, editable=False, default="")
    sort_en = models.CharField(max_length=160, editable=False, default="")
    type = models.CharField(max_length=24, editable=False, default="")
    setting = models.CharField(max_length=24, editable=False, default="")
    phase = models.CharField(max_length=12, editable=False, default="")
    ended = models.BooleanField(editable=False, default=False)
    sides = ArrayField(models.CharField(max_length=8), editable=False, default=list)
    pull_count = models.PositiveSmallIntegerField(editable=False, default=0)
    push_count = models.PositiveSmallIntegerField(editable=False, default=0)
    both_count = models.PositiveSmallIntegerField(editable=False, default=0)
    link_count = models.PositiveSmallIntegerField(editable=False, default=0)
    place_ids = ArrayField(models.IntegerField(), editable=False, default=list)
    theme_ids = ArrayField(models.IntegerField(), editable=False, default=list)
    x = models.IntegerField(editable=False, null=True)
    y = models.IntegerField(editable=False, null=True)
    quality = models.SmallIntegerField(editable=False, default=0)
    search_da = SearchVectorField(editable=False, null=True)
    search_en = SearchVectorField(editable=False, null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ("sort_da", "pk")
        triggers = (RaisesVersion(when="NEW.state = 'published' OR OLD.state = 'published'"),)
        constraints = (
            models.UniqueConstraint("kind", "slug", name="one_record_per_address"),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
                name="published_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
                name="merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(x__isnull=True, y__isnull=True) | Q(x__isnull=False, y__isnull=False),
                name="record_point_whole_or_none",
            ),
        )
        indexes = (
            GinIndex("search_da", name="record_search_da", fastupdate=False),
            GinIndex("search_en", name="record_search_en", fastupdate=False),
            GinIndex("place_ids", name="record_places", fastupdate=False),
            GinIndex("theme_ids", name="record_themes", fastupdate=False),
            GinIndex("sides", name="record_sides", fastupdate=False),
            models.Index(
                "kind", F("quality").desc(), "id", name="record_best", condition=Q(state="published")
            ),
            models.Index("kind", "sort_da", "id", name="record_name_da", condition=Q(state="published")),
            models.Index("kind", "sort_en", "id", name="record_name_en", condition=Q(state="published")),
            models.Index("kind", "x", "y", "id", name="record_point", condition=Q(state="published")),
            models.Index(
                "kind", F("link_count").desc(), "id", name="record_links", condition=Q(state="published")
            ),
            models.Index(
                "kind", F("published_at").desc(), "id", name="record_newest", condition=Q(state="published")
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(f"{self.kind}s:{self.kind}", args=[self.slug])

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return (get_language() == "en" and self.name_en) or self.name_da

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it, and so whether another page may name it."""
        return self.state == State.PUBLISHED

    @property
    def freshness(self) -> Freshness:
        """How far a reader can trust that it still holds."""
        confirmed = timezone.localdate(self.confirmed_at) if self.confirmed_at else None
        return freshness(claimed=self.claimed_at is not None, confirmed=confirmed, today=timezone.localdate())

    @property
    def pull_total(self) -> int:
        """Links on the PULL side; those on both sides count on each."""
        return self.pull_count + self.both_count

    @property
    def push_total(self) -> int:
        """Links on the PUSH side; those on both sides count on each."""
        return self.push_count + self.both_count


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
        return reverse(f"{self.kind}s:{self.kind}", args=[self.record.slug])

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return (get_language() == "en" and self.name_en) or self.name_da

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it, and so whether another page may name it."""
        return self.record.is_public

    def card_line(self, places: str) -> str:
        """What a result card says under the phase; kinds of entry add to it."""
        return places

    @property
    def sort_keys(self) -> tuple[str, str]:
        """Where the Danish and the English name are filed."""
        return sort_key(self.name_da), sort_key(self.name_en or self.name_da)


class RegisterVersion(models.Model):
    """One row: a number raised once in every transaction that changes anything public."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=1)

    class Meta:
        verbose_name = _("version of the register")
        verbose_name_plural = _("version of the register")
        constraints = (models.CheckConstraint(condition=Q(id=1), name="one_register_version"),)

    def __str__(self) -> str:
        return str(self.number)
