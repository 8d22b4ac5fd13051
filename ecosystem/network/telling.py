"""A network in words: the table that says what the picture shows, one row for each entry and for each tie."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from curation.choices import Kind

from .bridges import Holding
from .graph import Network, Node, Tie, edge_key


@dataclass(frozen=True)
class NodeRow:
    """An entry, how many entries it is tied to, and how many have no path without it."""

    node: Node
    path: str
    ties: int
    holds: int


@dataclass(frozen=True)
class TieRow:
    """Who – how – whom."""

    tie: Tie
    who: Node
    who_path: str
    whom: Node
    whom_path: str

    @property
    def key(self) -> str:
        """The edge it belongs to."""
        return edge_key(self.who, self.whom)


class Paths:
    """Where entries and their networks are: looking an address up costs more than writing a hundred."""

    def __init__(self) -> None:
        self.pages = {kind: _before(reverse(f"{kind}s:{kind}", args=["x"])) for kind in Kind.values}
        self.networks = {kind: _before(reverse("network:entry", args=[kind, "x"])) for kind in Kind.values}

    def page(self, node: Node) -> str:
        return f"{self.pages[node.kind]}{node.slug}/"

    def network(self, node: Node) -> str:
        return f"{self.networks[node.kind]}{node.slug}/"


def _before(path: str) -> str:
    return path.removesuffix("x/")


def node_rows(network: Network, holding: Holding, paths: Paths) -> Iterator[NodeRow]:
    """Those with the most ties first."""
    nodes = sorted(network.nodes, key=lambda node: (-len(network.neighbours[node.id]), node.name, node.id))
    for node in nodes:
        yield NodeRow(
            node, paths.page(node), len(network.neighbours[node.id]), holding.cut_by.get(node.id, 0)
        )


def tie_rows(network: Network, paths: Paths) -> Sequence[TieRow]:
    """By whom and who, so that a lab's parties stand together."""
    ends = ((tie, network.by_id[tie.one], network.by_id[tie.other]) for tie in network.ties)
    rows = [TieRow(tie, who, paths.page(who), whom, paths.page(whom)) for tie, who, whom in ends]
    return sorted(rows, key=lambda row: (row.whom.name, row.whom.id, row.who.name, row.who.id))
