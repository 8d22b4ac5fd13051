"""The balance of places: PULL and PUSH as counts one can click through to.

PULL = missions of the place + links on the PULL side to or from it; PUSH = PUSH-side actors there + links on
the PUSH side. A link on both sides counts on both; a link counts once per place, and only where both ends are
public. A place holds what belongs, or ever belonged, to it or to a place within it (`Record.place_ids`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection, models
from django.db.models import Q, QuerySet

from actors.models import Actor, Relation
from curation.choices import Kind, Side, State
from curation.models import Record
from curation.querysets import RecordQuerySet, slim
from labs.models import Link
from missions.models import CoalitionMember
from places.models import Place

PULLING = (Side.PULL, Side.BOTH)
# More rows than this of one kind are counted, but not listed.
SHOWN = 300
PUSHING = (Side.PUSH, Side.BOTH)


def counted() -> RecordQuerySet:
    """The entries the balance is about: the living."""
    return Record.objects.current()


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
    SELECT link.source, link.id, link.side, one.place_ids || other.place_ids AS places,
        one.ended OR other.ended AS over
    FROM link JOIN entry one ON one.id = link.one JOIN entry other ON other.id = link.other
),
at_place(place, pull, push, labs, links) AS (
    SELECT place, (side <> 'push')::int, (side <> 'pull')::int, 0, 1
    FROM (SELECT DISTINCT source, id, side, unnest(places) AS place FROM public WHERE NOT over) once
    UNION ALL
    SELECT unnest(place_ids), (kind = 'mission' AND NOT entry.ended)::int,
        (actor.side IS NOT NULL AND NOT entry.ended)::int, (kind = 'lab')::int, 0
    FROM entry LEFT JOIN actors_actor actor ON actor.record_id = entry.id AND actor.side = 'push'
)
SELECT place, sum(pull)::int, sum(push)::int, sum(labs)::int, sum(links)::int FROM at_place GROUP BY place
UNION ALL SELECT NULL, 0, 0, 0, count(*)::int FROM public
"""


def _published() -> QuerySet[Record, Any]:
    """Ended ones too: they have their dot on the map and their links in the total."""
    return Record.objects.published().order_by().values("id", "kind", "place_ids", "ended")


def of_country() -> Country:
    """The counts of every municipality, region, health council and the country; one statement."""
    entries, parameters = _published().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(entries=entries), parameters)
        rows = cursor.fetchall()
    found = {place: Count(*numbers) for place, *numbers in rows}
    total = found.pop(None)
    return Country(by_place=found, links=total.links)


type AnyLink = Link | CoalitionMember | Relation


@dataclass(frozen=True)
class Listed[T]:
    """The first rows of what is counted, and how many there are on each side in all."""

    shown: Sequence[T]
    pull: int
    push: int


@dataclass(frozen=True)
class Balance:
    """What one place's two numbers are made of: missions, actors and links with their ends at hand."""

    place: Place
    missions: Listed[Record]
    push_actors: Listed[Record]
    links: Sequence[Listed[AnyLink]]

    @property
    def pull(self) -> int:
        return self.missions.pull + sum(part.pull for part in self.links)

    @property
    def push(self) -> int:
        return self.push_actors.push + sum(part.push for part in self.links)

    @cached_property
    def pull_links(self) -> list[AnyLink]:
        return [link for part in self.links for link in part.shown if link.side in PULLING]

    @cached_property
    def push_links(self) -> list[AnyLink]:
        return [link for part in self.links for link in part.shown if link.side in PUSHING]

    @property
    def pull_not_shown(self) -> int:
        return self.pull - len(self.missions.shown) - len(self.pull_links)

    @property
    def push_not_shown(self) -> int:
        return self.push - len(self.push_actors.shown) - len(self.push_links)


def of_place(place: Place) -> Balance:
    """What is counted for a place; five statements, and one more for each list too long to show."""
    here = counted().in_place(place.pk)
    missions = here.of_kind(Kind.MISSION).order_by("sort_da", "pk")
    push_actors = here.filter(pk__in=_pushing()).order_by("sort_da", "pk")
    return Balance(
        place=place,
        missions=_records(missions, pull=True),
        push_actors=_records(push_actors, pull=False),
        links=[_links(_lab_links(here)), _links(_members(here)), _links(_relations(here))],
    )


def _records(records: RecordQuerySet, *, pull: bool) -> Listed[Record]:
    first = list(records.shown()[: SHOWN + 1])
    number = len(first) if len(first) <= SHOWN else records.count()
    return Listed(first[:SHOWN], number if pull else 0, 0 if pull else number)


def _links(links: QuerySet[Any]) -> Listed[AnyLink]:
    first = list(links.order_by("pk")[: SHOWN + 1])
    if len(first) <= SHOWN:
        pull = sum(1 for link in first if link.side in PULLING)
        return Listed(first, pull, sum(1 for link in first if link.side in PUSHING))
    counts = links.order_by().aggregate(
        pull=models.Count("pk", filter=Q(side__in=PULLING)),
        push=models.Count("pk", filter=Q(side__in=PUSHING)),
    )
    return Listed(first[:SHOWN], counts["pull"], counts["push"])


def _pushing() -> QuerySet[Actor, int]:
    return Actor.objects.filter(side=Side.PUSH).values_list("pk", flat=True)


def _lab_links(here: RecordQuerySet) -> QuerySet[Link]:
    living = Link.objects.filter(_living("actor") | _living("mission"), _living("lab"))
    return _with_ends(
        living.filter(pk__in=_touching(Link, here, "lab", "actor", "mission")), "lab", "actor", "mission"
    )


def _members(here: RecordQuerySet) -> QuerySet[CoalitionMember]:
    living = CoalitionMember.objects.filter(_living("actor"), _living("mission"))
    return _with_ends(
        living.filter(pk__in=_touching(CoalitionMember, here, "actor", "mission")), "actor", "mission"
    )


def _relations(here: RecordQuerySet) -> QuerySet[Relation]:
    living = Relation.objects.filter(_living("subject"), _living("object"))
    return _with_ends(
        living.filter(pk__in=_touching(Relation, here, "subject", "object")), "subject", "object"
    )


def _living(end: str) -> Q:
    return Q(**{f"{end}__record__state": State.PUBLISHED, f"{end}__record__ended": False})


def _touching(model: type[models.Model], here: RecordQuerySet, *ends: str) -> QuerySet[Any]:
    """Links with at least one end there: one look into an index for each end, where `or` would use none."""
    ids = here.order_by().values("pk")
    first, *others = (
        model._default_manager.filter(**{f"{end}__in": ids}).order_by().values("pk") for end in ends
    )
    return first.union(*others)


def _with_ends[L: models.Model](links: QuerySet[L], *ends: str) -> QuerySet[L]:
    records = [f"{end}__record" for end in ends]
    unread = [name for record in records for name in slim(f"{record}__")]
    return links.select_related(*records).defer(*unread)
