"""How far an entry is, as a word and how it looks: each kind has words of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .choices import Kind, Phase, PhaseFound
from .models import Record


@dataclass(frozen=True)
class PhaseShown:
    """A phase as a word and how it looks: solid (run), outlined (plan), dashed (unk) or chalk (end)."""

    label: Any
    look: str


PLANNED = {Phase.IDEA, Phase.FORMING, Phase.SETUP}
UNKNOWN = PhaseShown(PhaseFound.UNKNOWN.label, "unk")
ENDED = PhaseShown(PhaseFound.ENDED.label, "end")
PHASES: Mapping[str, PhaseShown] = {
    "": UNKNOWN,
    PhaseFound.ENDED: ENDED,
    **{phase: PhaseShown(phase.label, "plan" if phase in PLANNED else "run") for phase in Phase},
}
_OF_KIND: dict[str, Mapping[str, PhaseShown]] = {Kind.LAB: PHASES, Kind.MISSION: PHASES}


def register(kind: str, phases: Mapping[str, PhaseShown]) -> None:
    """Tell the words of a kind, the empty one among them; called when the apps are ready."""
    _OF_KIND[kind] = phases


def phase_of(record: Record) -> PhaseShown | None:
    """What a reader sees, that it is not known too; none for kinds that have no phase and go on."""
    phases = _OF_KIND.get(record.kind)
    if phases is None:
        return ENDED if record.ended else None
    return phases.get(record.phase) or (ENDED if record.ended else UNKNOWN)
