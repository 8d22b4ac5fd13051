"""The whole register as a file, made every night and kept where every process finds it: in the database."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Dump(models.Model):
    """One file of a night: what it is called, how large it is, what it is checked by.

    `of_version` is the version of the register it was made from.
    """

    on = models.DateField(_("day"))
    name = models.CharField(_("file"), max_length=80)
    media_type = models.CharField(_("media type"), max_length=80)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    of_version = models.BigIntegerField(_("version of the register"))
    entries = models.PositiveIntegerField(_("entries"))
    size = models.BigIntegerField(_("bytes"))
    digest = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("dump")
        verbose_name_plural = _("dumps")
        ordering = ("-on", "name")
        constraints = (
            models.UniqueConstraint("on", "name", name="one_dump_per_day_and_name"),
            models.CheckConstraint(condition=~Q(digest=""), name="dump_has_a_digest"),
        )

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


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
