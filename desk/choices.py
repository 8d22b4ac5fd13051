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
    REVERTED = "reverted", pgettext_lazy("file", "Set back")
    DROPPED = "dropped", _("Dropped")


class Verdict(models.TextChoices):
    """What a row of a file would do."""

    WAITING = "waiting", pgettext_lazy("row", "Not read yet")
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


class BulkDeed(models.TextChoices):
    """What can be done to many entries at once."""

    THEME_ADDED = "theme_added", _("Add a theme")
    THEME_TAKEN = "theme_taken", _("Take a theme away")
    THEME_MAIN = "theme_main", _("Make a theme the main one")
    OWNER = "owner", _("Give to an organisation")
    STEWARD = "steward", _("Give a steward")
    ASKED = "asked", _("Ask whether it still holds")
    WITHDRAWN = "withdrawn", _("Withdraw")
    SET_BACK = "set_back", _("Undo")


class BulkState(models.TextChoices):
    """Where work on many entries stands."""

    LOOKED_AT = "looked_at", _("To be looked at")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class BulkOutcome(models.TextChoices):
    """What comes of an entry in such work."""

    WILL = "will", _("Will be done")
    SAME = "same", _("Is so already")
    CANNOT = "cannot", _("Cannot be done")
    DONE = "done", _("Done")
    OVERTAKEN = "overtaken", _("Changed by somebody meanwhile")


class Hindrance(models.TextChoices):
    """Why something cannot be done to an entry."""

    FULL = "full", _("It has five themes")
    LAST = "last", _("It is its only theme")
    OWNERLESS = "ownerless", _("An organisation has no owner")
    ENDED = "ended", _("It has ended")
    NOBODY = "nobody", _("There is nobody to ask")
    NOT_NOW = "not_now", _("It was asked after within the last week")
    NOT_PUBLIC = "not_public", _("It is not public any more")
    NOT_YOURS = "not_yours", _("Who began this does not look after it any more")
    NO_TAKER = "no_taker", _("Who was to have it is not in the register any more")
    CHANGED = "changed", _("Somebody has changed it since")
    FAILED = "failed", _("It did not succeed; the error is in the log")
