"""The four hallmarks of a living lab, each with its line of evidence or without."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .models import Lab


@dataclass(frozen=True)
class Hallmark:
    """A hallmark, what it asks, and the line that shows it; an empty line means that nobody has said."""

    title: str
    asks: str
    evidence: str


def hallmarks(lab: "Lab") -> list[Hallmark]:
    """In the order pages show them."""
    return [
        Hallmark(
            _("In daily operation"),
            _("Development and testing happen where people live and work."),
            lab.hallmark_daily,
        ),
        Hallmark(
            _("Together"),
            _("Citizens, staff, leaders, companies and researchers work together."),
            lab.hallmark_together,
        ),
        Hallmark(
            _("The whole way"),
            _("Finding needs, experimenting and putting into operation all count."),
            lab.hallmark_whole,
        ),
        Hallmark(
            _("Learning that changes"),
            _("What is learned changes both the problem and the solution."),
            lab.hallmark_learning,
        ),
    ]
