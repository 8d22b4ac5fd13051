"""The controlled lists of the desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BatchState(models.TextChoices):
    """Where a file that was handed in stands."""

    READING = "reading", _("Being read")
    READY = "ready", _("Read, waits to be taken in")
    APPLYING = "applying", _("Being taken in")
    APPLIED = "applied", _("Taken in")
    REVERTING = "reverting", _("Being set back")
    REVERTED = "reverted", _("Set back")
    DROPPED = "dropped", _("Dropped")


class Verdict(models.TextChoices):
    """What a row of a file would do."""

    NEW = "new", pgettext_lazy("row", "New")
    CHANGED = "changed", pgettext_lazy("row", "Changed")
    SAME = "same", pgettext_lazy("row", "The same")
    REFUSED = "refused", pgettext_lazy("row", "Refused")
    LEFT_OUT = "left_out", pgettext_lazy("row", "Left out")


class PairOutcome(models.TextChoices):
    """What was decided about two entries that look like one."""

    WAITING = "waiting", _("Nobody has looked")
    MERGED = "merged", _("Merged")
    DIFFERENT = "different", _("Two different things")
