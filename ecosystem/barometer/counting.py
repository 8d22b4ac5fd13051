"""Counting what came out of labs: solutions, trials, learnings and adoptions, in one statement.

Everything is public and of the selection asked for. A year is that in which a solution came into use, else
came to its stage, else began as an idea; in which a trial began, something was learned, an adoption came into
use. What has no such date is left out where a year is asked for.

A place holds what belongs, or ever belonged, to it or to a place within it. An adoption belongs to where it
was told to be, else to the places of who took the solution over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear

from actors.choices import ActorKind
from actors.models import Actor
from curation.choices import Kind
from curation.models import Record
from labs.filters import SolutionFilterSet
from labs.models import Adoption, Learning

from .asked import Asked

# With whom public innovation is made (Innovationsbarometeret), by what an organisation is.
SORTS: Mapping[str, Sequence[ActorKind]] = {
    "public": (
        ActorKind.MUNICIPALITY, ActorKind.MUNICIPAL_UNIT, ActorKind.REGION, ActorKind.HOSPITAL,
        ActorKind.GENERAL_PRACTICE, ActorKind.STATE_AGENCY, ActorKind.SCHOOL, ActorKind.INNOVATION_UNIT,
    ),
    "companies": (ActorKind.COMPANY, ActorKind.STARTUP),
    "research": (
        ActorKind.UNIVERSITY, ActorKind.UNIVERSITY_COLLEGE, ActorKind.RESEARCH_GROUP, ActorKind.GTS,
    ),
    "civil": (
        ActorKind.CIVIL_SOCIETY, ActorKind.CITIZEN_GROUP, ActorKind.LOCAL_COMMUNITY,
    ),
    "funders": (ActorKind.FOUNDATION, ActorKind.PUBLIC_FUND),
    "others": (
        ActorKind.UTILITY, ActorKind.HOUSING_ASSOCIATION, ActorKind.CLUSTER, ActorKind.LIVING_LAB,
        ActorKind.TEST_CENTRE, ActorKind.BUSINESS_HUB, ActorKind.NETWORK, ActorKind.TECH_TRANSFER,
        ActorKind.SCIENCE_PARK, ActorKind.OTHER,
    ),
}  # fmt: skip
SETS = """
WITH RECURSIVE below(id) AS (
    SELECT {place}::bigint UNION SELECT child_id FROM places_placelink JOIN below ON parent_id = below.id
),
solution AS MATERIALIZED ({solutions}),
trial AS MATERIALIZED ({trials}),
learning AS MATERIALIZED ({learnings}),
adoption AS MATERIALIZED (
    SELECT * FROM ({adoptions}) one WHERE {place} = 0 OR CASE
        WHEN place_id IS NULL THEN {place} = ANY(places) ELSE place_id IN (SELECT id FROM below) END
),
value AS MATERIALIZED (
    SELECT 'solution' AS of, s.id, v.kind, v.evidence
    FROM labs_value v JOIN solution s ON s.id = v.solution_id
    UNION ALL SELECT 'adoption', a.id, v.kind, v.evidence
    FROM labs_value v JOIN adoption a ON a.id = v.adoption_id
),
known AS MATERIALIZED (
    SELECT of, id, bool_or(evidence <> 'felt') AS documented FROM value GROUP BY of, id
),
sort(type, sort) AS (VALUES {sorts}),
actor AS ({actors}),
part AS MATERIALIZED (
    SELECT of, part.id, actor, type, sort FROM (
        SELECT 'solution' AS of, id, owner AS actor FROM solution
        UNION SELECT 'trial', id, owner FROM trial
        UNION SELECT 'solution', p.solution_id, p.actor_id
        FROM labs_partner p JOIN solution s ON s.id = p.solution_id WHERE p.ended_on IS NULL
        UNION SELECT 'trial', p.trial_id, p.actor_id
        FROM labs_partner p JOIN trial t ON t.id = p.trial_id WHERE p.ended_on IS NULL
    ) part JOIN actor ON actor.record_id = part.actor JOIN sort USING (type)
),
joint AS MATERIALIZED (SELECT of, id FROM part GROUP BY of, id HAVING count(*) > 1)
"""
OF_COUNT = "SELECT '{name}', line, col, n::float8 FROM ({rows}) {name}_(line, col, n)"
# Of each count its rows: which line, which column, how many.
COUNTS: Mapping[str, str] = {
    "all": """
        SELECT 'solution', '', count(*) FROM solution UNION ALL SELECT 'trial', '', count(*) FROM trial
        UNION ALL SELECT 'learning', '', count(*) FROM learning
        UNION ALL SELECT 'adoption', '', count(*) FROM adoption""",
    "said": """
        SELECT unnest(ARRAY['types', 'novelty', 'contributors', 'reuse', 'waiting']), '', unnest(ARRAY[
            count(*) FILTER (WHERE cardinality(types) > 0), count(*) FILTER (WHERE novelty <> ''),
            count(*) FILTER (WHERE cardinality(contributors) > 0), count(*) FILTER (WHERE reuse <> ''),
            count(*) FILTER (WHERE stuck <> '' AND cardinality(waiting_for) > 0)]) FROM solution""",
    "stages": "SELECT phase, '', count(*) FROM solution GROUP BY 1",
    "gate": """
        SELECT unnest(ARRAY['new', 'used', 'value', 'all']), '', unnest(ARRAY[
            count(*) FILTER (WHERE new_here), count(*) FILTER (WHERE used),
            count(*) FILTER (WHERE documented),
            count(*) FILTER (WHERE new_here AND used AND documented)])
        FROM solution LEFT JOIN known ON known.of = 'solution' AND known.id = solution.id""",
    "types": "SELECT one, '', count(*) FROM solution, unnest(types) one GROUP BY 1",
    "novelty": "SELECT novelty, '', count(*) FROM solution GROUP BY 1",
    "contributors": "SELECT one, '', count(*) FROM solution, unnest(contributors) one GROUP BY 1",
    "reuse": "SELECT reuse, '', count(*) FROM solution GROUP BY 1",
    "values": "SELECT kind, evidence, count(*) FROM value WHERE of = 'solution' GROUP BY 1, 2",
    "documented": """
        SELECT CASE WHEN documented THEN 'yes' ELSE 'felt' END, of, count(*) FROM known GROUP BY 1, 2""",
    "partners": """
        SELECT sort, of, count(*) FROM (
            SELECT of, id, sort FROM part JOIN joint USING (of, id) GROUP BY of, id, sort
            HAVING sort <> 'public' OR count(*) > 1) one GROUP BY 1, 2
        UNION ALL SELECT 'joint', of, count(*) FROM joint GROUP BY of""",
    "actors": """
        SELECT type, 'actor', count(DISTINCT actor) FROM part GROUP BY 1
        UNION ALL SELECT type, of, count(DISTINCT id) FROM part GROUP BY 1, of""",
    "operable": """
        SELECT operable, CASE WHEN phase IN ('in_use', 'documented', 'spread') THEN 'use' ELSE 'before' END,
            count(*)
        FROM solution WHERE phase NOT IN ('ended', '') GROUP BY 1, 2""",
    "trial_stages": "SELECT phase, '', count(*) FROM trial GROUP BY 1",
    "learned": """
        SELECT changed, 'learning', count(*) FROM learning GROUP BY 1
        UNION ALL SELECT changed, 'trial', count(DISTINCT trial_id) FROM learning GROUP BY 1
        UNION ALL SELECT '', 'trial', count(DISTINCT trial_id) FROM learning""",
    "failed": """
        SELECT CASE WHEN told THEN 'told' ELSE '' END, of, count(*) FROM (
            SELECT 'solution', told FROM solution WHERE ended
            UNION ALL SELECT 'trial', told FROM trial WHERE ended) one(of, told)
        GROUP BY 1, 2""",
    "stuck": """
        SELECT one, '', count(*) FROM solution, unnest(waiting_for) one WHERE stuck <> '' GROUP BY 1
        UNION ALL SELECT '', '', count(*) FROM solution WHERE stuck <> ''""",
    "spread": """
        SELECT coalesce(stand, 'going'), unnest(ARRAY['adoption', 'solution', 'actor']),
            unnest(ARRAY[count(*), count(DISTINCT solution_id), count(DISTINCT adopter_id)])
        FROM (SELECT *, CASE WHEN over THEN 'over' WHEN confirmed THEN 'confirmed' ELSE 'named' END AS stand
            FROM adoption) one
        GROUP BY GROUPING SETS ((stand), (over)) HAVING stand IS NOT NULL OR NOT over""",
    "heard": "SELECT heard_through, '', count(*) FROM adoption GROUP BY 1",
    "how": "SELECT how, '', count(*) FROM adoption GROUP BY 1",
    "years": """
        SELECT DISTINCT extract(year FROM day)::int::text, '', 1 FROM (
            SELECT record_id, coalesce(in_use_since, stage_since, idea_on) FROM labs_solution
            UNION ALL SELECT record_id, started_on FROM labs_trial
            UNION ALL SELECT trial_id, "on" FROM labs_learning
            UNION ALL SELECT solution_id, in_use_since FROM labs_adoption JOIN actor ON record_id = adopter_id
        ) told(id, day) JOIN curation_record r ON r.id = told.id AND r.state = 'published'
        WHERE day IS NOT NULL""",
    "time": """
        SELECT of, unnest(ARRAY['n', 'median']), unnest(ARRAY[
            count(*), percentile_cont(0.5) WITHIN GROUP (
                ORDER BY extract(year FROM taken) * 12 + extract(month FROM taken))])
        FROM (
            SELECT 'solution', age(in_use_since, idea_on) FROM solution
            UNION ALL SELECT 'adoption', age(in_use_since, idea_on) FROM adoption) one(of, taken)
        WHERE taken IS NOT NULL GROUP BY 1""",
}


@dataclass(frozen=True)
class Counted:
    """What the statement found: of a count by line and column."""

    found: Mapping[tuple[str, str, str], float]

    def n(self, count: str, line: str, column: str = "") -> int:
        return int(self.found.get((count, line, column), 0))

    @property
    def years(self) -> list[int]:
        """Those anything public is known of, whatever is asked for."""
        return [int(year) for count, year, _column in self.found if count == "years"]

    def median(self, line: str) -> float | None:
        return self.found.get(("time", line, "median"))


def counted(asked: Asked) -> Counted:
    """All that came out of labs; one statement."""
    sets, parameters = _sets(asked)
    counts = " UNION ALL ".join(OF_COUNT.format(name=name, rows=rows) for name, rows in COUNTS.items())
    with connection.cursor() as cursor:
        cursor.execute(sets + counts, parameters)
        rows = cursor.fetchall()
    return Counted({(name, line, column): n for name, line, column, n in rows if n is not None})


def _sets(asked: Asked) -> tuple[str, list[Any]]:
    parts: dict[str, tuple[str, Sequence[Any]]] = {
        "solutions": _solutions(asked).query.sql_with_params(),
        "trials": _trials(asked).query.sql_with_params(),
        "learnings": _learnings(asked).query.sql_with_params(),
        "adoptions": _adoptions(asked).query.sql_with_params(),
        "actors": Actor.objects.published().order_by().values("record_id", "type").query.sql_with_params(),
    }
    sorts = ", ".join(f"('{kind}', '{sort}')" for sort, kinds in SORTS.items() for kind in kinds)
    text = SETS.format(
        place=asked.place.pk if asked.place else 0,
        sorts=sorts,
        **{name: sql for name, (sql, _parameters) in parts.items()},
    )
    return text, [value for _sql, parameters in parts.values() for value in parameters]


def _solutions(asked: Asked) -> QuerySet[Any, Any]:
    """Of the list's own records, so that what it says to be stuck is so here."""
    told = ~Q(solution__failed="") | ~Q(solution__lessons="")
    found: QuerySet[Any, Any] = SolutionFilterSet.readable().filter(asked.within()).order_by()
    day = Coalesce("solution__in_use_since", "solution__stage_since", "solution__idea_on")
    names = (
        "types", "novelty", "contributors", "reuse", "operable", "new_here", "waiting_for", "idea_on",
        "in_use_since",
    )  # fmt: skip
    return _in_year(found, asked, day).values(
        "id", "phase", "ended", "stuck",
        **{name: F(f"solution__{name}") for name in names},
        owner=F("solution__owner_id"),
        used=_true(Q(solution__stage="in_use", solution__in_use_since__isnull=False)),
        told=_true(told),
    )  # fmt: skip


