"""What every case has in common."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.http import Http404, QueryDict
from django.utils.functional import Promise

from accounts.models import User
from curation.access import Scope
from curation.choices import State
from curation.models import Record, RecordEvent


@dataclass(frozen=True)
class Decision:
    """A button. `key` is the letter that presses it; `occasion` the shelf its texts come from."""

    slug: str
    label: str | Promise
    key: str = ""
    style: str = "secondary"
    needs_words: bool = False


@dataclass(frozen=True)
class Decided:
    """Who was first, with what, and when."""

    who: str
    what: str
    when: dt.datetime


class Case:
    """One thing that waits. Loading it is the check of whether somebody looks after it."""

    template: ClassVar[str]
    occasions: ClassVar[Sequence[str]] = ()
    asks: ClassVar[str | Promise] = ""  # what the words are for, where it is not what the author reads

    def __init__(self, record: Record, scope: Scope) -> None:
        if not scope.covers(record):
            raise Http404
        self.record = record
        self.typed = QueryDict()  # what was sent with a decision that could not be taken

    @classmethod
    def load(cls, number: str, scope: Scope) -> Self:
        """The case by its number in the address. Http404 for what is not there or not theirs."""
        raise Http404

    @property
    def decisions(self) -> Sequence[Decision]:
        """What can be decided as it stands now; nothing, once somebody else has decided."""
        return ()

    @property
    def decided(self) -> Decided | None:
        """What settled it, where nothing is left to decide: the last line of its log."""
        last = RecordEvent.objects.filter(record=self.record).select_related("by").order_by("-at", "-pk")
        event = last.first()
        return Decided(str(event.by or ""), event.get_verb_display(), event.at) if event else None

    @property
    def version(self) -> int:
        return self.record.version

    def shown(self) -> dict[str, Any]:
        """What its template reads."""
        return {}

    def decide(self, decision: str, *, by: User, version: int, reason: str, form: QueryDict) -> str:
        """Do it, and say in a sentence what was done. Raises Overtaken where somebody was first."""
        raise Http404


# What somebody has withdrawn or merged while a page stood open is still told of, with who did it.
ONCE_PUBLIC = (State.PUBLISHED, State.WITHDRAWN, State.MERGED)


def whole_number(text: str) -> int:
    """The number of a row; anything else names no row."""
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


def record_numbered(public_id: str, *states: str) -> Record:
    found = Record.objects.shown().select_related("created_by", "decided_by").filter(public_id=public_id)
    record = found.filter(state__in=states).first() if states else found.first()
    if record is None:
        raise Http404
    return record
