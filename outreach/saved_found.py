"""What saved searches find now, many of them in one statement."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.conf import settings
from django.db.models import Count, IntegerField, Q, QuerySet, Value
from django.http import QueryDict
from django.utils import translation

from curation.models import SavedSearch
from curation.reference import Reference

from .saved_pages import Asked, Page, page_at, understand_together

# A search that finds more is told by number. Nobody reads a mail of so many; where it finds so much, dozens
# are new every week, and the ids of what is known of it (8 kB here) would be written again each time.
MOST = 2000
TOGETHER = 50  # searches in one statement; nobody has more


@dataclass(frozen=True)
class Found:
    """What a search finds: how many, and their ids unless there are too many.

    `newer`, of those with too many: published since it was last looked.
    """

    total: int = 0
    ids: frozenset[int] | None = frozenset()
    newer: int = 0

    def new(self, search: SavedSearch) -> frozenset[int]:
        """Those that are told one by one and were not known."""
        if self.ids is None or search.known is None:
            return frozenset()
        return self.ids - frozenset(search.known)


def asked_by(search: SavedSearch, reference: Reference) -> tuple[Page, Asked] | None:
    """What a saved search asks; nothing where its page is no more."""
    page = page_at(search.path)
    asked = page.read(QueryDict(search.query), reference) if page else None
    return (page, asked) if page and asked else None


def find(searches: Iterable[SavedSearch], language: str) -> dict[int, Found]:
    """What each finds for somebody who reads in a language; in two statements, three with broad ones."""
    reference = Reference.now()
    with translation.override(language):
        asked = {search: known[1] for search in searches if (known := asked_by(search, reference))}
        understand_together(asked.values(), reference)
        ids = _ids(asked)
        found = {
            search.pk: Found(len(ids[search.pk]), frozenset(ids[search.pk]))
            for search in asked
            if len(ids[search.pk]) <= MOST
        }
        broad = {search: asks for search, asks in asked.items() if search.pk not in found}
        return found | _numbers(broad)


def known_now(page: Page, query: QueryDict, language: str) -> list[int] | None:
    """What is not told of a search as it is saved: all it finds, nothing where that is too much to keep.

    Also what it finds in the other languages: who changes the language is not told of old entries.
    """
    reference, known = Reference.now(), set[int]()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            asked = page.read(query, reference)
            ids = list(asked.hits().order_by().values_list("pk", flat=True)[: MOST + 1]) if asked else []
        if len(ids) <= MOST:
            known.update(ids)
        elif code == language:
            return None
    return sorted(known)


def _ids(asked: Mapping[SavedSearch, Asked]) -> dict[int, list[int]]:
    """The ids of each, one more than is kept at most."""
    found: dict[int, list[int]] = {search.pk: [] for search in asked}
    parts = (
        asks.hits().order_by().values_list(_number(search.pk), "pk")[: MOST + 1]
        for search, asks in asked.items()
    )
    for number, pk in _together(parts):
        found[number].append(pk)
    return found


def _numbers(asked: Mapping[SavedSearch, Asked]) -> dict[int, Found]:
    parts = (
        asks.hits()
        .order_by()
        .values(which=_number(search.pk))
        .annotate(total=Count("pk"), newer=Count("pk", filter=Q(published_at__gt=search.looked_at)))
        .values_list("which", "total", "newer")
        for search, asks in asked.items()
    )
    return {number: Found(total, None, newer) for number, total, newer in _together(parts)}


def _together(parts: Iterable[QuerySet[Any, Any]]) -> Iterator[Sequence[int]]:
    """The rows of several statements, asked as few."""
    for some in batched(parts, TOGETHER, strict=False):
        first, *others = some
        yield from first.union(*others, all=True).order_by() if others else first


def _number(pk: int) -> Value:
    return Value(pk, output_field=IntegerField())
