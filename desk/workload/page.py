"""The page of the workload: who has how much, where, how fast it was answered, and what nobody looks after.

Everything is sorted by name: it is there to share the work, not to compare people or places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from accounts.models import User
from curation.absences import Away, away_today
from curation.access import Scope
from curation.models import Stewardship
from curation.reference import Reference
from places.ancestry import Ancestry
from places.choices import PlaceKind

from ..queues import QUEUES, Queue
from . import answering, waiting
from .answering import NONE, Answering


@dataclass(frozen=True)
class Row:
    """A person, a place or a theme. `waits` has a number for each queue, in their order; None: everything.

    `of` asks the desk for its part alone.
    """

    name: str
    waits: Sequence[int] | None
    answers: Answering
    of: str
    away: Away | None = None
    person: int | None = None

    @property
    def total(self) -> int:
        return sum(self.waits or ())

    @property
    def cells(self) -> list[tuple[Queue, int]]:
        """How much waits in each queue."""
        return list(zip(QUEUES.values(), self.waits or (), strict=True))


@dataclass(frozen=True)
class Alone:
    """A place or a theme without a steward, and how much waits there."""

    name: str
    waits: int


@dataclass(frozen=True)
class Workload:
    """What the page shows; stewards see themselves and what they look after alone."""

    queues: Sequence[Queue]
    people: Sequence[Row]
    places: Sequence[Row]
    themes: Sequence[Row]
    alone_places: Sequence[Alone]
    alone_themes: Sequence[Alone]

    @classmethod
    def of(cls, user: User, scope: Scope) -> "Workload":
        """Eight statements, however many there are of anything."""
        reference = Reference.now()
        held = list(Stewardship.objects.running().order_by("pk"))
        waits, answers = waiting.of_scopes(), answering.of_scopes()
        rows = _scope_rows(reference, held, waits, answers, scope)
        return cls(
            queues=list(QUEUES.values()),
            people=_people(held, None if scope.everything else user),
            places=rows["place"],
            themes=rows["theme"],
            alone_places=_alone_places(reference, held, waits) if scope.everything else (),
            alone_themes=_alone_themes(reference, held, waits) if scope.everything else (),
        )


def _people(held: Sequence[Stewardship], only: User | None) -> list[Row]:
    """Stewards, who stands in for them, and curators who have decided something."""
    waits, answers = waiting.of_people(), answering.of_people()
    stewards = {row.user_id for row in held} | waits.keys()
    curators = Q(pk__in=list(answers)) & (Q(is_curator=True) | Q(is_superuser=True))
    people = User.objects.filter(Q(pk__in=stewards) | curators, is_active=True)
    if only is not None:
        people = people.filter(pk=only.pk)
    found = sorted(people.order_by("pk"), key=lambda person: str(person).casefold())
    away = away_today(person.pk for person in found)
    return [
        Row(
            str(person),
            _in_order(waits.get(person.pk, {})) if person.pk in stewards else None,
            answers.get(person.pk, NONE),
            f"person-{person.pk}",
            away.get(person.pk),
            person.pk,
        )
        for person in found
    ]


def _scope_rows(
    reference: Reference, held: Sequence[Stewardship], waits: waiting.Counted,
    answers: Mapping[tuple[str, int], Answering], scope: Scope,
) -> dict[str, list[Row]]:  # fmt: skip
    """Places and themes that somebody looks after, or in which something waits or was decided."""
    looked_after = {("place", row.place_id) for row in held} | {("theme", row.theme_id) for row in held}
    places = [("place", place) for place in reference.places_in_order()]
    themes = [("theme", theme) for theme in reference.themes_in_order()]
    found: dict[str, list[Row]] = {"place": [], "theme": []}
    shown: list[tuple[str, Any]] = [*places, *themes]
    for kind, what in shown:
        key = (kind, what.pk)
        mine = scope.everything or what.pk in (scope.places if kind == "place" else scope.themes)
        if mine and (key in looked_after or key in waits or key in answers):
            counts = _in_order(waits.get(key, {}))
            found[kind].append(Row(what.name, counts, answers.get(key, NONE), f"{kind}-{what.pk}"))
    return found


def _alone_places(reference: Reference, held: Sequence[Stewardship], waits: waiting.Counted) -> list[Alone]:
    """Municipalities nobody looks after, nor anything they lie in."""
    ancestry, given = Ancestry.read(), {row.place_id for row in held}
    return [
        Alone(place.name, sum(waits.get(("place", place.pk), {}).values()))
        for place in reference.places_of(PlaceKind.MUNICIPALITY)
        if given.isdisjoint(ancestry.with_ancestors([place.pk]))
    ]


def _alone_themes(reference: Reference, held: Sequence[Stewardship], waits: waiting.Counted) -> list[Alone]:
    """Themes of the first level, as stewards are given them, that nobody looks after."""
    given = {row.theme_id for row in held}
    return [
        Alone(theme.name, sum(waits.get(("theme", theme.pk), {}).values()))
        for theme in reference.top_themes()
        if theme.pk not in given
    ]


def _in_order(counts: Mapping[str, int]) -> list[int]:
    return [counts.get(slug, 0) for slug in QUEUES]
