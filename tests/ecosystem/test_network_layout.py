"""Layout, drawing and bridges of made-up networks, without a database."""

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest
from django.utils.translation import override

from curation.choices import Kind, Side
from curation.spreadsheet import safe
from ecosystem.network.bridges import holding
from ecosystem.network.drawing import draw
from ecosystem.network.graph import Network, Node, Tie
from ecosystem.network.layout import Column, columns_of, rising
from ecosystem.network.lettering import fitted, width
from ecosystem.network.picture import LINE, TO_LINE, Picture, Spot

LONG = "Center for meget langvarig afprøvning af velfærdsteknologi og rehabilitering i hverdagen"
KINDS = (
    Kind.LAB, Kind.MISSION, Kind.NEED, Kind.OFFER, Kind.TRIAL, Kind.SOLUTION, Kind.ACTOR, Kind.ACTOR,
    Kind.ACTOR, Kind.ACTOR,
)  # fmt: skip


def node(pk: int, kind: str = Kind.LAB, usual: str = "", name: str = "") -> Node:
    return Node(pk, f"id{pk}", kind, f"entry-{pk}", name or f"Post {pk}", "", usual)


def tied(one: int, other: int, side: str = Side.PULL) -> Tie:
    return Tie("party", one, other, side)


def made_up(number: int, seed: int = 1) -> Network:
    """Nodes of all kinds with names of all lengths, some of them tied to nothing."""
    chance = random.Random(seed)
    nodes = []
    for pk in range(number):
        kind = chance.choice(KINDS)
        usual = chance.choice(Side.values) if kind == Kind.ACTOR else ""
        nodes.append(node(pk, kind, usual, LONG[: chance.randint(5, len(LONG))].strip() + f" {pk}"))
    pairs = {tuple(sorted(chance.sample(range(int(number * 0.9)), 2))) for _tie in range(int(number * 1.2))}
    return Network(nodes, [tied(one, other, chance.choice(Side.values)) for one, other in sorted(pairs)])


def drawn(network: Network) -> Picture:
    return draw(network, lambda node: f"/{node.slug}/")


@pytest.mark.parametrize("number", [3, 12, 80, 300])
def test_the_same_network_gives_the_same_picture_with_all_of_it(number: int) -> None:
    network = made_up(number)
    picture = drawn(network)
    assert picture == drawn(made_up(number))
    assert {spot.node.id for spot in picture.every} == {node.id for node in network.nodes}
    lines = [line for bundle in picture.bundles for line in bundle.lines]
    assert {line.edge.ends for line in lines} == {edge.ends for edge in network.edges}


@pytest.mark.parametrize("number", [12, 80, 300])
def test_names_and_shapes_lie_inside_the_picture_and_not_on_each_other(number: int) -> None:
    picture = drawn(made_up(number))
    for spot in picture.every:
        assert min(spot.left, spot.x - 8) >= 0
        assert max(spot.right, spot.x + 8) <= picture.width + TO_LINE
        assert spot.y + len(spot.lines) * LINE / 2 <= picture.height
    by_column: dict[float, list[Spot]] = {}
    for spot in picture.every:
        by_column.setdefault(spot.x, []).append(spot)
    for column in by_column.values():
        for one, other in pairwise(sorted(column, key=lambda spot: spot.y)):
            assert other.y - one.y >= (len(one.lines) + len(other.lines)) * LINE / 2 + 1
    columns = sorted(by_column.values(), key=lambda column: min(spot.left for spot in column))
    tied_only = [[spot for spot in column if spot.ties] for column in columns]
    for one_column, other_column in pairwise(column for column in tied_only if column):
        assert max(spot.right for spot in one_column) < min(spot.left for spot in other_column)


def test_pull_stands_left_push_right_and_labs_between() -> None:
    nodes = [
        node(1, Kind.NEED), node(2, Kind.ACTOR, Side.PULL), node(3, Kind.LAB), node(4, Kind.MISSION),
        node(5, Kind.ACTOR, Side.PUSH), node(6, Kind.OFFER), node(7, Kind.ACTOR, Side.BOTH),
        node(8, Kind.TRIAL), node(9, Kind.SOLUTION),
    ]  # fmt: skip
    ties = [
        tied(2, 1), tied(2, 3), tied(3, 4), tied(5, 3, Side.PUSH), tied(5, 6), tied(7, 3, Side.PUSH),
        tied(8, 3), tied(8, 9), tied(2, 9),
    ]  # fmt: skip
    network = Network(nodes, ties)
    assert columns_of(network) == {
        1: Column.NEEDS, 2: Column.PULLING, 3: Column.MEETING, 4: Column.MEETING, 5: Column.PUSHING,
        6: Column.OFFERS, 7: Column.PUSHING, 8: Column.OUTCOMES, 9: Column.OUTCOMES,
    }  # fmt: skip
    x = {spot.node.id: spot.x for spot in drawn(network).spots}
    assert x[1] < x[2] < x[3] == x[4] < x[8] == x[9] < x[5] == x[7] < x[6]
    shapes = {spot.node.id: spot.shape for spot in drawn(network).spots}
    assert len(set(shapes.values())) == len(nodes)


