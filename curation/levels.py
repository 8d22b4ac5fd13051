"""How much an entry says of what readers need: checks, the level they add up to, what the next one asks.

After the levels of 360Giving's data quality: what must be there, what is useful, what is exemplary. A level
is reached where everything it asks for is there, and everything the levels below ask for. Nothing here reads
the database; what each kind asks besides stands in its own index.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .choices import Level


@dataclass(frozen=True)
class Check:
    """Something an entry can have: at which level it is asked for, and the field of the forms that says it.

    `field` is empty where no form asks for it, as with what somebody else has to do.
    """

    slug: str
    level: Level
    label: Any
    field: str = ""


type Met = Mapping[Check, bool]


# What every kind asks. The name is there by itself: no entry is made without one.
NAME = Check("name", Level.REQUIRED, _("A name in Danish"), "name_da")
SUMMARY = Check("summary", Level.REQUIRED, _("What it is in short, in Danish"), "summary_da")
PLACE = Check("place", Level.REQUIRED, _("A place"), "places")
ANSWERED_FOR = Check(
    "source", Level.REQUIRED, _("A source, or an organisation that answers for it"), "source"
)
THEME = Check("theme", Level.REQUIRED, _("A theme"), "themes")  # organisations take those of what they do

ENGLISH = Check("english", Level.GOOD, _("What it is in short, in English"), "summary_en")
CONTACT = Check("contact", Level.GOOD, _("Where to write about it"), "contact_email")
CLAIMED = Check("claimed", Level.GOOD, _("Somebody who looks after it"))
POINT = Check("point", Level.GOOD, _("A point on the map"), "places")

CONFIRMED = Check("confirmed", Level.EXCELLENT, _("Confirmed to be right within a year"))


@dataclass(frozen=True)
class Quality:
    """Where an entry stands, and what is missing for the next level."""

    level: Level
    missing: Sequence[Check]

    @property
    def next(self) -> Level | None:
        """The level that what is missing leads to; none above the highest."""
        return Level(self.level + 1) if self.level < Level.EXCELLENT else None

    @property
    def lacks(self) -> Sequence[Check]:
        """What the next level asks for and is not there."""
        return [check for check in self.missing if check.level == self.next]


def quality(met: Met) -> Quality:
    """The highest level of which nothing is missing, nor of those below it."""
    missing = sorted((check for check, there in met.items() if not there), key=lambda check: check.level)
    lowest = missing[0].level if missing else Level.EXCELLENT + 1
    return Quality(Level(lowest - 1), missing)
