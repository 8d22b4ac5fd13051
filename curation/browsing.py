"""A list page's answer for one filter set: the results, the facets, the chosen filters and the map."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

from django.db.models import F
from django.db.models.expressions import RawSQL
from django.db.models.lookups import IsNull
from django.http import QueryDict
from django.utils.translation import gettext as _

from .cards import Card, card
from .facets import Also, Counts
from .filters import FacetFilter, RecordFilterSet
from .firsts import FIRST, FIRST_OF_EACH, RANKED, first_of
from .loosening import Loosened, Nearest, did_you_mean, loosen, nearest
from .mapping import CELLS, cells, clusters
from .models import Record
from .offering import Facet, Offered, Option
from .querysets import RecordQuerySet
from .ranking import relevance
from .snippets import Marker
from .telling import also_searched

PAGE_SIZE = 25
FIRST_ZOOM = 6
THIN = 5


@dataclass(frozen=True)
class Chosen:
    """A chosen filter, and the address of the page without it."""

    label: str
    without: str


class Browse:
    """Everything a list page shows; each part is read when the template asks for it, once."""

    def __init__(self, filters: RecordFilterSet, asked: Counts | None = None) -> None:
        """`asked` is how much answers the question as it was asked, where it is known already."""
        self.filters = filters
        if asked is not None:
            self.__dict__["_asked"] = asked

    # The question

    @property
    def parameters(self) -> QueryDict:
        """The address's parameters as they are understood: known values, no page."""
        asked = QueryDict(mutable=True)
        if self.filters.typed:
            asked["q"] = self.filters.typed
        for name in self.filters.facets:
            asked.setlist(name, self.filters.chosen[name])
        if self.filters.box:
            asked["bbox"] = self.filters.data["bbox"]
        if self.filters.sort != self.filters.usual_sort:
            asked["sort"] = self.filters.sort
        return asked

    def address(self, **changes: str | None) -> str:
        """This list with some parameters changed or taken away."""
        asked = self.parameters
        for name, value in changes.items():
            if value is None:
                asked.pop(name, None)
            else:
                asked[name] = value
        return "?" + asked.urlencode()

    def without(self, name: str, value: str) -> str:
        """This list with one value of a filter taken away."""
        asked = self.parameters
        asked.setlist(name, [kept for kept in asked.getlist(name) if kept != value])
        return "?" + asked.urlencode()

    @property
    def path(self) -> str:
        """The address of this page of the list, as it is understood."""
        asked = self.parameters
        if self.page > 1:
            asked["page"] = str(self.page)
        return "?" + asked.urlencode() if asked else ""

    @property
    def name(self) -> str:
        """The word of the list in the addresses of its feed and its data."""
        return f"{self.filters.record_kind}s"

    @cached_property
    def query(self) -> str:
        """The parameters as the map and a saved address write them."""
        return self.parameters.urlencode()

    # The answer

    @cached_property
    def _asked(self) -> Counts:
        return self.filters.counts(self._also)

    @cached_property
    def loosened(self) -> Loosened | None:
        """The looser question this page answers, where nothing answers the one that was asked."""
        return None if self._asked.total else loosen(self.filters)

    @property
    def answering(self) -> RecordFilterSet:
        """The filters whose answer the page shows."""
        return self.loosened.answering if self.loosened else self.filters

    @cached_property
    def did_you_mean(self) -> list[str]:
        """Other questions, where a word has hardly any hits."""
        return did_you_mean(self.filters, self._asked.total, self.loosened)

    @cached_property
    def nearest(self) -> Nearest:
        """Themes and places close to what was asked."""
        return nearest(self.filters)

    @property
    def is_thin(self) -> bool:
        """Whether so little answers what was asked that one should be told what is near."""
        return self._asked.total < THIN

    @property
    def also(self) -> list[str]:
        """What was searched for besides what was typed."""
        return also_searched(self.answering.understood)

    @cached_property
    def counts(self) -> Counts:
        return self.answering.counts(self._also) if self.loosened else self._asked

    @property
    def _also(self) -> list[Also]:
        """What else the page tells of the results: where they lie, and the first of them."""
        return [cells(FIRST_ZOOM), first_of(self.filters)]

    @property
    def total(self) -> int:
        return self.counts.total

    @cached_property
    def pages(self) -> int:
        return max(ceil(self.total / PAGE_SIZE), 1)

    @cached_property
    def page(self) -> int:
        """The page asked for, or the nearest that exists."""
        asked = str(self.filters.data.get("page", "1"))
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
        return min(max(number, 1), self.pages)

    @property
    def first_number(self) -> int:
        """The number of the first result on this page."""
        return (self.page - 1) * PAGE_SIZE + 1

    @property
    def next_page(self) -> int:
        return self.page + 1

    @property
    def pages_near(self) -> list[int]:
        """The page numbers worth a link of their own; 0 stands for a gap."""
        near = [page for page in range(self.page - 1, self.page + 2) if 1 <= page <= self.pages]
        shown = sorted({1, *near, self.pages})
        gapped: list[int] = []
        for page in shown:
            if gapped and page - gapped[-1] > 1:
                gapped.append(0)
            gapped.append(page)
        return gapped

    @cached_property
    def cards(self) -> list[Card]:
        return [self.card(record) for record in self._records()]

    def card(self, record: Record) -> Card:
        """What the page shows of a result, with the words marked it was found by."""
        return card(record, self.filters.reference, self._marker)

    @cached_property
    def _marker(self) -> Marker:
        return Marker.of(self.answering.understood)

    def best_of_each(self, told: Counts, number: int) -> list[Record]:
        """The first few of each kind, with what their cards need; two statements.

        `told` is what `by_kind` tells of what is answered, where anything is.
        """
        first: dict[str, list[int]] = defaultdict(list)
        for value in told.also[FIRST_OF_EACH]:
            kind, _space, pk = value.partition(" ")
            first[kind].append(int(pk))
        ranked = (self._in_order(_these(ids), kind).values_list("pk")[:number] for kind, ids in first.items())
        one, *others = ranked
        best = _these(pk for (pk,) in (one.union(*others, all=True).order_by() if others else one))
        return list(self._in_order(best, "").select_related(*first))

    def _records(self) -> RecordQuerySet:
        return self.part((self.page - 1) * PAGE_SIZE, PAGE_SIZE)

    def part(self, start: int, number: int) -> RecordQuerySet:
        """So many of the results from one on, in the list's order, with what their cards need."""
        kind, known = self.filters.record_kind or "", self.counts.also.get(FIRST)
        if known is not None and start + number <= RANKED:
            ordered = self._in_order(_these(map(int, known)), kind)
        elif start < RANKED:
            ordered = self._ordered(self.answering.found(), kind)
        else:
            ordered = _for_cards(self.answering.found(), kind).order_by(*self.order)
        return ordered[start : start + number]

    @property
    def order(self) -> Sequence[str | IsNull]:
        """The order of the list; where there are words to find, by a first key that fits no index.

        The planner takes it for cheap to look for words in an entry, so to find the first few it would walk
        along the order's index and read the words of most of the register on the way.
        """
        plain = self.filters.plain_order
        if not self.filters.question.terms:
            return plain
        return IsNull(F(f"search_{self.filters.language}"), True), *plain

    def _ordered(self, found: RecordQuerySet, kind: str) -> RecordQuerySet:
        """In the list's order; by relevance the best by standing, for others are not ranked."""
        if self._is_ranked:
            found = Record.objects.filter(pk__in=found.order_by(*self.order).values("pk")[:RANKED])
        return self._in_order(found, kind)

    def _in_order(self, found: RecordQuerySet, kind: str) -> RecordQuerySet:
        if not self._is_ranked:
            return _for_cards(found, kind).order_by(*self.order)
        rank = relevance(self.answering.understood, self.filters.language)
        return _for_cards(found, kind).order_by(rank.desc(), *self.order)

    @property
    def _is_ranked(self) -> bool:
        return self.filters.sort == "relevance" and bool(self.answering.question)

    @property
    def orders(self) -> list[Option]:
        """The orders on offer; the usual one has no value, so that it follows what is typed."""
        filters = self.filters
        return [
            Option("sort", "" if name == filters.usual_sort else name, str(label), 0, name == filters.sort)
            for name, label in filters.sorts.items()
        ]

    # The facets

    @cached_property
    def _offered(self) -> Offered:
        return Offered(self.filters, self.counts)

    @property
    def facets(self) -> list[Facet]:
        return self._offered.facets

    @property
    def municipalities(self) -> list[Option]:
        """The municipalities one can still choose, with what each would leave, for the drop-down list."""
        return self._offered.municipalities

    @cached_property
    def chosen(self) -> list[Chosen]:
        """The filters in force, each with the way out of it."""
        found = []
        if self.filters.typed:
            found.append(Chosen(f"“{self.filters.typed}”", self.address(q=None)))
        for name, facet in self.filters.facets.items():
            found += [
                Chosen(self._label(name, facet, value), self.without(name, value))
                for value in self.filters.chosen[name]
            ]
        if self.filters.box:
            found.append(Chosen(_("This section of the map"), self.address(bbox=None)))
        return found

    def _label(self, name: str, facet: FacetFilter, value: str) -> str:
        if name == "theme":
            return self.filters.reference.theme_at[value].name
        if name == "place":
            return self.filters.reference.place_at[value].name
        return str(dict(facet.extra["choices"])[value])

    # The map

    @cached_property
    def map_data(self) -> dict[str, Any]:
        """The results as the map first shows them."""
        told = self.counts.also
        found = clusters(told[CELLS], FIRST_ZOOM) if CELLS in told else self.answering.points(FIRST_ZOOM)
        return found | {"query": self.query}


def points(filters: RecordFilterSet, zoom: int | None) -> dict[str, Any]:
    """What the map shows of a section: of the looser question where the list is that question's."""
    found = filters.points(zoom)
    if found["features"] or not filters.question.terms:
        return found
    whole = Browse(filters.within(None))
    return whole.answering.within(filters.box).points(zoom) if whole.loosened else found


def _for_cards(records: RecordQuerySet, kind: str) -> RecordQuerySet:
    """With the entry each card shows, without the columns only search reads."""
    return records.shown().select_related(kind) if kind else records.shown()


def _these(ids: Iterable[int]) -> RecordQuerySet:
    """Those of them that everybody may read; one may have been withdrawn since it was counted.

    They go to the database as one value: for hundreds the ORM would look at each several times.
    """
    these = RawSQL("SELECT unnest(%s::bigint[])", (list(ids),))
    return Record.objects.published().filter(pk__in=these)
