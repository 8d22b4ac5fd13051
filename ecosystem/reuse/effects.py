"""What came of the same solution in different places, side by side: told by each, ranked by nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from labs.choices import ValueKind
from labs.models import Value

from .members import Member
from .tree import Tree


@dataclass(frozen=True)
class Told:
    """What somebody tells of it: a cell for each kind of value, nothing where nothing is told."""

    member: Member
    cells: Sequence[tuple[str, Value | None]]


@dataclass(frozen=True)
class Effects:
    """Those who tell something, in the tree's order; how many tell nothing; who stopped, and who goes on."""

    told: Sequence[Told]
    silent: int
    stopped: Sequence[Member]
    running: int


def effects_of(tree: Tree) -> Effects:
    those = [member for member in tree.members if member.is_adoption or member == tree.root]
    told = [_told(member) for member in those if member.tells_of_effect]
    adopted = [member for member in those if member.is_adoption]
    stopped = [member for member in adopted if member.ended]
    silent = sum(1 for member in adopted if not member.tells_of_effect)
    return Effects(told, silent, stopped, len(adopted) - len(stopped))


def _told(member: Member) -> Told:
    return Told(member, [(str(kind.label), member.worth.get(kind.value)) for kind in ValueKind])
