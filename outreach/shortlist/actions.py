"""Keeping entries, with notes to oneself: the verbs of a shortlist. Nobody is told of any of it."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from curation.models import Kept, Record, Shortlist
from curation.models.keeping import make_key

MOST = 100
MOST_LETTERS = 2_000
# Without an account nobody can be asked whether it is still needed.
LASTS = dt.timedelta(days=90)


class Full(Exception):
    """There are as many entries on the list as it holds."""


class Elsewhere(Exception):
    """The note was changed from another window since this one was opened; `note` is what it says there."""

    def __init__(self, note: str) -> None:
        super().__init__("changed elsewhere")
        self.note = note


@dataclass(frozen=True)
class Joined:
    """How many entries came from a browser's list, and whether a link that showed it is dead now."""

    entries: int
    link_is_dead: bool = False


def begin(*, by: User | None) -> Shortlist:
    """An empty list; of two windows of one reader one begins it and both have it."""
    if by is None:
        return Shortlist.objects.create()
    return Shortlist.objects.get_or_create(user=by)[0]


def rows_of(shortlist: Shortlist, record: Record) -> QuerySet[Kept]:
    """The rows that show an entry: its own, and those of entries merged into it."""
    return shortlist.kept.filter(Q(record=record) | Q(record__merged_into=record))


@transaction.atomic
def keep(record: Record, *, on: Shortlist, note: str = "", since: dt.datetime | None = None) -> bool:
    """Put an entry on a list; no if it is there already. Raises `Full`.

    `note` and `since` put back what was removed.
    """
    held = _held(on)
    if rows_of(held, record).exists():
        return False
    if held.kept.count() >= MOST:
        raise Full
    Kept.objects.create(shortlist=held, record=record, note=note, kept_at=since or timezone.now())
    _changed(held)
    return True


@transaction.atomic
def remove(kept: QuerySet[Kept], *, on: Shortlist) -> Kept | None:
    """Take what shows an entry off a list; the row with most to lose is given back, so that it can return."""
    _held(on)
    rows = sorted(kept, key=lambda row: (len(row.note), row.pk))
    if not rows:
        return None
    kept.delete()
    _changed(on)
    return rows[-1]


@transaction.atomic
def write_note(kept: Kept, note: str, *, seen: str) -> Kept:
    """Keep a note as it was typed; `seen` is the mark of the one that stood there when the page was opened.

    Raises `Elsewhere` if another one stands there by now.
    """
    held = Kept.objects.select_for_update().get(pk=kept.pk)
    note = plain(note)
    if held.note != note and mark(held.note) != seen:
        raise Elsewhere(held.note)
    if held.note != note:
        held.note = note
        held.save(update_fields=["note"])
        _changed(held.shortlist)
    return held


def plain(note: str) -> str:
    """As it is kept: browsers part lines in two ways."""
    return note.replace("\r\n", "\n").strip()


def mark(note: str) -> str:
    """Stands for a note, so that a page can tell which one it has shown."""
    return hashlib.sha256(note.encode()).hexdigest()[:12]


@transaction.atomic
def share(shortlist: Shortlist) -> str:
    """Make a link that shows the list to whoever has it; one made before is dead at once."""
    held = _held(shortlist)
    held.share_key = make_key()
    held.save(update_fields=["share_key"])
    _changed(held)
    return held.share_key


@transaction.atomic
def stop_sharing(shortlist: Shortlist) -> None:
    held = _held(shortlist)
    held.share_key = None
    held.save(update_fields=["share_key"])
    _changed(held)


@transaction.atomic
def join(key: str, *, by: User) -> Joined:
    """Put what a browser has kept on the list of whoever has logged in there.

    Notes to the same entry stand one below the other. Nothing kept is dropped, so the list may grow beyond
    what one can keep by hand. A link that shows the browser's list goes on only if the reader had nothing on
    theirs: it would show what was never meant for it.
    """
    found = Shortlist.objects.select_for_update().filter(key=key, user__isnull=True).first()
    if found is None:  # the other of two windows was faster
        return Joined(0)
    own = _held(begin(by=by))
    mine = {row.record_id: row for row in own.kept.order_by("pk")}
    link, goes_on = found.share_key, not mine and own.share_key is None
    came = 0
    for row in found.kept.order_by("pk"):
        if there := mine.get(row.record_id):
            _put_together(there, row)
        else:
            Kept.objects.filter(pk=row.pk).update(shortlist=own)
            came += 1
    found.delete()
    if link and goes_on:
        Shortlist.objects.filter(pk=own.pk).update(share_key=link)
    _changed(own)
    return Joined(came, link_is_dead=bool(link) and not goes_on)


def _put_together(there: Kept, other: Kept) -> None:
    if other.note and other.note not in there.note:
        there.note = f"{there.note}\n\n{other.note}".strip()
        there.save(update_fields=["note"])


def delete_abandoned(now: dt.datetime) -> int:
    """Lists of browsers that nobody has changed for ninety days; how many."""
    abandoned = Shortlist.objects.filter(user__isnull=True, updated_at__lt=now - LASTS)
    number = abandoned.count()
    abandoned.delete()
    return number


def _held(shortlist: Shortlist) -> Shortlist:
    """So that of two windows one waits for the other."""
    return Shortlist.objects.select_for_update().get(pk=shortlist.pk)


def _changed(shortlist: Shortlist) -> None:
    Shortlist.objects.filter(pk=shortlist.pk).update(updated_at=timezone.now())
