"""Ties whose last year has passed: they end, and stay readable."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from actors.querysets import PartyQuerySet
from curation import actions
from curation.models import Record
from labs.models import Link, Partner
from labs.querysets import ENDS
from missions.models import CoalitionMember


@dataclass(frozen=True)
class Ties:
    """A table of ties, and the columns that name what one ties."""

    rows: PartyQuerySet[Any]
    ends: tuple[str, ...]


ALL = (
    Ties(Link.objects.all(), ("lab_id", *(f"{end}_id" for end in ENDS))),
    Ties(CoalitionMember.objects.all(), ("mission_id", "actor_id")),
    Ties(Partner.objects.all(), ("trial_id", "solution_id", "actor_id")),
)


def ties_to_end(today: dt.date) -> Iterator[tuple[Ties, list[int]]]:
    """The ties that name a year before this one as their last, and are not told to have ended."""
    for ties in ALL:
        past = ties.rows.running().filter(until__lt=today.year)
        yield ties, list(past.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def end_ties(ties: Ties, ids: Iterable[int]) -> int:
    """Say of ties that they ended with their last year, and write again what follows; how many there were.

    All that is tied is held first, in the order in which everybody holds it, so a tie that was ended
    meanwhile is left as it is.
    """
    wanted = ties.rows.running().filter(pk__in=list(ids), until__isnull=False)
    tied = {record for row in wanted.values_list(*ties.ends) for record in row if record is not None}
    records = Record.objects.filter(pk__in=tied)
    list(records.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    ended = 0
    for year in sorted(set(wanted.order_by().values_list("until", flat=True))):
        ended += wanted.filter(until=year).update(ended_on=dt.date(year, 12, 31))
    if ended:
        actions.renamed(records)
    return ended
