"""What a first Django list does: django-filter on the tables as they are.

With `icontains`, or with full-text vectors made while the question waits (`SearchVector` in the query).
"""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from curation.choices import State
from labs.models import Lab

from .floor import PAGE
from .queries import Query

TEXTS = ("name_da", "name_en", "summary_da", "summary_en", "description_da", "description_en")
FACETS = ("record__entry_themes__theme", "record__entry_places__place", "phase", "setting", "form")


class LabFilter(django_filters.FilterSet):
    """Words anywhere in six columns, and the filters as joins."""

    q = django_filters.CharFilter(method="find")
    theme = django_filters.CharFilter(field_name="record__entry_themes__theme__slug", distinct=True)
    place = django_filters.CharFilter(field_name="record__entry_places__place__code", distinct=True)
    phase = django_filters.CharFilter(field_name="phase")

    class Meta:
        model = Lab
        fields: tuple[str, ...] = ()

    def find(self, labs: QuerySet[Lab], _name: str, words: str) -> QuerySet[Lab]:
        """Every word has to be somewhere."""
        for word in words.split():
            either = Q()
            for text in TEXTS:
                either |= Q(**{f"{text}__icontains": word})
            labs = labs.filter(either)
        return labs


class VectorFilter(LabFilter):
    """The same with a vector made of each row for each statement, and results by rank."""

    def find(self, labs: QuerySet[Lab], _name: str, words: str) -> QuerySet[Lab]:
        """All words, by their stems."""
        vector = SearchVector(*TEXTS, config="danish")
        asked = SearchQuery(words, config="danish")
        return labs.annotate(vector=vector, rank=SearchRank(vector, asked)).filter(vector=asked)


def by_substring(query: Query) -> int:
    """Total, page and five facets; the total."""
    return _answer(LabFilter, query, ("-record__quality", "pk"))


def by_vectors(query: Query) -> int:
    """The same by vectors made for each statement."""
    return _answer(VectorFilter, query, ("-rank" if query.words else "-record__quality", "pk"))


def _answer(filters: type[LabFilter], query: Query, order: Sequence[str]) -> int:
    data = QueryDict(mutable=True)
    for name, value in query.parameters:
        data.appendlist(name, value)
    labs: QuerySet[Lab, Any] = filters(data, Lab.objects.filter(record__state=State.PUBLISHED)).qs
    total = labs.count()
    start = (query.page - 1) * PAGE
    list(labs.select_related("record").order_by(*order)[start : start + PAGE])
    for facet in FACETS:
        list(labs.order_by().values_list(facet).annotate(number=Count("pk", distinct=True)))
    return total
