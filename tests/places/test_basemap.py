"""The map's ground: TopoJSON read, stitched, simplified, cut to a box and written."""

import io
import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from places import basemap
from places.basemap import Box, clip, cut, decoded_arcs, simplify, stitch

UNIT = Box(west=0, south=0, east=10, north=10)

# Two neighbours that share arc 0, the border at 11° E; the western has a lake (degrees = 0.1 · sum + 5, 50)
# Arc 0 runs from (11, 55) to (11, 57), arcs 1 and 2 are the rest of either country, 3 the lake, 4 far away.
TOPOLOGY: dict[str, Any] = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [5, 50]},
    "arcs": [
        [[60, 50], [0, 10], [0, 10]],
        [[60, 70], [-20, 0], [0, -20], [20, 0]],
        [[60, 70], [300, 0], [0, -20], [-300, 0]],
        [[45, 55], [5, 0], [0, 5], [-5, -5]],
        [[1000, 300], [10, 0], [0, 10], [-10, -10]],
    ],
    "objects": {
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "properties": {"name": "Denmark"}, "arcs": [[0, 1], [3]]},
                {"type": "MultiPolygon", "properties": {"name": "Sweden"}, "arcs": [[[~0, ~2]], [[4]]]},
                {"type": "Polygon", "properties": {"name": "Elsewhere"}, "arcs": [[4]]},
            ],
        }
    },
}


def area(ring: list[tuple[float, float]]) -> float:
    return abs(sum(x_1 * y_2 - x_2 * y_1 for (x_1, y_1), (x_2, y_2) in pairwise(ring))) / 2


def test_arcs_are_steps_scaled_and_moved() -> None:
    assert decoded_arcs(TOPOLOGY)[0] == [(11, 55), (11, 56), (11, 57)]


def test_arcs_are_stitched_end_to_end_and_a_negative_one_backwards() -> None:
    arcs = decoded_arcs(TOPOLOGY)
    assert stitch([0, 1], arcs.__getitem__) == [(11, 55), (11, 56), (11, 57), (9, 57), (9, 55), (11, 55)]
    assert stitch([~1, ~0], arcs.__getitem__) == stitch([0, 1], arcs.__getitem__)[::-1]


def test_a_cut_has_denmark_on_top_its_hole_its_neighbour_and_nothing_from_far_away() -> None:
    sweden, denmark = cut(TOPOLOGY)["features"]
    assert denmark["properties"] == {"name": "Denmark", "here": True}
    assert sweden["properties"] == {"name": "Sweden", "here": False}
    (polygon,) = denmark["geometry"]["coordinates"]
    assert [len(ring) for ring in polygon] == [5, 4]
    assert len(sweden["geometry"]["coordinates"]) == 1


def test_a_neighbour_ends_at_the_edge_of_the_box() -> None:
    sweden, _ = cut(TOPOLOGY)["features"]
    ((ring,),) = sweden["geometry"]["coordinates"]
    assert max(lon for lon, _ in ring) == basemap.SURROUNDINGS.east
    assert min(lon for lon, _ in ring) == 11


def test_a_shared_border_is_one_line() -> None:
    sweden, denmark = cut(TOPOLOGY)["features"]
    borders = [
        {point for point in feature["geometry"]["coordinates"][0][0] if point[0] == 11}
        for feature in (sweden, denmark)
    ]
    assert borders[0] == borders[1]


def test_a_ring_inside_the_box_is_untouched_and_one_outside_is_gone() -> None:
    inside = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0)]
    assert clip(inside, UNIT) == inside
    assert clip([(x + 20, y) for x, y in inside], UNIT) == []


def test_a_ring_round_the_box_becomes_the_box() -> None:
    ring = clip([(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0), (-5.0, -5.0)], UNIT)
    assert set(ring) == {(0, 0), (10, 0), (10, 10), (0, 10)}
    assert ring[0] == ring[-1]


