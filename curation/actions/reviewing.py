"""The life of an entry in the register.

Each verb is one conditional update that only one of two people can win, with one event in the log and, where
the author is to know, one mail, all in one transaction.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from mail import links, outbox

from .. import search
from ..choices import State, Verb
from ..models import Entry, Record, RecordEvent
from ..promises import answer_by
from .writing import rewritten

UNPUBLISHED = (State.DRAFT, State.SUBMITTED, State.RETURNED)


class Overtaken(Exception):
    """Somebody else was first: the entry is no longer in the version or state the page was made from."""


@transaction.atomic
def submit(record: Record, *, by: User, organisation: Record | None = None) -> None:
    """Hand a draft or a mended entry to the curators; its author is told when to expect an answer."""
    now = timezone.now()
    promised = answer_by(timezone.localdate(now))
    _move(
        record, Verb.SUBMITTED, (State.DRAFT, State.RETURNED), State.SUBMITTED, by=by,
        organisation=organisation, submitted_at=now, answer_by=promised, decision="",
    )  # fmt: skip
    _tell(record, "curation/submitted", answer_by=promised)


@transaction.atomic
def take_back(record: Record, *, by: User) -> None:
    """Give an entry that waits back to its author, who is told that nobody will look at it now."""
    _move(record, Verb.TAKEN_BACK, (State.SUBMITTED,), State.DRAFT, by=by)
    _tell(record, "curation/taken_back")


@transaction.atomic
def publish(record: Record, *, by: User, version: int, reason: str = "") -> None:
    """Show an entry that waits, or one that was withdrawn, to everybody; its author is told.

    What its author has said counts as confirmed by the author on the day it was sent in.
    """
    now = timezone.now()
    _move(
        record, Verb.PUBLISHED, (State.SUBMITTED, State.WITHDRAWN), State.PUBLISHED, by=by, version=version,
        reason=reason, published_at=record.published_at or now, decided_at=now, decided_by=by,
        decision=reason, reviewed_version=F("version") + 1,
    )  # fmt: skip
    _tell(record, "curation/published", reason=reason)


@transaction.atomic
def return_to_author(record: Record, *, by: User, version: int, reason: str) -> None:
    """Ask the author to mend an entry that waits; the reason is what the author reads."""
    _move(
        record, Verb.RETURNED, (State.SUBMITTED,), State.RETURNED, by=by, version=version, reason=reason,
        decided_at=timezone.now(), decided_by=by, decision=reason,
    )  # fmt: skip
    _tell(record, "curation/returned", reason=reason)


@transaction.atomic
def withdraw(record: Record, *, by: User, version: int, reason: str) -> None:
    """Take an entry away from the public at once, or keep it from becoming public; its author is told why."""
    was_public = record.is_public
    _move(
        record, Verb.WITHDRAWN, (State.PUBLISHED, *UNPUBLISHED), State.WITHDRAWN, by=by, version=version,
        reason=reason, decided_at=timezone.now(), decided_by=by, decision=reason,
    )  # fmt: skip
    _tell(record, "curation/withdrawn", reason=reason, was_public=was_public)


@transaction.atomic
def review(record: Record, *, by: User, version: int) -> None:
    """Note that a curator has seen what changed up to a version; nobody is written to."""
    seen = Record.objects.filter(pk=record.pk, version=version, reviewed_version__lt=version)
    if not seen.update(reviewed_version=version):
        raise Overtaken
    _log(record, Verb.REVIEWED, by=by)


@transaction.atomic
def edit(
    record: Record, *, by: User | None, version: int, write: Callable[[], object], verb: Verb = Verb.EDITED,
    reason: str = "", organisation: Record | None = None, reviewed: bool = False,
) -> None:  # fmt: skip
    """Change a published entry by `write`, unless it is no longer in the version that was edited.

    Live at once; curators find it among what changed since they last looked, unless `reviewed`: it is theirs.
    `by` is nobody where an organisation answers from its mailbox.
    """
    columns: dict[str, Any] = {"reviewed_version": F("version") + 1} if reviewed else {}
    before = _lock(record)
    _advance(record, (State.PUBLISHED,), version=version, **columns)
    write()
    _log(record, verb, by=by, reason=reason, organisation=organisation)
    rewritten(record, *before)


@transaction.atomic
def end(
    entry: Entry, *, by: User | None, version: int, on: dt.date | None, reason: str, lessons: str = "",
    heir: Record | None = None, organisation: Record | None = None, reviewed: bool = False,
) -> None:  # fmt: skip
    """Tell that something has ended: a fact, it stays public. Its author is told."""

    def write() -> None:
        entry.end(on=on, reason=reason, lessons=lessons, heir=heir)
        entry.save()

    edit(
        entry.record, by=by, version=version, write=write, verb=Verb.ENDED, reason=reason,
        organisation=organisation, reviewed=reviewed,
    )  # fmt: skip
    _tell(entry.record, "curation/ended", reason=reason)


@transaction.atomic
def resume(
    entry: Entry, *, by: User | None, version: int, reason: str = "", organisation: Record | None = None,
    reviewed: bool = False,
) -> None:  # fmt: skip
    """Take up again what had ended. Its author is told."""

    def write() -> None:
        entry.resume()
        entry.save()

    edit(
        entry.record, by=by, version=version, write=write, verb=Verb.RESUMED, reason=reason,
        organisation=organisation, reviewed=reviewed,
    )  # fmt: skip
    _tell(entry.record, "curation/resumed", reason=reason)


# What they share


def _move(
    record: Record, verb: Verb, before: Sequence[State], after: State, *, by: User,
    version: int | None = None, reason: str = "", organisation: Record | None = None, **columns: Any,
) -> None:  # fmt: skip
    _lock(record)
    _advance(record, before, version=version, state=after, **columns)
    _log(record, verb, by=by, reason=reason, organisation=organisation)
    rewritten(record)


def _lock(record: Record) -> set[int]:
    """Hold an entry and all it is tied to, in one order, so that two changed at once count each other.

    Gives what it is tied to.
    """
    linked = search.linked_to(record)
    rows = Record.objects.select_for_update(no_key=True).filter(pk__in={record.pk, *linked})
    list(rows.order_by("pk").values_list("pk"))
    return linked


def _advance(record: Record, states: Sequence[State], *, version: int | None, **columns: Any) -> None:
    """Raise the version of a record that is in one of the states, and in the version if one is named."""
    rows = Record.objects.filter(pk=record.pk, state__in=states)
    if version is not None:
        rows = rows.filter(version=version)
    if not rows.update(version=F("version") + 1, updated_at=timezone.now(), **columns):
        raise Overtaken
    record.refresh_from_db(fields=["state", "version", "updated_at", *columns])


def _log(
    record: Record, verb: Verb, *, by: User | None, reason: str = "", organisation: Record | None = None
) -> None:
    RecordEvent.objects.create(
        record=record, verb=verb, by=by, reason=reason, version=record.version, organisation=organisation
    )


def _tell(record: Record, template: str, **context: Any) -> None:
    """One mail to the author, or where there is none to where one writes about the entry."""
    author = record.created_by
    if author is not None and author.is_active:
        to, language = author.email, author.language
    elif record.contact_email:
        to, language = record.contact_email, "da"
    else:
        return
    with translation.override(language):
        context |= {"record": record, "name": author or "", "link": links.absolute(page_of(record))}
    outbox.send(template, to=to, language=language, context=context)


def page_of(record: Record) -> str:
    """Where its author follows it: the public page once there is one, before that the page of its state."""
    if record.is_public:
        return record.get_absolute_url()
    return reverse("keeping:entry", args=[record.public_id])
