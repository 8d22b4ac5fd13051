"""Organisations named on the spot: made as entries that wait for the curators, once for each name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from curation import search
from curation.actions.making import make_record
from curation.choices import Kind, Side, State, Verb
from curation.models import EntryPlace, RecordEvent
from curation.promises import answer_by
from curation.ties import AT_SEAT
from places.danish import fold
from places.models import Place

from .choices import ActorKind
from .models import Actor

PULLING = frozenset(
    (
        ActorKind.MUNICIPALITY, ActorKind.MUNICIPAL_UNIT, ActorKind.REGION, ActorKind.HOSPITAL,
        ActorKind.GENERAL_PRACTICE, ActorKind.STATE_AGENCY, ActorKind.HOUSING_ASSOCIATION, ActorKind.UTILITY,
        ActorKind.SCHOOL, ActorKind.CIVIL_SOCIETY, ActorKind.CITIZEN_GROUP, ActorKind.LOCAL_COMMUNITY,
    )
)  # fmt: skip
PUSHING = frozenset(
    (
        ActorKind.UNIVERSITY, ActorKind.UNIVERSITY_COLLEGE, ActorKind.RESEARCH_GROUP, ActorKind.GTS,
        ActorKind.COMPANY, ActorKind.STARTUP, ActorKind.TECH_TRANSFER, ActorKind.SCIENCE_PARK,
        ActorKind.FOUNDATION, ActorKind.PUBLIC_FUND,
    )
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """An organisation that has no entry yet, as somebody named it."""

    name: str
    type: str
    place: Place | None = None

    @property
    def key(self) -> str:
        """Two that are spelt alike are one."""
        return fold(self.name)


def usual_side(kind: str) -> Side:
    """Where organisations of a kind mostly stand; those that bridge stand on both sides."""
    if kind in PULLING:
        return Side.PULL
    return Side.PUSH if kind in PUSHING else Side.BOTH


@transaction.atomic
def make_named(named: Iterable[Named], *, by: User) -> Mapping[str, Actor]:
    """Make an entry for each organisation, by its key: sent in, claimed by nobody. Sends no mail of its own.

    The mail about the entry that names them is mail enough. One that somebody has named before, and that
    still waits, is the same.
    """
    made: dict[str, Actor] = {}
    for organisation in named:
        if organisation.key not in made:
            made[organisation.key] = _waiting(organisation, by) or _make(organisation, by)
    return made


def _waiting(named: Named, by: User) -> Actor | None:
    own = Actor.objects.filter(record__created_by=by, record__state=State.SUBMITTED)
    return own.filter(name_da__iexact=named.name).order_by("pk").first()


def _make(named: Named, by: User) -> Actor:
    now = timezone.now()
    record = make_record(
        Kind.ACTOR, named.name, state=State.SUBMITTED, created_by=by, submitted_at=now,
        answer_by=answer_by(timezone.localdate(now)),
    )  # fmt: skip
    point: dict[str, Any] = {}
    if named.place is not None:
        EntryPlace.objects.create(record=record, place=named.place)
        if named.place.latitude is not None:
            seat = named.place
            point = {"latitude": seat.latitude, "longitude": seat.longitude, "point_basis": AT_SEAT}
    actor = Actor.objects.create(
        record=record, name_da=named.name, type=named.type, side=usual_side(named.type), **point
    )
    RecordEvent.objects.create(record=record, verb=Verb.SUBMITTED, by=by, version=record.version)
    search.index([actor])
    return actor
