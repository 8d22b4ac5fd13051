"""One entry as linked data at an address of its own: what its page tells machines, without the page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from actors.linked import actor_told, offer_told
from curation.choices import Kind
from curation.linked import Node, entry_page
from curation.models import EntryPlace, Record, Theme
from curation.querysets import slim
from curation.reference import Reference
from labs.linked import lab_told, solution_told, trial_told
from labs.models import Lab
from missions.linked import mission_told, need_told
from places.models import Place

type Told = Callable[[Any, Record, Sequence[Theme], Sequence[Place]], Node]

MEDIA_TYPE = "application/ld+json"
# What else of an entry is named.
NAMED: Mapping[str, Sequence[str]] = {
    Kind.LAB: ("backbone",),
    Kind.ACTOR: (),
    Kind.MISSION: ("owner", "backbone"),
    Kind.NEED: ("owner",),
    Kind.OFFER: ("owner",),
    Kind.TRIAL: ("owner", "lab"),
    Kind.SOLUTION: ("owner", "lab", "need", "inspired_by"),
}


def entry_document(record: Record) -> Node:
    """A published entry with the page that tells of it."""
    found = with_named(record)
    reference = Reference.now()
    entry = getattr(found, found.kind)
    told = TELLERS[found.kind](entry, found, reference.themes_of(found), _places(found, reference))
    return entry_page(found, told)


def with_named(record: Record) -> Record:
    """The record with its entry and what that names, in one statement."""
    paths = [f"{record.kind}__{name}__record" for name in NAMED[record.kind]]
    columns = [column for path in paths for column in slim(f"{path}__")]
    records = Record.objects.published().defer(*slim(), *columns)
    return records.select_related(record.kind, *paths).get(pk=record.pk)


def _places(record: Record, reference: Reference) -> Sequence[Place]:
    """Its own; a solution's record also has the places of those who have taken it over."""
    if record.kind != Kind.SOLUTION:
        return reference.places_named(record)
    own = EntryPlace.objects.filter(record=record).order_by("order", "pk").values_list("place", flat=True)
    return [reference.places[place] for place in own if place in reference.places]


def _lab(lab: Lab, record: Record, themes: Sequence[Theme], places: Sequence[Place]) -> Node:
    links = [link for link in lab.links.public() if link.ended_on is None]
    missions = [link.mission for link in links if link.mission and link.confirmed]
    return lab_told(lab, record, themes, places, [link for link in links if link.actor], missions)


def _mission(mission: Any, record: Record, themes: Sequence[Theme], places: Sequence[Place]) -> Node:
    parts = mission.members.with_actor().filter(ended_on__isnull=True).order_by("pk")
    return mission_told(mission, record, themes, places, parts)


def _trial(trial: Any, record: Record, themes: Sequence[Theme], places: Sequence[Place]) -> Node:
    return trial_told(trial, record, themes, places, _partners(trial))


def _solution(solution: Any, record: Record, themes: Sequence[Theme], places: Sequence[Place]) -> Node:
    return solution_told(solution, record, themes, places, _partners(solution))


def _partners(entry: Any) -> Any:
    return entry.partners.with_actor().filter(ended_on__isnull=True).order_by("pk")


TELLERS: Mapping[str, Told] = {
    Kind.LAB: _lab,
    Kind.ACTOR: actor_told,
    Kind.MISSION: _mission,
    Kind.NEED: need_told,
    Kind.OFFER: offer_told,
    Kind.TRIAL: _trial,
    Kind.SOLUTION: _solution,
}
