"""Who may read, curate and look after an entry. Loading an entry is the check of whether one may."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.models import User

from .choices import State
from .models import Record, Stewardship

type Visitor = User | AnonymousUser


@dataclass(frozen=True)
class Scope:
    """What somebody looks after: everything as a curator, or what they were given as a steward."""

    everything: bool = False
    places: frozenset[int] = frozenset()
    themes: frozenset[int] = frozenset()
    records: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everything or bool(self.places or self.themes or self.records)

    @classmethod
    def of(cls, rows: Iterable[Stewardship]) -> "Scope":
        """What stewardships are of."""
        given = [(row.place_id, row.theme_id, row.record_id) for row in rows]
        return cls(
            places=frozenset(place for place, _theme, _record in given if place),
            themes=frozenset(theme for _place, theme, _record in given if theme),
            records=frozenset(record for _place, _theme, record in given if record),
        )

    def covers(self, record: Record) -> bool:
        """By itself, by one of its places, with all they lie in, or by one of its themes."""
        if self.everything or record.pk in self.records:
            return True
        return not (self.places.isdisjoint(record.place_ids) and self.themes.isdisjoint(record.theme_ids))


def can_curate(user: Visitor) -> bool:
    """Curators and administrators look after the whole register."""
    return bool(user.is_active and (user.is_superuser or getattr(user, "is_curator", False)))


def scope_of(user: Visitor) -> Scope:
    """What somebody looks after, from the rows as they stand now."""
    if can_curate(user):
        return Scope(everything=True)
    if not isinstance(user, User) or not user.is_active:
        return Scope()
    return given_to(user)


def given_to(user: User) -> Scope:
    """The places, themes and entries somebody was given, and those of whom they stand in for today.

    Who is neither a steward nor a curator any more stands in for nobody.
    """
    rows = list(Stewardship.objects.looked_after_by(user).order_by("pk"))
    may = can_curate(user) or any(row.user_id == user.pk for row in rows)
    return Scope.of(rows if may else ())


def record_to_read(kind: str, slug: str, *entry: str, **also: Any) -> Record:
    """A published record with its entry; anything else does not exist for a reader.

    A merged record leads to the one it was merged into, whose address differs from the one asked for. `entry`
    names what else of the entry to load, `also` what to read of the record in the same statement.
    """
    records = Record.objects.shown().select_related(kind, *(f"{kind}__{name}" for name in entry))
    records = records.annotate(**also)
    record = records.filter(kind=kind, slug=slug).first()
    while record and record.merged_into_id:
        record = records.get(pk=record.merged_into_id)
    if record is None or record.state != State.PUBLISHED:
        raise Http404
    return record
