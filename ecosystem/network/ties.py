"""What ties entries together, told once: in which table and columns, on which side, in which words.

Only what goes on counts, and only between two entries that do. Who an entry belongs to is a tie as well: a
need's is on the PULL side, an offer's on the PUSH side, a lab's and a mission's where its owner usually is.
It has been confirmed when the entry has been claimed. An offer made in answer to a need is on both sides, and
so are trials and solutions, in which the sides meet; taking something over is a pull.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.choices import RelationVerb
from curation.choices import Kind, Side


class TieKind(models.TextChoices):
    """In the order ties between the same two are told."""

    PARTY = "party"
    MEMBER = "member"
    SERVES = "serves"
    WORKS_ON = "works_on"
    USED_IN = "used_in"
    ANSWERS = "answers"
    TAKES_PART = "takes_part"
    PARTNER = "partner"
    ADOPTED = "adopted"
    TESTS_AT = "tests_at"
    TRIES = "tries"
    TRIES_FOR = "tries_for"
    CAME_OUT_OF = "came_out_of"
    SOLVES = "solves"
    INSPIRED_BY = "inspired_by"
    PART_OF = "part_of"
    RELATION = "relation"
    ADOPTED_FROM = "adopted_from"
    HAS_NEED = "has_need"
    OFFERS = "offers"
    RUNS_LAB = "runs_lab"
    RUNS_MISSION = "runs_mission"
    RUNS_TRIAL = "runs_trial"
    HAS_SOLUTION = "has_solution"


# What stands between the two names where no role is told.
SAYING = {
    TieKind.PARTY: _("takes part, role not known"),
    TieKind.MEMBER: _("in the coalition, role not known"),
    TieKind.SERVES: _("contributes to the mission"),
    TieKind.WORKS_ON: _("works on the need"),
    TieKind.USED_IN: _("is used in the lab"),
    TieKind.ANSWERS: _("is offered in answer to the need"),
    TieKind.PART_OF: _("belongs to the mission"),
    TieKind.HAS_NEED: _("has the need"),
    TieKind.OFFERS: _("makes the offer"),
    TieKind.RUNS_LAB: _("is responsible for the lab"),
    TieKind.RUNS_MISSION: _("is responsible for the mission"),
    TieKind.TAKES_PART: _("takes part in the trial, role not known"),
    TieKind.PARTNER: _("took part in the solution, role not known"),
    TieKind.ADOPTED: _("has taken over the solution"),
    TieKind.TESTS_AT: RelationVerb.TESTS_AT.label,
    TieKind.TRIES: _("tries the solution"),
    TieKind.TRIES_FOR: _("is about the need"),
    TieKind.CAME_OUT_OF: _("came out of the lab"),
    TieKind.SOLVES: _("answers the need"),
    TieKind.INSPIRED_BY: RelationVerb.INSPIRED_BY.label,
    TieKind.ADOPTED_FROM: RelationVerb.ADOPTED_FROM.label,
    TieKind.RUNS_TRIAL: _("is responsible for the trial"),
    TieKind.HAS_SOLUTION: _("is responsible for the solution"),
}
# What one organisation is to another, whatever it is about.
OF_ACTORS = (TieKind.RELATION, TieKind.ADOPTED_FROM)
# Who answers for an entry: left out where the same two are tied otherwise.
OWNED = (TieKind.RUNS_LAB, TieKind.RUNS_MISSION, TieKind.RUNS_TRIAL, TieKind.HAS_SOLUTION)

OWNERS_SIDE = "(SELECT side FROM actors_actor WHERE record_id = tie.owner_id)"
CLAIMED = "(SELECT claimed_at FROM curation_record WHERE id = tie.record_id)"
# From whom somebody took a solution over, where that was not where it began.
FROM_EACH_OTHER = """(
    SELECT a.id, a.adopter_id, from_whom.adopter_id AS giver_id, a.in_use_since, a.confirmed_at, a.ended_on
    FROM labs_adoption a JOIN labs_adoption from_whom ON from_whom.id = a.taken_from_id
    JOIN curation_record solution ON solution.id = a.solution_id
    WHERE solution.state = 'published'
)"""
IN_USE = "extract(year FROM tie.in_use_since)::smallint"
ROLE = "coalesce(nullif(tie.role, ''), tie.role_said)"


@dataclass(frozen=True)
class Source:
    """A table of ties: which columns hold the two ends, of which kinds they are, what is said of a tie."""

    kind: TieKind
    table: str
    one: str
    other: str
    one_kind: Kind
    other_kind: Kind
    few: str  # the end at which few hang, to begin with where many are looked up
    side: str = "tie.side"
    said: str = "''"
    since: str = "tie.since"
    confirmed: str = "tie.confirmed_at"
    running: str = "tie.ended_on IS NULL"


def _owned(kind: TieKind, table: str, owned: Kind, side: str) -> Source:
    return Source(
        kind, table, "owner_id", "record_id", Kind.ACTOR, owned, "record_id", side=side,
        since="NULL::smallint", confirmed=CLAIMED, running="true",
    )  # fmt: skip


def _told(
    kind: TieKind, of: Kind, column: str, other: Kind, side: Side, since: str = "NULL::smallint"
) -> Source:  # fmt: skip
    """What a trial or a solution says itself of another entry; claimed, it is confirmed."""
    return Source(
        kind, f"labs_{of}", "record_id", column, of, other, "record_id", side=f"'{side}'",
        since=since, confirmed=CLAIMED, running="true",
    )  # fmt: skip


LINK, MEMBER = "labs_link", "missions_coalitionmember"
SOURCES = (
    Source(TieKind.PARTY, LINK, "actor_id", "lab_id", Kind.ACTOR, Kind.LAB, "lab_id", said=ROLE),
    Source(
        TieKind.MEMBER, MEMBER, "actor_id", "mission_id", Kind.ACTOR, Kind.MISSION, "mission_id", said=ROLE
    ),
    Source(TieKind.SERVES, LINK, "lab_id", "mission_id", Kind.LAB, Kind.MISSION, "lab_id"),
    Source(TieKind.WORKS_ON, LINK, "lab_id", "need_id", Kind.LAB, Kind.NEED, "lab_id"),
    Source(TieKind.USED_IN, LINK, "offer_id", "lab_id", Kind.OFFER, Kind.LAB, "lab_id"),
    Source(
        TieKind.ANSWERS, "missions_response", "offer_id", "need_id", Kind.OFFER, Kind.NEED, "need_id",
        side=f"'{Side.BOTH}'", since="extract(year FROM tie.made_at)::smallint",
    ),
    Source(
        TieKind.TAKES_PART, "labs_partner", "actor_id", "trial_id", Kind.ACTOR, Kind.TRIAL, "trial_id",
        said=ROLE,
    ),
    Source(
        TieKind.PARTNER, "labs_partner", "actor_id", "solution_id", Kind.ACTOR, Kind.SOLUTION, "solution_id",
        said=ROLE,
    ),
    Source(
        TieKind.ADOPTED, "labs_adoption", "adopter_id", "solution_id", Kind.ACTOR, Kind.SOLUTION,
        "solution_id", side=f"'{Side.PULL}'", since=IN_USE,
    ),
    _told(
        TieKind.TESTS_AT, Kind.TRIAL, "lab_id", Kind.LAB, Side.BOTH,
        since="extract(year FROM tie.started_on)::smallint",
    ),
    _told(TieKind.TRIES, Kind.TRIAL, "solution_id", Kind.SOLUTION, Side.BOTH),
    _told(TieKind.TRIES_FOR, Kind.TRIAL, "need_id", Kind.NEED, Side.PULL),
    _told(TieKind.CAME_OUT_OF, Kind.SOLUTION, "lab_id", Kind.LAB, Side.BOTH),
    _told(TieKind.SOLVES, Kind.SOLUTION, "need_id", Kind.NEED, Side.BOTH),
    _told(TieKind.INSPIRED_BY, Kind.SOLUTION, "inspired_by_id", Kind.SOLUTION, Side.BOTH),
    Source(
        TieKind.PART_OF, "missions_need", "record_id", "mission_id", Kind.NEED, Kind.MISSION, "record_id",
        side=f"'{Side.PULL}'", since="NULL::smallint", confirmed=CLAIMED, running="true",
    ),
    Source(
        TieKind.RELATION, "actors_relation", "subject_id", "object_id", Kind.ACTOR, Kind.ACTOR, "subject_id",
        said="tie.verb", running="true",
    ),
    Source(
        TieKind.ADOPTED_FROM, FROM_EACH_OTHER, "adopter_id", "giver_id", Kind.ACTOR, Kind.ACTOR, "adopter_id",
        side=f"'{Side.PULL}'", since=IN_USE,
    ),
    _owned(TieKind.HAS_NEED, "missions_need", Kind.NEED, f"'{Side.PULL}'"),
    _owned(TieKind.OFFERS, "actors_offer", Kind.OFFER, f"'{Side.PUSH}'"),
    _owned(TieKind.RUNS_LAB, "labs_lab", Kind.LAB, OWNERS_SIDE),
    _owned(TieKind.RUNS_MISSION, "missions_mission", Kind.MISSION, OWNERS_SIDE),
    _owned(TieKind.RUNS_TRIAL, "labs_trial", Kind.TRIAL, OWNERS_SIDE),
    _owned(TieKind.HAS_SOLUTION, "labs_solution", Kind.SOLUTION, OWNERS_SIDE),
)  # fmt: skip
