"""Municipality outlines from a GeoJSON file: what is accepted, and in words why something is not."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Denmark in degrees WGS 84 with some water round it: Blåvands Huk 8.07, Christiansø 15.20, Gedser Odde
# 54.56, Skagen 57.75 (the outermost points of DAGI's municipalities).
WEST, SOUTH, EAST, NORTH = 7.5, 54.3, 15.6, 58.0
# How UTF-8 looks when it has been read as Latin-1 and saved again.
MISREAD = ("Ã", "\ufffd")


class NotGeoJSON(Exception):
    """The file as a whole cannot be read; the message says why."""


class Refused(Exception):
    """One feature cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Outline:
    """A municipality's four-digit code, its name in the file, and a GeoJSON geometry of two dimensions."""

    code: str
    name: str
    geometry: dict[str, Any]


def features(content: bytes) -> list[Any]:
    """The features of a GeoJSON FeatureCollection, unchecked."""
    try:
        # RFC 7946 wants UTF-8 without a byte-order mark; Excel and QGIS on Windows write one all the same.
        collection = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotGeoJSON("the file is not UTF-8; save it again with that encoding") from error
    except (ValueError, RecursionError) as error:
        raise NotGeoJSON(f"the file is not JSON ({error})") from error
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise NotGeoJSON("the file is JSON, but not a GeoJSON FeatureCollection")
    found = collection.get("features")
    if not isinstance(found, list) or not found:
        raise NotGeoJSON("the FeatureCollection has no features")
    return found


def read(feature: Any) -> Outline:
    """The outline in one GeoJSON feature; raises `Refused`."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise Refused("not a GeoJSON Feature")
    code, name = (_text(feature, property_) for property_ in ("code", "name"))
    if not (len(code) == 4 and code.isascii() and code.isdigit()):
        raise Refused(f'the code "{code}" is not four digits')
    if any(letter in name for letter in MISREAD):
        raise Refused(f'{code}: the name "{name}" was read with the wrong encoding')
    try:
        return Outline(code, name, _geometry(feature.get("geometry")))
    except Refused as refusal:
        raise Refused(f"{code} {name}: {refusal}") from refusal


def _text(feature: dict[str, Any], property_: str) -> str:
    properties = feature.get("properties")
    value = properties.get(property_) if isinstance(properties, dict) else None
    if value is None or value == "":
        raise Refused(f'the property "{property_}" is missing')
    if not isinstance(value, str):
        raise Refused(f'the property "{property_}" is not a text: {value!r}')
    return value.strip()


def _geometry(geometry: Any) -> dict[str, Any]:
    type_ = geometry.get("type") if isinstance(geometry, dict) else None
    if type_ == "Polygon":
        return {"type": type_, "coordinates": _polygon(geometry.get("coordinates"))}
    if type_ == "MultiPolygon":
        parts = _filled(geometry.get("coordinates"))
        return {"type": type_, "coordinates": [_polygon(part) for part in parts]}
    raise Refused(f"the geometry is {type_ or 'missing'}, not Polygon or MultiPolygon")


def _polygon(polygon: Any) -> list[list[list[float]]]:
    return [_ring(ring) for ring in _filled(polygon)]


def _ring(ring: Any) -> list[list[float]]:
    """A closed line of at least four positions (RFC 7946, section 3.1.6)."""
    positions = [_position(position) for position in _filled(ring)]
    if len(positions) < 4 or positions[0] != positions[-1]:
        raise Refused("a ring is not closed or has fewer than four positions")
    return positions


def _position(position: Any) -> list[float]:
    """Longitude and latitude; a height is left out, for nothing here uses it."""
    if not isinstance(position, list) or len(position) < 2 or not all(map(_is_number, position[:2])):
        raise Refused(f"not a position: {str(position)[:60]}")
    longitude, latitude = position[:2]
    if not (WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH):
        raise Refused(
            f"{longitude}, {latitude} lies outside Denmark; coordinates are longitude, latitude (WGS 84)"
        )
    return [longitude, latitude]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _filled(value: Any) -> Sequence[Any]:
    if not isinstance(value, list) or not value:
        raise Refused("the coordinates are empty or not a list")
    return value
