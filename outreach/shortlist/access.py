"""Whose a shortlist is: its reader's, and before there is one the browser's that holds its key."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpRequest
from django.utils import timezone

from accounts.models import User
from curation.choices import State
from curation.models import Record, Shortlist
from keeping.throttle import allowed

from .actions import LASTS, begin

SESSION, REMOVED = "shortlist", "shortlist_removed"
# A whole class may sit behind one address; a list takes room in the database.
EACH, TOGETHER = 200, 5_000


class TooMany(Exception):
    """So many lists have been begun this hour, from there or everywhere, that no other one can be."""


@dataclass(frozen=True)
class Removed:
    """What was last taken off the list in this browser, so that it can be put back with its note."""

    public_id: str
    note: str
    kept_at: str

    @property
    def when(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.kept_at)


def shortlist_of(request: HttpRequest) -> Shortlist | None:
    """The list of whoever asks, if there is one yet."""
    if isinstance(request.user, User):
        return Shortlist.objects.filter(user=request.user).first()
    key = request.session.get(SESSION, "")
    return Shortlist.objects.filter(key=key, user__isnull=True).first() if key else None


def shortlist_to_write(request: HttpRequest) -> Shortlist:
    """The same, begun if need be; the first one sets this browser's cookie. Raises `TooMany`."""
    found = shortlist_of(request)
    if found is None and isinstance(request.user, User):
        return begin(by=request.user)
    if found is None:
        if not allowed("shortlist", request, each=EACH, together=TOGETHER):
            raise TooMany
        found = begin(by=None)
    if not isinstance(request.user, User):
        hold(request.session, found.key)
    return found


def hold(session: SessionBase, key: str) -> None:
    """Let this browser go on with a list for as long as the list is kept."""
    session[SESSION] = key
    session.set_expiry(LASTS)


def let_go(session: SessionBase) -> None:
    """The list has become somebody's; the browser's session lasts as long as any other again."""
    del session[SESSION]
    session.set_expiry(None)


def remember_removed(session: SessionBase, removed: Removed) -> None:
    session[REMOVED] = asdict(removed)


def removed_last(session: SessionBase, public_id: str) -> Removed | None:
    """What was last removed in this browser, if it is this."""
    said = session.get(REMOVED)
    return Removed(**said) if said and said["public_id"] == public_id else None


def record_to_keep(public_id: str) -> Record:
    """A published record by its public id, or the one it was merged into; others do not exist."""
    records = Record.objects.shown().select_related("merged_into")
    found = records.filter(public_id=public_id).first()
    if found and found.merged_into:
        found = found.merged_into
    if found is None or found.state != State.PUBLISHED:
        raise Http404
    return found


def shortlist_shared(key: str) -> Shortlist:
    """The list that is shared under a key; one that is shared no more does not exist."""
    found = Shortlist.objects.filter(share_key=key).first() if key else None
    if found is None:
        raise Http404
    return found


def ends_on(shortlist: Shortlist) -> dt.date | None:
    """When a list without a reader is deleted, if nobody changes it."""
    return None if shortlist.user_id else timezone.localdate(shortlist.updated_at + LASTS)
