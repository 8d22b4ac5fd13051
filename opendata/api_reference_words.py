"""What the API's reference says in the reader's language: subjects, what addresses do, what they are asked.

The description machines read is English. What is not told here stands as it is there, marked as English.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from curation.filters import FacetFilter
from keeping.lists import LISTS
from labs.models import Assessment

from .api.rows import ROWS

first_large = lazy(capfirst, str)

SUBJECTS: Mapping[str, Any] = {name: listed.label for name, listed in LISTS.items()} | {
    "ties": _("What ties entries together"),
    "places and themes": _("Places and themes"),
    "figures": _("Figures"),
    "writing": _("Writing by machine"),
}
# By the operation's name without the list or kind it is of.
DOES: Mapping[str, Any] = {
    "list": _("The published entries, filtered as the list is"),
    "map": _("As GeoJSON"),
    "read": _("One entry"),
    "related_to": _("What one entry is tied to"),
    "put": _("Write an entry by your own id"),
    "state_of": _("What became of what you wrote"),
    "change": _("Change a published entry"),
}
TELLS: Mapping[str, Any] = {
    "list_assessments": first_large(Assessment._meta.verbose_name_plural),  # noqa: SLF001
    "list_themes": _("All themes"),
    "list_places": _("All places"),
    "barometer": _("The figures of the barometer"),
    "balance": _("A place’s PULL and PUSH"),
    "figures": _("A place’s other figures"),
    "read_suggestion": _("What came of a suggestion"),
} | {
    f"list_{name}": first_large(rows.model._meta.verbose_name_plural)  # noqa: SLF001
    for name, rows in ROWS.items()
}
PARAMETERS: Mapping[str, Any] = {
    "q": _("Words, “phrases” and -minus, as on the list’s page."),
    "bbox": _("A section of the map in degrees: west,south,east,north."),
    "language": _("The language of words and labels: da or en."),
    "per_page": _("How many at once."),
    "page": _("The page. What lies deeper is read with `after`."),
    "sort": _("The order of pages: relevance, best, name, links or newest."),
    "after": _("Go on after this one, in the order of entry. Begin with `after=0` to read all without gaps."),
    "of": _("Only what belongs to the entry with this public id."),
    "theme": _("Only what carries this theme."),
    "place": _("Only what belongs to this place."),
    "year": _("Only this year."),
    "public_id": _("The public id of the entry."),
    "code": _("The code of the place, or its word in addresses."),
    "their_id": _("What your own system calls it."),
    "number": _("The number of the suggestion."),
    "If-None-Match": _("The ETag of the answer you have: where nothing has changed, you get 304."),
    "If-Match": _("The ETag of what you have read; asked for where something known is changed."),
}


def _facet(facet: FacetFilter) -> Any:
    values = [str(value) for value, _label in facet.extra["choices"]]
    source = "themes" if facet.column == "theme_ids" else "places"
    known = ", ".join(values) if values else f"`/api/v1/{source}`"
    return format_lazy(_("{label}. Several mean or: {known}."), label=facet.label, known=known)


FACETS: Mapping[tuple[str, str], Any] = {
    (name, word): _facet(facet)
    for name, listed in LISTS.items()
    for word, facet in listed.filters.base_filters.items()
    if isinstance(facet, FacetFilter)
}


def does(operation: str) -> Any:
    """What an operation does, in short; nothing where that is told in English alone."""
    return TELLS.get(operation) or DOES.get(operation.rpartition("_")[0], "")


def asked(subject: str, parameter: str) -> Any:
    """What a parameter means to the operations of a subject; nothing where that is told in English alone."""
    return FACETS.get((subject, parameter)) or PARAMETERS.get(parameter, "")
