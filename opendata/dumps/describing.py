"""What goes with the tables: a data package (Frictionless), the licence, a text to read first."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from mail.links import absolute

from .packing import HEADS, Filled, Packed

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
MISSING = [""]


def data_package(day: dt.date, version: int, filled: Sequence[Filled], sources: Packed) -> dict[str, Any]:
    """As a tabular data package; the JSON lines are resources beside the tables."""
    resources = [*(_table(one) for one in filled), *(_lines(one) for one in filled), _sources(sources)]
    return {
        "profile": "data-package",
        "name": "stedkraft",
        "title": "Stedkraft",
        "description": "Denmark's living labs and their PUSH/PULL ecosystems: everything that is published.",
        "homepage": absolute("/"),
        "version": f"{day}+{version}",
        "created": f"{day}T00:00:00Z",
        "licenses": [LICENCE],
        "resources": resources,
    }


def _table(one: Filled) -> dict[str, Any]:
    foreign = [
        {"fields": column.name, "reference": {"resource": column.foreign, "fields": "id"}}
        for column in one.columns
        if column.foreign
    ]
    schema = {
        "fields": [column.described for column in one.columns],
        "primaryKey": one.table.key,
        "missingValues": MISSING,
    }
    return {
        "profile": "tabular-data-resource",
        "name": one.table.name,
        "title": one.table.name.replace("_", " ").capitalize(),
        "description": one.table.said,
        **_file(one.csv, "csv", "text/csv"),
        "rows": one.rows,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": schema | ({"foreignKeys": foreign} if foreign else {}),
    }


def _lines(one: Filled) -> dict[str, Any]:
    return {
        "profile": "data-resource",
        "name": f"{one.table.name}-ndjson",
        "description": "The same as JSON, a line for each row, as the API tells it.",
        **_file(one.json, "ndjson", "application/x-ndjson"),
        "rows": one.rows,
    }


def _sources(packed: Packed) -> dict[str, Any]:
    fields = [{"name": name, "type": "integer" if name == "entries" else "string"} for name in HEADS]
    return {
        "profile": "tabular-data-resource",
        "name": "sources",
        "description": "What the entries name as their sources, and how many name each.",
        **_file(packed, "csv", "text/csv"),
        "schema": {"fields": fields, "missingValues": MISSING},
    }


def _file(packed: Packed, form: str, media_type: str) -> dict[str, Any]:
    return {
        "path": packed.path, "format": form, "mediatype": media_type, "encoding": "utf-8",
        "bytes": packed.size, "hash": f"sha256:{packed.digest}",
    }  # fmt: skip


def paper(name: str, day: dt.date, version: int, filled: Sequence[Filled]) -> str:
    """A text that goes with the tables, first in Danish and then in English."""
    context = {
        "day": day, "version": version, "filled": filled, "licence": LICENCE, "home": absolute("/"),
        "data": absolute("/data/"), "stable": absolute("/id/"),
    }  # fmt: skip
    parts = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            parts.append(render_to_string(f"opendata/dump/{name}", context, using="mail").strip())
    return "\n\n\n".join(parts) + "\n"
