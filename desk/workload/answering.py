"""How much was decided lately and how fast, by who decided and by place and theme; one statement each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from curation.promises import answer_by

LATELY, LONGER = dt.timedelta(weeks=4), dt.timedelta(weeks=12)

# What was decided: by whom, about which entry, when, and since when it had waited. A decision about something
# sent in is the first after it was sent; what is withdrawn or published anew later is none. A suggestion
# waits from when it was passed on to the stewards; before that it was the owner's. What waits beyond its
# promised day is decided by nobody yet, and its promise is broken already.
DECIDED = """
SELECT event.by_id AS by, event.record_id AS record, 'new' AS what, event.at, sent.at AS since
FROM curation_recordevent event
CROSS JOIN LATERAL (
  SELECT earlier.at, earlier.verb FROM curation_recordevent earlier
  WHERE earlier.record_id = event.record_id AND earlier.id < event.id
    AND earlier.verb IN ('submitted', 'published', 'returned', 'withdrawn')
  ORDER BY earlier.at DESC, earlier.id DESC LIMIT 1
) sent
WHERE event.verb IN ('published', 'returned', 'withdrawn') AND sent.verb = 'submitted'
  AND event.at >= %(longer)s
UNION ALL
SELECT by_id, record_id, 'changed', at, NULL FROM curation_recordevent
WHERE verb = 'reviewed' AND at >= %(longer)s
UNION ALL
SELECT decided_by_id, record_id, 'suggested', decided_at, passed_on_at FROM curation_suggestion
WHERE passed_on_at IS NOT NULL AND decided_at >= %(longer)s
UNION ALL
SELECT decided_by_id, record_id, 'claimed', decided_at, claimed_at FROM actors_claim
WHERE decided_at >= %(longer)s
UNION ALL
SELECT NULL, id, 'late', NULL, submitted_at FROM curation_record
WHERE state = 'submitted' AND answer_by < %(today)s
"""
DAYS = "extract(epoch FROM at - since) / 86400"
FIGURES = f"""
count(*) FILTER (WHERE at >= %(lately)s),
count(at),
percentile_cont(0.5) WITHIN GROUP (ORDER BY {DAYS}) FILTER (WHERE what = 'new'),
percentile_cont(0.9) WITHIN GROUP (ORDER BY {DAYS}) FILTER (WHERE what = 'new'),
percentile_cont(0.5) WITHIN GROUP (ORDER BY {DAYS}) FILTER (WHERE what = 'suggested'),
percentile_cont(0.9) WITHIN GROUP (ORDER BY {DAYS}) FILTER (WHERE what = 'suggested'),
count(*) FILTER (WHERE what IN ('new', 'late')),
count(*) FILTER (WHERE what = 'new' AND (at AT TIME ZONE %(zone)s)::date <= promised)
"""
# The day an answer was promised by, from the day of the week something was sent in on.
PROMISED = """
(since AT TIME ZONE %(zone)s)::date
  + (%(promises)s::int[])[extract(isodow FROM since AT TIME ZONE %(zone)s)::int]
"""
A_MONDAY = dt.date(2026, 1, 5)


@dataclass(frozen=True)
class Answering:
    """What was decided in four and in twelve weeks, and of the twelve the days it took, if anything was.

    `new` are entries from being sent in, `suggested` suggestions from being passed on: half were decided
    within the first number of days, nine of ten within the second. `kept` of `promised` promises were kept;
    of places and themes those that are broken while it still waits count as well.
    """

    lately: int = 0
    longer: int = 0
    new: float | None = None
    new_most: float | None = None
    suggested: float | None = None
    suggested_most: float | None = None
    promised: int = 0
    kept: int = 0

    @property
    def days(self) -> tuple[float | None, ...]:
        """The four numbers of days, in the order they are shown."""
        return self.new, self.new_most, self.suggested, self.suggested_most

    @property
    def share(self) -> int | None:
        """Promises kept, of a hundred."""
        return round(100 * self.kept / self.promised) if self.promised else None


NONE = Answering()


def of_people() -> Mapping[int, Answering]:
    """By who decided."""
    rows = _rows(f"SELECT by, {FIGURES} FROM due WHERE by IS NOT NULL GROUP BY by")  # noqa: S608
    return {person: Answering(*figures) for person, *figures in rows}


def of_scopes() -> Mapping[tuple[str, int], Answering]:
    """By place and by theme of what was decided, as (`place` or `theme`, number)."""
    rows = _rows(
        f"""
        SELECT 'place', place, {FIGURES} FROM due JOIN curation_record r ON r.id = due.record,
          unnest(r.place_ids) place GROUP BY place
        UNION ALL
        SELECT 'theme', theme, {FIGURES} FROM due JOIN curation_record r ON r.id = due.record,
          unnest(r.theme_ids) theme GROUP BY theme
        """  # noqa: S608 - of this file's own text alone
    )
    return {(kind, number): Answering(*figures) for kind, number, *figures in rows}


def _rows(select: str) -> list[Any]:
    now = timezone.now()
    days = (A_MONDAY + dt.timedelta(days=day) for day in range(7))
    parameters: dict[str, Any] = {
        "lately": now - LATELY,
        "longer": now - LONGER,
        "today": timezone.localdate(now),
        "zone": timezone.get_default_timezone_name(),
        "promises": [(answer_by(day) - day).days for day in days],
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH decided AS ({DECIDED}), due AS (SELECT *, {PROMISED} AS promised FROM decided) {select}",  # noqa: S608
            parameters,
        )
        return list(cursor.fetchall())
