"""A list as GeoJSON (RFC 7946): one feature for each entry, as the API tells it.

What has no point has no geometry and is told all the same. A file that broke off is no JSON.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from ..api.geojson import feature_of


def collection(about: Mapping[str, Any], batches: Iterable[Iterable[Mapping[str, Any]]]) -> Iterator[bytes]:
    """The file in pieces. `about` stands beside the features, as members the format leaves to its writers."""
    told = {"type": "FeatureCollection", **about}
    yield _json(told).removesuffix("}").encode() + b',"features":['
    parted = b"\n"
    for entries in batches:
        features = [_json(feature_of(entry)).encode() for entry in entries]
        if features:
            yield parted + b",\n".join(features)
            parted = b",\n"
    yield b"\n]}\n"


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
