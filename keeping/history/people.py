"""Who changed an entry: the person for those who look after it, the organisation for everybody else."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from actors.access import answers_for, entry_of
from actors.models import Membership
from curation.access import can_curate
from curation.models import Record, RecordEvent, Stewardship

from .words import Words


@dataclass
class People:
    """Those who took part in a history, with what they belonged to and looked after, then and now."""

    record: Record
    users: dict[int, User]
    memberships: Sequence[Membership]
    stewardships: Sequence[Stewardship]

    @classmethod
    def of(cls, record: Record, ids: Iterable[int]) -> "People":
        """Three statements, however many people there are."""
        users = User.objects.in_bulk(set(ids))
        return cls(
            record,
            users,
            list(Membership.objects.filter(user__in=users).order_by("pk")),
            list(Stewardship.objects.filter(user__in=users).order_by("pk")),
        )

    @property
    def organisations(self) -> set[int]:
        """Those that may have to be named."""
        return {membership.actor_id for membership in self.memberships}

    def who(self, words: Words, user: int | None, event: RecordEvent | None, at: dt.datetime) -> str:
        """Who did something, as this reader may be told it."""
        person = self.users.get(user) if user else None
        organisation = words.name(event.organisation_id if event else None)
        if person is None:
            return organisation or _("the register")
        organisation = organisation or self._organisation(words, person, at)
        if not words.full:
            return organisation or self._office(person, at)
        name = str(person) if person.name or person.erased_at else self._office(person, at)
        return f"{name}, {organisation}" if organisation else name

    def _organisation(self, words: Words, person: User, at: dt.datetime) -> str:
        """The public organisation somebody belonged to then, first the one that answers for the entry."""
        theirs = [
            membership.actor_id
            for membership in self.memberships
            if membership.user_id == person.pk and _held(membership, at)
        ]
        answering = answers_for(entry_of(self.record))
        if answering in theirs:
            return words.name(answering)
        if can_curate(person):
            return ""
        return next((name for actor in theirs if (name := words.name(actor, own=False))), "")

    def _office(self, person: User, at: dt.datetime) -> str:
        if can_curate(person):
            return _("a curator")
        if any(steward.user_id == person.pk and _held(steward, at) for steward in self.stewardships):
            return _("a steward")
        if person.pk == self.record.created_by_id:
            return _("the author")
        return _("somebody without an organisation")


def _held(given: Membership | Stewardship, at: dt.datetime) -> bool:
    return given.since <= at and (given.until is None or given.until >= at)
