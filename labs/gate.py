"""The gate of the word innovation, and how far a solution has come. Values in, values out.

A public innovation is new to the workplace, in use, and of documented value; otherwise it is an idea or a
trial (Innovationsbarometeret and the Copenhagen Manual). What is only experienced documents nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .choices import Evidence, Reached, SolutionStage


@dataclass(frozen=True)
class Condition:
    """One of the three: what it asks, whether it is met, and what to tell while it is not."""

    slug: str
    title: Any
    met: bool
    missing: Any


@dataclass(frozen=True)
class Gate:
    """The three conditions in their order."""

    conditions: Sequence[Condition]

    @property
    def open(self) -> bool:
        """Whether it may be called an innovation."""
        return all(condition.met for condition in self.conditions)

    @property
    def missing(self) -> Sequence[Condition]:
        return [condition for condition in self.conditions if not condition.met]


def gate(*, new_here: bool | None, dated: bool, stage: str, evidence: Iterable[str]) -> Gate:
    """`dated`: the month it came into use is known; `evidence`: how one knows of each of its values."""
    documented = any(level != Evidence.FELT for level in evidence)
    return Gate(
        (
            Condition(
                "new", _("New to the workplace"), new_here is True,
                _("Say whether it is new where it is used."),
            ),
            Condition(
                "used", _("In use"), stage == SolutionStage.IN_USE and dated,
                _("Say since when it is in use in daily operation."),
            ),
            Condition(
                "value", _("Documented value"), documented,
                _("Name one of the five kinds of value and how one knows: counted, evaluated or compared."),
            ),
        )
    )  # fmt: skip


def reached(stage: str, passed: Gate, *, adoptions: int) -> str:
    """How far a solution has come; `adoptions` counts those of others that are confirmed and go on.

    What others have taken over has spread once it is in use, whether or not its value is documented.
    """
    if stage != SolutionStage.IN_USE:
        return stage
    if adoptions:
        return Reached.SPREAD
    return Reached.DOCUMENTED if passed.open else Reached.IN_USE