def _trials(asked: Asked) -> QuerySet[Any, Any]:
    rows = Record.objects.published().of_kind(Kind.TRIAL).filter(asked.within()).order_by()
    return _in_year(rows, asked, F("trial__started_on")).values(
        "id", "phase", "ended", owner=F("trial__owner_id"), told=_true(~Q(trial__lessons=""))
    )


def _learnings(asked: Asked) -> QuerySet[Any, Any]:
    rows = Learning.objects.filter(trial__record__in=Record.objects.published().filter(asked.within()))
    return _in_year(rows.order_by(), asked, F("on")).values("trial_id", "changed")


def _adoptions(asked: Asked) -> QuerySet[Any, Any]:
    """By others than who answers for the solution; where they are is looked at in the statement."""
    rows = Adoption.objects.public().exclude(adopter=F("solution__owner")).order_by()
    if asked.theme:
        rows = rows.filter(solution__record__theme_ids__contains=[asked.theme.pk])
    return _in_year(rows, asked, F("in_use_since")).values(
        "id", "solution_id", "adopter_id", "place_id", "how", "heard_through", "idea_on", "in_use_since",
        places=F("adopter__record__place_ids"),
        confirmed=_true(Q(confirmed_at__isnull=False)),
        over=_true(Q(ended_on__isnull=False)),
    )  # fmt: skip


def _in_year(rows: QuerySet[Any, Any], asked: Asked, day: Any) -> QuerySet[Any, Any]:
    return rows.alias(in_year=ExtractYear(day)).filter(in_year=asked.year) if asked.year else rows


def _true(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())
