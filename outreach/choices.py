"""The controlled lists of writing to those behind an entry."""

from django.db import models
from django.utils.translation import gettext_lazy, pgettext_lazy


class Asked(models.TextChoices):
    """What is asked of those who are written to."""

    KNOWLEDGE = "knowledge", gettext_lazy("Knowledge and experience")
    DATA = "data", gettext_lazy("Access to data")
    SITE = "site", gettext_lazy("A place to try something out")
    CITIZENS = "citizens", gettext_lazy("Citizens’ time")
    STAFF = "staff", gettext_lazy("Staff’s time")
    APPLICANT = "applicant", gettext_lazy("To apply for funding together")
    OTHER = "other", gettext_lazy("Something else")


class Funding(models.TextChoices):
    """Whether there is money for it."""

    FUNDED = "funded", pgettext_lazy("funding", "The money is there")
    APPLIED = "applied", pgettext_lazy("funding", "It is applied for, or about to be")
    NONE = "none", pgettext_lazy("funding", "There is none yet")
    NOT_NEEDED = "not_needed", pgettext_lazy("funding", "None is needed")
