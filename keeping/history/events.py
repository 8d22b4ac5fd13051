"""Reading the history tables of one entry: what it said after each transaction that changed it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

from actors.models import Actor, Offer, Relation
from curation.choices import Kind
from curation.models import Entry, EntryPlace, EntryTheme, Record, RecordEvent
from labs.models import Adoption, Lab, Learning, Link, Partner, Solution, Trial, Value
from missions.models import CoalitionMember, Mission, Need, Response

MODELS: Mapping[str, type[Entry]] = {
    Kind.LAB: Lab, Kind.ACTOR: Actor, Kind.MISSION: Mission, Kind.NEED: Need, Kind.OFFER: Offer,
    Kind.TRIAL: Trial, Kind.SOLUTION: Solution,
}  # fmt: skip

# The tables that tie an entry to others, and the columns that may name it there; its own ties come first.
TIES: Mapping[str, Sequence[tuple[type[models.Model], Sequence[str]]]] = {
    Kind.LAB: ((Link, ("lab_id",)),),
    Kind.ACTOR: (
        (Relation, ("subject_id", "object_id")),
        (Link, ("actor_id",)),
        (CoalitionMember, ("actor_id",)),
        (Partner, ("actor_id",)),
        (Adoption, ("adopter_id",)),
    ),
    Kind.MISSION: ((CoalitionMember, ("mission_id",)), (Link, ("mission_id",))),
    Kind.NEED: ((Link, ("need_id",)), (Response, ("need_id",))),
    Kind.OFFER: ((Response, ("offer_id",)), (Link, ("offer_id",))),
    Kind.TRIAL: ((Partner, ("trial_id",)),),
    Kind.SOLUTION: ((Partner, ("solution_id",)), (Adoption, ("solution_id",))),
}
# The tables whose rows belong to one entry alone, and the column that names it.
ROWS: Mapping[str, tuple[type[models.Model], str]] = {
    Kind.TRIAL: (Learning, "trial_id"),
    Kind.SOLUTION: (Value, "solution_id"),
}
# The first that a row has says the tie, the other is named by it.
ENDS = (
    "lab_id", "mission_id", "trial_id", "solution_id", "actor_id", "subject_id", "object_id", "offer_id",
    "need_id", "adopter_id",
)  # fmt: skip
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


def moment_of(at: dt.datetime) -> int:
    """A moment as it stands in addresses: microseconds, which tell transactions apart."""
    return (at - EPOCH) // MICROSECOND


def at_moment(moment: int) -> dt.datetime:
    """The moment an address names; OverflowError for one that lies beyond all calendars."""
    return EPOCH + moment * MICROSECOND


@dataclass(frozen=True)
class Tie:
    """One row that ties an entry to another: which column names the other, and what the row says."""

    column: str
    other: int
    event: Any
    own: bool  # said by this entry; otherwise the other entry says it


@dataclass(frozen=True)
class State:
    """What an entry said at one time: a row of its history, its themes and places, its ties and rows."""

    said: Any = None
    themes: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    ties: Mapping[tuple[str, int], Tie] = field(default_factory=dict)
    rows: Mapping[int, Any] = field(default_factory=dict)


@dataclass
class Story:
    """All that is kept of one entry, in the order it was written; one statement for each table.

    A tie to another entry counts as having always been there if it was made before the other was first
    published (`known_from`): a stranger is not told when somebody prepared it.
    """

    record: Record
    own: Sequence[Any]
    themes: Sequence[Any]
    places: Sequence[Any]
    ties: Sequence[tuple[str, Any]]
    log: Sequence[RecordEvent]
    rows: Sequence[Any] = ()
    known_from: Mapping[int, dt.datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, record: Record) -> "Story":
        return cls(
            record,
            own=_events(MODELS[record.kind], Q(pgh_obj_id=record.pk)),
            themes=_events(EntryTheme, Q(record_id=record.pk)),
            places=_events(EntryPlace, Q(record_id=record.pk)),
            ties=[
                (model._meta.label, event)
                for model, columns in TIES[record.kind]
                for event in _ever(model, _any_of(columns, record.pk))
            ],
            log=list(record.events.select_related("by").order_by("at", "pk")),
            rows=_rows_of(record),
        )

    @property
    def events(self) -> list[Any]:
        """Everything that was written, of whatever table."""
        ties = (event for _table, event in self.ties)
        return [*self.own, *self.themes, *self.places, *ties, *self.rows]

    @property
    def moments(self) -> list[dt.datetime]:
        """When the transactions began that changed anything; all a transaction wrote has the same moment."""
        return sorted({event.pgh_created_at for event in self.events})

    def after(self, moment: dt.datetime) -> State:
        """What the entry said after the transaction that began at a moment."""
        said = [event for event in self.own if event.pgh_created_at <= moment]
        return State(
            said=said[-1] if said and said[-1].pgh_label != "delete" else None,
            themes=_ranked(self.themes, moment, "theme_id"),
            places=_ranked(self.places, moment, "place_id"),
            ties=self._ties_after(moment),
            rows=_held(self.rows, moment, *ROWS.get(self.record.kind, ())[1:], of=self.record.pk),
        )

    def _ties_after(self, moment: dt.datetime) -> dict[tuple[str, int], Tie]:
        found: dict[tuple[str, int], Tie] = {}
        for table, event in self.ties:
            tie = self.tie(event) if self.names(event) else None
            if event.pgh_created_at > max(moment, self.known_from.get(tie.other, EPOCH) if tie else EPOCH):
                continue
            if tie is None or event.pgh_label == "delete":
                found.pop((table, event.pgh_obj_id), None)
            else:
                found[table, event.pgh_obj_id] = tie
        return found

    def names(self, event: Any) -> bool:
        """Whether a row names this entry; one that was moved to another entry does not any more."""
        return any(getattr(event, name, None) == self.record.pk for name in ENDS)

    def tie(self, event: Any) -> Tie:
        """What a row of a table of ties says from this entry's side."""
        ends = {name: getattr(event, name) for name in ENDS if getattr(event, name, None)}
        column = next(name for name, end in ends.items() if end != self.record.pk)
        return Tie(column, ends[column], event, own=next(iter(ends.values())) == self.record.pk)


