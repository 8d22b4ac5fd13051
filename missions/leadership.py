"""The five things political leadership creates for missions, each with what shows it or without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from .models import Mission


@dataclass(frozen=True)
class Thing:
    """One of the five: the column that holds what shows it, its name, and the question it answers."""

    column: str
    title: Any
    asks: Any


THINGS = (
    Thing(
        "shows_ambition",
        gettext_lazy("A clear ambition"),
        gettext_lazy("Is it said what has to succeed, and by when?"),
    ),
    Thing(
        "shows_coalition",
        gettext_lazy("A coalition"),
        gettext_lazy("Who has bound themselves to carry it together?"),
    ),
    Thing(
        "shows_frames",
        gettext_lazy("Institutional frames"),
        gettext_lazy("Which decisions, agreements and rules make room for it?"),
    ),
    Thing(
        "shows_investment",
        gettext_lazy("Investment in absorptive capacity"),
        gettext_lazy("What is set aside so that what is new can be taken up in daily operation?"),
    ),
    Thing(
        "shows_perspective",
        gettext_lazy("A long-term perspective"),
        gettext_lazy("What keeps it going beyond a budget year and an election?"),
    ),
)


@dataclass(frozen=True)
class Leadership:
    """One of the five things; an empty text means that nobody has said what shows it."""

    title: str
    asks: str
    shown_by: str


@dataclass(frozen=True)
class Shown:
    """A mission that shows one of the five things, and by what."""

    mission: "Mission"
    text: str


@dataclass(frozen=True)
class Question:
    """One of the five questions to the leaders of a place, with the missions that answer it."""

    title: str
    asks: str
    shown: Sequence[Shown]


def leadership(mission: "Mission") -> list[Leadership]:
    """In the order pages show them."""
    return [Leadership(str(thing.title), str(thing.asks), getattr(mission, thing.column)) for thing in THINGS]


def leadership_of(missions: Iterable["Mission"]) -> list[Question]:
    """The five questions answered by many missions, in the order of the missions; no answer is an answer."""
    every = list(missions)
    return [
        Question(
            str(thing.title),
            str(thing.asks),
            [Shown(mission, text) for mission in every if (text := getattr(mission, thing.column).strip())],
        )
        for thing in THINGS
    ]
