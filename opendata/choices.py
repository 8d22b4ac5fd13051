"""The controlled lists of the register for machines."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.TextChoices):
    """What a webhook tells of an entry."""

    PUBLISHED = "published", _("An entry is public now")
    CHANGED = "changed", _("An entry says something else")
    ENDED = "ended", _("Something has ended")
    LEFT = "left", _("An entry is no longer in the list")
    WITHDRAWN = "withdrawn", _("An entry is not public any more")
    MERGED = "merged", _("An entry was merged into another")
