"""What the map of a list is told: single points, points gathered into cells, a section of the map."""

from typing import Any

import pytest
from django.test import Client

from curation.mapping import Box, collection
from curation.models import Record
from places.projection import mercator
from tests import factories

pytestmark = pytest.mark.usefixtures("empty")

COPENHAGEN: dict[str, Any] = {"latitude": 55.676, "longitude": 12.568}
NEAR_BY: dict[str, Any] = {"latitude": 55.677, "longitude": 12.569}
SKAGEN: dict[str, Any] = {"latitude": 57.721, "longitude": 10.584}


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
