# ruff: noqa: S608 - statements put together from our own words; what is asked goes in as values
"""The least a list page's answer can cost here: hand-written SQL through bare psycopg, nothing rendered.

Written from what a question means, without the code of the list page, so that it is also an independent
recount of every total, facet and map cell.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from curation.models import Theme
from places.danish import fold
from places.models import Place
from places.projection import mercator

from .queries import Query

type Values = dict[str, Any]

CONFIGURATIONS = {"da": "danish", "en": "english"}
MARK = "xq"  # how words of weight D begin
PAGE, RANKED = 25, 500
CELL_BITS = 17  # metres of a cell's side on the first map, as a power of two
LISTS = {"theme_ids": "int[]", "place_ids": "int[]", "sides": "varchar[]"}
FACETS = (*LISTS, "phase", "setting", "type")
CARD = (
    "id, slug, record.name_da, record.name_en, record.phase, record.ended, pull_count, push_count,"
    " both_count, place_ids, theme_ids, claimed_at, confirmed_at, summary_da, summary_en, start_year,"
    " end_year"
)


@dataclass
class Answer:
    """What page and floor both tell: counts, the slugs of the cards, how many labs each map cell has."""

    total: int
    facets: dict[str, dict[str, int]]
    cards: list[str]
    cells: list[int]


class Ids:
    """Themes and places by what questions call them, read once."""

    @cached_property
    def _themes(self) -> dict[str, int]:
        return dict(Theme.objects.order_by("pk").values_list("slug", "pk"))

    @cached_property
    def _places(self) -> dict[str, int]:
        return dict(Place.objects.order_by("pk").values_list("code", "pk"))

    def themes(self, query: Query) -> list[int]:
        return [self._themes[slug] for slug in query.themes]

    def places(self, query: Query) -> list[int]:
        return [self._places[code] for code in query.places]


def question(query: Query) -> tuple[str, Values]:
    """Every word by its stem or as written, marked where it is of weight D; the last also as a beginning."""
    folded = [fold(word) for word in query.words]
    words = {f"word{number}": word for number, word in enumerate(folded)}
    found = [[name, f"marked{number}"] for number, name in enumerate(words)]
    words |= {f"marked{number}": MARK + word for number, word in enumerate(folded)}
    if found:
        found[-1].append("beginning")
        words["beginning"] = f"{folded[-1]}:*"
    either = (" || ".join(_term(name, query.language) for name in names) for names in found)
    return " && ".join(f"({terms})" for terms in either), words


def _term(name: str, language: str) -> str:
    return f"to_tsquery('{CONFIGURATIONS[language]}', %({name})s) || to_tsquery('simple', %({name})s)"


def box_metres(box: tuple[float, float, float, float]) -> Values:
    """A section of the map in web-mercator metres."""
    (west, south), (east, north) = mercator(box[0], box[1]), mercator(box[2], box[3])
    return {"west": west, "south": south, "east": east, "north": north}


class Floor:
    """Answers one question in three statements: numbers, cards, map."""

    def __init__(self, cursor: Any, query: Query, ids: Ids) -> None:
        self.cursor, self.query = cursor, query
        self.values: Values = {
            "theme_ids": ids.themes(query),
            "place_ids": ids.places(query),
            "sides": list(query.sides),
            "phase": list(query.phases),
            "setting": list(query.settings),
        }
        self.chosen = [name for name, values in self.values.items() if values]
        self.always = ["state = 'published'", "kind = 'lab'"]
        self.text, words = question(query)
        if self.text:
            self.always.append(f"search_{query.language} @@ ({self.text})")
            self.values |= words
        if query.box:
            self.always.append("x BETWEEN %(west)s AND %(east)s AND y BETWEEN %(south)s AND %(north)s")
            self.values |= box_metres(query.box)

    def answer(self) -> Answer:
        numbers: dict[str, dict[str, int]] = {}
        for facet, value, number in self._rows(self._numbers()):
            numbers.setdefault(facet, {})[value] = number
        total = numbers.pop("total")[""]
        cards = [row[1] for row in self._rows(self._cards())]
        return Answer(total, numbers, cards, sorted(row[0] for row in self._rows(self._cells())))

    def _rows(self, statement: str) -> list[Any]:
        self.cursor.execute(statement, self.values)
        return list(self.cursor.fetchall())

    def _where(self, *, but: str = "") -> str:
        filters = [
            f"{name} && %({name})s::{LISTS[name]}" if name in LISTS else f"{name} = ANY(%({name})s)"
            for name in self.chosen
            if name != but
        ]
        return " AND ".join([*self.always, *filters])

    def _numbers(self) -> str:
        """The facets without a filter of their own in one pass, each of the others by itself."""
        free = [name for name in FACETS if name not in self.chosen]
        columns = ", ".join(free)
        sets = ", ".join(f"({name})" for name in free)
        every = 2 ** len(free) - 1
        told = [f"SELECT 'total', '', n FROM passed WHERE g = {every}"]
        told += [_told(name, every - 2**place) for place, name in enumerate(reversed(free))]
        told += [self._alone(name) for name in self.chosen]
        return (
            f"WITH passed AS MATERIALIZED (SELECT grouping({columns}) AS g, {columns}, count(*)::int AS n"
            f" FROM curation_record WHERE {self._where()} GROUP BY GROUPING SETS ((), {sets})) "
            + " UNION ALL ".join(told)
        )

    def _alone(self, name: str) -> str:
        where = self._where(but=name)
        if name not in LISTS:
            found = f"FROM curation_record WHERE {where}"
            return f"SELECT '{name}', {name}, count(*)::int {found} GROUP BY {name}"
        grouped = f"SELECT {name} AS list, count(*) AS n FROM curation_record WHERE {where} GROUP BY {name}"
        return f"SELECT '{name}', v::text, sum(n)::int FROM ({grouped}) grouped, unnest(list) v GROUP BY v"

    def _cards(self) -> str:
        query = self.query
        order, source = "quality DESC, id", f"curation_record record WHERE {self._where()}"
        if query.sort:
            order = f"sort_{query.language}, id"
        elif self.text:
            # The first key fits no index: walking along one to the few entries with a rare word is slow.
            order = f"search_{query.language} IS NULL, {order}"
            best = f"SELECT id FROM curation_record WHERE {self._where()} ORDER BY {order} LIMIT {RANKED}"
            source = f"curation_record record WHERE id IN ({best})"
            rank = f"ts_rank('{{0.05, 0.3, 0.6, 1}}', search_{query.language}, {self.text}, 1)"
            order = f"{rank} DESC, {order}"
        page = f"SELECT * FROM {source} ORDER BY {order} LIMIT {PAGE} OFFSET {(query.page - 1) * PAGE}"
        return f"SELECT {CARD} FROM ({page}) record JOIN labs_lab ON record_id = id ORDER BY {order}"

    def _cells(self) -> str:
        return (
            "SELECT count(*)::int, avg(x), avg(y), min(x), min(y), max(x), max(y), min(id)"
            f" FROM curation_record WHERE {self._where()} AND x IS NOT NULL"
            f" GROUP BY x >> {CELL_BITS}, y >> {CELL_BITS}"
        )


def _told(name: str, group: int) -> str:
    if name in LISTS:
        values = f"passed, unnest({name}) v WHERE g = {group}"
        return f"SELECT '{name}', v::text, sum(n)::int FROM {values} GROUP BY v"
    return f"SELECT '{name}', {name}, n FROM passed WHERE g = {group}"
