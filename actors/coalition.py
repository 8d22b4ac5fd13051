"""A coalition: who is in it on which side, which of the twelve roles are filled, its picture as a ring."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt

from curation.choices import Side

from .choices import Role
from .roles import KNOWN, RoleKnown
from .segments import Roles, roles_filled


@dataclass(frozen=True)
class Member:
    """An actor's part in a lab or mission. `since` and `until` are years; `number` ties picture and list."""

    name: str
    path: str
    side: str
    role: str
    role_text: str
    confirmed: bool = False
    since: int | None = None
    until: int | None = None
    number: int = 0
    backbone: bool = False


@dataclass(frozen=True)
class Earlier:
    """A tie that is over: with what, as what, and in which years."""

    name: str
    path: str
    kind: str
    role_text: str
    years: str


@dataclass(frozen=True)
class RoleShown:
    """One of the twelve roles, who fills it, and what is known of the role."""

    number: int
    known: RoleKnown
    holders: Sequence[Member]

    @property
    def role(self) -> str:
        return self.known.role

    @property
    def label(self) -> str:
        return str(self.known.role.label)


@dataclass(frozen=True)
class Node:
    """A member in the ring's picture; lengths in units of its view box."""

    member: Member
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str
    name: str

    @property
    def number_y(self) -> float:
        """The line a number stands on to be in the middle of its circle."""
        return self.y + 5


@dataclass(frozen=True)
class Ring:
    """The picture: PULL on the left arc, PUSH on the right one, both on the line where they meet."""

    width: int
    height: float
    centre_x: int
    centre_y: float
    radius: float
    nodes: Sequence[Node]

    @property
    def top(self) -> float:
        return self.centre_y - self.radius

    @property
    def diameter(self) -> float:
        return 2 * self.radius

    @property
    def left(self) -> int:
        """Where the PULL half ends, a little left of the line."""
        return self.centre_x - 7

    @property
    def right(self) -> int:
        """Where the PUSH half begins, a little right of the line."""
        return self.centre_x + 7


@dataclass(frozen=True)
class Coalition:
    """The members, numbered: the host on top of the line, then PULL, PUSH, and the others on both sides."""

    members: Sequence[Member]

    @property
    def pull(self) -> Sequence[Member]:
        return [member for member in self.members if member.side == Side.PULL]

    @property
    def push(self) -> Sequence[Member]:
        return [member for member in self.members if member.side == Side.PUSH]

    @property
    def both(self) -> Sequence[Member]:
        return [member for member in self.members if member.side == Side.BOTH]

    @property
    def roles(self) -> Sequence[RoleShown]:
        """The twelve roles in the order of their numbers in the picture."""
        return [
            RoleShown(number, KNOWN[role], [member for member in self.members if member.role == role])
            for number, role in enumerate(Role, start=1)
        ]

    @property
    def missing(self) -> Sequence[RoleKnown]:
        """The roles nobody fills, the most telling first."""
        filled = {member.role for member in self.members}
        return [known for role, known in KNOWN.items() if role not in filled]

    @property
    def role_ring(self) -> Roles:
        """The twelve roles as a picture."""
        return roles_filled([(member.role, member.side) for member in self.members])

    @property
    def roles_filled(self) -> int:
        return sum(1 for role in self.roles if role.holders)

    @property
    def without_role(self) -> Sequence[Member]:
        """Those who take part without the source telling as what."""
        return [member for member in self.members if not member.role]

    @property
    def backbone(self) -> Member | None:
        """Who holds the backbone, if it is in the coalition."""
        return next((member for member in self.members if member.backbone), None)

    @property
    def confirmed(self) -> int:
        return sum(1 for member in self.members if member.confirmed)

    @property
    def ring(self) -> Ring:
        return _ring(self)


def gather(members: Iterable[Member], *, backbone: str = "") -> Coalition:
    """Order and number the members, and mark whose path is that of the one who holds the backbone."""
    ordered = sorted(members, key=_place_in_list)
    return Coalition([
        replace(member, number=number, backbone=bool(backbone) and member.path == backbone)
        for number, member in enumerate(ordered, start=1)
    ])  # fmt: skip


def _place_in_list(member: Member) -> tuple[int, bool, str]:
    host_on_line = member.side == Side.BOTH and member.role == Role.HOST
    order = 0 if host_on_line else {Side.PULL: 1, Side.PUSH: 2, Side.BOTH: 3}[Side(member.side)]
    return order, member.role != Role.HOST, member.name


RADIUS = 132
# From the ring to the edge of the picture: a circle and the longest name beside it.
BESIDE = 248
# Two lines of text need this much room from name to name.
STEP = 40
MARGIN = 68
NAME_LETTERS = 27
# On the line, names stand inside the circle, where there is room for fewer letters.
NAME_LETTERS_INSIDE = 11


def _ring(coalition: Coalition) -> Ring:
    longest_arc = max(len(coalition.pull), len(coalition.push), 1)
    # On an arc nodes keep to 1.8 of the radius upwards, on the line to twice the radius.
    radius = max(RADIUS, STEP * (longest_arc - 1) / 1.8, STEP * (len(coalition.both) - 1) / 2)
    centre_x, centre_y = ceil(radius) + BESIDE, radius + MARGIN
    nodes = [
        *_arc(coalition.pull, radius, (centre_x, centre_y), -1),
        *_arc(coalition.push, radius, (centre_x, centre_y), 1),
        *_line(coalition.both, radius, (centre_x, centre_y)),
    ]
    return Ring(2 * centre_x, round(2 * centre_y, 1), centre_x, round(centre_y, 1), round(radius, 1), nodes)


def _arc(members: Sequence[Member], radius: float, centre: tuple[int, float], side: int) -> list[Node]:
    centre_x, centre_y = centre
    step = min(85.0, 1.8 * radius / max(len(members) - 1, 1))
    nodes = []
    for number, member in enumerate(members):
        rise = (number - (len(members) - 1) / 2) * step
        x = centre_x + side * sqrt(radius**2 - rise**2)
        y = centre_y + rise
        nodes.append(
            Node(
                member, round(x, 1), round(y, 1), round(x + side * 26, 1), round(y - 2, 1),
                "start" if side > 0 else "end", _cut(member.name, NAME_LETTERS),
            )
        )  # fmt: skip
    return nodes


def _line(members: Sequence[Member], radius: float, centre: tuple[int, float]) -> list[Node]:
    centre_x, centre_y = centre
    step = 2 * radius / max(len(members) - 1, 1)
    nodes = []
    for number, member in enumerate(members):
        y = round(centre_y - radius + number * step, 1)
        if number == 0:
            text_x, text_y, anchor, letters = float(centre_x), y - 40, "middle", NAME_LETTERS + 10
        elif number == len(members) - 1:
            text_x, text_y, anchor, letters = float(centre_x), y + 36, "middle", NAME_LETTERS + 10
        else:
            text_x, text_y, anchor, letters = centre_x + 22.0, y - 2, "start", NAME_LETTERS_INSIDE
        nodes.append(Node(member, centre_x, y, text_x, round(text_y, 1), anchor, _cut(member.name, letters)))
    return nodes


def _cut(name: str, letters: int) -> str:
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"
