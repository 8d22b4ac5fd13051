"""What a list is asked by machine: the filters of its page, and which part of the answer."""

from typing import Annotated, Any

from django.db.models import F
from django.db.models.lookups import IsNull
from django.http import HttpRequest, QueryDict
from django.utils import translation
from ninja import Schema
from pydantic import Field, create_model

from curation.browsing import Browse
from curation.filters import SORTS, FacetFilter
from curation.firsts import in_short
from curation.models import Record
from curation.reference import Reference
from keeping.lists import List
from mail.links import absolute

from ..problems import Problem
from .entries import with_entry

MOST = 100
AT_FIRST = 25
# What lies deeper is read by `after`, which costs the same however deep.
LAST_PAGE = 400
LETTERS = 100
VALUES = 100
PUBLIC_ID = "^[0-9a-z]{0,10}$"
BEGINNING = "0"  # no public id is that short
LANGUAGE = Field("da", pattern="^(da|en)$", description="The language of words and labels: da or en.")

# A NUL is refused before anything else is looked at.
TEXT = r"^[^\x00]*$"

type Text = Annotated[str, Field(max_length=LETTERS, pattern=TEXT)]


class Unknown(Schema):
    """A value of a filter that nothing is known by."""

    filter: str
    value: str


class Part(Schema):
    """A part of a list."""

    count: int = Field(description="How many answer the filters, as on the list's page.", ge=0)
    next: str | None = Field(description="Where the next part is; also in the header Link.")


class ListPart(Part):
    """A part of a filtered list."""

    unknown: list[Unknown] = Field(description="Values of filters nothing is known by; they were left out.")


class Filters(Schema):
    """What all lists of entries are filtered by."""

    q: str = Field(
        "", max_length=200, pattern=TEXT, description="Words, “phrases”, -minus, as on the list's page.",
        examples=["energi", "“smart city” -trafik"],
    )  # fmt: skip
    bbox: str = Field(
        "", max_length=LETTERS, pattern=TEXT,
        description="west,south,east,north in degrees; what makes no section is left out.",
        examples=["9.8,54.9,10.8,55.3"],
    )  # fmt: skip
    language: str = LANGUAGE
    per_page: int = Field(AT_FIRST, ge=1, le=MOST, description="How many at once.")


class FeaturesAsked(Filters):
    """Which part of a list: what comes after an entry."""

    after: str = Field(
        BEGINNING, pattern="^[0-9a-z]{1,10}$",
        description="Go on after the entry of this public id, in the order of entry.",
    )  # fmt: skip


class Asked(Filters):
    """Which part of a list: a page of it, or what comes after an entry."""

    sort: str = Field(
        "", max_length=LETTERS, pattern=TEXT, description=f"The order of pages: {', '.join(SORTS)}.",
        examples=["name"],
    )  # fmt: skip
    page: int = Field(1, ge=1, le=LAST_PAGE, description="The page; what lies deeper is read by `after`.")
    after: str = Field(
        "", pattern=PUBLIC_ID,
        description="Go on after the entry of this public id, in the order of entry: the way to read"
        " everything without gaps. Begin with `after=0`; `page` and `sort` then say nothing.",
        examples=["0"],
    )  # fmt: skip


def asked_of(listed: List, base: type[Filters]) -> type[Filters]:
    """The parameters of a list: those of all lists, and its facets, each repeatable."""
    facets: Any = {
        name: (list[Text], Field([], max_length=VALUES, description=_described(one)))
        for name, one in listed.filters.base_filters.items()
        if isinstance(one, FacetFilter)
    }
    made: type[Filters] = create_model(f"{listed.kind.title()}{base.__name__}", __base__=base, **facets)
    return made


def _described(facet: FacetFilter) -> str:
    with translation.override("en"):
        label, values = str(facet.label), [str(value) for value, _label in facet.extra["choices"]]
    said = f"{label}. Several mean or"
    if values:
        return f"{said}: {', '.join(values)}."
    return f"{said}; see /api/v1/{'themes' if facet.column == 'theme_ids' else 'places'}."


class Answer:
    """A list's answer: the same entries and the same number as on its page."""

    def __init__(self, listed: List, asked: Any) -> None:
        self.listed, self.asked, self.reference = listed, asked, Reference.now()
        with translation.override(asked.language):
            self.filters = listed.filters(_query(asked), self.reference)
            self.found = in_short(self.filters)
        self.count = self.found.total

    def records(self) -> list[Record]:
        """The part asked for, with all that is told of each; nothing stands in place of nothing."""
        if not self.count:
            return []
        with translation.override(self.asked.language):
            return self._following() if self.asked.after else self._page()

    def _following(self) -> list[Record]:
        """In the order of entry. With words, a first key keeps the planner from walking along them all."""
        order: list[Any] = ["pk"]
        if self.filters.question.terms:
            order.insert(0, IsNull(F(f"search_{self.filters.language}"), True))
        found = self.filters.found().filter(pk__gt=_entry(self.asked.after)).order_by(*order)
        return list(with_entry(self.listed.kind, found)[: self.asked.per_page])

    def _page(self) -> list[Record]:
        browse = Browse(self.filters, self.found)
        part = browse.part((self.asked.page - 1) * self.asked.per_page, self.asked.per_page)
        ids = list(part.values_list("pk", flat=True))
        read = with_entry(self.listed.kind, Record.objects.filter(pk__in=ids).order_by()).in_bulk()
        return [read[pk] for pk in ids]

    def next_of(self, records: list[Record]) -> dict[str, str]:
        """The parameters of what follows; none at the end."""
        if len(records) < self.asked.per_page:
            return {}
        if self.asked.after:
            return {"after": records[-1].public_id}
        more = self.asked.page * self.asked.per_page < self.count and self.asked.page < LAST_PAGE
        return {"page": str(self.asked.page + 1)} if more else {}

    @property
    def unknown(self) -> list[dict[str, str]]:
        """Values of filters that nothing is known by; they were left out, as on the page."""
        found = [{"filter": name, "value": value} for name, value in self.filters.unknown]
        if self.filters.box_refused:
            found.append({"filter": "bbox", "value": self.asked.bbox})
        return found


def following(request: HttpRequest, changes: dict[str, str]) -> str | None:
    """Where the next part is; nothing at the end."""
    if not changes:
        return None
    query = request.GET.copy()
    for key, value in changes.items():
        query[key] = value
    return f"{absolute(request.path)}?{query.urlencode()}"


def linked(next_part: str | None) -> dict[str, str]:
    """The header that tells the same (RFC 8288)."""
    return {"Link": f'<{next_part}>; rel="next"'} if next_part else {}


def _query(asked: Any) -> QueryDict:
    """As the list's page would be asked."""
    query = QueryDict(mutable=True)
    for name, value in asked.dict(exclude={"page", "per_page", "after", "language"}).items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def _entry(public_id: str) -> int:
    """Where an entry stands in the order of entry, whatever became of it since."""
    if public_id == BEGINNING:
        return 0
    was_public = Record.objects.filter(public_id=public_id, published_at__isnull=False)
    found = was_public.values_list("pk", flat=True).first()
    if found is None:
        raise Problem(404, "No entry has the public id that after names; begin with after=0.")
    return found
