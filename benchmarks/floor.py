"""The least a list page's answer can cost here: hand-written SQL through bare psycopg, nothing rendered.

Written from what a question means, without the code of the list page, so that it is also an independent
recount of every total, facet and map cell.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from curation.models import Theme
from places.models import Place
from places.projection import mercator

from .queries import Query

type Parameters = dict[str, Any]

CONFIGURATIONS = {"da": "danish", "en": "english"}
PAGE, RANKED = 25, 500
CELL_BITS = 17  # metres of a side, as a power of two, on the first map
ORDERS = {"": "quality DESC, id", "name": "sort_da, id"}
GROUPS = ("theme_ids", "place_ids", "sides", "phase, setting, type")


class Ids:
    """Themes and places by the address a question names them with, read once."""

    @cached_property
    def _theme_ids(self) -> dict[str, int]:
        return dict(Theme.objects.values_list("slug", "pk"))

    @cached_property
    def _place_ids(self) -> dict[str, int]:
        return dict(Place.objects.values_list("code", "pk"))

    def themes(self, query: Query) -> list[int]:
        return [self._theme_ids[slug] for slug in query.themes]

    def places(self, query: Query) -> list[int]:
        return [self._place_ids[code] for code in query.places]


@dataclass
class Answer:
    """What both the page and the floor tell; the cells are (number of labs, least id)."""

    total: int
    facets: dict[str, dict[str, int]]
    cards: list[int]
    cells: set[tuple[int, int]]


def question(words: tuple[str, ...], configuration: str) -> tuple[str, Parameters]:
    """Every word by its stem or as written, the last also as the beginning of one; SQL and its values."""
    *_whole, last = words
    found, values = [], {}
    for number, word in enumerate(words):
        terms = [f"word{number}"]
        values[f"word{number}"] = word
        if word == last:
            terms.append("beginning")
            values["beginning"] = f"{word}:*ABC"
        either = [
            f"to_tsquery('{configuration}', %({term})s) || to_tsquery('simple', %({term})s)" for term in terms
        ]
        found.append(f"({' || '.join(either)})")
    return " && ".join(found), values


def box_metres(box: tuple[float, float, float, float]) -> Parameters:
    """A section of the map in web-mercator metres."""
    (west, south), (east, north) = mercator(box[0], box[1]), mercator(box[2], box[3])
    return {"west": west, "south": south, "east": east, "north": north}


class Floor:
    """Answers one question in three statements: numbers, cards, map."""

    def __init__(self, cursor: Any, query: Query, ids: Ids) -> None:
        self.cursor, self.query = cursor, query
        self.chosen: dict[str, tuple[str, list[Any]]] = {
            "theme_ids": ("theme_ids && %(theme_ids)s::int[]", ids.themes(query)),
            "place_ids": ("place_ids && %(place_ids)s::int[]", ids.places(query)),
            "sides": ("sides && %(sides)s::varchar[]", list(query.sides)),
            "phase": ("phase = ANY(%(phase)s)", list(query.phases)),
            "setting": ("setting = ANY(%(setting)s)", list(query.settings)),
        }
        self.chosen = {name: chosen for name, chosen in self.chosen.items() if chosen[1]}
        self.values: Parameters = {name: values for name, (_sql, values) in self.chosen.items()}
        self.first = ["state = 'published'", "kind = 'lab'"]
        self._restrict()

    def _restrict(self) -> None:
        query = self.query
        if query.words:
            self.text, values = question(query.words, CONFIGURATIONS[query.language])
            self.first.append(f"search_{query.language} @@ ({self.text})")
            self.values |= values
        if query.box:
            self.first.append("x BETWEEN %(west)s AND %(east)s AND y BETWEEN %(south)s AND %(north)s")
            self.values |= box_metres(query.box)

    @property
    def all(self) -> str:
        return " AND ".join([*self.first, *(sql for sql, _values in self.chosen.values())])

    def answer(self) -> Answer:
        total, facets = self._numbers()
        return Answer(total, facets, self._cards(), self._cells())

    def _rows(self, statement: str) -> list[Any]:
        self.cursor.execute(statement, self.values)
        return self.cursor.fetchall()

    # The total and the facets

    def _numbers(self) -> tuple[int, dict[str, dict[str, int]]]:
        facets: dict[str, dict[str, int]] = {}
        for name, value, number in self._rows(self._numbers_statement()):
            facets.setdefault(name, {})[value] = number
        return facets.pop("total", {}).get("", 0), facets
