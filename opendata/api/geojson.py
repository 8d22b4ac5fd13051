"""Entries as GeoJSON (RFC 7946): all that is told of each as its properties."""

from collections.abc import Mapping
from typing import Any, Literal

from django.core.serializers.json import DjangoJSONEncoder
from django.http import JsonResponse
from ninja import Schema
from pydantic import Field, create_model

from .asking import ListPart
from .entries import SCHEMAS

MEDIA_TYPE = "application/geo+json"


class Geometry(Schema):
    """A point, longitude before latitude (WGS84)."""

    type: Literal["Point"]
    coordinates: list[float] = Field(min_length=2, max_length=2)


class Feature(Schema):
    """An entry; without a geometry where no point is told of it."""

    type: Literal["Feature"]
    id: str
    geometry: Geometry | None


class Features(ListPart):
    """A part of a list; `count`, `next` and `unknown` are ours (RFC 7946, 6.1)."""

    type: Literal["FeatureCollection"]


FEATURE: Mapping[str, type[Schema]] = {
    kind: create_model(
        f"{kind.title()}Feature", __base__=Feature, __doc__=Feature.__doc__, properties=(told, ...)
    )
    for kind, told in SCHEMAS.items()
}
FEATURES: Mapping[str, type[Schema]] = {
    kind: create_model(
        f"{kind.title()}Features", __base__=Features, __doc__=Features.__doc__, features=(list[told], ...)  # type: ignore[valid-type]
    )
    for kind, told in FEATURE.items()
}  # fmt: skip


def feature_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """An entry, as the API tells it, as a feature."""
    point = told["point"]
    geometry = point and {"type": "Point", "coordinates": [point["longitude"], point["latitude"]]}
    return {"type": "Feature", "id": told["id"], "geometry": geometry, "properties": dict(told)}


def response_of(data: Mapping[str, Any], headers: Mapping[str, str]) -> JsonResponse:
    return JsonResponse(
        data, encoder=DjangoJSONEncoder, content_type=MEDIA_TYPE, headers=dict(headers)
    )  # fmt: skip
