"""The small maps: the country with points, and what lies round a municipality, with outlines and without."""

import json
import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from places import drawing
from places.drawing import Area, Labelling, Reach, cut_path, ground, offsets, running_on
from places.locator import country
from places.maps import Spot, local_map, local_map_of, locator, surroundings
from places.models import Place
from places.projection import Frame
from tests import factories
from tests.pages import Reader

AARHUS, ODENSE, ROENNE = (10.21, 56.157), (10.388, 55.396), (14.7, 55.1)


@pytest.fixture
def no_ground(tmp_path, monkeypatch):
    monkeypatch.setattr(drawing, "GROUND_FILE", str(tmp_path / "missing.json"))
    forget()


@pytest.fixture(autouse=True)
def _small_ground(tmp_path, monkeypatch):
    """A country of two squares and a neighbour, so that the tests need no built file."""
    file = tmp_path / "denmark.json"
    file.write_text(json.dumps(GROUND))
    monkeypatch.setattr(drawing, "GROUND_FILE", str(file))
    forget()
    yield
    forget()


def forget():
    """Nothing drawn before is kept."""
    ground.cache_clear()
    country.cache_clear()


def square(west, south, side):
    east, north = west + side, south + side
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(here, *polygons):
    return {
        "type": "Feature",
        "properties": {"here": here},
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }


GROUND = {
    "type": "FeatureCollection",
    "features": [
        feature(False, square(9, 53.8, 0.9)),
        feature(True, square(9, 55, 2), square(14.7, 55, 0.3)),
    ],
}


def municipality(name, longitude, latitude, *, outline=None, population=1000):
    shape = {"type": "Polygon", "coordinates": outline} if outline else None
    return factories.place(
        name,
        seat=f"{name} By",
        longitude=longitude,
        latitude=latitude,
        outline=shape,
        population=population,
    )


def numbers(path):
    return [float(number) for number in re.findall(r"-?\d*\.?\d+", path)]


# The ground


def test_bornholm_is_kept_apart():
    assert len(ground().here) == len(ground().island) == len(ground().abroad) == 1


def test_without_the_built_file_there_is_no_ground(no_ground):
    assert ground() == drawing.Ground()
    assert locator([Spot(*AARHUS, "Aarhus")]).land == ""


def test_a_path_is_cut_to_its_frame_and_a_margin():
    frame = Frame(10, 56, 11, 56.5, width=100)
    assert cut_path(frame, square(9, 55, 3)) != ""
    assert all(-5 <= number <= 105 for number in numbers(cut_path(frame, square(9, 55, 3)))[:2])
    assert cut_path(frame, square(1, 1, 2)) == ""


def test_land_runs_on_below_the_cut():
    assert min(lat for ring in running_on([square(9, 53.8, 1)]) for _lon, lat in ring) == 50.8


# Labels


def test_a_label_takes_the_first_free_side():
    labels = Labelling(Area(0, 0, 200, 200))
    first = labels.place("Aarhus", 50, 50, 12, Reach.of(5))
    assert (first.anchor, first.x) == ("start", 61)
    labels.taken.append(Area(100, 90, 140, 110))
    assert labels.place("Odense", 90, 100, 12, Reach.of(5)).anchor != "start"


def test_a_label_that_finds_no_room_is_left_out():
    labels = Labelling(Area(0, 0, 60, 30))
    assert labels.place("Frederikshavn", 30, 15, 14, Reach.of(5)) is None


def test_a_mark_looks_near_before_far():
    distances = [x * x + y * y for x, y in offsets(20, 5)]
    assert distances[0] == 0
    assert distances == sorted(distances, key=lambda d: round(d, 6))


# The locator


def test_spots_at_one_point_are_counted_together():
    found = locator([Spot(*AARHUS, "Aarhus"), Spot(*AARHUS, "Aarhus", 2), Spot(*ODENSE, "Odense")], "Labs")
    assert [(point.count, point.number) for point in found.points] == [(3, "3"), (1, "")]
    assert found.label == "Labs: Aarhus 3, Odense 1"


def test_single_spots_are_named_without_a_number():
    assert locator([Spot(*AARHUS, "Aarhus")], "The lab").label == "The lab: Aarhus"


def test_many_places_are_summed_up():
    spots = [Spot(9 + n / 10, 56, f"Place {n}") for n in range(11)]
    with translation.override("en"):
        assert locator(spots, "Labs").label.endswith("3 more places")


