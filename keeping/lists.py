"""The lists of the register, for whatever is done with what a list finds: the same filters everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.filters import ActorFilterSet, OfferFilterSet
from curation.browsing import Browse
from curation.choices import Kind
from curation.filters import RecordFilterSet
from curation.reference import Reference
from labs.filters import LabFilterSet, SolutionFilterSet, TrialFilterSet
from missions.filters import MissionFilterSet, NeedFilterSet


@dataclass(frozen=True)
class List:
    """One of the lists: the kind it holds, its filters and its name."""

    kind: Kind
    filters: type[RecordFilterSet]
    label: Any

    @property
    def path(self) -> str:
        """Where people read it, in the language of the moment."""
        return reverse(f"{self.kind}s:browse")

    def asked(self, query: QueryDict) -> Browse:
        """The list as an address asks for it."""
        return Browse(self.filters(query, Reference.now()))


LISTS: Mapping[str, List] = {
    f"{one.kind}s": one
    for one in (
        List(Kind.LAB, LabFilterSet, _("Living labs")),
        List(Kind.ACTOR, ActorFilterSet, _("Actors")),
        List(Kind.MISSION, MissionFilterSet, _("Missions")),
        List(Kind.NEED, NeedFilterSet, _("Needs")),
        List(Kind.OFFER, OfferFilterSet, _("Offers")),
        List(Kind.TRIAL, TrialFilterSet, _("Trials")),
        List(Kind.SOLUTION, SolutionFilterSet, _("Solutions")),
    )
}


def list_at(name: str) -> List:
    """The list by its word in addresses; an unknown one does not exist."""
    if name not in LISTS:
        raise Http404
    return LISTS[name]
