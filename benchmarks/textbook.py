# ruff: noqa: S608 - statements put together from our own words; what is asked goes in as values
"""The textbook design on the same rows: normalised tables, a stored vector, seven queries, every hit ranked.

Plain SQL, nothing rendered and no map, so a site built this way is slower than what is measured here. The
vector, themes and places above included, is the register's own, so that both find the same.
"""

from typing import Any

from django.db import connection

from .floor import PAGE, Ids, box_metres, question
from .queries import Query

BUILD = """
DROP SCHEMA IF EXISTS textbook CASCADE;
CREATE SCHEMA textbook;
CREATE TABLE textbook.lab AS
    SELECT record.id, record.slug, lab.name_da, lab.name_en, record.sort_da, lab.summary_da, lab.summary_en,
        lab.description_da, lab.description_en, lab.start_year, lab.end_year, record.phase, record.setting,
        record.quality, record.link_count, record.x, record.y, record.search_da, record.search_en
    FROM labs_lab lab JOIN curation_record record ON record.id = lab.record_id AND record.state = 'published';
ALTER TABLE textbook.lab ADD PRIMARY KEY (id);
CREATE INDEX ON textbook.lab USING gin (search_da);
CREATE INDEX ON textbook.lab USING gin (search_en);
CREATE INDEX ON textbook.lab (phase);
CREATE INDEX ON textbook.lab (setting);
CREATE INDEX ON textbook.lab (quality DESC, id);
CREATE INDEX ON textbook.lab (sort_da, id);
CREATE INDEX ON textbook.lab (x, y);
CREATE TABLE textbook.lab_theme AS
    SELECT id AS lab_id, unnest(theme_ids) AS value FROM curation_record JOIN textbook.lab USING (id);
CREATE TABLE textbook.lab_place AS
    SELECT id AS lab_id, unnest(place_ids) AS value FROM curation_record JOIN textbook.lab USING (id);
CREATE TABLE textbook.lab_side AS
    SELECT id AS lab_id, unnest(sides) AS value FROM curation_record JOIN textbook.lab USING (id);
CREATE INDEX ON textbook.lab_theme (value, lab_id);
CREATE INDEX ON textbook.lab_theme (lab_id);
CREATE INDEX ON textbook.lab_place (value, lab_id);
CREATE INDEX ON textbook.lab_place (lab_id);
CREATE INDEX ON textbook.lab_side (value, lab_id);
CREATE INDEX ON textbook.lab_side (lab_id);
ANALYZE textbook.lab, textbook.lab_theme, textbook.lab_place, textbook.lab_side;
"""
JOINED = {"theme": "lab_theme", "place": "lab_place", "side": "lab_side"}
FACETS = ("theme", "place", "side", "phase", "setting")


def build() -> None:
    """Lay the register's labs out as the textbook would."""
    with connection.cursor() as cursor:
        cursor.execute(BUILD)


def answer(cursor: Any, query: Query, ids: Ids) -> int:
    """Run the seven queries; the total."""
    conditions, parameters = _conditions(query, ids)
    cursor.execute(f"SELECT count(*) FROM textbook.lab WHERE {_all(conditions)}", parameters)
    total: int = cursor.fetchone()[0]
    cursor.execute(_page(query, conditions), parameters)
    cursor.fetchall()
    for facet in FACETS:
        cursor.execute(_facet(facet, conditions), parameters)
        cursor.fetchall()
    return total


def _conditions(query: Query, ids: Ids) -> tuple[dict[str, str], dict[str, Any]]:
    """What has to hold, by the facet it belongs to, and the values."""
    values = {
        "theme": ids.themes(query), "place": ids.places(query), "side": list(query.sides),
        "phase": list(query.phases), "setting": list(query.settings),
    }  # fmt: skip
    found = {
        name: f"id IN (SELECT lab_id FROM textbook.{JOINED[name]} WHERE value = ANY(%({name})s))"
        if name in JOINED
        else f"{name} = ANY(%({name})s)"
        for name, chosen in values.items()
        if chosen
    }
    parameters: dict[str, Any] = dict(values)
    if query.words:
        text, words = question(query)
        found["text"] = f"search_{query.language} @@ ({text})"
        parameters |= words
    if query.box:
        found["box"] = "x BETWEEN %(west)s AND %(east)s AND y BETWEEN %(south)s AND %(north)s"
        parameters |= box_metres(query.box)
    return found, parameters


def _all(conditions: dict[str, str], *, but: str = "") -> str:
    return " AND ".join(condition for name, condition in conditions.items() if name != but) or "true"


def _page(query: Query, conditions: dict[str, str]) -> str:
    order = "sort_da, id" if query.sort == "name" else "quality DESC, id"
    if query.words:
        text, _words = question(query)
        order = f"ts_rank(search_{query.language}, {text}) DESC, id"
    return (
        "SELECT id, slug, name_da, name_en, summary_da, summary_en, start_year, end_year, phase, setting,"
        f" link_count FROM textbook.lab WHERE {_all(conditions)}"
        f" ORDER BY {order} LIMIT {PAGE} OFFSET {(query.page - 1) * PAGE}"
    )


def _facet(facet: str, conditions: dict[str, str]) -> str:
    """How many labs each value leaves, its own filter aside."""
    where = _all(conditions, but=facet)
    if facet in JOINED:
        source = f"textbook.{JOINED[facet]} JOIN textbook.lab ON id = lab_id"
        return f"SELECT value, count(*) FROM {source} WHERE {where} GROUP BY value"
    return f"SELECT {facet}, count(*) FROM textbook.lab WHERE {where} GROUP BY {facet}"
