# ruff: noqa: S608 - statements put together from our own words; what is asked goes in as values
"""The least a list page's answer can cost here: hand-written SQL through bare psycopg, nothing rendered.

Written from what a question means, without the code of the list page, so that it is also an independent
recount of every total, facet and map cell; only which pins would hide each other is asked of the map.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from curation.mapping import apart
from curation.models import Theme
from places.danish import fold
from places.models import Place
from places.projection import mercator

from .queries import Query

type Values = dict[str, Any]

CONFIGURATIONS = {"da": "danish", "en": "english"}
OTHERS = {"da": "english", "en": "danish"}
MARK, OTHER, PART = "xq", "xz", "xp"  # how words of weight D, of the other language and in compounds begin
LAB = "to_tsquery('simple', 'xklab')"  # what vectors of labs say
BEGINNING = "to_tsquery('simple', %(beginning)s)"
WEIGHTS = "{0.05, 0.5, 0.4, 1}"
FURTHER, CLOSE, TOGETHER, NAMED = 0.15, 0.1, 0.2, 1.0
PAGE, RANKED = 25, 500
CELL_BITS, ZOOM = 17, 6  # metres of a cell's side on the first map, as a power of two; its zoom
CELL = ("cx", "cy", "n", "mx", "my", "west", "south", "east", "north", "first")
LISTS = {"theme_ids": "int[]", "place_ids": "int[]", "sides": "varchar[]"}
FACETS = (*LISTS, "phase", "setting", "type")
CARD = (
    "id, slug, record.name_da, record.name_en, record.phase, record.ended, pull_count, push_count,"
    " both_count, place_ids, theme_ids, claimed_at, confirmed_at, summary_da, summary_en, start_year,"
    " end_year"
)
# What the API tells of an entry: all of it, and what filters find it by.
WHOLE = (
    "public_id, slug, record.phase, pull_count, push_count, both_count, place_ids, theme_ids, sides, source,"
    " version, claimed_at, confirmed_at, published_at, updated_at, labs_lab.*"
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
    """Every word by its stems in both languages, in any weight and in compounds; the last as a beginning too.

    The words of the questions mean nothing besides themselves (`queries.Words`).
    """
    words: Values = {}
    terms = []
    for number, word in enumerate(map(fold, query.words)):
        words |= {f"own{number}": _own(word, query.language), f"other{number}": _other(word, query.language)}
        terms.append(f"{_of_own(number, query.language)} || {_of_other(number, query.language)}")
    if terms:
        last = fold(query.words[-1])
        words["beginning"] = f"{last}:* | {OTHER}{last}:*"
        terms[-1] += f" || {BEGINNING}"
    return " && ".join(f"({term})" for term in terms), words


def _own(word: str, language: str) -> str:
    return f"{word} | {MARK}{word}" + (f" | {PART}{word}" if language == "da" else "")


def _other(word: str, language: str) -> str:
    return f"{OTHER}{word}" + (f" | {PART}{word}" if language == "en" else "")


def _of_own(number: int, language: str) -> str:
    return f"to_tsquery('{CONFIGURATIONS[language]}', %(own{number})s)"


def _of_other(number: int, language: str) -> str:
    return f"to_tsquery('{OTHERS[language]}', %(other{number})s)"


def relevance(query: Query) -> tuple[str, Values]:
    """The order by relevance: each word, the beginning, all close together, all in a row, all in the name."""
    language, folded = query.language, [fold(word) for word in query.words]
    column = f"search_{language}"
    own, other = (3, 1) if language == "da" else (2, 2)  # so many words each of them asks for

    def rank(text: str, words: int) -> str:
        return f"ts_rank('{WEIGHTS}', {column}, {text}, 1) * {words}"

    def either(one: str, two: str, times: int) -> str:
        return f"greatest({rank(one, own * times)}, {rank(two, other * times)})"

    numbers = range(len(folded))
    parts = [either(_of_own(number, language), _of_other(number, language), 1) for number in numbers]
    parts.append(f"least({rank(BEGINNING, 2)}, 1.0) * {FURTHER}")
    values: Values = {"row": " <-> ".join(folded), "named": " <-> ".join(f"{word}:A" for word in folded)}
    values |= {f"{name}_other": _marked(values[name], OTHER) for name in ("row", "named")}
    values["row"] = f"({values['row']}) | ({_marked(values['row'], MARK)})"
    if len(folded) > 1:
        all_own = " && ".join(_of_own(number, language) for number in numbers)
        all_other = " && ".join(_of_other(number, language) for number in numbers)
        parts.append(f"{either(all_own, all_other, len(folded))} * {CLOSE}")
        parts.append(_if("row", column, language, TOGETHER))
    parts.append(_if("named", column, language, NAMED))
    return " + ".join(parts), values


def _marked(words: str, mark: str) -> str:
    return " <-> ".join(mark + word for word in words.split(" <-> "))


def _if(name: str, column: str, language: str, value: float) -> str:
    text = f"to_tsquery('{CONFIGURATIONS[language]}', %({name})s)"
    text += f" || to_tsquery('{OTHERS[language]}', %({name}_other)s)"
    return f"CASE WHEN {column} @@ ({text}) THEN {value} ELSE 0.0 END"


def box_metres(box: tuple[float, float, float, float]) -> Values:
    """A section of the map in web-mercator metres."""
    (west, south), (east, north) = mercator(box[0], box[1]), mercator(box[2], box[3])
    return {"west": west, "south": south, "east": east, "north": north}


class Floor:
    """Answers one question in two or three statements: numbers, map, cards.

    What words or a section of the map find is read once, for numbers, map and the first results alike.
    """

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
        self.rank = ""
        self.is_read_once = bool(self.text or query.box)
        name = f"sort_{query.language}"
        self.order = {name: name, "id": "id"} if query.sort else {"quality DESC": "quality", "id": "id"}
        if self.text:
            self.rank, in_rank = relevance(query)
            self.values |= in_rank
            # In a query of its own the planner cannot look into it and take it for broader than the index.
            self.always.append(f"search_{query.language} @@ (SELECT {LAB} && ({self.text}))")
            self.values |= words
        if query.box:
            self.always.append("x BETWEEN %(west)s AND %(east)s AND y BETWEEN %(south)s AND %(north)s")
            self.values |= box_metres(query.box)

    def answer(self) -> Answer:
        told = self._told(self._statements())
        total = told.pop("total")[""]
        cells = sorted((_cell(*one) for one in told.pop("cells", {}).items()), key=_largest_first)
        cards = [row[1] for row in self._rows(self._cards(first=told.pop("first", {})))]
        return Answer(total, told, cards, sorted(cell["n"] for cell in apart(cells, ZOOM)))

    def part(self) -> tuple[int, list[str]]:
        """The number and the first entries whole, as the API tells them: no facets, no map."""
        total = "SELECT 'total', '', count(*)::int FROM"
        if self.is_read_once:
            hits = f"SELECT {', '.join(self.order.values())} FROM curation_record WHERE {self._where()}"
            statement = f"WITH hits AS MATERIALIZED ({hits}) {total} hits UNION ALL {self._first('hits')}"
        else:
            statement = f"{total} curation_record WHERE {self._where()}"
        told = self._told([statement])
        return told["total"][""], [row[0] for row in self._rows(self._cards(WHOLE, told.get("first", {})))]

    def _told(self, statements: Sequence[str]) -> dict[str, dict[str, int]]:
        told: dict[str, dict[str, int]] = {}
        for statement in statements:
            for name, value, number in self._rows(statement):
                told.setdefault(name, {})[value] = number
        return told

    def _statements(self) -> list[str]:
        """What tells the numbers, the cells of the map and the first results."""
        if not self.is_read_once:
            where = self._where()
            return [self._numbers("curation_record", self._where), _cells(f"curation_record WHERE {where}")]
        held = [f"{self._condition(name)} AS has_{name}" for name in self.chosen]
        columns = ", ".join(["x", "y", *self.order.values(), *FACETS, *held])
        hits = f"SELECT {columns} FROM curation_record WHERE {' AND '.join(self.always)}"
        kept = f"hits WHERE {self._kept()}"
        return [
            f"WITH hits AS MATERIALIZED ({hits}) SELECT * FROM ({self._numbers('hits', self._kept)}) numbers"
            f" UNION ALL SELECT * FROM ({_cells(kept)}) cells UNION ALL {self._first(kept)}"
        ]

    def _first(self, found: str) -> str:
        order = ", ".join(self.order)
        return f"(SELECT 'first', id::text AS value, 1 FROM {found} ORDER BY {order} LIMIT {RANKED})"

    def _rows(self, statement: str) -> list[Any]:
        self.cursor.execute(statement, self.values)
        return list(self.cursor.fetchall())

    def _condition(self, name: str) -> str:
        return f"{name} && %({name})s::{LISTS[name]}" if name in LISTS else f"{name} = ANY(%({name})s)"

    def _where(self, but: str = "") -> str:
        return " AND ".join([*self.always, *(self._condition(name) for name in self.chosen if name != but)])

    def _kept(self, but: str = "") -> str:
        """The same of the rows that were read."""
        return " AND ".join(f"has_{name}" for name in self.chosen if name != but) or "TRUE"

    def _numbers(self, source: str, where: Callable[[str], str]) -> str:
        """The facets without a filter of their own in one pass, each of the others by itself."""
        free = [name for name in FACETS if name not in self.chosen]
        columns = ", ".join(free)
        sets = ", ".join(f"({name})" for name in free)
        every = 2 ** len(free) - 1
        told = [f"SELECT 'total', '', n FROM passed WHERE g = {every}"]
        told += [_told(name, every - 2**place) for place, name in enumerate(reversed(free))]
        told += [_alone(name, f"{source} WHERE {where(name)}") for name in self.chosen]
        return (
            f"WITH passed AS MATERIALIZED (SELECT grouping({columns}) AS g, {columns}, count(*)::int AS n"
            f" FROM {source} WHERE {where('')} GROUP BY GROUPING SETS ((), {sets})) "
            + " UNION ALL ".join(told)
        )

    def _cards(self, columns: str = CARD, first: Collection[str] = ()) -> str:
        """The page of whole entries; `first` are the numbers of those it may have, where they are known."""
        query = self.query
        order, source = ", ".join(self.order), f"curation_record record WHERE {self._where()}"
        if self.text:
            # The first key fits no index: walking along one to the few entries with a rare word is slow.
            order = f"search_{query.language} IS NULL, {order}"
        if first:
            source = f"curation_record record WHERE id = ANY('{{{','.join(first)}}}')"
        elif self.rank:
            best = f"SELECT id FROM curation_record WHERE {self._where()} ORDER BY {order} LIMIT {RANKED}"
            source = f"curation_record record WHERE id IN ({best})"
        if self.rank:
            order = f"{self.rank} DESC, {order}"
        page = f"SELECT * FROM {source} ORDER BY {order} LIMIT {PAGE} OFFSET {(query.page - 1) * PAGE}"
        return f"SELECT {columns} FROM ({page}) record JOIN labs_lab ON record_id = id ORDER BY {order}"


def _cells(found: str) -> str:
    numbers = "count(*)::int AS n, avg(x), avg(y), min(x), min(y), max(x), max(y), min(id)"
    cells = (
        f"SELECT x >> {CELL_BITS} AS cx, y >> {CELL_BITS} AS cy, {numbers} FROM {found} AND x IS NOT NULL"
        " GROUP BY cx, cy"
    )
    told = ", ".join(name for name in CELL if name != "n")
    return f"SELECT 'cells', concat_ws(' ', {told}), n FROM ({cells}) cells({', '.join(CELL)})"


def _cell(value: str, number: int) -> dict[str, Any]:
    names = [name for name in CELL if name != "n"]
    cell: dict[str, Any] = dict(zip(names, map(float, value.split()), strict=True))
    return cell | {"cx": int(cell["cx"]), "cy": int(cell["cy"]), "n": number}


def _largest_first(cell: Mapping[str, Any]) -> tuple[int, int, int]:
    return -cell["n"], cell["cx"], cell["cy"]


def _alone(name: str, found: str) -> str:
    if name not in LISTS:
        return f"SELECT '{name}', {name}, count(*)::int FROM {found} GROUP BY {name}"
    grouped = f"SELECT {name} AS list, count(*) AS n FROM {found} GROUP BY {name}"
    return f"SELECT '{name}', v::text, sum(n)::int FROM ({grouped}) grouped, unnest(list) v GROUP BY v"


def _told(name: str, group: int) -> str:
    if name in LISTS:
        values = f"passed, unnest({name}) v WHERE g = {group}"
        return f"SELECT '{name}', v::text, sum(n)::int FROM {values} GROUP BY v"
    return f"SELECT '{name}', {name}, n FROM passed WHERE g = {group}"
