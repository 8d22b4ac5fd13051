"""The twelve roles as a small ring, one segment each, and the questions behind those still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from django.utils.translation import gettext as _

from curation.choices import Side

from .choices import Role

CENTRE, OUTER, INNER = 110, 100, 72
HALF_DEGREES = 12.8
ASKED = 3


@dataclass(frozen=True)
class Segment:
    """A role in the ring: the shape, and the side of the one who fills it, or none."""

    path: str
    side: str


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
        Segment(_segment(30 * number), sides.get(role, "") or "none")
        for number, role in enumerate(Role.values)
    ]
    filled = sum(1 for role in Role.values if role in sides)
    return Roles(segments, filled, [missing for role, missing in _telling() if role not in sides][:ASKED])


def _segment(degrees: float) -> str:
    start, end = degrees - HALF_DEGREES, degrees + HALF_DEGREES
    inner_start, outer_start, outer_end, inner_end = (
        _at(INNER, start), _at(OUTER, start), _at(OUTER, end), _at(INNER, end),
    )  # fmt: skip
    arc = f"A{OUTER} {OUTER} 0 0 1 {outer_end}"
    return f"M{inner_start}L{outer_start}{arc}L{inner_end}A{INNER} {INNER} 0 0 0 {inner_start}z"


def _at(radius: float, degrees: float) -> str:
    """A point on the circle, clockwise from the top."""
    x, y = CENTRE + radius * sin(radians(degrees)), CENTRE - radius * cos(radians(degrees))
    return f"{x:.1f} {y:.1f}"


def _telling() -> list[tuple[Role, Missing]]:
    def missing(role: Role, side: Side, question: str) -> tuple[Role, Missing]:
        return role, Missing(side, str(role.label), question)

    return [
        missing(Role.NEED_OWNER, Side.PULL, _("Who has the problem in daily operation?")),
        missing(Role.RESEARCH, Side.PUSH, _("Who finds out whether it works?")),
        missing(Role.USERS, Side.PULL, _("Who is to live with the solution?")),
        missing(Role.FRONTLINE, Side.PULL, _("Who is to use it every day?")),
        missing(Role.HOST, Side.PULL, _("Where does it take place?")),
        missing(Role.SPONSOR, Side.PULL, _("Which leader or politician stands behind it?")),
        missing(Role.FACILITATOR, Side.BOTH, _("Who keeps it together?")),
        missing(Role.COMPANY, Side.PUSH, _("Who can make and deliver it?")),
        missing(Role.EVALUATOR, Side.PUSH, _("Who measures what it brings?")),
        missing(Role.FUNDER, Side.PUSH, _("Who pays for the time it takes?")),
    ]
