"""Reading what pages tell machines."""

import json
import warnings
from typing import Any

from django.test import Client
from rdflib import Graph

from tests.pages import read

TYPE = "application/ld+json"


def graph_of(text: str) -> Graph:
    """JSON-LD as triples."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its reader warns of its own classes
        return Graph().parse(data=text, format="json-ld")


def told_by(client: Client, path: str) -> list[dict[str, Any]]:
    """The things a page tells of, from its only data block of linked data."""
    (block,) = read(client.get(path)).all("script", type=TYPE)
    document = json.loads("".join(str(child) for child in block.children))
    assert document["@context"] == "https://schema.org"
    found: list[dict[str, Any]] = document["@graph"]
    return found


def thing(told: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    (found,) = (one for one in told if one["@type"] == kind)
    return found


def names(node: Any) -> set[tuple[str, str]]:
    """Language and text."""
    said = node["name"] if isinstance(node["name"], list) else [node["name"]]
    return {(one["@language"], one["@value"]) for one in said}
