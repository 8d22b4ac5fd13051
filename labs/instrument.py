"""PULL-spejlet: seven dimensions, 21 statements, answered 0 to 4, in our own wording.

Inspired by ENoLL/VITALISE (Vervoort et al. 2022), OECD's Innovative Capacity Framework, Zahra & George 2002
and Innovationsbarometeret. It is not a certification, and it is not validated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .choices import Half

HIGH = 3  # from here on an answer asks for a line of evidence


class Score(models.IntegerChoices):
    """The five answers."""

    NOT_AT_ALL = 0, _("Not at all")
    BEGINNING = 1, _("Beginning")
    PARTLY = 2, _("Partly")
    MOSTLY = 3, _("Mostly")
    FULLY = 4, _("Fully in daily practice")


class Level(models.TextChoices):
    """What the mean of a dimension is called; `FROM` says from where on."""

    EMERGING = "emerging", _("Emerging")
    STARTED = "started", pgettext_lazy("level", "Started")
    ESTABLISHED = "established", _("Established")
    MATURE = "mature", _("Mature")
    CARRYING = "carrying", _("Carrying the place")


FROM: Mapping[str, float] = {
    Level.EMERGING: 0.0,
    Level.STARTED: 1.0,
    Level.ESTABLISHED: 2.0,
    Level.MATURE: 3.0,
    Level.CARRYING: 3.6,
}


@dataclass(frozen=True)
class Statement:
    """What is answered from 0 to 4; `half` says whether it is about the lab or its host."""

    number: int
    text: Any
    half: Half


@dataclass(frozen=True)
class Dimension:
    """Three statements, and the next step for whoever is weakest here."""

    slug: str
    title: Any
    statements: Sequence[Statement]
    next_step: Any


@dataclass(frozen=True)
class Capacity:
    """One of the six PULL capacities, and the statements that ask about it."""

    slug: str
    title: Any
    statements: Sequence[int]


def _dimension(slug: str, title: Any, half: Half, first: int, texts: Sequence[Any], step: Any) -> Dimension:
    return Dimension(
        slug, title, [Statement(first + at, text, half) for at, text in enumerate(texts)], step
    )  # fmt: skip


DIMENSIONS: Sequence[Dimension] = (
    _dimension(
        "mission", _("Mission"), Half.LAB, 1,
        (
            _("We can state our theme in one sentence and say when it is solved"),
            _("The theme comes from a need users or staff have documented"),
            _("We say no to good projects outside the theme"),
        ),
        _("Write the theme in one sentence and how one sees that it is solved, and let the partners sign."),
    ),
    _dimension(
        "coalition", _("Coalition"), Half.LAB, 4,
        (
            _("Leaders in operations, users and at least one knowledge institution have committed time"),
            _("Partners agree in writing on roles, data and rights"),
            _("The work would survive if the key person left"),
        ),
        _("Agree in writing who does what, who owns data and results, and who stands in for the key person."),
    ),
    _dimension(
        "daily", _("Daily operation"), Half.LAB, 7,
        (
            _("Trials run in ordinary service, not beside it"),
            _("Staff have time and mandate to take part"),
            _("There is a named way in for anyone with an idea or a study"),
        ),
        _("Name one way in, and put the hours staff spend on trials into the duty roster."),
    ),
    _dimension(
        "users", _("Users and reality"), Half.LAB, 10,
        (
            _("Users help define the problem, not only test the solution"),
            _("We change course because of what we learn"),
            _("Consent, ethics and data protection are handled before we start"),
        ),
        _("Begin the next trial by asking users what the problem is, and write down what that changed."),
    ),
    _dimension(
        "take_in", _("Absorption: take in"), Half.HOST, 13,
        (
            _("We actively seek research and others' solutions before we develop"),
            _("New external knowledge is discussed across departments"),
            _("Someone can translate between research and practice"),
        ),
        _("Ask two places and one researcher what they know before the next development begins."),
    ),
    _dimension(
        "put_to_use", _("Absorption: put to use"), Half.HOST, 16,
        (
            _("We adapt what we find to our own work instead of copying blindly"),
            _("What works is put in use and old practice is stopped"),
            _("Budget, procurement and IT let a good trial become operation"),
        ),
        _("Invite budget, procurement and IT to the trial nearest to operation, and name what is to stop."),
    ),
    _dimension(
        "value", _("Value and spread"), Half.LAB, 19,
        (
            _("We document value on at least one of the five kinds"),
            _("Others have adopted something from us, or we from others, and we know which"),
            _("We have money and people for the next two years"),
        ),
        _("Choose one of the five kinds of value, and count it before the next trial begins."),
    ),
)  # fmt: skip
STATEMENTS: Mapping[int, Statement] = {
    statement.number: statement for dimension in DIMENSIONS for statement in dimension.statements
}
CAPACITIES: Sequence[Capacity] = (
    Capacity("see", _("See and understand needs"), (1, 2, 10)),
    Capacity("relations", _("Strong relations between actors"), (4, 5, 6)),
    Capacity("across", _("Organisational maturity to work across"), (14, 15, 6)),
    Capacity("together", _("Work together on shared missions"), (1, 3, 4)),
    Capacity("leadership", _("Leadership that prioritises implementation and anchoring"), (8, 17)),
    Capacity("integrate", _("Integrate new solutions into existing operation"), (7, 16, 17, 18)),
)


def level_of(mean: float) -> Level:
    """What a mean from 0 to 4 is called."""
    return max((level for level in Level if FROM[level] <= mean), key=lambda level: FROM[level])
