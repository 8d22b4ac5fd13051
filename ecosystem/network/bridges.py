"""What holds a network together: entries and ties without which others would have no path; what stands alone.

All of it is said of what is drawn, as counts and names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
from django.utils.translation import gettext as _

from .graph import Network, Node

NAMED = 3
SHOWN = 6


def listed(names: Sequence[str]) -> str:
    """As one says it: this, that and the third."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


@dataclass(frozen=True)
class Cut:
    """Entries that would have no path to the rest, or to the entry in the middle; the first few by name."""

    nodes: Sequence[Node]

    @property
    def number(self) -> int:
        return len(self.nodes)

    @property
    def words(self) -> str:
        """All of few by name; of many the first ones, and how many more."""
        names = [node.name for node in self.nodes]
        if len(names) <= NAMED + 1:
            return listed(names)
        return _("%(names)s and %(n)s more") % {"names": ", ".join(names[:NAMED]), "n": self.number - NAMED}


@dataclass(frozen=True)
class Bridge:
    """Without this entry the others would have no path."""

    node: Node
    cut: Cut


@dataclass(frozen=True)
class OnlyTie:
    """The one tie between two parts of at least two entries each."""

    one: Node
    other: Node
    cut: Cut


@dataclass(frozen=True)
class Holding:
    """How the network hangs together."""

    parts: int
    bridges: Sequence[Bridge]
    only_ties: Sequence[OnlyTie]
    alone: Sequence[Node]

    @property
    def alone_words(self) -> str:
        return listed([node.name for node in self.alone])

    @property
    def shown(self) -> Sequence[Bridge]:
        return self.bridges[:SHOWN]

    @property
    def not_shown(self) -> int:
        return len(self.bridges) - len(self.shown)

    @property
    def ties_shown(self) -> Sequence[OnlyTie]:
        return self.only_ties[:SHOWN]

    @property
    def cut_by(self) -> Mapping[int, int]:
        """How many entries each bridge holds."""
        return {bridge.node.id: bridge.cut.number for bridge in self.bridges}


def holding(network: Network) -> Holding:
    """Those first that hold most."""
    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(node.id for node in network.nodes)
    graph.add_edges_from(edge.ends for edge in network.edges)
    centre = network.centre.id if network.centre else None
    order = {node.id: number for number, node in enumerate(network.nodes)}
    bridges = [
        Bridge(network.by_id[pk], _cut(network, pk, order))
        for pk in sorted(nx.articulation_points(graph), key=order.__getitem__)
        if pk != centre
    ]
    alone = [node for node in network.nodes if not network.neighbours[node.id]]
    return Holding(
        parts=nx.number_connected_components(graph) - len(alone),
        bridges=sorted(bridges, key=lambda bridge: -bridge.cut.number),
        only_ties=_only_ties(network, graph, order),
        alone=sorted(alone, key=lambda node: node.name),
    )


def _cut(network: Network, without: int, order: Mapping[int, int]) -> Cut:
    """All but the part that has the centre or, where none has, the largest."""
    parts = _parts(network, network.neighbours[without], {without})
    return _smaller(network, parts, order)


def _smaller(network: Network, parts: Sequence[set[int]], order: Mapping[int, int]) -> Cut:
    centre = network.centre.id if network.centre else None
    kept = max(parts, key=lambda part: (centre in part, len(part), -min(order[pk] for pk in part)))
    cut = sorted((pk for part in parts if part is not kept for pk in part), key=order.__getitem__)
    return Cut([network.by_id[pk] for pk in cut])


def _parts(network: Network, starts: set[int], gone: set[int]) -> list[set[int]]:
    """What each of the starts can reach, each part once."""
    parts: list[set[int]] = []
    for start in sorted(starts):
        if not any(start in part for part in parts):
            part, edge = {start}, {start}
            while edge:
                edge = {other for one in edge for other in network.neighbours[one]} - part - gone
                part |= edge
            parts.append(part)
    return parts


def _only_ties(network: Network, graph: nx.Graph, order: Mapping[int, int]) -> list[OnlyTie]:
    """Ties to a single entry are not told: such an entry's one tie is in the table."""
    found = []
    for one, other in list(nx.bridges(graph)):
        if graph.degree[one] > 1 and graph.degree[other] > 1:
            first, second = sorted((one, other), key=order.__getitem__)
            graph.remove_edge(one, other)
            parts = [set(nx.node_connected_component(graph, end)) for end in (first, second)]
            graph.add_edge(one, other)
            found.append(
                OnlyTie(network.by_id[first], network.by_id[second], _smaller(network, parts, order))
            )
    return sorted(found, key=lambda tie: (-tie.cut.number, order[tie.one.id], order[tie.other.id]))
