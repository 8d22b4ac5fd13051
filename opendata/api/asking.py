"""What a list is asked by machine: the filters of its page, and which part of the answer."""

from typing import Any

from django.http import QueryDict
from django.utils import translation
from ninja import Schema
from pydantic import Field, create_model

from curation.filters import SORTS, FacetFilter
from curation.models import Record

from ..lists import List
from .entries import with_entry

MOST = 100
AT_FIRST = 25


class Asked(Schema):
    """Which part of a list: a page of it, or what comes after an entry."""

    q: str = Field("", max_length=200, description="Words, “phrases”, -minus, as on the list's page.")
    bbox: str = Field("", description="west,south,east,north in degrees.")
    sort: str = Field("", description="The order of pages.", json_schema_extra={"enum": ["", *SORTS]})
    language: str = Field("da", pattern="^(da|en)$", description="The language words are understood in.")
    page: int = Field(1, ge=1, le=100_000)
    per_page: int = Field(AT_FIRST, ge=1, le=MOST)
    after: str = Field(
        "", pattern="^[0-9a-z]{0,10}$",
        description="Go on after the entry of this public id, in the order of entry: the way to read"
        " everything without gaps. Begin with `after=0`.",
    )  # fmt: skip


def asked_of(listed: List) -> type[Asked]:
    """The parameters of a list: those of all lists, and its facets, each repeatable."""
    facets: Any = {
        name: (list[str], Field([], description=_described(one)))
        for name, one in listed.filters.base_filters.items()
        if isinstance(one, FacetFilter)
    }
    made: type[Asked] = create_model(f"{listed.kind.title()}List", __base__=Asked, **facets)
    return made


def _described(facet: FacetFilter) -> str:
    values = [str(value) for value, _label in facet.extra["choices"]]
    said = f"{facet.label}. Several mean or"
    return f"{said}: {', '.join(values)}." if values else f"{said}."


class Answer:
    """A list's answer: the same entries and the same number as on its page."""

    def __init__(self, listed: List, asked: Asked) -> None:
        self.listed, self.asked = listed, asked
        with translation.override(asked.language):
            self.browse = listed.asked(_query(asked))
            self.count = self.browse.filters.counts().total

    def records(self) -> list[Record]:
        """The part asked for, with all that is told of each; nothing stands in place of nothing."""
        if not self.count:
            return []
        kind = self.listed.kind
        if self.asked.after:
            found = self.browse.filters.found().filter(pk__gt=_entry(self.asked.after)).order_by("pk")
            return list(with_entry(kind, found)[: self.asked.per_page])
        with translation.override(self.asked.language):
            part = self.browse.part((self.asked.page - 1) * self.asked.per_page, self.asked.per_page)
            ids = list(part.values_list("pk", flat=True))
        read = with_entry(kind, Record.objects.filter(pk__in=ids)).in_bulk()
        return [read[pk] for pk in ids]

    def next_of(self, records: list[Record]) -> dict[str, str]:
        """The parameters of what follows; none at the end."""
        if len(records) < self.asked.per_page:
            return {}
        if self.asked.after:
            return {"after": records[-1].public_id}
        more = self.asked.page * self.asked.per_page < self.count
        return {"page": str(self.asked.page + 1)} if more else {}

    @property
    def unknown(self) -> list[dict[str, str]]:
        """Values of filters that nothing is known by; they were left out."""
        return [{"filter": name, "value": value} for name, value in self.browse.filters.unknown]


def _query(asked: Asked) -> QueryDict:
    """As the list's page would be asked."""
    query = QueryDict(mutable=True)
    for name, value in asked.dict(exclude={"page", "per_page", "after", "language"}).items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def _entry(public_id: str) -> int:
    """Where an entry stands in the order of entry; what is not in the register stands before all others."""
    found = Record.objects.filter(public_id=public_id).values_list("pk", flat=True).first()
    return found or 0
