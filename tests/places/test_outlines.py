"""Municipality outlines: what a feature must be, and the command that loads a file of them or nothing."""

import csv
import io
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from places.models import Place
from places.outlines import NotGeoJSON, Refused, features, read

SQUARE = [[10.0, 56.0], [10.1, 56.0], [10.1, 56.1], [10.0, 56.1], [10.0, 56.0]]


def feature(code: Any = "0751", name: Any = "Aarhus", **geometry: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]} | geometry,
    }


def test_a_polygon_is_read() -> None:
    outline = read(feature())
    assert (outline.code, outline.name) == ("0751", "Aarhus")
    assert outline.geometry == {"type": "Polygon", "coordinates": [SQUARE]}


def test_a_multipolygon_is_read_and_heights_are_left_out() -> None:
    high = [[*position, -999] for position in SQUARE]
    outline = read(feature(type="MultiPolygon", coordinates=[[high], [SQUARE]]))
    assert outline.geometry == {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (None, "not a GeoJSON Feature"),
        (["Feature"], "not a GeoJSON Feature"),
        ({"type": "Polygon"}, "not a GeoJSON Feature"),
        ({"type": "Feature"}, '"code" is missing'),
        ({"type": "Feature", "properties": None}, '"code" is missing'),
        (feature(code=None), '"code" is missing'),
        (feature(name=""), '"name" is missing'),
        (feature(code=751), '"code" is not a text: 751'),
        (feature(code="751"), '"751" is not four digits'),
        (feature(code="\u0660\u0667\u0665\u0661"), "is not four digits"),  # Arabic digits
        (feature(name="København".encode().decode("latin-1")), "wrong encoding"),
        ({**feature(), "geometry": None}, "the geometry is missing"),
        (feature(type="Point", coordinates=[10.2, 56.1]), "the geometry is Point"),
        (feature(coordinates=None), "empty or not a list"),
        (feature(coordinates=[]), "empty or not a list"),
        (feature(coordinates=[[]]), "empty or not a list"),
        (feature(coordinates=[SQUARE[:-1]]), "not closed"),
        (feature(coordinates=[[SQUARE[0]] * 3]), "fewer than four"),
        (feature(coordinates=SQUARE), "not a position"),
        (feature(coordinates=[[["10.0", "56.0"]] * 4]), "not a position"),
        (feature(coordinates=[[[True, 56.0]] * 4]), "not a position"),
        (feature(coordinates=[[[float("nan"), 56.0]] * 4]), "not a position"),
        (feature(coordinates=[[[56.0, 10.0]] * 4]), "outside Denmark"),  # latitude first
        (feature(coordinates=[[[574000.0, 6223000.0]] * 4]), "outside Denmark"),  # UTM 32, metres
        (feature(coordinates=[[[-6.8, 62.0]] * 4]), "outside Denmark"),  # the Faroes
        (feature(type="MultiPolygon", coordinates=[SQUARE]), "not a position"),
    ],
)
def test_what_is_refused_and_why(wrong: Any, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(wrong)
    assert reason in str(refusal.value)


def test_a_refusal_names_the_municipality() -> None:
    with pytest.raises(Refused, match=r"^0751 Aarhus: "):
        read(feature(coordinates=[]))


def collection(*members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(members)}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b"code;name\n0751;Aarhus\n", "not JSON"),
        (b'{"type": "FeatureCollection", "features": [', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (json.dumps(collection(feature(name="Sorø")), ensure_ascii=False).encode("latin-1"), "not UTF-8"),
        (b"[]", "not a GeoJSON FeatureCollection"),
        (json.dumps(feature()).encode(), "not a GeoJSON FeatureCollection"),
        (b'{"type": "Topology", "objects": {}, "arcs": []}', "not a GeoJSON FeatureCollection"),
        (b'{"type": "FeatureCollection"}', "no features"),
        (b'{"type": "FeatureCollection", "features": []}', "no features"),
    ],
)
def test_a_file_that_is_not_geojson_is_refused_as_a_whole(content: bytes, reason: str) -> None:
    with pytest.raises(NotGeoJSON, match=reason):
        features(content)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert len(features(b"\xef\xbb\xbf" + json.dumps(collection(feature())).encode())) == 1


# The command


