"""What ties entries together, told once: in which table and columns, on which side, in which words.

Only what goes on counts, and only between two entries that do. Who an entry belongs to is a tie as well: a
need's is on the PULL side, an offer's on the PUSH side, a lab's and a mission's where its owner usually is.
It has been confirmed when the entry has been claimed. An offer made in answer to a need is on both sides.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from curation.choices import Kind, Side


class TieKind(models.TextChoices):
    """In the order ties between the same two are told."""

    PARTY = "party"
    MEMBER = "member"
    SERVES = "serves"
    WORKS_ON = "works_on"
    USED_IN = "used_in"
    ANSWERS = "answers"
    PART_OF = "part_of"
    RELATION = "relation"
    HAS_NEED = "has_need"
    OFFERS = "offers"
    RUNS_LAB = "runs_lab"
    RUNS_MISSION = "runs_mission"


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
}

OWNERS_SIDE = "(SELECT side FROM actors_actor WHERE record_id = tie.owner_id)"
CLAIMED = "(SELECT claimed_at FROM curation_record WHERE id = tie.record_id)"
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
        TieKind.PART_OF, "missions_need", "record_id", "mission_id", Kind.NEED, Kind.MISSION, "record_id",
        side=f"'{Side.PULL}'", since="NULL::smallint", confirmed=CLAIMED, running="true",
    ),
    Source(
        TieKind.RELATION, "actors_relation", "subject_id", "object_id", Kind.ACTOR, Kind.ACTOR, "subject_id",
        said="tie.verb", running="true",
    ),
    _owned(TieKind.HAS_NEED, "missions_need", Kind.NEED, f"'{Side.PULL}'"),
    _owned(TieKind.OFFERS, "actors_offer", Kind.OFFER, f"'{Side.PUSH}'"),
    _owned(TieKind.RUNS_LAB, "labs_lab", Kind.LAB, OWNERS_SIDE),
    _owned(TieKind.RUNS_MISSION, "missions_mission", Kind.MISSION, OWNERS_SIDE),
)  # fmt: skip
