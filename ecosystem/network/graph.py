"""The network as values: entries as nodes, what ties two of them together as one edge."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import get_language

from actors.choices import RelationVerb, Role, RoleSaid
from curation.choices import Kind, Side

from .ties import SAYING, TieKind

# More entries than this are counted, but not drawn.
MOST = 300


@dataclass(frozen=True, slots=True)
class Node:
    """A current entry. `usual` is the side an actor stands on; needs pull and offers push by their nature.

    `here` says that it is in the place, or tied to the entry in the middle itself.
    """

    id: int
    public_id: str
    kind: str
    slug: str
    name_da: str
    name_en: str
    usual: str = ""
    quality: int = 0
    here: bool = True

    @property
    def name(self) -> str:
        """In the reader's language."""
        return (get_language() == "en" and self.name_en) or self.name_da

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def side(self) -> str:
        """Where it stands; labs and missions are where the sides meet."""
        return {Kind.NEED: Side.PULL, Kind.OFFER: Side.PUSH}.get(Kind(self.kind), self.usual)

    @property
    def side_label(self) -> str:
        return str(Side(self.side).label)


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing that is said to tie `one` to `other`."""

    kind: str
    one: int
    other: int
    side: str
    said: str = ""
    since: int | None = None
    confirmed: dt.date | None = None

    @property
    def how(self) -> str:
        """In words that stand between the two names."""
        if self.kind == TieKind.RELATION:
            return str(RelationVerb(self.said).label)
        if self.said in Role.values:
            return str(Role(self.said).label)
        return str(RoleSaid(self.said).label if self.said else SAYING[TieKind(self.kind)])

    @property
    def side_label(self) -> str:
        return str(Side(self.side).label)


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes and all that ties them, in the order it is told."""

    ends: tuple[int, int]
    ties: tuple[Tie, ...]

    @property
    def side(self) -> str:
        """The side of its ties; both where they differ."""
        sides = {tie.side for tie in self.ties}
        return sides.pop() if len(sides) == 1 else Side.BOTH

    @property
    def confirmed(self) -> bool:
        return any(tie.confirmed for tie in self.ties)


@dataclass(frozen=True)
class LeftOut:
    """What belongs to the network and is not drawn; `more_…` where that was not counted to the end."""

    entries: int = 0
    ties: int = 0
    more_entries: bool = False
    more_ties: bool = False

    def __bool__(self) -> bool:
        return bool(self.entries or self.ties)


@dataclass(frozen=True)
class Network:
    """What is drawn, best first. `centre` is the entry it is drawn round, if it is drawn round one."""

    nodes: Sequence[Node]
    ties: Sequence[Tie]
    centre: Node | None = None
    left_out: LeftOut = field(default_factory=LeftOut)

    @cached_property
    def by_id(self) -> Mapping[int, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def edges(self) -> Sequence[Edge]:
        return edges_of(self.ties)

    @cached_property
    def neighbours(self) -> Mapping[int, set[int]]:
        """Of every node, also of those that have none."""
        found: dict[int, set[int]] = {node.id: set() for node in self.nodes}
        for edge in self.edges:
            one, other = edge.ends
            found[one].add(other)
            found[other].add(one)
        return found

    @cached_property
    def confirmed(self) -> int:
        """How many ties the other party has said yes to."""
        return sum(1 for tie in self.ties if tie.confirmed)

    @property
    def pull(self) -> int:
        """How many ties stand on the PULL side; a tie on both counts on each."""
        return self._on(Side.PULL)

    @property
    def push(self) -> int:
        return self._on(Side.PUSH)

    def _on(self, side: str) -> int:
        return sum(1 for tie in self.ties if tie.side in (side, Side.BOTH))


def edges_of(ties: Iterable[Tie]) -> list[Edge]:
    """The ties gathered by the two they tie, whichever is named first."""
    found: dict[tuple[int, int], list[Tie]] = defaultdict(list)
    for tie in ties:
        found[min(tie.one, tie.other), max(tie.one, tie.other)].append(tie)
    return [Edge(ends, tuple(gathered)) for ends, gathered in found.items()]


def edge_key(one: Node, other: Node) -> str:
    """What picture and table call the edge between the two."""
    return "-".join(sorted((one.public_id, other.public_id)))
