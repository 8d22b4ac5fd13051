"""The whole register as a file, made every night and kept where every process finds it: in the database."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Dump(models.Model):
    """The file of one day: how large it is, what it is checked by, how many entries it holds.

    `of_version` is the version of the register it was made from.
    """

    on = models.DateField(_("day"), unique=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    of_version = models.BigIntegerField(_("version of the register"))
    entries = models.PositiveIntegerField(_("entries"))
    size = models.BigIntegerField(_("bytes"))
    digest = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("dump")
        verbose_name_plural = _("dumps")
        ordering = ("-on",)
        constraints = (models.CheckConstraint(condition=~Q(digest=""), name="dump_has_a_digest"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("dumps:dump", args=[self.on])

    @property
    def name(self) -> str:
        """What the file is called."""
        return f"stedkraft-{self.on}.zip"

    @property
    def checksum_path(self) -> str:
        """Where the file is that it is checked by."""
        return reverse("dumps:checksum", args=[self.on])


class DumpPart(models.Model):
    """A piece of a dump's file, so that it is written and read at constant memory."""

    dump = models.ForeignKey(Dump, models.CASCADE, related_name="parts", verbose_name=_("dump"))
    number = models.PositiveIntegerField(_("number"))
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("part of a dump")
        verbose_name_plural = _("parts of dumps")
        ordering = ("dump", "number")
        constraints = (models.UniqueConstraint("dump", "number", name="one_part_per_number"),)

    def __str__(self) -> str:
        return f"{self.dump} {self.number}"
