"""What entries are about."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..register_version import RaisesVersion


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
