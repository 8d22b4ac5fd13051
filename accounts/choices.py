"""The languages a person can choose."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """What pages and mails are written in for a person."""

    DANISH = "da", _("Danish")
    ENGLISH = "en", _("English")
