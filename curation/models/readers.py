"""What a reader keeps: a shortlist of entries with notes, and searches to be told of."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import Rhythm
from .keeping import make_key
from .records import Record


class Shortlist(models.Model):
    """The entries a reader keeps.

    Without `user` it belongs to the browser whose session holds its key. Who has `share_key` may read it, but
    not the notes.
    """

    key = models.CharField(max_length=32, unique=True, default=make_key, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="shortlist",
        verbose_name=_("reader"),
    )  # fmt: skip
    share_key = models.CharField(max_length=32, unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("shortlist")
        verbose_name_plural = _("shortlists")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.user or self.pk}"


class Kept(models.Model):
    """An entry on a shortlist, with the reader's note to themselves."""

    shortlist = models.ForeignKey(Shortlist, models.CASCADE, related_name="kept", verbose_name=_("shortlist"))
    record = models.ForeignKey(Record, models.PROTECT, related_name="+", verbose_name=_("record"))
    note = models.TextField(_("note to yourself"), blank=True)
    kept_at = models.DateTimeField(_("kept"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("kept entry")
        verbose_name_plural = _("kept entries")
        ordering = ("kept_at", "pk")
        constraints = (models.UniqueConstraint("shortlist", "record", name="kept_once"),)

    def __str__(self) -> str:
        return str(self.record)

    @property
    def entry(self) -> str:
        """Its name, for as long as everybody may read it."""
        return self.record.name if self.record.is_public else ""


class SavedSearch(models.Model):
    """A search somebody is told of: the list's address, a name, how often.

    `path` is the page without its language (`/labs/`), `query` what follows the question mark, as the page
    understands it. `known` are the ids of what it found when it was saved or has been told since; none of
    them is told again. It is null while the search finds more than is worth telling one by one. Without
    `rhythm` it is kept and never told of.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", verbose_name=_("reader")
    )
    name = models.CharField(_("name"), max_length=120)
    path = models.CharField(_("page"), max_length=40)
    query = models.TextField(_("search"), blank=True)
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm.choices, blank=True)
    known = ArrayField(models.IntegerField(), editable=False, default=list, null=True)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    looked_at = models.DateTimeField(_("last looked for something new"), default=timezone.now, editable=False)
    told_at = models.DateTimeField(_("last told"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint("user", "path", "query", name="saved_once"),)
        indexes = (models.Index("rhythm", "looked_at", name="search_due", condition=~Q(rhythm="")),)

    def __str__(self) -> str:
        return self.name
