"""Denmark's places, and what belongs to what, and when."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .choices import PlaceKind
from .danish import sort_key
from .querysets import PlaceLinkQuerySet, PlaceQuerySet


class Place(models.Model):
    """A country, region, health council, municipality or locality.

    `latitude` and `longitude` (degrees, WGS84) are a representative point, for a municipality its main town.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind.choices)
    code = models.CharField(_("official code"), max_length=40, blank=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name_da = models.CharField(_("Danish name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    sort_key = models.CharField(_("sort key"), max_length=160, editable=False, default="")
    further_names = ArrayField(
        models.CharField(max_length=120), verbose_name=_("further names"), default=list, blank=True,
        help_text=_("Short forms, and the landscapes and old counties it lies in."),
    )  # fmt: skip
    seat = models.CharField(_("main town"), max_length=120, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(_("year of the population"), null=True, blank=True)
    area_km2 = models.DecimalField(_("area in km²"), max_digits=9, decimal_places=1, null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    outline: "models.JSONField[Any, Any]" = models.JSONField(_("outline"), null=True, blank=True)
    story_da = models.TextField(_("the place's own story in Danish"), blank=True)
    story_en = models.TextField(_("the place's own story in English"), blank=True)
    valid_from = models.DateField(_("exists from"), null=True, blank=True)
    valid_until = models.DateField(_("exists until and including"), null=True, blank=True)
    source = models.TextField(_("source"), blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ("sort_key", "pk")
        constraints = (
            models.UniqueConstraint("code", condition=~Q(code=""), name="one_place_per_code"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="place_point_whole_or_none",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lte=F("valid_until")),
                name="place_exists_forwards",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name_da)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("places:place", args=[self.address])

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return (get_language() == "en" and self.name_en) or self.name_da

    @property
    def address(self) -> str:
        """What pages and filters call the place: its code, or its slug where it has none yet."""
        return self.code or self.slug


class PlaceLink(models.Model):
    """One place belongs to another, from a day until and including a day; open ends are unknown or none."""

    child = models.ForeignKey(Place, models.CASCADE, related_name="parent_links", verbose_name=_("belongs"))
    parent = models.ForeignKey(Place, models.PROTECT, related_name="child_links", verbose_name=_("to"))
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until and including"), null=True, blank=True)

    objects = PlaceLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("belonging")
        verbose_name_plural = _("belongings")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint("child", "parent", name="belongs_once"),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="belongs_to_another"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=F("until")),
                name="belongs_forwards",
            ),
        )

    def __str__(self) -> str:
        return f"{self.child} → {self.parent}"
