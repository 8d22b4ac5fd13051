"""The kinds of place."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    """From the country down to a village."""

    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    HEALTH_COUNCIL = "health_council", _("Health council")
    MUNICIPALITY = "municipality", _("Municipality")
    LOCALITY = "locality", _("Locality")
