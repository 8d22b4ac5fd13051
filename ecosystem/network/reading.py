"""Reading a network from the register: published entries that have not ended, and ties that go on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.utils import timezone

from curation.choices import Kind
from curation.models import Record, Theme
from places.models import Place

from . import statements
from .graph import MOST, LeftOut, Network, Node, Tie
from .ties import OWNED

STEPS = 2


@dataclass(frozen=True)
class Chosen:
    """What a reader asks to see of a network: ties on one side, entries of one theme, only what is next.

    With a theme an organisation is shown for what it is tied to, and ties between organisations are not.
    """

    side: str = ""
    theme: Theme | None = None
    steps: int = STEPS

    def __bool__(self) -> bool:
        return bool(self.side or self.theme)


EVERYTHING = Chosen()


@dataclass
class Found:
    """Entries by how far they are; for each hub what hangs on it, how many do, and if there may be more."""

    nodes: dict[int, Node]
    steps: dict[int, int]
    hubs: dict[int, set[int]]
    degrees: dict[int, int]
    wide: set[int]


def network_of(record: Record, chosen: Chosen = EVERYTHING) -> Network:
    """What is tied to an entry, and what is tied to that; two statements."""
    if record.ended:
        return Network([], [])
    sql = statements.round_entry(
        kind=record.kind, steps=chosen.steps, side=chosen.side, theme=bool(chosen.theme)
    )
    found = _found(_rows(sql, _parameters(chosen, centre=record.pk)))
    nodes = _best(found)
    ties = _ties_among(nodes, chosen, about=frozenset({record.pk}))
    nodes = _reachable(nodes, ties, record.pk)
    drawn = {node.id for node in nodes}
    ties = _between(ties, drawn)
    return Network(nodes, ties, found.nodes[record.pk], _left_out(found, ties, drawn))


def network_in(place: Place, chosen: Chosen = EVERYTHING) -> Network:
    """A place's entries, the ties among them, and what they are tied to outside; three statements.

    What stands alone is left out where a side or a theme is chosen: it may well be tied otherwise.
    """
    sql = statements.of_place(side=chosen.side, theme=bool(chosen.theme))
    found = _found(_rows(sql, _parameters(chosen, place=place.pk)))
    nodes = _best(found)
    ties = _ties_among(nodes, chosen)
    if chosen:
        tied = {end for tie in ties for end in (tie.one, tie.other)}
        nodes = [node for node in nodes if node.id in tied]
    drawn = {node.id for node in nodes}
    return Network(nodes, ties, None, _left_out_of(place, found, ties, drawn, chosen))


def _parameters(chosen: Chosen, **more: Any) -> dict[str, Any]:
    return {"side": chosen.side, "theme": chosen.theme.pk if chosen.theme else None, **more}


def _rows(sql: str, parameters: Mapping[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _found(rows: Iterable[Any]) -> Found:
    """An entry that is found more than once is as near as it is at its nearest."""
    found = Found({}, {}, defaultdict(set), {}, set())
    for step, hub, degree, looked_at, here, pk, *told in rows:
        if pk not in found.nodes or step < found.steps[pk]:
            found.nodes[pk], found.steps[pk] = _node(pk, told, here=here), step
        if hub is not None:
            found.hubs[hub].add(pk)
            found.degrees[hub] = degree
            found.wide |= {hub} if looked_at >= statements.WIDE else set()
    return found


def _node(pk: int, told: Sequence[Any], *, here: bool) -> Node:
    public_id, kind, slug, danish, english, sides, quality, *_rest = told
    usual = sides[0] if kind == Kind.ACTOR and sides else ""
    return Node(pk, public_id, kind, slug, danish, english, usual, quality, here)


def _best(found: Found) -> list[Node]:
    """The nearest first, then what hangs on most of them, then the best."""
    hung: dict[int, int] = defaultdict(int)
    for tied in found.hubs.values():
        for pk in tied:
            hung[pk] += 1
    order = sorted(
        found.nodes.values(), key=lambda node: (found.steps[node.id], -hung[node.id], -node.quality, node.id)
    )
    return order[:MOST]


def _ties_among(
    nodes: Sequence[Node], chosen: Chosen, about: frozenset[int] = frozenset()
) -> list[Tie]:  # fmt: skip
    """With a theme, the ties of what is about it: all that is drawn but actors, and what it is round."""
    ids = [node.id for node in nodes]
    rows = _rows(statements.among(side=chosen.side), {"ids": ids, "side": chosen.side})
    ties = [
        Tie(kind, one, other, side, said, since, timezone.localdate(at) if at else None)
        for kind, one, other, side, said, since, at in rows
    ]
    told = {(tie.one, tie.other) for tie in ties if tie.kind not in OWNED}
    ties = [tie for tie in ties if tie.kind not in OWNED or (tie.one, tie.other) not in told]
    if chosen.theme is None:
        return ties
    themed = {node.id for node in nodes if node.kind != Kind.ACTOR} | about
    return [tie for tie in ties if {tie.one, tie.other} & themed]


def _reachable(nodes: Sequence[Node], ties: Sequence[Tie], start: int) -> list[Node]:
    """Those there is a path to."""
    paths: dict[int, set[int]] = defaultdict(set)
    for tie in ties:
        paths[tie.one].add(tie.other)
        paths[tie.other].add(tie.one)
    reached, edge = {start}, {start}
    while edge:
        edge = {other for one in edge for other in paths[one]} - reached
        reached |= edge
    return [node for node in nodes if node.id in reached]


def _between(ties: Iterable[Tie], drawn: set[int]) -> list[Tie]:
    return [tie for tie in ties if tie.one in drawn and tie.other in drawn]


def _left_out(found: Found, ties: Iterable[Tie], drawn: set[int]) -> LeftOut:
    """Ties that lead from what is drawn, and was asked for all it is tied to, to what is not."""
    told = defaultdict(set)
    for tie in ties:
        told[tie.one].add(tie.other)
        told[tie.other].add(tie.one)
    more = (degree - len(told[hub]) for hub, degree in found.degrees.items() if hub in drawn)
    return LeftOut(ties=sum(max(number, 0) for number in more), more_ties=bool(found.wide & drawn))


def _left_out_of(
    place: Place, found: Found, ties: Iterable[Tie], drawn: set[int], chosen: Chosen
) -> LeftOut:  # fmt: skip
    """Where not all of the place's own were read, those that are not drawn either."""
    left_out = _left_out(found, ties, drawn)
    if chosen or list(found.steps.values()).count(1) < statements.OWN:
        return left_out
    here = sum(1 for node in found.nodes.values() if node.here and node.id in drawn)
    [[size]] = _rows(statements.SIZE, {"place": place.pk, "counted": statements.COUNTED})
    return replace(left_out, entries=size - here, more_entries=size == statements.COUNTED)
