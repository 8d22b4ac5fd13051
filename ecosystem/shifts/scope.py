"""What the shifts are counted in: the records of a place, or what contributes to a mission."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from curation.choices import Kind, State
from curation.models import Record
from curation.querysets import RecordQuerySet
from labs.models import Link
from missions.models import Mission, Need
from places.models import Place

from ..balance import Count


@dataclass(frozen=True)
class Scope:
    """The published records that go on, the two sides, and the page that lists what is counted.

    `place` is the address by which lists are asked for the same; a mission has no such list.
    """

    name: str
    path: str
    records: RecordQuerySet
    pull: int
    push: int
    sides_path: str
    place: str = ""
    mission: Mission | None = None


def of_place(place: Place, count: Count) -> Scope:
    """`count` is the place's, from the kept balance of the country."""
    return Scope(
        name=place.name, path=reverse("shifts:place", args=[place.address]),
        records=Record.objects.current().in_place(place.pk), pull=count.pull, push=count.push,
        sides_path=reverse("places:counted", args=[place.address]), place=place.address,
    )  # fmt: skip


def of_mission(mission: Mission) -> Scope:
    """Labs that contribute to it, and trials and solutions of these labs and of the needs under it."""
    labs = Link.objects.filter(
        mission=mission, ended_on__isnull=True, lab__record__state=State.PUBLISHED
    ).order_by().values("lab_id")  # fmt: skip
    needs = Need.objects.published().filter(mission=mission).order_by().values("pk")
    within = Q(kind=Kind.LAB, pk__in=labs)
    for kind, entry in ((Kind.TRIAL, "trial"), (Kind.SOLUTION, "solution")):
        within |= Q(Q((f"{entry}__lab__in", labs)) | Q((f"{entry}__need__in", needs)), kind=kind)
    path = reverse("shifts:mission", args=[mission.record.slug])
    return Scope(
        name=mission.name, path=path, records=Record.objects.current().filter(within),
        pull=mission.record.pull_total, push=mission.record.push_total, sides_path=path, mission=mission,
    )  # fmt: skip
