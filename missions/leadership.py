"""The five things political leadership creates for a mission, each with what shows it or without."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .models import Mission


@dataclass(frozen=True)
class Leadership:
    """One of the five things; an empty text means that nobody has said what shows it."""

    title: str
    shown_by: str


def leadership(mission: "Mission") -> list[Leadership]:
    """In the order pages show them."""
    return [
        Leadership(_("A clear ambition"), mission.shows_ambition),
        Leadership(_("A coalition"), mission.shows_coalition),
        Leadership(_("Institutional frames"), mission.shows_frames),
        Leadership(_("Investment in absorptive capacity"), mission.shows_investment),
        Leadership(_("A long-term perspective"), mission.shows_perspective),
    ]
