"""Missions of others that organisations of the place take part in."""

from collections.abc import Sequence
from dataclasses import dataclass

from curation.choices import State
from curation.querysets import slim
from missions.models import CoalitionMember, Mission
from places.models import Place

# Rows read: an organisation may have several roles in one mission.
READ = 60
SHOWN, NAMED = 5, 3


@dataclass(frozen=True)
class Joined:
    """A mission, and who from the place takes part in it."""

    mission: Mission
    actors: Sequence[str]

    @property
    def named(self) -> str:
        return ", ".join(self.actors[:NAMED])

    @property
    def more(self) -> int:
        return len(self.actors[NAMED:])


def joined(place: Place) -> list[Joined]:
    """Those that are not the place's own, the best described first; one statement."""
    rows = (
        CoalitionMember.objects.running()
        .filter(
            mission__record__state=State.PUBLISHED, mission__record__ended=False,
            actor__record__state=State.PUBLISHED, actor__record__ended=False,
            actor__record__place_ids__contains=[place.pk],
        )
        .exclude(mission__record__place_ids__contains=[place.pk])
        .select_related("mission__record", "actor__record")
        .defer(*slim("mission__record__"), *slim("actor__record__"))
        .order_by("-mission__record__quality", "mission_id", "pk")
    )  # fmt: skip
    missions: dict[int, Mission] = {}
    actors: dict[int, dict[str, None]] = {}
    for row in rows[:READ]:
        missions.setdefault(row.mission_id, row.mission)
        actors.setdefault(row.mission_id, {})[row.actor.name] = None
    return [Joined(mission, list(actors[pk])) for pk, mission in missions.items()][:SHOWN]
