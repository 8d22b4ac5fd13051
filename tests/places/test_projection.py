"""Degrees, metres, kilometres and SVG units."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.projection import Frame, from_mercator, kilometres, mercator, rings

AARHUS = (10.21076, 56.15674)
COPENHAGEN = (12.56553, 55.67594)
FRAME = Frame(west=7.5, south=54.3, east=15.5, north=58.0, width=800)
IN_DENMARK = st.tuples(st.floats(7.5, 15.5), st.floats(54.3, 58.0))


def drawn(path: str) -> list[list[tuple[float, float]]]:
    """The points of a path as a browser reads it."""
    subpaths = []
    for subpath in re.findall(r"M[^M]*z", path):
        start, steps = subpath[1:-1].split("l")
        points = [tuple(map(float, re.findall(r"-?\d*\.?\d+", start)))]
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        subpaths.append([(round(x, 1), round(y, 1)) for x, y in points])
    return subpaths


def test_mercator_gives_the_published_example_of_the_method() -> None:
    # IOGP Guidance Note 373-7-2, section 3.5.1.2: 24°22'54.433"N 100°20'00.000"W.
    latitude, longitude = 24 + 22 / 60 + 54.433 / 3600, -(100 + 20 / 60)
    assert mercator(longitude, latitude) == pytest.approx((-11169055.58, 2800000.00), abs=1)


def test_mercator_gives_whole_metres_and_the_origin_is_the_origin() -> None:
    assert mercator(0, 0) == (0, 0)
    assert all(isinstance(metres, int) for metres in mercator(*AARHUS))


@given(IN_DENMARK)
def test_mercator_and_back_is_the_same_point_within_a_metre(point: tuple[float, float]) -> None:
    assert kilometres(from_mercator(*mercator(*point)), point) < 0.001


@pytest.mark.parametrize(
    ("from_", "to", "expected"),
    [
        (AARHUS, AARHUS, 0),
        ((0, 0), (0, 90), 10007.557),  # a quarter of the meridian of the mean sphere
        ((0, 0), (180, 0), math.pi * 6371.0088),
        (AARHUS, COPENHAGEN, 156.16),  # by the spherical law of cosines
    ],
)
def test_kilometres(from_: tuple[float, float], to: tuple[float, float], expected: float) -> None:
    assert kilometres(from_, to) == pytest.approx(expected, abs=0.01)
    assert kilometres(to, from_) == pytest.approx(kilometres(from_, to))


def test_a_frame_has_its_corners_in_the_corners_and_north_upwards() -> None:
    assert FRAME.xy(7.5, 58.0) == (0, 0)
    assert FRAME.xy(15.5, 54.3) == (800, FRAME.height)
    assert FRAME.xy(*AARHUS)[1] < FRAME.xy(9.5, 55.0)[1]
    assert FRAME.view_box == f"0 0 800 {FRAME.height:g}"


def test_a_frame_keeps_the_shape_of_denmark() -> None:
    """Ten km eastwards and ten km northwards are about as many units, wherever in the country."""
    for longitude, latitude in ((10.6, 57.7), (10.2, 56.1), (11.9, 54.6)):
        east = FRAME.xy(longitude + 1, latitude)[0] - FRAME.xy(longitude, latitude)[0]
        north = FRAME.xy(longitude, latitude)[1] - FRAME.xy(longitude, latitude + 1)[1]
        per_km_east = east / kilometres((longitude, latitude), (longitude + 1, latitude))
        per_km_north = north / kilometres((longitude, latitude), (longitude, latitude + 1))
        assert per_km_east / per_km_north == pytest.approx(1, abs=0.05)


def test_contains() -> None:
    assert FRAME.contains(*AARHUS)
    assert not FRAME.contains(18.07, 59.33)


SQUARE = [[10, 56], [11, 56], [11, 55], [10, 55], [10, 56]]
HOLE = [[10.3, 55.6], [10.6, 55.6], [10.6, 55.3], [10.3, 55.6]]


def test_a_path_draws_each_ring_of_a_polygon_without_its_closing_point() -> None:
    outer, inner = drawn(FRAME.path([SQUARE, HOLE]))
    assert outer == [FRAME.xy(*position) for position in SQUARE[:-1]]
    assert inner == [FRAME.xy(*position) for position in HOLE[:-1]]


def test_a_path_draws_a_multipolygon_as_it_draws_its_parts() -> None:
    assert FRAME.path([[SQUARE, HOLE], [SQUARE]]) == FRAME.path([SQUARE, HOLE]) + FRAME.path([SQUARE])
    assert list(rings([[SQUARE, HOLE], [SQUARE]])) == [SQUARE, HOLE, SQUARE]


def test_a_path_is_written_short() -> None:
    frame = Frame(west=0, south=-5, east=10, north=5, width=10)
    assert frame.path([[[0, 5], [1.5, 5], [1.5, 4.1], [0, 4.1], [0, 5]]]) == "M0 0l1.5 0 0 .9-1.5 0z"


def test_points_that_cannot_be_told_apart_are_dropped_and_so_is_a_ring_of_nothing_else() -> None:
    nearly = [[10, 56], [10.001, 56], [11, 56], [11, 55], [10, 55], [10, 55.999], [10, 56]]
    assert FRAME.path([nearly]) == FRAME.path([SQUARE])
    assert FRAME.path([[[10, 56], [10.001, 56], [10.001, 55.999], [10, 56]]]) == ""


def test_a_height_in_the_coordinates_is_ignored() -> None:
    assert FRAME.path([[[*position, -999] for position in SQUARE]]) == FRAME.path([SQUARE])


@given(st.lists(IN_DENMARK, min_size=3, max_size=40))
def test_a_path_never_leaves_the_points_it_was_given(points: list[tuple[float, float]]) -> None:
    """Relative steps do not drift: each drawn point is exactly one of the given."""
    given_points = {FRAME.xy(*point) for point in points}
    for ring in drawn(FRAME.path([[*points, points[0]]])):
        assert set(ring) <= given_points
        assert all(math.dist(a, b) >= 0.59 for a, b in pairwise(ring))
