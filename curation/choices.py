"""The controlled lists of the register itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The kinds of entry; each has a table of its own in the app that knows it."""

    LAB = "lab", _("Living lab")
    ACTOR = "actor", _("Actor")
    MISSION = "mission", _("Mission")


class State(models.TextChoices):
    """Where an entry stands in its life in the register. Having ended is a fact, not a state."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned with a reason")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged into another")


class Phase(models.TextChoices):
    """How far a lab or a mission is; unknown is the empty value and is said to be.

    After setup – sustainability – scalability of the living-lab harmonization cube.
    """

    IDEA = "idea", _("Idea")
    FORMING = "forming", _("Coalition forming")
    SETUP = "setup", _("Set-up")
    RUNNING = "running", _("In operation")
    EMBEDDED = "embedded", _("Embedded in daily work")
    SCALING = "scaling", _("Spreading to other places")
    DORMANT = "dormant", _("Paused")


class PhaseFound(models.TextChoices):
    """What lists file an entry under besides its phase."""

    ENDED = "ended", _("Ended")
    UNKNOWN = "unknown", _("Phase not known")


class Side(models.TextChoices):
    """PUSH brings knowledge, PULL brings a need; both counts once on each side."""

    PULL = "pull", _("PULL")
    PUSH = "push", _("PUSH")
    BOTH = "both", _("PULL and PUSH")


class Freshness(models.TextChoices):
    """How far a reader can trust that an entry still holds."""

    CONFIRMED = "confirmed", _("Confirmed")
    DUE = "due", _("Confirmation due")
    UNCONFIRMED = "unconfirmed", _("Not confirmed for over a year")
    UNCLAIMED = "unclaimed", _("Made by others, not claimed")
