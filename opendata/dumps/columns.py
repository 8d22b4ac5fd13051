"""The columns of a table as CSV, from what the API says of its fields; and a row of the API as their cells.

Another entry is told by its id, a point by its degrees, a list as JSON. Texts people wrote are made safe for
spreadsheets; numbers, days and words of controlled lists are left as they are.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from ninja import Schema

from curation.spreadsheet import safe

# The fields that name one entry, and the table it stands in; what else names one may name any kind.
FOREIGN: Mapping[str, str] = {
    "lab": "labs", "mission": "missions", "need": "needs", "offer": "offers", "trial": "trials",
    "solution": "solutions", "inspired_by": "solutions", "owner": "actors", "backbone": "actors",
    "actor": "actors", "adopter": "actors", "subject": "actors", "object": "actors",
}  # fmt: skip
POINT = (("longitude", "Degrees (WGS84)."), ("latitude", "Degrees (WGS84)."))
FORMATS: Mapping[str, str] = {"date": "date", "date-time": "datetime"}


@dataclass(frozen=True)
class Column:
    """A column: its name, what Frictionless calls its type, what it means, and the words it may hold.

    `foreign` is the table an id in it stands in.
    """

    name: str
    type: str
    description: str = ""
    words: Sequence[str] = field(default_factory=tuple)
    foreign: str = ""

    @property
    def described(self) -> dict[str, Any]:
        """As a field of a table schema."""
        told: dict[str, Any] = {"name": self.name, "type": self.type, "description": self.description}
        if self.words:
            told["words"] = list(self.words)
            if self.type == "string":
                told["constraints"] = {"enum": list(self.words)}
        return told

    def cell(self, value: Any) -> str:
        match value:
            case None:
                return ""
            case bool():
                return "true" if value else "false"
            case dt.date():  # a moment is one, too
                return value.isoformat()
            case list():
                return json.dumps([_told(one) for one in value], cls=DjangoJSONEncoder, ensure_ascii=False)
            case dict():
                return str(_told(value))
            case str():
                return safe(value)
        return str(value)


def columns_of(schema: type[Schema], left_out: frozenset[str] = frozenset()) -> list[Column]:
    """The columns of a table in the order the API tells its fields."""
    described = schema.model_json_schema()
    known = described.get("$defs", {})
    return [
        column
        for name, said in described["properties"].items()
        if name not in left_out
        for column in _columns(name, said, known)
    ]


def cells_of(columns: Sequence[Column], row: Mapping[str, Any]) -> list[str]:
    """A row of the API as the cells of the columns."""
    point = row.get("point")
    flat = dict(row) | (dict(point) | {"point_basis": point["basis"]} if point else {})
    return [column.cell(flat.get(column.name)) for column in columns]


def _columns(name: str, said: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[Column]:
    meant = said.get("description", "")
    one = _resolved(said, known)
    parts = one.get("properties", {})
    if "longitude" in parts:
        yield from (Column(column, "number", told) for column, told in POINT)
        yield Column("point_basis", "string", parts["basis"].get("description", ""))
    elif parts:
        yield Column(name, "string", f"{meant} Its id.".strip(), foreign=FOREIGN.get(name, ""))
    else:
        kind = FORMATS.get(one.get("format", ""), one.get("type", "string"))
        words = [word for word in one.get("items", one).get("enum", ()) if word != ""]
        yield Column(name, kind, meant, words)


def _resolved(said: Mapping[str, Any], known: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a field holds where it holds anything."""
    if "anyOf" in said:
        said = next(one for one in said["anyOf"] if one.get("type") != "null")
    if "$ref" in said:
        found: Mapping[str, Any] = known[said["$ref"].rsplit("/", 1)[-1]]
        return found
    return said


def _told(value: Any) -> Any:
    """What has a name, by what it is known by for ever."""
    if isinstance(value, dict) and ("name" in value or "name_da" in value):
        return value.get("id") or value["code"]
    return value
