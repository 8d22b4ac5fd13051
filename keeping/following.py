"""An entry's life as its author reads it: where it stands, what happens next, what has happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from curation.choices import Outcome, State, Verb
from curation.models import Record, RecordEvent, Suggestion

BY_CURATORS = {Verb.PUBLISHED, Verb.RETURNED, Verb.WITHDRAWN, Verb.REVIEWED, Verb.CLAIMED}
EVENTS = 50


@dataclass(frozen=True)
class Stage:
    """Where an entry stands: in a few words, what that means, and what happens next."""

    title: str
    means: str
    next: str


@dataclass(frozen=True)
class Step:
    """One line of the log as a member reads it: others are their organisation."""

    event: RecordEvent
    who: str


def stage(record: Record) -> Stage:
    """In words for each state an entry can be in."""
    match record.state:
        case State.SUBMITTED:
            day = date_format(record.answer_by, "DATE_FORMAT") if record.answer_by else ""
            return Stage(
                _("Sent in"),
                _("The curators read it. Only you and they can see it."),
                _("You get an answer by mail by %(day)s at the latest.") % {"day": day},
            )
        case State.RETURNED:
            return Stage(
                _("Returned to you"),
                _("Something is to be mended before it can be published. What you wrote is kept."),
                _("Mend it and send it in again; it is then read within five working days."),
            )
        case State.PUBLISHED:
            return Stage(
                _("Published"),
                _("Everybody can read it."),
                _("You are asked once a year whether it still holds."),
            )
        case State.WITHDRAWN:
            return Stage(
                _("Withdrawn"),
                _("Nobody but you and the curators can see it."),
                _("Write to the curators if you think that is wrong."),
            )
        case _draft:
            return Stage(_("Draft"), _("Only you can see it."), _("Send it in when it says what it should."))


def steps(record: Record, entry: Any, reader: User) -> Iterator[Step]:
    """The log, latest first."""
    events = record.events.select_related("organisation").order_by("-at", "-pk")[:EVENTS]
    for event in events:
        yield Step(event, _who(event, entry, reader))


def suggested(record: Record) -> QuerySet[Suggestion]:
    """The edits that wait for an answer, oldest first."""
    waiting = record.suggestions.filter(outcome=Outcome.WAITING)
    return waiting.select_related("organisation").order_by("suggested_at", "pk")[:EVENTS]


def _who(event: RecordEvent, entry: Any, reader: User) -> str:
    if event.by_id == reader.pk:
        return _("you")
    if event.organisation:
        return event.organisation.name
    if event.verb in BY_CURATORS:
        return _("a curator")
    owner = getattr(entry, "owner", None)
    return owner.name if owner else _("somebody else")
