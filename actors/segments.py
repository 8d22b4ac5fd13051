"""The twelve roles as a small ring, one segment each, and the questions behind those still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from .choices import Role
from .roles import ROLES

CENTRE, OUTER, INNER = 110, 100, 72
HALF_DEGREES = 12.8
ASKED = 3


@dataclass(frozen=True)
class Segment:
    """A role in the ring: its shape, its number and where that stands, the side of who fills it, or none."""

    path: str
    side: str
    role: str
    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Missing:
    """A role nobody fills yet: where it mostly stands, what it is called, the question it answers."""

    side: str
    label: str
    question: str


@dataclass(frozen=True)
class Roles:
    """The roles of a coalition in the making."""

    segments: Sequence[Segment]
    filled: int
    missing: Sequence[Missing]

    @property
    def all(self) -> int:
        return len(Role)


def roles_filled(parts: Sequence[tuple[str, str]]) -> Roles:
    """The ring for pairs of role and side; of the roles still missing the three most telling."""
    sides = {role: side for role, side in reversed(parts) if role}
    segments = [
        _drawn(number, role, sides.get(role, "") or "none") for number, role in enumerate(Role.values)
    ]
    filled = sum(1 for role in Role.values if role in sides)
    missing = [
        Missing(known.side, str(known.role.label), str(known.question))
        for known in ROLES
        if known.role not in sides
    ]
    return Roles(segments, filled, missing[:ASKED])


def _drawn(number: int, role: str, side: str) -> Segment:
    x, y = _on_circle((INNER + OUTER) / 2, 30 * number)
    # The line a number stands on to be in the middle of its segment.
    return Segment(_segment(30 * number), side, role, number + 1, round(x, 1), round(y + 4.5, 1))


def _segment(degrees: float) -> str:
    start, end = degrees - HALF_DEGREES, degrees + HALF_DEGREES
    inner_start, outer_start, outer_end, inner_end = (
        _at(INNER, start), _at(OUTER, start), _at(OUTER, end), _at(INNER, end),
    )  # fmt: skip
    arc = f"A{OUTER} {OUTER} 0 0 1 {outer_end}"
    return f"M{inner_start}L{outer_start}{arc}L{inner_end}A{INNER} {INNER} 0 0 0 {inner_start}z"


def _at(radius: float, degrees: float) -> str:
    x, y = _on_circle(radius, degrees)
    return f"{x:.1f} {y:.1f}"


def _on_circle(radius: float, degrees: float) -> tuple[float, float]:
    """A point on a circle, clockwise from the top."""
    return CENTRE + radius * sin(radians(degrees)), CENTRE - radius * cos(radians(degrees))
