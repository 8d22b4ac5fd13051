"""The family tree of a solution. Values in, values out.

What was taken over without saying from whom was taken over from where the solution began. An organisation
nobody may read leaves a gap, and only where somebody everybody may read took the solution over from it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from places.danish import sort_key

from .members import Member, Row, Spread, What, gap


@dataclass(frozen=True)
class Tree:
    """Members from the origin on, each before those who took it over from it; of these leaves come first."""

    members: Sequence[Member]
    parents: Mapping[str, str]

    @cached_property
    def by_key(self) -> Mapping[str, Member]:
        return {member.key: member for member in self.members}

    @cached_property
    def children(self) -> Mapping[str, Sequence[str]]:
        """Of every member, in order."""
        found: dict[str, list[str]] = {member.key: [] for member in self.members}
        for member in self.members[1:]:
            found[self.parents[member.key]].append(member.key)
        return found

    @cached_property
    def depths(self) -> Mapping[str, int]:
        """How many steps from where it began."""
        found = {self.members[0].key: 0}
        for member in self.members[1:]:
            found[member.key] = found[self.parents[member.key]] + 1
        return found

    @property
    def root(self) -> Member:
        return self.members[0]

    def parent(self, member: Member) -> Member | None:
        key = self.parents.get(member.key)
        return self.by_key[key] if key else None


def grown(spread: Spread) -> Tree:
    """Each member once, whatever the rows say: those that lead in a circle hang on the origin."""
    root = spread.origin.key
    members, parents = _with_gaps(spread)
    parents |= {one.key: root for one in spread.inspired}
    members |= {one.key: one for one in spread.inspired}
    children: dict[str, list[str]] = defaultdict(list)
    for key, parent in parents.items():
        children[parent].append(key)
    order = _walked(root, members, children)
    for key in sorted(members):
        if key not in order:
            children[parents[key]].remove(key)
            children[root].append(key)
            parents[key] = root
            order = _walked(root, members, children)
    return Tree([spread.origin, *(members[key] for key in order)], parents)


def _with_gaps(spread: Spread) -> tuple[dict[str, Member], dict[str, str]]:
    """The adoptions everybody may read, the gaps between them, and on whom each hangs."""
    rows = {row.id: row for row in spread.rows}
    members: dict[str, Member] = {}
    parents: dict[str, str] = {}
    gaps: dict[int, Member] = {}
    for row in spread.rows:
        if row.member is None:
            continue
        members[row.member.key] = row.member
        above, hidden = _above(row, rows)
        parent = above.member.key if above and above.member else spread.origin.key
        if hidden is None:
            parents[row.member.key] = parent
        else:
            between = gaps.setdefault(hidden.id, gap(f"gap-{len(gaps)}"))
            members[between.key] = between
            parents |= {between.key: parent, row.member.key: between.key}
    return members, parents


def _above(row: Row, rows: Mapping[int, Row]) -> tuple[Row | None, Row | None]:
    """The nearest one above everybody may read, and the first of those between whom nobody may."""
    seen = {row.id}
    hidden = None
    above = rows.get(row.taken_from or 0)
    while above and above.member is None and above.id not in seen:
        seen.add(above.id)
        hidden = hidden or above
        above = rows.get(above.taken_from or 0)
    return (above if above and above.member else None), hidden


def _walked(root: str, members: Mapping[str, Member], children: Mapping[str, Sequence[str]]) -> list[str]:
    """Everybody who can be reached from the root, each before those below."""
    order: list[str] = []
    seen = {root}
    waiting = [root]
    while waiting:
        key = waiting.pop()
        if key != root:
            order.append(key)
        below = [child for child in children.get(key, ()) if child not in seen]
        seen.update(below)
        waiting += sorted(below, key=lambda child: _rank(members[child], children), reverse=True)
    return order


def _rank(member: Member, children: Mapping[str, Sequence[str]]) -> tuple[bool, bool, bool, int, str, str]:
    """Who passed it on comes after who did not; then by time, then by name; what it inspired last."""
    month = member.since.toordinal() if member.since else 0
    below = bool(children.get(member.key))
    return (
        member.what == What.INSPIRED,
        below,
        member.since is None,
        month,
        sort_key(member.short or member.name),
        member.key,
    )
