"""The words search knows: the register's own, those that mean the same, what was searched in vain."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from places.models import Place

from ..choices import Kind
from ..register_version import RaisesVersion
from .themes import Theme


class Word(models.Model):
    """A word of the published entries, the themes or the places; learnt in the background.

    `word` is folded (`places.danish.fold`), `bare` the same without what stands for æ, ø and å. `parts` are
    the folded words a compound is made of; a word that is none has no parts.
    """

    word = models.CharField(_("word"), max_length=60, primary_key=True)
    bare = models.CharField(_("without æ, ø, å"), max_length=60)
    shown = models.CharField(_("as texts write it"), max_length=60)
    entries = models.PositiveIntegerField(_("entries that say it"), default=0)
    parts = ArrayField(models.CharField(max_length=60), verbose_name=_("parts"), default=list, blank=True)

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        ordering = ("word",)
        indexes = (models.Index("bare", name="word_bare"),)

    def __str__(self) -> str:
        return self.shown


class Synonyms(models.Model):
    """Words that mean the same to somebody who searches, in both languages; kept by curators.

    Some may be of several words. `source` says where a group comes from.
    """

    words = ArrayField(models.CharField(max_length=80), verbose_name=_("words that mean the same"))
    source = models.TextField(_("source"), blank=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("changed by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")
        ordering = ("words", "pk")
        triggers = (RaisesVersion(),)
        constraints = (models.CheckConstraint(condition=Q(words__len__gte=2), name="synonyms_at_least_two"),)

    def __str__(self) -> str:
        return " ~ ".join(self.words)


class SearchMiss(models.Model):
    """What a reader chose to tell was looked for and not found; never who told it.

    `kind` is the list it was looked for in, empty for all. It is settled once a curator has dealt with it.
    """

    words = models.CharField(_("words"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, blank=True)
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theme")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    language = models.CharField(_("language"), max_length=2, default="da")
    told_on = models.DateField(_("told on"), default=timezone.localdate)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("settled by"),
    )  # fmt: skip
    settled_with = models.TextField(_("what was done about it"), blank=True)

    class Meta:
        verbose_name = _("search in vain")
        verbose_name_plural = _("searches in vain")
        ordering = ("-told_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="miss_settled_by_and_when",
            ),
        )

    def __str__(self) -> str:
        return self.words