def test_lines_say_side_and_confirmation_by_more_than_colour() -> None:
    network = Network(
        [node(1), node(2, Kind.ACTOR, Side.PULL), node(3, Kind.ACTOR, Side.PUSH)],
        [tied(2, 1), Tie("party", 3, 1, Side.PUSH, confirmed=None), tied(3, 1, Side.PULL)],
    )
    told = {bundle.side: bundle for bundle in drawn(network).bundles}
    assert told[Side.PULL].pulls
    assert not told[Side.PULL].pushes
    assert told[Side.BOTH].pulls
    assert told[Side.BOTH].pushes
    assert all(bundle.css.endswith("--named") for bundle in told.values())


@pytest.mark.parametrize("seed", range(4))
def test_bridges_are_those_without_which_others_cannot_be_reached(seed: int) -> None:
    """Against taking every node away in turn and looking who is left."""
    network = made_up(40, seed)
    found = {bridge.node.id: {node.id for node in bridge.cut.nodes} for bridge in holding(network).bridges}
    expected = {}
    for gone in (node.id for node in network.nodes):
        parts = parts_without(network, gone)
        if len(parts) > 1:
            expected[gone] = sum(len(part) for part in parts) - max(len(part) for part in parts)
    assert {pk: len(cut) for pk, cut in found.items()} == expected
    alone = {node.id for node in network.nodes if not network.neighbours[node.id]}
    assert {node.id for node in holding(network).alone} == alone


def parts_without(network: Network, gone: int) -> list[set[int]]:
    """The parts its neighbours fall into."""
    left = set(network.neighbours[gone])
    parts = []
    while left:
        part, edge = set(), {left.pop()}
        while edge:
            part |= edge
            edge = {end for one in edge for end in network.neighbours[one]} - part - {gone}
        left -= part
        parts.append(part)
    return parts


def test_round_an_entry_bridges_are_told_from_it() -> None:
    names = ["Midten", "Broen", "A", "B", "C", "D", "E"]
    nodes = [node(pk, name=name) for pk, name in enumerate(names)]
    ties = [tied(0, 1), *(tied(1, pk) for pk in range(2, 7))]
    held = holding(Network(nodes, ties, centre=nodes[0]))
    (bridge,) = held.bridges
    with override("en"):
        assert (bridge.node.name, bridge.cut.number, bridge.cut.words) == ("Broen", 5, "A, B, C and 2 more")
    assert held.parts == 1
    assert held.only_ties == []
    chain = Network(nodes[:4], [tied(0, 1), tied(1, 2), tied(2, 3)])
    assert [(tie.one.name, tie.other.name, tie.cut.number) for tie in holding(chain).only_ties] == [
        ("Broen", "A", 2)
    ]


@pytest.mark.parametrize(
    ("wishes", "nearest"),
    [([1, 2, 3], [1, 2, 3]), ([3, 1], [2, 2]), ([0, 5, 1, 3], [0, 3, 3, 3]), ([], [])],
)
def test_rising(wishes: Sequence[float], nearest: Sequence[float]) -> None:
    assert rising(wishes) == nearest


def test_names_are_broken_and_cut_to_the_room_there_is() -> None:
    assert fitted("Aarhus", 160, 2) == ("Aarhus",)
    assert fitted("Danmarks Tekniske Universitet", 130, 2) == ("Danmarks Tekniske", "Universitet")
    lines = fitted(LONG, 130, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(width(line) <= 130 for line in lines)
    (word,) = fitted("Speciallægepraksisplanlægningsstabiliseringsperiode", 130, 3)
    assert word.endswith("…")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "＝1"])
def test_what_a_spreadsheet_would_calculate_becomes_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"
    assert safe(f"Lab {cell}") == f"Lab {cell}"
