"""Missions and needs in the words of schema.org."""

from collections.abc import Iterable, Sequence

from actors.linked import day, dissolved, organisation
from actors.models import Actor
from curation.linked import Node, entry_told, topics, where
from curation.models import Record, Theme
from places.models import Place

from .models import CoalitionMember, Mission, Need

MISSION, NEED = "Project", "Demand"


def mission_told(
    mission: Mission, record: Record, themes: Sequence[Theme], places: Sequence[Place],
    parts: Iterable[CoalitionMember],
) -> Node:  # fmt: skip
    """A mission as a project: planned, by several, for an aim. Who takes part is told where they agree."""
    inside = [mission.owner, mission.backbone, *(part.actor for part in parts if part.confirmed)]
    return entry_told(
        mission, record, MISSION, member=members(inside), location=where(mission, places),
        keywords=topics(themes), foundingDate=year(mission.start_year), **dissolved(mission),
    )  # fmt: skip


def need_told(need: Need, record: Record, themes: Sequence[Theme], places: Sequence[Place]) -> Node:
    """A need as a demand: the announcement that something is sought. Who seeks it points at it (`seeks`)."""
    sought = {"@type": "Service", "serviceType": str(need.get_type_display()), "category": topics(themes)}
    seeker = organisation(need.owner)
    return entry_told(
        need, record, NEED, areaServed=where(need, places), validThrough=day(need.deadline),
        itemOffered={name: value for name, value in sought.items() if value},
        **({"@reverse": {"seeks": seeker}} if seeker else {}),
    )  # fmt: skip


def members(actors: Iterable[Actor | None]) -> list[Node]:
    """Those of them everybody may read, each once."""
    found = {actor.pk: organisation(actor) for actor in actors if actor}
    return [one for one in found.values() if one]


def year(number: int | None) -> str | None:
    return str(number) if number else None
