"""What a first Django list does: django-filter with `icontains` on the tables as they are."""

from typing import Any

import django_filters
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


def answer(query: Query) -> int:
    """Total, page and five facets; the total."""
    data = QueryDict(mutable=True)
    for name, value in query.parameters:
        data.appendlist(name, value)
    labs: QuerySet[Lab, Any] = LabFilter(data, Lab.objects.filter(record__state=State.PUBLISHED)).qs
    total = labs.count()
    start = (query.page - 1) * PAGE
    list(labs.select_related("record").order_by("-record__quality", "pk")[start : start + PAGE])
    for facet in FACETS:
        list(labs.order_by().values_list(facet).annotate(number=Count("pk", distinct=True)))
    return total