def _events(model: type[models.Model], about: Q) -> list[Any]:
    """In the order they were written, which for one row is the order of its changes."""
    event_model: Any = model.pgh_event_model  # type: ignore[attr-defined]
    return list(event_model.objects.filter(about).select_related("pgh_context").order_by("pgh_id"))


def _ever(model: type[models.Model], about: Q) -> list[Any]:
    """All that was written of rows that have ever named an entry: a row can move to another."""
    event_model: Any = model.pgh_event_model  # type: ignore[attr-defined]
    rows = event_model.objects.filter(about).order_by().values("pgh_obj_id")
    return _events(model, Q(pgh_obj_id__in=rows))


def _rows_of(record: Record) -> list[Any]:
    if record.kind not in ROWS:
        return []
    model, column = ROWS[record.kind]
    return _ever(model, Q((column, record.pk)))


def _held(events: Iterable[Any], moment: dt.datetime, *columns: str, of: int) -> dict[int, Any]:
    """The rows there were at a moment, by their number, as they were last written until then."""
    rows: dict[int, Any] = {}
    for event in events:
        if event.pgh_created_at > moment:
            continue
        rows.pop(event.pgh_obj_id, None)
        if event.pgh_label != "delete" and any(getattr(event, column) == of for column in columns):
            rows[event.pgh_obj_id] = event
    return rows


def _any_of(columns: Iterable[str], pk: int) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{column: pk})
    return found


def _ranked(events: Iterable[Any], moment: dt.datetime, column: str) -> tuple[int, ...]:
    """What was chosen at a moment, in its order."""
    rows: dict[int, tuple[int, int, int]] = {}
    for event in events:
        if event.pgh_created_at > moment:
            continue
        rows.pop(event.pgh_obj_id, None)
        if event.pgh_label != "delete":
            rows[event.pgh_obj_id] = (event.order, event.pgh_obj_id, getattr(event, column))
    return tuple(chosen for _order, _pk, chosen in sorted(rows.values()))