def test_a_ring_that_leaves_and_comes_back_keeps_what_is_inside() -> None:
    comb = [
        (8.0, 1.0),
        (12.0, 1.0),
        (12.0, 9.0),
        (8.0, 9.0),
        (8.0, 7.0),
        (11.0, 7.0),
        (11.0, 3.0),
        (8.0, 3.0),
    ]
    assert area(clip([*comb, comb[0]], UNIT)) == pytest.approx(2 * 2 + 2 * 2)


@given(st.lists(st.tuples(st.floats(-20, 20), st.floats(-20, 20)), min_size=3, max_size=30))
def test_nothing_clipped_lies_outside_and_every_ring_is_closed(points: list[tuple[float, float]]) -> None:
    ring = clip([*points, points[0]], UNIT)
    assert all(-1e-9 <= x <= 10 + 1e-9 and -1e-9 <= y <= 10 + 1e-9 for x, y in ring)
    assert not ring or ring[0] == ring[-1]


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), min_size=2, max_size=60), st.floats(0.01, 3))
def test_a_simplified_line_keeps_its_ends_and_never_strays_too_far(
    points: list[tuple[float, float]], tolerance: float
) -> None:
    kept = simplify(points, tolerance, lambda point: point)
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert set(kept) <= set(points)
    for point in points:
        nearest = min(
            (basemap._distance(point, a, b) for a, b in pairwise(kept)), default=math.dist(point, kept[0])
        )
        assert nearest <= tolerance + 1e-9


def test_points_on_a_straight_line_go() -> None:
    line = [(float(x), 0.0) for x in range(10)]
    assert simplify(line, 0.01, lambda point: point) == [(0, 0), (9, 0)]


@pytest.fixture
def world(tmp_path: Path, settings: Any) -> Path:
    """A project folder with the small world above in place of the real one."""
    settings.BASE_DIR = tmp_path
    source = tmp_path / "node_modules/world-atlas/countries-10m.json"
    source.parent.mkdir(parents=True)
    source.write_text(json.dumps(TOPOLOGY), encoding="utf-8")
    return source


def test_the_command_writes_a_small_geojson_and_the_same_bytes_again(world: Path, tmp_path: Path) -> None:
    output = tmp_path / "var/build/static/map/denmark.json"
    call_command("make_basemap", stdout=io.StringIO())
    first = output.read_bytes()
    call_command("make_basemap", stdout=io.StringIO())
    assert output.read_bytes() == first
    assert [feature["properties"]["name"] for feature in json.loads(first)["features"]] == [
        "Sweden",
        "Denmark",
    ]
    assert b", " not in first


def test_without_the_world_the_command_says_what_to_run(world: Path) -> None:
    world.unlink()
    with pytest.raises(CommandError, match=r"countries-10m\.json is missing; run `npm ci"):
        call_command("make_basemap")


def test_the_real_world_gives_denmark_and_four_neighbours_within_the_size(
    settings: Any, tmp_path: Path
) -> None:
    source = settings.BASE_DIR / "node_modules/world-atlas/countries-10m.json"
    if not source.exists():
        pytest.skip("npm packages are not installed")
    ground = cut(json.loads(source.read_text(encoding="utf-8")))
    assert len(json.dumps(ground, separators=(",", ":"))) < 120_000
    names = [feature["properties"]["name"] for feature in ground["features"]]
    assert {"Denmark", "Germany", "Norway", "Poland", "Sweden"} <= set(names)
    assert names[-1] == "Denmark"
    rings = [ring for polygon in ground["features"][-1]["geometry"]["coordinates"] for ring in polygon]
    # Denmark is 42,900 km²; the coast is drawn at 1:10 million, so a few per cent are lost or gained.
    assert sum(map(basemap.SURROUNDINGS.area_km2, rings)) == pytest.approx(42_900, rel=0.05)
    points = [point for ring in rings for point in ring]
    assert min(lon for lon, _ in points) == pytest.approx(8.07, abs=0.05)
    assert max(lon for lon, _ in points) == pytest.approx(15.16, abs=0.05)
    assert min(lat for _, lat in points) == pytest.approx(54.56, abs=0.05)
    assert max(lat for _, lat in points) == pytest.approx(57.75, abs=0.05)
