"""The controlled lists of the register itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """The kinds of entry; each has a table of its own in the app that knows it."""

    LAB = "lab", _("Living lab")
    ACTOR = "actor", _("Actor")
    MISSION = "mission", _("Mission")
    NEED = "need", _("Need")
    OFFER = "offer", _("Offer")
    TRIAL = "trial", pgettext_lazy("kind", "Trial")
    SOLUTION = "solution", _("Solution")


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


class Verb(models.TextChoices):
    """What happened to an entry in the register, told in its log."""

    SUBMITTED = "submitted", _("Sent in")
    TAKEN_BACK = "taken_back", _("Taken back by the author")
    RETURNED = "returned", _("Returned with a reason")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EDITED = "edited", _("Edited")
    REVERTED = "reverted", _("Set back to an earlier version")
    REVIEWED = "reviewed", _("Changes seen by a curator")
    ENDED = "ended", _("Told to have ended")
    EXPIRED = "expired", _("Run out")
    RESUMED = "resumed", _("Taken up again")
    CONFIRMED = "confirmed", _("Confirmed to be right")
    CLAIMED = "claimed", _("Claimed")
    ASKED = "asked", _("Asked whether it is right")
    STEWARD_GIVEN = "steward_given", _("Given a steward")
    SUGGESTION_TAKEN = "suggestion_taken", _("A suggested edit taken")
    SUGGESTION_DECLINED = "suggestion_declined", _("A suggested edit declined")
    IMPORTED = "imported", _("Read from a file")
    IMPORT_REVERTED = "import_reverted", _("What was read from a file set back")
    MERGED = "merged", _("Merged into another")
    TOOK_IN = "took_in", _("Another merged into it")
    MERGE_UNDONE = "merge_undone", _("A merge undone")


class Fact(models.TextChoices):
    """The kinds of fact that are asked after, each at its own interval (`freshness.INTERVALS`)."""

    DETAILS = "details", _("What the page says")
    CONTACT = "contact", _("Where to write")


class Answer(models.TextChoices):
    """The three answers to whether a fact still holds."""

    STILL = "still", _("Still right")
    CHANGED = "changed", _("Something has changed")
    ENDED = "ended", _("It has ended")


class Outcome(models.TextChoices):
    """What became of a suggested edit."""

    WAITING = "waiting", _("Waiting for an answer")
    TAKEN = "taken", _("Taken")
    PARTLY = "partly", _("Partly taken")
    DECLINED = "declined", _("Declined")


class Level(models.IntegerChoices):
    """How much an entry says of what readers need; each level holds what the one before asks for.

    After the levels of 360Giving's data quality: what must be there, what is useful, what is exemplary.
    """

    LACKING = 0, _("Something required is missing")
    REQUIRED = 1, _("What is required")
    GOOD = 2, _("Good")
    EXCELLENT = 3, _("Excellent")


class Occasion(models.TextChoices):
    """When a curator uses a text from the shelf."""

    PUBLISH = "publish", _("Publishing")
    RETURN = "return", _("Returning")
    WITHDRAW = "withdraw", _("Withdrawing")
    DECLINE = "decline", _("Declining a suggestion or a claim")


class Rhythm(models.TextChoices):
    """How often somebody is told what is new in a search they keep."""

    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
