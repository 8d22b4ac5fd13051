"""Somebody's saved searches as their page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from curation.models import SavedSearch
from curation.reference import Reference

from .saved_found import Found, asked_by, find
from .saved_pages import Asked, Page
from .saved_telling import new_in

NAME_LETTERS = 120


@dataclass(frozen=True)
class Row:
    """A search, what it asks in words, how much it finds now, and how much of that is new."""

    search: SavedSearch
    label: str
    words: Sequence[str]
    total: int
    new: int
    path: str


def rows_of(user: User) -> list[Row]:
    """All of somebody's; what they find is what the mails would say, the words are the page's."""
    searches = list(user.saved_searches.order_by("name", "pk"))
    found = find(searches, user.language)
    reference = Reference.now()
    return [_row(search, found.get(search.pk, Found()), reference) for search in searches]


def _row(search: SavedSearch, found: Found, reference: Reference) -> Row:
    new, known = new_in(search, found), asked_by(search, reference)
    number = new.number or len(new.pks)
    if known is None:
        return Row(search, "", (), found.total, number, "")
    page, asked = known
    query = f"?{search.query}" if search.query else ""
    return Row(search, str(page.label), asked.words, found.total, number, reverse(page.route) + query)


def name_for(page: Page, asked: Asked) -> str:
    """A name for a search, from what it asks."""
    words = ", ".join(asked.words)
    label = str(page.label)
    name = _("%(page)s: %(words)s") % {"page": label, "words": words} if words else label
    return Truncator(name).chars(NAME_LETTERS)
