"""The controlled lists of missions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How wide a mission reaches."""

    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    MUNICIPAL = "municipal", _("Municipal")


class DecidedBy(models.TextChoices):
    """Who decided a mission."""

    COUNCIL = "council", _("Municipal council")
    REGIONAL_COUNCIL = "regional_council", _("Regional council")
    HEALTH_COUNCIL = "health_council", _("Health council")
    PARLIAMENT = "parliament", _("Parliament or government")
    BOARD = "board", _("Board")
