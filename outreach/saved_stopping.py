"""The links that stop mails of saved searches: signed, their reader's own, good without logging in."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from curation.models import SavedSearch
from keeping import tokens
from keeping.tokens import Unanswerable
from mail import links

PURPOSE = "saved_search"
# Whoever wants no more mails finds the link in whatever mail is at hand, however old.
LASTS = dt.timedelta(days=3650)


@dataclass(frozen=True)
class Stopped:
    """What a link stops: somebody's searches that are still kept; `all` of them, or those it was made for."""

    user: int
    searches: Sequence[SavedSearch]
    all: bool

    @property
    def running(self) -> list[SavedSearch]:
        """Those mails are still sent of."""
        return [search for search in self.searches if search.rhythm]


def stop_link(user: int, searches: Iterable[int] = ()) -> str:
    """A page that stops the mails of these searches, of all of somebody's where none is named."""
    token = tokens.make(PURPOSE, searches, user=user, address="")
    return links.absolute(reverse("outreach:stop_searches", args=[token]))


def stopped_by(token: str) -> Stopped:
    """What a link stops. Raises `Unanswerable`."""
    said = tokens.read(PURPOSE, token, lasts=LASTS)
    if said.user is None:
        raise Unanswerable("broken")
    rows = SavedSearch.objects.filter(user=said.user).order_by("name", "pk")
    return Stopped(said.user, list(rows.filter(pk__in=said.about) if said.about else rows), not said.about)
