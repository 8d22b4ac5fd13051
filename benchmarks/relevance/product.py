"""What our own search answers, asked through the code of the list pages and of `/search/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import override

from actors.filters import ActorFilterSet, OfferFilterSet
from curation.browsing import Browse
from curation.facets import Counts
from curation.filters import RecordFilterSet
from curation.firsts import by_kind
from curation.models import Record
from curation.reference import Reference
from ecosystem.finding import SHOWN, find
from labs.filters import LabFilterSet, SolutionFilterSet, TrialFilterSet
from missions.filters import MissionFilterSet, NeedFilterSet

from .judgements import EVERYWHERE, Query
from .metrics import CUT

FILTERS: Mapping[str, type[RecordFilterSet]] = {
    "labs": LabFilterSet,
    "actors": ActorFilterSet,
    "missions": MissionFilterSet,
    "needs": NeedFilterSet,
    "offers": OfferFilterSet,
    "trials": TrialFilterSet,
    "solutions": SolutionFilterSet,
    EVERYWHERE: RecordFilterSet,
}


@dataclass(frozen=True)
class Answer:
    """The first ten, everything that was found, and whether the page had anything to offer."""

    first: Sequence[str]
    found: frozenset[str]
    offers: bool = True


def ask(query: Query, reference: Reference) -> Answer:
    """The answer as a reader of the page's language gets it."""
    with override(query.language):
        data = QueryDict(mutable=True)
        data["q"] = query.words
        filters = FILTERS[query.list](data, reference)
        return _in_list(filters) if filters.record_kind else _everywhere(filters)


def _in_list(filters: RecordFilterSet) -> Answer:
    browse, found = _browse(filters)
    first = [_key(record) for record in browse.part(0, CUT)]
    return Answer(first, found, bool(first) or _offers(browse))


def _everywhere(filters: RecordFilterSet) -> Answer:
    """The page shows the best five of each kind; they are read in the order of their scores."""
    browse, found = _browse(filters)
    best = browse.best_of_each(by_kind(browse.answering), SHOWN) if found else []
    page = None if best else find(filters)
    offers = page is None or bool(page.places or page.themes) or _offers(page.browse)
    return Answer([_key(record) for record in best][:CUT], found, offers)


def _browse(filters: RecordFilterSet) -> tuple[Browse, frozenset[str]]:
    """The page, without counting its facets, and all it finds."""
    found = _all_of(filters)
    browse = Browse(filters, Counts(len(found), {}))
    return browse, _all_of(browse.answering) if browse.loosened else found


def _all_of(filters: RecordFilterSet) -> frozenset[str]:
    rows = filters.found().order_by().values_list("kind", "slug")
    return frozenset(f"{kind}s/{slug}" for kind, slug in rows)


def _offers(browse: Browse) -> bool:
    """Whether a page without hits has anything else to offer."""
    return bool(browse.did_you_mean or browse.nearest)


def _key(record: Record) -> str:
    """As judgements name it."""
    return f"{record.kind}s/{record.slug}"
