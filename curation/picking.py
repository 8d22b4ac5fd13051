"""Finding entries while somebody types what to pick: as the lists find them, then more and more loosely."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q
from django.http import QueryDict

from .filters import RecordFilterSet
from .loosening import loosen
from .models import Record
from .query import LEAST_BEGINNING, Question
from .querysets import RecordQuerySet
from .reference import Reference
from .understanding import understand


def picks(rows: RecordQuerySet, typed: str, reference: Reference, number: int) -> list[Record]:
    """The first few of some records, in their order, that the words find; none where there are no words."""
    for found in _attempts(rows, typed, reference):
        if records := list(found[:number]):
            return records
    return []


def _attempts(rows: RecordQuerySet, typed: str, reference: Reference) -> Iterator[RecordQuerySet]:
    """What the words find, what bears the beginning of a word, what looser words find; each if asked for."""
    filters = RecordFilterSet(QueryDict(urlencode({"q": typed})), reference)
    filters.queryset = rows
    if not filters.question.terms:
        return
    yield filters.found()
    if begun := _begun(filters):
        yield rows.filter(begun)
    if loosened := loosen(filters):
        yield loosened.answering.found()


def _begun(filters: RecordFilterSet) -> Q | None:
    """A short last word may begin a word of the name: names are typed bit by bit."""
    last = filters.question.terms[-1]
    if last.quoted or len(last.text) >= LEAST_BEGINNING:
        return None
    column = f"search_{filters.language}"
    named = Q((column, SearchQuery(f"{last.text}:*A", config="simple", search_type="raw")))
    before = Question(filters.question.terms[:-1], filters.question.minus)
    if not before.terms:
        return named
    return named & understand(before, filters.reference).search(filters.language).found_in(column)
