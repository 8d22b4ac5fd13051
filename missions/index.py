"""What lists and search read of a mission."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count

from actors.index import side_counts, sides_found
from curation.models import EntryPlace
from curation.search import Facts
from places.choices import PlaceKind

from .models import CoalitionMember, Mission


def facts(missions: Sequence[Mission]) -> Mapping[int, Facts]:
    """The facts of many missions in a constant number of queries."""
    ids = [mission.pk for mission in missions]
    members = _members_of(ids)
    labs = dict(
        Mission.objects.filter(pk__in=ids, links__lab__record__state="published")
        .values_list("pk")
        .annotate(number=Count("links"))
        .order_by()
    )
    points = _points_of(ids)
    return {
        mission.pk: _facts(mission, members[mission.pk], labs.get(mission.pk, 0), points.get(mission.pk))
        for mission in missions
    }


def linked(mission: int) -> Iterable[int]:
    """The actors in a mission's coalition and the labs that serve it."""
    yield from (
        CoalitionMember.objects.filter(mission=mission).order_by("pk").values_list("actor_id", flat=True)
    )
    yield from Mission.objects.filter(pk=mission, links__isnull=False).values_list("links__lab_id", flat=True)


def _facts(
    mission: Mission, members: Sequence[CoalitionMember], labs: int, point: tuple[float, float] | None
) -> Facts:
    sides = [member.side for member in members]
    return Facts(
        type=mission.level,
        phase=mission.phase,
        sides=sides_found(sides),
        counts=side_counts(sides),
        links=len(sides) + labs,
        partners=[member.actor.name_da for member in members],
        point=point,
        completeness=_completeness(mission) + min(len(sides), 20),
    )


def _members_of(ids: Sequence[int]) -> Mapping[int, list[CoalitionMember]]:
    found: dict[int, list[CoalitionMember]] = defaultdict(list)
    for member in CoalitionMember.objects.filter(mission__in=ids).with_actor().order_by("pk"):
        found[member.mission_id].append(member)
    return found


def _points_of(ids: Sequence[int]) -> Mapping[int, tuple[float, float]]:
    """A mission stands where its first place with a point is; a national one stands nowhere."""
    found: dict[int, tuple[float, float]] = {}
    rows = (
        EntryPlace.objects.filter(
            record__in=ids, place__kind=PlaceKind.MUNICIPALITY, place__latitude__isnull=False
        )
        .order_by("record", "order")
        .values_list("record_id", "place__latitude", "place__longitude")
    )
    for mission, latitude, longitude in rows:
        if latitude is not None and longitude is not None:
            found.setdefault(mission, (latitude, longitude))
    return found


def _completeness(mission: Mission) -> int:
    said = (
        mission.summary_da, mission.summary_en, mission.website, mission.target_year, mission.start_year,
        mission.owner_id, mission.phase,
    )  # fmt: skip
    return 10 * sum(1 for value in said if value)
