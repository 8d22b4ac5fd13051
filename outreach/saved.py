"""Saving a search, changing how often one is told, stopping, looking, forgetting.

Each holds the reader's own row, and so does the mail: what is changed is changed before it or after it.
"""

from collections.abc import Iterable

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from curation.models import SavedSearch

from .saved_found import find, known_now
from .saved_pages import Page

# So many a person can follow, and a morning's statements are bounded.
MOST_SEARCHES = 50


class TooMany(Exception):
    """Somebody has as many searches as one can have."""


def hold(user_pk: int) -> User:
    """Nobody else changes this person's searches until the transaction ends."""
    return User.objects.select_for_update(no_key=True).get(pk=user_pk)


@transaction.atomic
def save(*, by: User, page: Page, query: QueryDict, name: str, rhythm: str) -> SavedSearch:
    """Keep a search; what it finds now is known. Saved again, it gets the new name and rhythm.

    `query` is what the page understands. Raises `TooMany`.
    """
    hold(by.pk)
    kept = by.saved_searches.filter(path=page.path, query=query.urlencode()).first()
    if kept is not None:
        change(kept, name=name, rhythm=rhythm)
        return kept
    if by.saved_searches.count() >= MOST_SEARCHES:
        raise TooMany
    return SavedSearch.objects.create(
        user=by, path=page.path, query=query.urlencode(), name=name, rhythm=rhythm,
        known=known_now(page, query, by.language),
    )  # fmt: skip


@transaction.atomic
def change(search: SavedSearch, *, name: str, rhythm: str) -> None:
    """Another name or rhythm. Who starts again is told of what comes from now on."""
    user = hold(search.user_id)
    search.refresh_from_db()
    if rhythm and not search.rhythm:
        _look(search, user)
    search.name, search.rhythm = name, rhythm
    search.save()


@transaction.atomic
def see(search: SavedSearch) -> None:
    """The reader has seen what is new: it is not told."""
    user = hold(search.user_id)
    search.refresh_from_db()
    _look(search, user)
    search.save()


@transaction.atomic
def stop(user_pk: int, searches: Iterable[int] | None = None) -> int:
    """No more mails of these searches, or of all of somebody's; they stay kept. How many were running."""
    hold(user_pk)
    rows = SavedSearch.objects.filter(user=user_pk).exclude(rhythm="")
    return (rows if searches is None else rows.filter(pk__in=searches)).update(rhythm="")


@transaction.atomic
def forget(search: SavedSearch) -> None:
    """It is kept no more."""
    hold(search.user_id)
    search.delete()


def _look(search: SavedSearch, user: User) -> None:
    found = find([search], user.language).get(search.pk)
    if found:
        search.known = None if found.ids is None else sorted(found.ids | frozenset(search.known or ()))
    search.looked_at = timezone.now()
