"""How much waits now, for each who looks after something and in each place and theme; one statement each."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils import timezone

from curation.access import Scope
from curation.models import Record

from ..queues import QUEUES, Queue

type Counted = Mapping[Any, Mapping[str, int]]

# Who looks after what today: who was given it, and who stands in: stewards and curators who are here.
HELD = """
SELECT stewardship.user_id, place_id, theme_id, record_id
FROM curation_stewardship stewardship JOIN accounts_user person ON person.id = stewardship.user_id
WHERE stewardship.until IS NULL AND person.is_active
UNION
SELECT absence.cover_id, place_id, theme_id, record_id
FROM curation_stewardship stewardship
JOIN accounts_user person ON person.id = stewardship.user_id
JOIN curation_absence absence ON absence.user_id = stewardship.user_id
JOIN accounts_user cover ON cover.id = absence.cover_id
WHERE stewardship.until IS NULL AND person.is_active AND cover.is_active
  AND absence.called_off_at IS NULL AND %s BETWEEN absence.since AND absence.until
  AND (cover.is_curator OR cover.is_superuser OR EXISTS (
    SELECT FROM curation_stewardship own WHERE own.user_id = cover.id AND own.until IS NULL))
  AND NOT EXISTS (
    SELECT FROM curation_absence away WHERE away.user_id = cover.id AND away.called_off_at IS NULL
      AND %s BETWEEN away.since AND away.until)
"""


def of_people() -> Counted:
    """By person and queue, with what they stand in for; what lies in two of somebody's parts counts once.

    What is about two entries counts for who looks after both, as it stands on their desk.
    """
    things, parameters = _things()
    rows = _rows(
        f"""
        WITH waits AS ({things}), held AS ({HELD})
        SELECT person, queue, count(*) FROM (
          SELECT held.user_id AS person, waits.queue
          FROM held JOIN curation_record record
            ON held.record_id = record.id OR held.place_id = ANY(record.place_ids)
            OR held.theme_id = ANY(record.theme_ids)
          JOIN waits ON waits.record = record.id
          GROUP BY 1, 2, waits.thing, waits.about HAVING count(DISTINCT waits.record) = waits.about
        ) theirs GROUP BY 1, 2
        """,  # noqa: S608 - made of this file's own text and of querysets with their parameters
        [*parameters, timezone.localdate(), timezone.localdate()],
    )
    return _by_key(rows)


def of_scopes() -> Counted:
    """By place and theme, as (`place` or `theme`, number), and queue; places with all that lies in them."""
    things, parameters = _things()
    rows = _rows(
        f"""
        WITH waits AS ({things}), lies AS (
          SELECT waits.*, record.place_ids, record.theme_ids
          FROM waits JOIN curation_record record ON record.id = waits.record
        ), of_it AS (
          SELECT 'place' AS kind, place AS number, lies.* FROM lies, unnest(place_ids) place
          UNION ALL
          SELECT 'theme', theme, lies.* FROM lies, unnest(theme_ids) theme
        )
        SELECT kind, number, queue, count(*) FROM (
          SELECT kind, number, queue FROM of_it
          GROUP BY kind, number, queue, thing, about HAVING count(DISTINCT record) = about
        ) whole GROUP BY 1, 2, 3
        """,  # noqa: S608 - as above
        parameters,
    )
    return _by_key([((kind, number), queue, count) for kind, number, queue, count in rows])


def _things() -> tuple[str, list[Any]]:
    """All that waits: its queue, its number there, the entry it is about or each of them, and how many."""
    parts, parameters = [], []
    for queue in QUEUES.values():
        columns = _records_in(queue)
        for column in columns:
            found = queue.waiting(Scope(everything=True)).order_by().values_list("pk", column)
            sql, given = found.query.sql_with_params()
            row = "%s AS queue, %s::bigint AS about, one.thing, one.record"
            parts.append(f"SELECT {row} FROM ({sql}) one (thing, record)")  # noqa: S608 - as below
            parameters += [queue.slug, len(columns), *given]
    return " UNION ALL ".join(parts), parameters


def _records_in(queue: Queue) -> list[str]:
    """The columns of what waits in a queue that name the entry it is about, or the entries."""
    model = queue.waiting(Scope(everything=True)).model
    if model is Record:
        return ["pk"]
    columns = model._meta.concrete_fields  # noqa: SLF001 - part of Django's API
    named = [column.attname for column in columns if column.related_model is Record]
    return ["record_id"] if "record_id" in named else named


def _rows(sql: str, parameters: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _by_key(rows: list[Any]) -> Counted:
    found: dict[Any, dict[str, int]] = defaultdict(dict)
    for key, queue, count in rows:
        found[key][queue] = count
    return found
