"""The half-circle symbol: area follows count, the absent side is drawn, nothing is drawn for nothing."""

import math

import pytest
from django.template import Context, Template
from django.utils.translation import override

from places.symbols import head_symbol, map_symbol, map_unit, row_symbol
from tests.pages import Reader


def drawn(template: str, **values: int):
    return Reader.read(Template("{% load symbols %}" + template).render(Context(values)))


def test_the_area_of_each_half_follows_its_count():
    pull, push = map_symbol(4, 9)
    assert (pull.radius, push.radius) == (9.6, 14.4)
    assert (push.radius / pull.radius) ** 2 == pytest.approx(9 / 4)


def test_pull_points_left_and_push_points_right():
    pull, push = map_symbol(4, 1)
    assert pull.path == "M-0.6 -9.6a9.6 9.6 0 0 0 0 19.2z"
    assert push.path == "M0.6 -4.8a4.8 4.8 0 0 1 0 9.6z"


def test_a_missing_side_is_dashed_and_as_large_as_one_link():
    pull, push = row_symbol(0, 4)
    assert (pull.css_class, pull.radius) == ("sk-none", 9)
    assert (push.css_class, push.radius) == ("sk-push", 18)


def test_nothing_has_no_symbol():
    assert map_symbol(0, 0) is row_symbol(0, 0) is head_symbol(0, 0) is None


@pytest.mark.parametrize("count", [1, 5, 40, 5_000])
def test_a_row_symbol_stays_in_its_box(count):
    symbol = row_symbol(count, 1, 44)
    assert symbol.radius <= 22
    assert symbol.size == 44


def test_a_capped_symbol_keeps_its_proportions():
    pull, push = row_symbol(100, 25)
    assert (pull.radius / push.radius) ** 2 == pytest.approx(4, rel=0.02)


def test_a_map_with_huge_counts_shrinks_all_symbols_alike():
    assert map_unit(50) == 4.8
    unit = map_unit(10_000)
    assert unit * math.sqrt(10_000) == pytest.approx(38)
    assert map_symbol(10_000, 1, unit).halves[1].radius == 3.2


def test_in_a_row_it_is_decoration():
    (svg,) = drawn("{% halves 4 0 %}").all("svg")
    assert svg.attrs["aria-hidden"] == "true"
    assert [path.attrs["class"] for path in svg.all("path")] == ["sk-pull", "sk-none"]
    assert svg.attrs["width"] == "44"


def test_a_row_keeps_its_column_where_there_is_no_symbol():
    (svg,) = drawn("{% halves pull push 56 %}", pull=0, push=0).all("svg")
    assert svg.attrs["width"] == "56"
    assert svg.children == []


def test_in_the_head_the_numbers_are_written_and_told():
    (svg,) = drawn("{% big_symbol 18 25 %}").all("svg")
    assert svg.attrs["role"] == "img"
    assert svg.attrs["aria-label"] == "PULL 18, PUSH 25"
    assert [text.text for text in svg.all("text")] == ["18", "25"]


def test_a_number_too_large_for_its_half_stands_outside():
    pull, push = head_symbol(1, 49)
    assert (pull.number_outside, pull.anchor) == (True, "end")
    assert (push.number_outside, push.anchor) == (False, "middle")
    assert pull.number_x < 60 - pull.radius


def test_numbers_are_written_the_same_in_danish():
    """A decimal comma would end the path where the browser reads it."""
    with override("da"):
        assert "," not in drawn("{% big_symbol 3 2 %}").all("path")[0].attrs["d"]
        assert drawn("{% big_symbol 3 2 %}").all("text")[0].attrs["x"].count(".") == 1
