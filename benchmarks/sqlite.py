# ruff: noqa: S608 - statements put together from our own words; what is asked goes in as values
"""Datasette on the same rows: SQLite with FTS5 and four scalar facets.

`make bench` installs Datasette apart from our packages, and its own page is asked for, in this process; where
it is missing the statements it issues for that page are run directly, which spares it the work of making a
page. No relevance, no map, one theme a lab.
"""

import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from .floor import PAGE
from .queries import REGION, Query

COLUMNS = (
    "id", "slug", "name_da", "name_en", "sort_da", "summary_da", "summary_en", "description_da",
    "description_en", "theme", "phase", "setting", "region", "municipality", "start_year", "x", "y",
)  # fmt: skip
FACETS = ("theme", "phase", "setting", "region")
READ = """
SELECT record.id, record.slug, lab.name_da, lab.name_en, record.sort_da, lab.summary_da, lab.summary_en,
    lab.description_da, lab.description_en, coalesce(top.slug, theme.slug), record.phase, record.setting,
    region.code, town.code, lab.start_year, record.x, record.y
FROM labs_lab lab JOIN curation_record record ON record.id = lab.record_id AND record.state = 'published'
LEFT JOIN curation_theme theme ON theme.id = record.theme_ids[1]
LEFT JOIN curation_theme top ON top.id = theme.parent_id
LEFT JOIN places_place town ON town.kind = 'municipality' AND town.id = ANY (record.place_ids)
LEFT JOIN places_place region ON region.kind = 'region' AND region.valid_from IS NULL
    AND region.id = ANY (record.place_ids)
"""
MAKE = f"""
CREATE TABLE lab ({", ".join(COLUMNS)}, PRIMARY KEY (id));
CREATE VIRTUAL TABLE lab_fts USING fts5 (
    name_da, name_en, summary_da, summary_en, description_da, description_en,
    content="lab", content_rowid="id"
);
"""
INDEXES = "".join(
    f"CREATE INDEX lab_{name} ON lab ({name});" for name in (*FACETS, "municipality", "sort_da")
)
FOUND = "rowid IN (SELECT rowid FROM lab_fts WHERE lab_fts MATCH :search)"


def can_tell(query: Query) -> bool:
    """Whether a table of scalars can be asked this."""
    return not (query.sides or query.box or query.unfinished or len(query.themes) > 1)


@contextmanager
def opened() -> Iterator[Callable[[Query], object]]:
    """A function that answers a question, on a copy of the register's labs in a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "labs.db"
        _copy(file)
        if installed():
            with asyncio.Runner() as runner, _datasette(file, runner) as ask:
                yield ask
        else:
            with sqlite3.connect(file) as database:
                yield lambda query: _statements(database, query)
            database.close()


def installed() -> bool:
    """Whether `make bench` has put Datasette into its own folder."""
    folder = str(settings.BASE_DIR / "var" / "rivals")
    if folder not in sys.path:
        sys.path.append(folder)  # after our own packages, whose versions come first
    return find_spec("datasette") is not None


def name() -> str:
    return "Datasette" if installed() else "Datasette's statements on SQLite"


def _copy(file: Path) -> None:
    with sqlite3.connect(file) as database, connection.cursor() as cursor:
        database.executescript(MAKE)
        cursor.execute(READ)
        marks = ", ".join("?" * len(COLUMNS))
        while rows := cursor.fetchmany(5000):
            database.executemany(f"INSERT OR IGNORE INTO lab VALUES ({marks})", rows)
        database.execute("INSERT INTO lab_fts (lab_fts) VALUES ('rebuild')")
        database.executescript(f"{INDEXES} ANALYZE;")
    database.close()


def _filters(query: Query) -> dict[str, str]:
    found = {"theme": query.themes, "phase": query.phases, "setting": query.settings}
    place = {"region" if code == REGION else "municipality": code for code in query.places}
    return {name: values[0] for name, values in found.items() if values} | place


@contextmanager
def _datasette(file: Path, runner: asyncio.Runner) -> Iterator[Callable[[Query], object]]:
    Datasette = import_module("datasette.app").Datasette  # noqa: N806 - not among our packages

    quick = {
        "suggest_facets": False, "facet_time_limit_ms": 60_000, "sql_time_limit_ms": 60_000,
        "default_page_size": PAGE,
    }  # fmt: skip
    datasette = Datasette([str(file)], settings=quick)

    def ask(query: Query) -> object:
        asked: list[tuple[str, Any]] = [("_facet", facet) for facet in FACETS]
        asked += list(_filters(query).items())
        asked += [("_search", " ".join(query.words))] if query.words else []
        asked += [("_sort", "sort_da")] if query.sort else []
        response = runner.run(datasette.client.get(f"/labs/lab?{urlencode(asked)}"))
        response.raise_for_status()
        return response

    yield ask
    for database in datasette.databases.values():
        database.close()


def _statements(database: sqlite3.Connection, query: Query) -> object:
    """The page, the count and one statement for each facet, as Datasette 0.65 writes them."""
    values = _filters(query) | {"search": " ".join(f'"{word}"' for word in query.words)}
    conditions = [f"{name} = :{name}" for name in _filters(query)] + [FOUND] * bool(query.words)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    table = f"SELECT {', '.join(COLUMNS)} FROM lab {where}"
    order = "sort_da" if query.sort else "id"
    database.execute(f"{table} ORDER BY {order} LIMIT {PAGE + 1}", values).fetchall()
    for facet in FACETS:
        counted = f"SELECT {facet} AS value, count(*) AS n FROM ({table}) WHERE {facet} IS NOT NULL"
        database.execute(f"{counted} GROUP BY {facet} ORDER BY n DESC, value LIMIT 31", values).fetchall()
    return database.execute(f"SELECT count(*) FROM lab {where}", values).fetchone()[0]
