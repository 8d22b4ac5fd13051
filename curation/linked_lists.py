"""A list of the register as a data set: what it holds, where to take it, under which licence."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import get_language

from mail.links import absolute

from .linked import LICENCE, Node, document, in_danish, page_told, register

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# By the names of the routes, to which the name of the list is added.
FILES = (
    ("text/csv", "exports:csv"),
    (SPREADSHEET, "exports:xlsx"),
    ("application/geo+json", "exports:geojson"),
    ("application/atom+xml", "feeds:feed"),
)


def list_page(name: str, path: str, heading: str, lead: str) -> Node:
    """The page of a list. Filters narrow what is shown and not what is told: the data set is the whole."""
    files = [*((kind, reverse(route, args=[name])) for kind, route in FILES),
             ("application/json", reverse(f"api:{name}"))]  # fmt: skip
    whole = dataset(f"{in_danish(f'{name}:browse')}#data", heading, lead, path, files)
    return document(page_told(path, {"@id": whole["@id"]}, (heading, path)), whole)


def dataset(known_as: str, name: str, about: str, path: str, files: Iterable[tuple[str, str]]) -> Node:
    """A data set with its files; each is a media type and a path."""
    return {
        "@type": "Dataset",
        "@id": known_as,
        "name": f"{name} – Stedkraft",
        "description": about,
        "url": absolute(path),
        "inLanguage": get_language(),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": register(),
        "includedInDataCatalog": {"@id": absolute(reverse("opendata:catalog_ttl"))},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": absolute(where)}
            for kind, where in files
        ],
    }
