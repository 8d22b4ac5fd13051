"""The pages whose searches can be saved: what each understands of an address, and what it finds.

The lists and the search across kinds are told here; a page of an app above this one registers itself in its
AppConfig.ready().
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from curation.browsing import Browse
from curation.filters import RecordFilterSet
from curation.querysets import RecordQuerySet
from curation.reference import Reference
from curation.understanding import lexicon_for, understand
from keeping.lists import LISTS


class Asked(Protocol):
    """A search as its page understands it."""

    @property
    def parameters(self) -> QueryDict:
        """The address's parameters, known values only; the same search always gives the same."""

    @property
    def words(self) -> Sequence[str]:
        """What is asked for, as readers know it, in the language of the moment."""

    def hits(self) -> RecordQuerySet:
        """The published entries that answer it, in no order; never those of a loosened question."""


type Read = Callable[[QueryDict, Reference], Asked | None]


@dataclass(frozen=True)
class Page:
    """A page with searches. `read` gives nothing for an address that asks for nothing."""

    route: str
    label: Any
    read: Read
    newest: str = ""  # what puts the newest first on that page

    @property
    def path(self) -> str:
        """Its address without a language."""
        with translation.override(settings.LANGUAGE_CODE):
            return reverse(self.route)


class ListSearch:
    """A search of a list."""

    def __init__(self, filters: RecordFilterSet) -> None:
        self.browse = Browse(filters)

    @property
    def parameters(self) -> QueryDict:
        """Without an order: it says nothing of what is found."""
        asked = self.browse.parameters
        asked.pop("sort", None)
        for name in asked:
            asked.setlist(name, sorted(asked.getlist(name)))
        return asked

    @property
    def words(self) -> list[str]:
        return [str(chosen.label) for chosen in self.browse.chosen]

    def hits(self) -> RecordQuerySet:
        return self.browse.filters.found()


def understand_together(searches: Iterable[Asked], reference: Reference) -> None:
    """Let several searches look up their words at once; each would by itself when it is first asked."""
    filters = [one.browse.filters for one in searches if isinstance(one, ListSearch)]
    typed = [one for one in filters if one.question.terms]
    if typed:
        lexicon = lexicon_for((one.question for one in typed), reference)
        for one in typed:
            one.understood = understand(one.question, reference, lexicon)


def of_list(filters: type[RecordFilterSet]) -> Read:
    """How the address of a list is read."""
    return lambda asked, reference: ListSearch(filters(asked, reference))


def _across_kinds(asked: QueryDict, reference: Reference) -> Asked | None:
    """A search across kinds is its words; without any it finds nothing."""
    only = QueryDict(mutable=True)
    only["q"] = asked.get("q", "")
    filters = RecordFilterSet(only, reference)
    return ListSearch(filters) if filters.question else None


NEWEST = "sort=newest"
_pages: dict[str, Page] = {}


def register(page: Page) -> None:
    """A page's searches can be saved."""
    _pages[page.route] = page


for _listed in LISTS.values():
    register(Page(f"{_listed.kind}s:browse", _listed.label, of_list(_listed.filters), NEWEST))
register(Page("ecosystem:search", _("All kinds of entries"), _across_kinds))


def page_at(path: str) -> Page | None:
    """The page at an address in any language, if its searches can be saved."""
    for code, _name in settings.LANGUAGES:
        prefix = f"/{code}/"
        if path.startswith(prefix):
            path = path.removeprefix(prefix[:-1])
    return next((page for page in _pages.values() if page.path == path), None)