def municipalities() -> list[dict[str, str]]:
    with (settings.BASE_DIR / "data/municipalities.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def square_round(row: dict[str, str], half_km: float = 5) -> dict[str, Any]:
    """A made-up outline: a square round the municipality's main town."""
    lon, lat = float(row["longitude"]), float(row["latitude"])
    dx, dy = half_km / 62, half_km / 111
    corners = [(-dx, -dy), (dx, -dy), (dx, dy), (-dx, dy), (-dx, -dy)]
    ring = [[round(lon + x, 4), round(lat + y, 4)] for x, y in corners]
    return feature(row["code"], row["name"], coordinates=[ring])


@pytest.fixture
def rows(denmark: None) -> list[dict[str, str]]:
    """The municipalities of the loaded register, as their file has them."""
    return municipalities()


def load(folder: Path, *members: Any) -> str:
    file = folder / "outlines.geojson"
    file.write_text(json.dumps(collection(*members), ensure_ascii=False), encoding="utf-8")
    said = io.StringIO()
    call_command("import_outlines", str(file), stdout=said)
    return said.getvalue()


def with_outline() -> int:
    return Place.objects.filter(outline__isnull=False).count()


def test_all_municipalities_get_their_outline(rows: list[dict[str, str]], tmp_path: Path) -> None:
    squares = [square_round(row) for row in rows]
    assert "98 added, 0 changed, 0 unchanged, 0 refused" in load(tmp_path, *squares)
    assert (
        Place.objects.get(code="0400").outline
        == square_round(next(row for row in rows if row["code"] == "0400"))["geometry"]
    )


def test_loading_twice_is_loading_once_and_a_new_outline_is_a_change(
    rows: list[dict[str, str]], tmp_path: Path
) -> None:
    squares = [square_round(row) for row in rows]
    load(tmp_path, *squares)
    assert "0 added, 0 changed, 98 unchanged, 0 refused" in load(tmp_path, *squares)
    assert "0 added, 1 changed, 97 unchanged" in load(tmp_path, square_round(rows[0], 6), *squares[1:])
    assert "0 added, 1 changed, 0 unchanged" in load(tmp_path, squares[0])


def test_one_refused_feature_and_nothing_is_loaded(rows: list[dict[str, str]], tmp_path: Path) -> None:
    squares = [square_round(row) for row in rows]
    unknown, point = deepcopy(squares[3]), deepcopy(squares[4])
    unknown["properties"]["code"] = "9999"
    point["geometry"] = {"type": "Point", "coordinates": [10.2, 56.1]}
    with pytest.raises(CommandError) as error:
        load(tmp_path, *squares[:3], unknown, point, *squares[5:], squares[0])
    said = str(error.value)
    assert "3 of 99 features refused. Nothing was loaded." in said
    assert "feature 4: 9999" in said
    assert "no municipality has this code" in said
    assert "feature 5" in said
    assert "the geometry is Point" in said
    assert "feature 99" in said
    assert "the file has this code twice" in said
    assert error.value.returncode != 0
    assert with_outline() == 0


def test_a_code_of_a_region_is_no_municipality(rows: list[dict[str, str]], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="1082 Region Midtjylland: no municipality has this code"):
        load(tmp_path, feature("1082", "Region Midtjylland"))
    assert with_outline() == 0


def test_a_refused_file_leaves_the_outlines_there_are(rows: list[dict[str, str]], tmp_path: Path) -> None:
    load(tmp_path, square_round(rows[0]))
    with pytest.raises(CommandError):
        load(tmp_path, square_round(rows[0], 9), feature(coordinates=[]))
    assert Place.objects.get(code=rows[0]["code"]).outline == square_round(rows[0])["geometry"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b'{"type": "Feature"}', "Sorø".encode("latin-1")])
def test_a_file_that_is_something_else_is_refused_in_one_sentence(
    db: None, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "something.geojson"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=r"^something\.geojson: the file is .*Nothing was loaded\.$"):
        call_command("import_outlines", str(file))


def test_a_file_that_is_not_there_is_said_to_be_missing(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_outlines", str(tmp_path / "gone.geojson"))


def test_the_real_outlines_are_accepted_where_an_operator_has_them(
    rows: list[dict[str, str]], tmp_path: Path
) -> None:
    """DAGI's file lies beside the tree on some machines; elsewhere squares stand in for it."""
    real = Path(settings.BASE_DIR).parent / "shared/data/boundaries/kommuner.geojson"
    members = features(real.read_bytes()) if real.exists() else [square_round(row) for row in rows]
    assert "98 added" in load(tmp_path, *members)
    assert with_outline() == 98
