"""A coalition's order, numbers, roles and ring."""

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.choices import ActorKind, Role
from actors.coalition import Coalition, Member, gather
from actors.roles import KNOWN, ROLES
from curation.choices import Side

members = st.lists(
    st.builds(
        Member,
        name=st.text("abcæøå ", min_size=1, max_size=60),
        path=st.just("/actors/x/"),
        side=st.sampled_from(Side.values),
        role=st.sampled_from(["", *Role.values]),
        role_text=st.just(""),
        confirmed=st.booleans(),
    ),
    max_size=40,
)


def member(name: str, side: str, role: str = "") -> Member:
    return Member(name, f"/actors/{name}/", side, role, role)


def test_the_host_on_the_line_comes_first_then_pull_push_and_both() -> None:
    made = gather([
        member("Q", "both"), member("P", "push"), member("H", "both", "host"), member("B", "pull"),
        member("A", "pull"), member("R", "push", "host"),
    ])  # fmt: skip
    assert [one.name for one in made.members] == ["H", "A", "B", "R", "P", "Q"]
    assert [one.number for one in made.members] == [1, 2, 3, 4, 5, 6]
    assert [[m.name for m in side] for side in (made.pull, made.push, made.both)] == [
        ["A", "B"], ["R", "P"], ["H", "Q"],
    ]  # fmt: skip


def test_twelve_roles_in_picture_and_list_filled_or_missing() -> None:
    made = gather([
        member("F", "push", "funder"), member("H", "both", "host"), member("G", "pull", "host"),
        member("X", "pull"),
    ])  # fmt: skip
    drawn = [(segment.number, segment.role, segment.side) for segment in made.role_ring.segments]
    listed = [
        (role.number, role.role, role.holders[0].side if role.holders else "none") for role in made.roles
    ]
    assert drawn == listed
    assert [role for _number, role, _side in drawn] == Role.values
    assert {role: side for _number, role, side in drawn if side != "none"} == {
        "host": "both",
        "funder": "push",
    }
    assert made.roles_filled == made.role_ring.filled == 2
    assert {known.role for known in made.missing} == set(Role) - {Role.HOST, Role.FUNDER}
    assert [one.name for one in made.without_role] == ["X"]


def test_every_role_is_known_and_says_who_could_fill_it() -> None:
    assert sorted(KNOWN) == sorted(Role)
    assert len(ROLES) == len(Role)
    for known in ROLES:
        assert set(known.kinds) <= set(ActorKind)
        assert known.kinds
        assert known.question
    assert {known.role for known in ROLES if known.as_need} == {
        Role.RESEARCH, Role.USERS, Role.COMPANY, Role.EVALUATOR, Role.FUNDER, Role.CIVIL_SOCIETY, Role.PEER,
    }  # fmt: skip


def test_who_holds_the_backbone_is_marked_where_it_takes_part() -> None:
    members = [member("A", "pull"), member("B", "push")]
    marked = gather(members, backbone="/actors/B/").backbone
    assert marked is not None
    assert (marked.name, marked.number) == ("B", 2)
    assert gather(members, backbone="/actors/C/").backbone is None
    assert gather([member("A", "pull")]).backbone is None


@given(members)
def test_everybody_is_in_the_picture_once_and_inside_it(named: list[Member]) -> None:
    made = gather(named)
    ring = made.ring
    assert sorted(node.member.number for node in ring.nodes) == list(range(1, len(named) + 1))
    for node in ring.nodes:
        assert 15 <= node.x <= ring.width - 15
        assert 15 <= node.y <= ring.height - 15
        assert len(node.name) <= len(node.member.name)


@given(members)
def test_no_two_circles_touch(named: list[Member]) -> None:
    nodes = gather(named).ring.nodes
    spots = [(node.x, node.y) for node in nodes]
    near = [(a, b) for i, a in enumerate(spots) for b in spots[:i] if dist(a, b) < 30]
    assert near == []


@given(members)
def test_pull_stands_left_push_right_and_both_on_the_line(named: list[Member]) -> None:
    ring = gather(named).ring
    for node in ring.nodes:
        side = (node.x > ring.centre_x) - (node.x < ring.centre_x)
        assert side == {Side.PULL: -1, Side.PUSH: 1, Side.BOTH: 0}[Side(node.member.side)]


@pytest.mark.parametrize("number", [0, 1, 2, 25])
def test_an_unknown_side_of_any_size_can_be_drawn(number: int) -> None:
    made: Coalition = gather(member(f"Navn {n}", "pull") for n in range(number))
    assert len(made.ring.nodes) == number
    assert made.confirmed == 0
