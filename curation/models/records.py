"""An entry's identity and life in the register."""

import secrets

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..addresses import address
from ..choices import Freshness, Kind, Level, State
from ..freshness import freshness
from ..querysets import RecordQuerySet
from ..register_version import RaisesVersion

PUBLIC_ID_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u


def make_public_id() -> str:
    """Ten letters nobody can guess from another's."""
    return "".join(secrets.choice(PUBLIC_ID_LETTERS) for _letter in range(10))


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
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="records_made",
        db_index=False, verbose_name=_("made by"),
    )  # fmt: skip
    source = models.TextField(_("source"), blank=True)
    source_read_on = models.DateField(_("source read on"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("last confirmed"), null=True, blank=True)
    contact_email = models.EmailField(
        _("where to write about it"), blank=True,
        help_text=_("A shared mailbox rather than a person's own. It is never shown."),
    )  # fmt: skip
    contact_confirmed_at = models.DateTimeField(_("contact last confirmed"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("sent in"), null=True, blank=True, editable=False)
    answer_by = models.DateField(_("answer promised by"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("last decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("decided by"),
    )  # fmt: skip
    decision = models.TextField(_("what the author was told"), blank=True, editable=False)
    reviewed_version = models.PositiveIntegerField(_("version last reviewed"), default=1, editable=False)

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
    level = models.SmallIntegerField(choices=Level.choices, editable=False, default=Level.LACKING)
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
                condition=~Q(state=State.SUBMITTED) | Q(submitted_at__isnull=False, answer_by__isnull=False),
                name="submitted_has_a_promise",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RETURNED) | ~Q(decision=""), name="returned_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(x__isnull=True, y__isnull=True) | Q(x__isnull=False, y__isnull=False),
                name="record_point_whole_or_none",
            ),
        )
        indexes = (
            models.Index("answer_by", "submitted_at", name="record_waiting", condition=Q(state="submitted")),
            models.Index(
                "updated_at",
                name="record_unreviewed",
                condition=Q(state="published", version__gt=F("reviewed_version")),
            ),
            models.Index("created_by", name="record_author", condition=Q(created_by__isnull=False)),
            GinIndex("search_da", name="record_search_da", fastupdate=False),
            GinIndex("search_en", name="record_search_en", fastupdate=False),
            GinIndex("place_ids", name="record_places", fastupdate=False),
            GinIndex("theme_ids", name="record_themes", fastupdate=False),
            GinIndex("sides", name="record_sides", fastupdate=False),
            # With all that lists count, so that they read this slim copy instead of the rows. All places and
            # themes there are would take a kilobyte of the 2.7 an index allows.
            models.Index(
                fields=("kind", "-quality", "id"),
                name="record_best",
                condition=Q(state="published"),
                include=("theme_ids", "place_ids", "sides", "phase", "setting", "type", "x", "y"),
            ),
            models.Index("kind", "sort_da", "id", name="record_name_da", condition=Q(state="published")),
            models.Index("kind", "sort_en", "id", name="record_name_en", condition=Q(state="published")),
            models.Index("kind", "x", "y", "id", name="record_point", condition=Q(state="published")),
            # What is nearest: counted in map units, so that neighbours are asked for without a sum over all.
            GistIndex(
                models.Func("x", "y", function="point"),
                name="record_near",
                condition=Q(state="published", ended=False, x__isnull=False),
            ),
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
        return address(f"{self.kind}s:{self.kind}", self.slug)

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
        claimed = timezone.localdate(self.claimed_at) if self.claimed_at else None
        return freshness(claimed=claimed, confirmed=confirmed, today=timezone.localdate(), kind=self.kind)

    @property
    def pull_total(self) -> int:
        """Links on the PULL side; those on both sides count on each."""
        return self.pull_count + self.both_count

    @property
    def push_total(self) -> int:
        """Links on the PUSH side; those on both sides count on each."""
        return self.push_count + self.both_count


class RegisterVersion(models.Model):
    """One row: a number raised once in every transaction that changes anything public."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=1)
    # By which definition of the derived columns all records were last written (`curation.reindexing`).
    derived_as = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = _("version of the register")
        verbose_name_plural = _("version of the register")
        constraints = (models.CheckConstraint(condition=Q(id=1), name="one_register_version"),)

    def __str__(self) -> str:
        return str(self.number)
