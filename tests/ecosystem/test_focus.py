"""The focus finder's rule and picture, by values alone."""

import math
from itertools import combinations

import pytest

from ecosystem.balance import Evidence
from ecosystem.focus.scatter import CLOSE, PLOT, scatter
from ecosystem.focus.strengths import Field, Strengths, line, strengths


def of(*pairs: tuple[int, int]) -> Strengths:
    """Themes 1, 2, … with so much PULL and so much PUSH."""
    found = {n: Evidence(need=pull, offer=push) for n, (pull, push) in enumerate(pairs, 1)}
    return strengths(list(found), found)


def fields(found: Strengths) -> dict[int, str]:
    return {point.theme: str(point.field) for point in found.points}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([0, 0, 9], 2), ([1, 3, 9], 3), ([2, 3, 4, 9], 4), ([2, 2, 3, 3], 3), ([], 2)],
)
def test_a_side_is_strong_from_the_median_on_and_never_under_two(counts: list[int], expected: int) -> None:
    assert line(counts) == expected


def test_the_four_fields() -> None:
    found = of((5, 5), (5, 1), (1, 5), (1, 1))
    assert (found.need_line, found.research_line) == (3, 3)
    assert fields(found) == {1: "worth", 2: "need", 3: "research", 4: "quiet"}


def test_on_the_line_is_strong() -> None:
    assert fields(of((2, 2), (0, 0), (0, 0), (1, 2))) == {1: "worth", 4: "research"}


def test_themes_with_nothing_are_named_apart() -> None:
    found = of((5, 5), (0, 0), (0, 1))
    assert found.none == [2]
    assert [point.number for point in found.points] == [1, 2]


def test_the_weaker_side_decides_which_come_first() -> None:
    """A lab needs both sides, so much of the one does not make up for little of the other."""
    found = of((90, 3), (10, 10), (6, 8), (3, 90), (9, 9), (1, 1), (0, 0), (0, 0), (0, 0))
    assert (found.need_line, found.research_line) == (3, 3)
    assert [point.theme for point in found.worth] == [2, 5, 3]


def test_nothing_is_said_where_there_is_too_little() -> None:
    little, enough = of((4, 9), (0, 9)), of((4, 9), (1, 9))
    assert not little.enough
    assert little.worth == []
    assert enough.enough
    assert [point.theme for point in enough.worth] == [1]
    assert not of((9, 4)).enough


def test_strong_in_nothing_names_nothing() -> None:
    found = of((1, 9), (1, 9), (1, 9), (1, 9), (1, 9))
    assert found.enough
    assert found.worth == []


CROWDED = [(0, n) for n in range(5)] + [(n, 0) for n in range(1, 5)] + [(1, 1)] * 4 + [(60, 3)]


@pytest.mark.parametrize("pairs", [CROWDED, [(400, 900), (3, 5), (0, 2)], [(2, 2)] * 14, [(14, 16), (0, 6)]])
def test_circles_lie_in_their_field_and_not_on_each_other(pairs: list[tuple[int, int]]) -> None:
    found = of(*pairs)
    names = {point.theme: f"Tema {point.theme}" for point in found.points}
    picture = scatter(found, names)
    assert [dot.number for dot in picture.dots] == [point.number for point in found.points]
    for dot, point in zip(picture.dots, found.points, strict=True):
        right, high = dot.x > picture.cut_x, dot.y < picture.cut_y
        assert (right, high) == (
            point.field in (Field.WORTH, Field.RESEARCH),
            point.field in (Field.WORTH, Field.NEED),
        )
        assert PLOT.left < dot.x < PLOT.right
        assert PLOT.top < dot.y < PLOT.bottom
        assert dot.hot == (point.field == Field.WORTH)
    for one, other in combinations(picture.dots, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) >= CLOSE


def test_axes_say_round_counts_in_their_order() -> None:
    picture = scatter(of((40, 130), (3, 5), (2, 2), (0, 9)), dict.fromkeys(range(1, 5), "Tema"))
    for ticks in (picture.across, picture.upwards):
        counts, places = [count for count, _at in ticks], [at for _count, at in ticks]
        assert counts == sorted(counts)
        assert counts[0] == 0
        assert len(counts) >= 4
        assert places in (sorted(places), sorted(places, reverse=True))
