"""What a solution may be called and why, in a sentence, and how its gate is drawn. Values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .choices import SolutionStage
from .gate import Condition, Gate

CLOSED: Mapping[str, Any] = {
    "": gettext_lazy("Nobody has told how far this has come. It is not an innovation yet, because %(why)s."),
    SolutionStage.IDEA: gettext_lazy("This is an idea, but not yet an innovation, because %(why)s."),
    SolutionStage.PROOF: gettext_lazy(
        "This is a proof of concept, but not yet an innovation, because %(why)s."
    ),
    SolutionStage.TRIAL: gettext_lazy("This is a trial, but not yet an innovation, because %(why)s."),
    SolutionStage.IN_USE: gettext_lazy("This is in use, but not yet an innovation, because %(why)s."),
}
FIRST, STEP = 44, 72  # where the conditions stand on the way to the gate


@dataclass(frozen=True)
class Stone:
    """A condition in the drawing: its number, where it stands, whether one can step on it."""

    number: int
    x: int
    met: bool


@dataclass(frozen=True)
class Verdict:
    """What the page says of a solution at its gate."""

    gate: Gate
    sentence: str

    @property
    def open(self) -> bool:
        return self.gate.open

    @property
    def conditions(self) -> Sequence[Condition]:
        return self.gate.conditions

    @property
    def met(self) -> int:
        return len(self.gate.conditions) - len(self.gate.missing)

    @property
    def stones(self) -> list[Stone]:
        return [
            Stone(number, FIRST + STEP * (number - 1), condition.met)
            for number, condition in enumerate(self.conditions, start=1)
        ]


def verdict(
    passed: Gate, *, stage: str, ended: bool, new_here: bool | None, dated: bool, evidence: Iterable[str]
) -> Verdict:
    """The sentence that belongs to a gate."""
    if passed.open:
        said = (
            _("This was an innovation until it ended: new to the workplace, in use and of documented value.")
            if ended
            else _("This is an innovation: new to the workplace, in use and of documented value.")
        )
        return Verdict(passed, said)
    because = {
        "new": _("it is not new to the workplace")
        if new_here is False
        else _("nobody has told whether it is new to the workplace"),
        "used": _("nobody has told since when it is in use")
        if stage == SolutionStage.IN_USE and not dated
        else _("it is not in use"),
        "value": _("its value is experienced, but not documented")
        if list(evidence)
        else _("no value is documented"),
    }
    why = listed([because[condition.slug] for condition in passed.missing])
    said = _("This ended before it became an innovation: %(why)s.") if ended else str(CLOSED[stage])
    return Verdict(passed, said % {"why": why})


def listed(parts: Sequence[str]) -> str:
    """Clauses as one reads them."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(others)s and %(last)s") % {"others": ", ".join(parts[:-1]), "last": parts[-1]}
