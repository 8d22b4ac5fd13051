"""Every way two entries are tied together, in one list: the columns of a table, and what they name."""

from collections.abc import Iterator
from dataclasses import dataclass

from curation.choices import Kind


@dataclass(frozen=True)
class Tie:
    """Two columns of a table with the kinds of entry they name; `runs` is when it is not over."""

    table: str
    one: str
    one_kind: Kind
    other: str
    other_kind: Kind
    runs: str = "TRUE"

    def turned(self) -> "Tie":
        return Tie(self.table, self.other, self.other_kind, self.one, self.one_kind, self.runs)

    def __str__(self) -> str:
        return (
            f"SELECT {self.one}::bigint AS one, {self.other}::bigint AS other FROM {self.table}"
            f" WHERE {self.other} IS NOT NULL AND {self.runs}"
        )


RUNS = "ended_on IS NULL"
# Links, coalitions, relations and answers; then who answers for an entry or holds its backbone function.
TIES = (
    Tie("labs_link", "actor_id", Kind.ACTOR, "lab_id", Kind.LAB, RUNS),
    Tie("labs_link", "mission_id", Kind.MISSION, "lab_id", Kind.LAB, RUNS),
    Tie("labs_link", "need_id", Kind.NEED, "lab_id", Kind.LAB, RUNS),
    Tie("labs_link", "offer_id", Kind.OFFER, "lab_id", Kind.LAB, RUNS),
    Tie("missions_coalitionmember", "actor_id", Kind.ACTOR, "mission_id", Kind.MISSION, RUNS),
    Tie("actors_relation", "subject_id", Kind.ACTOR, "object_id", Kind.ACTOR),
    Tie("missions_response", "need_id", Kind.NEED, "offer_id", Kind.OFFER, RUNS),
    Tie("missions_need", "record_id", Kind.NEED, "mission_id", Kind.MISSION),
    Tie("missions_need", "owner_id", Kind.ACTOR, "record_id", Kind.NEED),
    Tie("actors_offer", "owner_id", Kind.ACTOR, "record_id", Kind.OFFER),
    Tie("labs_lab", "owner_id", Kind.ACTOR, "record_id", Kind.LAB),
    Tie("missions_mission", "owner_id", Kind.ACTOR, "record_id", Kind.MISSION),
    Tie("labs_lab", "backbone_id", Kind.ACTOR, "record_id", Kind.LAB),
    Tie("missions_mission", "backbone_id", Kind.ACTOR, "record_id", Kind.MISSION),
)
ANY = frozenset(Kind)


def both_ways() -> Iterator[Tie]:
    """Each tie from either end; for an actor, the most frequent first."""
    for tie in TIES:
        yield tie
        yield tie.turned()


def ties(from_: frozenset[Kind] = ANY, to: frozenset[Kind] = ANY) -> str:
    """The ties (one, other) that lead from some kinds of entry to others, as they are asked for."""
    return " UNION ALL ".join(
        str(tie) for tie in both_ways() if tie.one_kind in from_ and tie.other_kind in to
    )