def test_bornholm_stands_in_its_frame():
    found = locator([Spot(*ROENNE, "Rønne")])
    assert Area.round(found.points[0].x, found.points[0].y, 0).within(found.frame)
    assert Area.round(*numbers(found.island)[:2], 0).within(found.frame)


def test_a_spot_abroad_is_told_but_not_drawn():
    found = locator([Spot(2.35, 48.85, "Paris")], "Partners")
    assert found.points == []
    assert found.label == "Partners: Paris"


def test_the_locator_is_one_picture_with_a_description():
    html = render_to_string(
        "components/locator.html", {"map": locator([Spot(*AARHUS, "Aarhus", 12)], "Labs")}
    )
    svg = Reader.read(html).one("svg")
    assert (svg.attrs["role"], svg.attrs["aria-label"]) == ("img", "Labs: Aarhus 12")
    assert svg.one("text").text == "12"
    assert not re.search(r"style=|<script", html)


# The local map


def test_without_outlines_there_are_land_towns_and_a_dot(empty):
    here = municipality("Her", 10, 56)
    near = municipality("Nabo", 10.2, 56.05)
    found = local_map(here, [], [here, near])
    assert found.land
    assert found.here == ""
    assert [town.label.text for town in found.towns] == ["Nabo By"]
    assert [mark.label.text for mark in found.marks] == ["Her By"]
    assert (found.width, found.height) == (420, 300)


def test_with_outlines_this_one_is_drawn_apart_and_fills_the_picture(empty):
    here = municipality("Her", 10, 56, outline=square(9.9, 55.9, 0.2))
    near = municipality("Nabo", 10.2, 56, outline=square(10.1, 55.9, 0.2))
    found = local_map(here, [], [here, near])
    assert found.here
    assert len(found.neighbours) == 1
    assert found.land == ""


def test_the_picture_fits_a_wide_municipality_but_not_its_far_islets(empty):
    far_islet = square(11.5, 56.9, 0.01)
    wide = {"type": "MultiPolygon", "coordinates": [square(9.5, 55.8, 0.8), far_islet]}
    here = factories.place("Bred", longitude=9.9, latitude=56.2, outline=wide)
    corners = numbers(local_map(here, [], []).here)[:2]
    assert 0 < corners[0] < 420
    assert 0 < corners[1] < 300


def test_where_one_neighbour_lacks_an_outline_the_land_lies_below(empty):
    here = municipality("Her", 10, 56, outline=square(9.9, 55.9, 0.2))
    assert local_map(here, [], [municipality("Nabo", 10.2, 56)]).land


def test_a_lab_is_shown_where_it_is(empty):
    here = municipality("Her", 10, 56)
    found = local_map(here, [Spot(10.05, 56.02, "Lab ved åen")], [])
    (mark,) = found.marks
    assert mark.label.text == "Lab ved åen"
    assert "Lab ved åen" in found.label
    assert (mark.x, mark.y) != (210, 150)


def test_labels_never_lie_on_each_other(empty):
    here = municipality("Her", 10, 56)
    others = [municipality(f"Nabo {n}", 10 + n / 60, 56 + n / 300, population=n) for n in range(1, 15)]
    found = local_map(here, [], others)
    assert 1 <= len(found.towns) <= 5
    heights = [town.label.y for town in found.towns]
    assert all(abs(a - b) > 0 for n, a in enumerate(heights) for b in heights[n + 1 :])


def test_a_place_nobody_can_point_at_has_no_map(empty):
    assert local_map_of(factories.place("Regionen", kind="region")) is None


def test_it_is_read_in_one_statement(empty, django_assert_num_queries):
    here = municipality("Her", 10, 56, outline=square(9.9, 55.9, 0.2))
    for n in range(3):
        municipality(f"Nabo {n}", 10.2 + n / 10, 56)
    bare = Place.objects.only("longitude", "latitude").get(pk=here.pk)
    with django_assert_num_queries(1):
        assert len(local_map_of(bare).towns) >= 1
    assert next(place.name_da for place in surroundings(here)) == "Her"


def test_the_local_map_is_one_picture_with_a_description(empty):
    here = municipality("Her", 10, 56, outline=square(9.9, 55.9, 0.2))
    html = render_to_string("components/local_map.html", {"map": local_map_of(here)})
    svg = Reader.read(html).one("svg")
    assert svg.attrs["role"] == "img"
    assert "Her" in svg.attrs["aria-label"]
    assert len(svg.all("path", "sk-map__here")) == 1
    assert not re.search(r"style=|<script", html)
