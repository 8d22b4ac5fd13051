"""Which entries have a missing link, as PostgreSQL is asked for it: each entry by its own ties."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from curation.choices import Kind
from curation.models import Record

from .kinds import PARTS, GapKind
from .ties import ties

COLUMNS = ("id", "kind", "sides", "place_ids", "theme_ids", "quality", "x", "y")


def _stands(column: str) -> str:
    """OFFSET 0 keeps the planner from gathering all there is to look at the ties of a few."""
    return f"EXISTS (SELECT FROM standing there WHERE there.id = {column} OFFSET 0)"


# `standing` is what everything else is limited to. `pushed` are the labs with somebody or something on the
# PUSH side. `unconfirmed` has a row for each tie, under the entry that tells it, with the side of who has not
# said yes. `of_actor` has all ties of actors. None of them is ever read as a whole: they are written into the
# place where they are used, so that indexes answer.
END = "coalesce(tie.actor_id, tie.mission_id, tie.need_id, tie.offer_id)"
BEGINNING = f"""
WITH standing AS NOT MATERIALIZED ({{current}}),
pushed(id) AS NOT MATERIALIZED (
    SELECT tie.lab_id FROM labs_link tie
    WHERE tie.ended_on IS NULL AND tie.side <> 'pull'
        AND {_stands("tie.lab_id")} AND {_stands("coalesce(tie.actor_id, tie.offer_id)")}
),
unconfirmed(id, side) AS NOT MATERIALIZED (
    SELECT tie.lab_id, tie.side FROM labs_link tie
    WHERE tie.ended_on IS NULL AND tie.confirmed_at IS NULL AND {_stands(END)}
    UNION ALL SELECT tie.mission_id, tie.side FROM missions_coalitionmember tie
    WHERE tie.ended_on IS NULL AND tie.confirmed_at IS NULL AND {_stands("tie.actor_id")}
    UNION ALL SELECT tie.need_id, 'pull' FROM missions_response tie
    WHERE tie.ended_on IS NULL AND tie.confirmed_at IS NULL AND {_stands("tie.offer_id")}
),
of_actor(one, other) AS NOT MATERIALIZED ({ties(frozenset({Kind.ACTOR}))})
"""
# The parts of a lab's coalition that somebody fills; which of a lab's links tell it, the statement says.
FILLED = ", ".join(
    f"bool_or(link.actor_id IS NOT NULL AND link.role = ANY('{{{','.join(part.roles)}}}')) AS {part.name}"
    for part in PARTS.values()
)
# A host the source names without an entry fills its part, and so does who holds the backbone function.
LACKING = {
    "need": "held.need IS NOT TRUE AND lab.host_named = ''",
    "users": "held.users IS NOT TRUE",
    "research": "held.research IS NOT TRUE",
    "together": "held.together IS NOT TRUE AND backbone.id IS NULL",
}
LACKS = f"({' OR '.join(LACKING.values())})"
LACKED = ", ".join(f"CASE WHEN {lacks} THEN '{part}' END" for part, lacks in LACKING.items())
LACKED = f"array_remove(ARRAY[{LACKED}], NULL)"
ENTRY = "standing entry"
LAB = f"""
standing entry JOIN labs_lab lab ON lab.record_id = entry.id
    LEFT JOIN standing backbone ON backbone.id = lab.backbone_id
    CROSS JOIN LATERAL (
        SELECT {FILLED} FROM labs_link link
        WHERE link.lab_id = entry.id AND link.ended_on IS NULL AND {_stands("link.actor_id")}
    ) held
"""
OF_NEED = f"""
NOT EXISTS (
    SELECT FROM missions_response answer
    WHERE answer.need_id = entry.id AND answer.ended_on IS NULL AND {_stands("answer.offer_id")} OFFSET 0
) AND NOT EXISTS (
    SELECT FROM labs_link link WHERE link.need_id = entry.id AND link.ended_on IS NULL
        AND EXISTS (SELECT FROM pushed WHERE pushed.id = link.lab_id OFFSET 0) OFFSET 0
)
"""
OF_OFFER = f"""
NOT EXISTS (
    SELECT FROM missions_response answer
    WHERE answer.offer_id = entry.id AND answer.ended_on IS NULL AND {_stands("answer.need_id")} OFFSET 0
) AND NOT EXISTS (
    SELECT FROM labs_link link
    WHERE link.offer_id = entry.id AND link.ended_on IS NULL AND {_stands("link.lab_id")} OFFSET 0
)
"""
OF_ACTOR = f"""
NOT EXISTS (SELECT FROM of_actor WHERE of_actor.one = entry.id AND {_stands("of_actor.other")} OFFSET 0)
"""
UNCONFIRMED = "EXISTS (SELECT FROM unconfirmed WHERE unconfirmed.id = entry.id OFFSET 0)"


class Asked:
    """The entries with a missing link of a kind: what they are, where they are read from, and when."""

    def __init__(self, kinds: tuple[Kind, ...], read_from: str, condition: str) -> None:
        self.kinds = ", ".join(f"'{kind}'" for kind in kinds)
        self.read_from = read_from
        self.condition = condition

    def __str__(self) -> str:
        return f"{self.read_from} WHERE entry.kind IN ({self.kinds}) AND {self.condition}"


ASKED: Mapping[GapKind, Asked] = {
    GapKind.NEEDS: Asked((Kind.NEED,), ENTRY, OF_NEED),
    GapKind.LABS: Asked((Kind.LAB,), LAB, LACKS),
    GapKind.OFFERS: Asked((Kind.OFFER,), ENTRY, OF_OFFER),
    GapKind.ACTORS: Asked((Kind.ACTOR,), ENTRY, OF_ACTOR),
    GapKind.LINKS: Asked((Kind.LAB, Kind.MISSION, Kind.NEED), ENTRY, UNCONFIRMED),
}


def ask(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement after the beginning."""
    current, parameters = Record.objects.current().order_by().values(*COLUMNS).query.sql_with_params()
    named = {f"current_{number}": value for number, value in enumerate(parameters)}
    beginning = BEGINNING.format(current=current % tuple(f"%({name})s" for name in named))
    with connection.cursor() as cursor:
        cursor.execute(beginning + statement, named | values)
        return cursor.fetchall()
