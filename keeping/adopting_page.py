"""What the page of an adoption shows: what is told, what of it came elsewhere, and what became of it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Actor
from curation.months import time_between
from curation.sources import Source, sources
from labs.models import Adoption
from labs.worth import Worth, worth_of

from .adopting_access import Read

# The columns that say something of it; that it is asked, confirmed or over is told by itself.
SAYS = (
    "place_id", "taken_from_id", "how", "heard_through", "heard_named", "idea_on", "in_use_since", "effect",
    "bent", "source",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """What happened to it on a day."""

    on: dt.date
    what: str


@dataclass(frozen=True)
class Page:
    """An adoption as everybody may read it."""

    adoption: Adoption
    worth: Sequence[Worth]
    passed_on: Sequence[Adoption]
    steps: Sequence[Step]

    @classmethod
    def of(cls, read: Read) -> "Page":
        """Three statements."""
        adoption = read.adoption
        return cls(
            adoption,
            [worth for worth in worth_of(adoption.values.order_by("pk")) if worth.value],
            list(Adoption.objects.public().filter(taken_from=adoption.pk).with_adopter().order_by("pk")),
            steps_of(adoption),
        )

    @property
    def origin(self) -> Actor | None:
        """Who has the solution, if that may be named."""
        owner = self.adoption.solution.owner
        return owner if owner is not None and owner.is_public else None

    @property
    def source(self) -> Adoption | None:
        """From whom it was taken, if that may be named."""
        source = self.adoption.taken_from
        return source if source is not None and source.adopter.is_public else None

    @property
    def time_to_use(self) -> str:
        """From the idea until it was in use, as far as both are known."""
        adoption = self.adoption
        if adoption.idea_on is None or adoption.in_use_since is None:
            return ""
        return time_between(adoption.idea_on, adoption.in_use_since)

    @property
    def sources(self) -> Sequence[Source]:
        return sources(self.adoption.source)


def steps_of(adoption: Adoption) -> list[Step]:
    """What became of it since everybody could read of it, newest first; who did it is not told."""
    event_model: Any = Adoption.pgh_event_model  # type: ignore[attr-defined]
    events = list(event_model.objects.filter(pgh_obj_id=adoption.pk).order_by("pgh_id"))
    shown_from = _public_since(adoption)
    known = [event for event in events if event.pgh_created_at <= shown_from]
    later = events[len(known) :]
    told = [known[-1], *later] if known else later
    found = list(_began(told[0], max(shown_from, told[0].pgh_created_at))) if told else []
    for before, after in pairwise(told):
        found += _changed(before, after, timezone.localdate(after.pgh_created_at))
    return [step for step, _same in groupby(reversed(found))]


def _public_since(adoption: Adoption) -> dt.datetime:
    """Since when both the solution and the organisation can be read; before that nobody is told of."""
    records = (adoption.solution.record, adoption.adopter.record)
    return max(record.published_at or timezone.now() for record in records)


def _began(event: Any, at: dt.datetime) -> Iterator[Step]:
    on = timezone.localdate(at)
    yield Step(on, _("Told"))
    if event.confirmed_at:
        yield Step(on, _("Confirmed by the organisation"))
    if event.ended_on:
        yield Step(on, _("Told to be over"))


def _changed(before: Any, after: Any, on: dt.date) -> Iterator[Step]:
    if any(getattr(before, name) != getattr(after, name) for name in SAYS):
        yield Step(on, _("Changed"))
    if after.ended_on and not before.ended_on:
        yield Step(on, _("Told to be over"))
    if before.ended_on and not after.ended_on:
        yield Step(on, _("In use again"))
    if after.confirmed_at and not before.confirmed_at:
        yield Step(on, _("Confirmed by the organisation"))
