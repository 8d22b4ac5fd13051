"""The balance of places: PULL and PUSH as counts one can click through to.

PULL = missions of the place + links on the PULL side to or from it; PUSH = PUSH-side actors there + links on
the PUSH side. A link on both sides counts on both; a link counts once per place, and only where both ends are
public. A place holds what belongs, or ever belonged, to it or to a place within it (`Record.place_ids`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.db.models import Q, QuerySet

from actors.models import Actor, Relation
from curation.choices import Kind, Side
from curation.models import Record
from curation.querysets import RecordQuerySet
from labs.models import Link
from missions.models import CoalitionMember
from places.models import Place

PULLING = (Side.PULL, Side.BOTH)
PUSHING = (Side.PUSH, Side.BOTH)


def counted() -> RecordQuerySet:
    """The entries the balance is about."""
    return Record.objects.published()


@dataclass(frozen=True)
class Count:
    """What one place has on each side, and its labs and links."""

    pull: int = 0
    push: int = 0
    labs: int = 0
    links: int = 0

    def __bool__(self) -> bool:
        """Whether there is anything at all."""
        return bool(self.pull or self.push or self.labs)


@dataclass(frozen=True)
class Country:
    """The counts of every place that has anything, by place id, and the number of links between entries."""

    by_place: Mapping[int, Count]
    links: int

    def of(self, place_id: int) -> Count:
        return self.by_place.get(place_id, Count())


# Links of all three tables with their two ends; what links count for a place, and what stands there.
STATEMENT = """
WITH entry AS MATERIALIZED ({entries}),
link(source, id, side, one, other) AS MATERIALIZED (
    SELECT 1, id, side, lab_id, coalesce(actor_id, mission_id) FROM labs_link
    UNION ALL SELECT 2, id, side, actor_id, mission_id FROM missions_coalitionmember
    UNION ALL SELECT 3, id, side, subject_id, object_id FROM actors_relation
),
public AS (
    SELECT link.source, link.id, link.side, one.place_ids || other.place_ids AS places
    FROM link JOIN entry one ON one.id = link.one JOIN entry other ON other.id = link.other
),
at_place(place, pull, push, labs, links) AS (
    SELECT place, (side <> 'push')::int, (side <> 'pull')::int, 0, 1
    FROM (SELECT DISTINCT source, id, side, unnest(places) AS place FROM public) once
    UNION ALL
    SELECT unnest(place_ids), (kind = 'mission')::int, (actor.side IS NOT NULL)::int, (kind = 'lab')::int, 0
    FROM entry LEFT JOIN actors_actor actor ON actor.record_id = entry.id AND actor.side = 'push'
)
SELECT place, sum(pull)::int, sum(push)::int, sum(labs)::int, sum(links)::int FROM at_place GROUP BY place
UNION ALL SELECT NULL, 0, 0, 0, count(*)::int FROM public
"""


def of_country() -> Country:
    """The counts of every municipality, region, health council and the country; one statement."""
    entries, parameters = counted().order_by().values("id", "kind", "place_ids").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(entries=entries), parameters)
        rows = cursor.fetchall()
    found = {place: Count(*numbers) for place, *numbers in rows}
    total = found.pop(None)
    return Country(by_place=found, links=total.links)


type AnyLink = Link | CoalitionMember | Relation


@dataclass(frozen=True)
class Balance:
    """What one place's two numbers are made of: missions, actors and links with their ends at hand."""

    place: Place
    missions: Sequence[Record]
    push_actors: Sequence[Record]
    links: Sequence[AnyLink]

    @cached_property
    def pull_links(self) -> list[AnyLink]:
        return [link for link in self.links if link.side in PULLING]

    @cached_property
    def push_links(self) -> list[AnyLink]:
        return [link for link in self.links if link.side in PUSHING]

    @property
    def pull(self) -> int:
        return len(self.missions) + len(self.pull_links)

    @property
    def push(self) -> int:
        return len(self.push_actors) + len(self.push_links)


def of_place(place: Place) -> Balance:
    """Everything counted for a place of any kind; five statements."""
    here = counted().in_place(place.pk)
    return Balance(
        place=place,
        missions=list(here.of_kind(Kind.MISSION).order_by("sort_da", "pk")),
        push_actors=list(here.filter(pk__in=_pushing()).order_by("sort_da", "pk")),
        links=[*_lab_links(here), *_members(here), *_relations(here)],
    )


def _pushing() -> QuerySet[Actor, int]:
    return Actor.objects.filter(side=Side.PUSH).values_list("pk", flat=True)


def _lab_links(here: RecordQuerySet) -> list[Link]:
    ends = Link.objects.filter(
        Q(actor__in=_public()) | Q(mission__in=_public()), lab__in=_public()
    ).select_related("lab__record", "actor__record", "mission__record")
    return list(ends.filter(_touches(here, "lab", "actor", "mission")).order_by("pk"))


def _members(here: RecordQuerySet) -> list[CoalitionMember]:
    ends = CoalitionMember.objects.filter(actor__in=_public(), mission__in=_public())
    near = ends.filter(_touches(here, "actor", "mission"))
    return list(near.select_related("actor__record", "mission__record").order_by("pk"))


def _relations(here: RecordQuerySet) -> list[Relation]:
    ends = Relation.objects.filter(subject__in=_public(), object__in=_public())
    near = ends.filter(_touches(here, "subject", "object"))
    return list(near.select_related("subject__record", "object__record").order_by("pk"))


def _public() -> QuerySet[Record, int]:
    return counted().order_by().values_list("pk", flat=True)


def _touches(here: RecordQuerySet, *ends: str) -> Q:
    """A link with at least one end in the place."""
    ids = here.order_by().values_list("pk", flat=True)
    either = Q()
    for end in ends:
        either |= Q(**{f"{end}__in": ids})
    return either
