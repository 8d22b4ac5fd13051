"""What the map of a list is told: single points, points gathered into cells, a section of the map."""

from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from curation.mapping import PIN_PIXELS, WORLD_METRES, Box, cell_bits, collection
from curation.models import Record
from places.projection import from_mercator, mercator
from tests import factories

pytestmark = pytest.mark.usefixtures("empty")

COPENHAGEN: dict[str, Any] = {"latitude": 55.676, "longitude": 12.568}
NEAR_BY: dict[str, Any] = {"latitude": 55.677, "longitude": 12.569}
SKAGEN: dict[str, Any] = {"latitude": 57.721, "longitude": 10.584}
ZOOM = 6


def features(zoom: int | None) -> list[dict[str, Any]]:
    return list(collection(Record.objects.published(), zoom)["features"])


def test_a_single_point_names_its_entry() -> None:
    lab = factories.lab("Laboratoriet", **SKAGEN)
    factories.lab("Uden punkt")
    for zoom in (None, 3, 18):
        (point,) = features(zoom)
        assert point["properties"] == {
            "name": "Laboratoriet", "kind": "lab", "url": lab.get_absolute_url(), "count": 1,
        }  # fmt: skip
        assert point["geometry"]["coordinates"] == pytest.approx([10.584, 57.721], abs=1e-4)


def test_points_are_gathered_from_afar_and_parted_near_by() -> None:
    for point in (COPENHAGEN, NEAR_BY, SKAGEN):
        factories.lab(**point)
    counts = [sorted(one["properties"]["count"] for one in features(zoom)) for zoom in (0, 9, 18)]
    assert counts == [[3], [1, 2], [1, 1, 1]]
    (gathered,) = [one for one in features(9) if one["properties"]["count"] == 2]
    west, south, east, north = gathered["properties"]["bbox"]
    longitude, latitude = gathered["geometry"]["coordinates"]
    assert west <= longitude <= east
    assert south <= latitude <= north
    assert (west, south) == pytest.approx((12.568, 55.676), abs=1e-4)
    assert "name" not in gathered["properties"]


def test_no_two_pins_stand_so_near_that_one_hides_the_other() -> None:
    """Two labs on either side of a cell's edge, nearer than a pin is wide, are one pin that tells of both."""
    edge = 2 ** cell_bits(ZOOM)
    pixel = WORLD_METRES / 256 / 2**ZOOM
    for metres in (-2 * pixel, 2 * pixel, -40 * pixel, 30 * pixel):
        longitude, latitude = from_mercator(10 * edge + metres, 57 * edge + edge / 2)
        factories.lab(longitude=longitude, latitude=latitude)
    found = features(ZOOM)
    assert sorted(one["properties"]["count"] for one in found) in ([1, 1, 2], [1, 3], [2, 2])
    places = sorted(mercator(*one["geometry"]["coordinates"])[0] for one in found)
    assert all(right - left >= (PIN_PIXELS - 1) * pixel for left, right in pairwise(places))


def test_a_box_holds_what_lies_inside() -> None:
    inside, outside = factories.lab(**COPENHAGEN), factories.lab(**SKAGEN)
    box = Box(*mercator(12.0, 55.0), *mercator(13.0, 56.0))
    found = set(box.holds(Record.objects.all()))
    assert inside.record in found
    assert outside.record not in found


def test_the_same_answer_for_list_and_map(client: Client) -> None:
    factories.lab("Inde", **COPENHAGEN)
    factories.lab("Ude", **SKAGEN)
    answer = client.get("/labs/map.geojson?bbox=12,55,13,56")
    assert answer["Content-Type"] == "application/geo+json"
    assert [one["properties"]["name"] for one in answer.json()["features"]] == ["Inde"]
    page = client.get("/labs/?bbox=12,55,13,56").text
    assert "Inde" in page
    assert "Ude" not in page
    english = client.get("/en/labs/map.geojson").json()["features"]
    assert all(one["properties"]["url"].startswith("/en/labs/") for one in english)
