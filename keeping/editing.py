"""Changing a published entry: sections of it, or back to what it said before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from actors.access import answers_for, standing
from curation import actions
from curation.choices import Verb
from curation.forms import Section
from curation.models import Record, Theme
from curation.ties import set_places, set_themes
from places.models import Place

from .history import State
from .history.words import PUBLIC_FIELDS

# Whose it is, how far it is and that it has ended are told elsewhere; setting back an edit leaves them alone.
NOT_SET_BACK = frozenset(("owner", "status", "ended", "ended_on", "ended_reason", "lessons", "heir"))

# What else changes with a field.
POINT = ("latitude", "longitude", "point_basis")
FOLLOW = {"places": POINT, "latitude": POINT, "longitude": POINT, "stage": ("stage_since",)}


@dataclass(frozen=True)
class Speaker:
    """For which organisation somebody changes an entry, and whether as one who looks after the register."""

    organisation: Record | None
    looks_after: bool


def speaker(user: User, entry: Any) -> Speaker:
    """For the organisation that answers for the entry if one belongs to it; else as its steward or author."""
    stands = standing(user)
    actor = answers_for(entry)
    if actor is not None and actor in stands.speaks_for:
        return Speaker(Record.objects.shown().get(pk=actor), looks_after=False)
    return Speaker(None, looks_after=stands.scope.covers(entry.record))


class Change:
    """A change of a published entry in the making: what sections put on it, until it is saved.

    Only columns that differ from what was read are written, so that what others write elsewhere stays.
    """

    def __init__(self, entry: Any, *, by: User) -> None:
        self.entry, self.by = entry, by
        self._before = _columns(entry)
        self._of_record: list[str] = []
        self._tied: list[Section] = []
        self._meant: set[str] = set()

    def fits(self, section: Section, *, only: Collection[str] | None = None) -> bool:
        """Put on the entry what was typed; what does not go together is told in the section's errors.

        With `only` these fields alone count: what is wrong with what the entry says already is no hindrance.
        """
        _leave_to_others(section, only)
        if section.errors:
            return False
        section.write(self.entry)
        self._keep_order()
        self._leave_alone(only)
        self._of_record += section.of_record
        if only is None or not all(name in self._before for name in only):
            self._tied.append(section)
        self._is_whole(section)
        return not section.errors

    def _keep_order(self) -> None:
        """Ticks have no order, so what was ticked before stays in the order it had."""
        for name, before in self._before.items():
            if isinstance(before, list) and sorted(before) == sorted(getattr(self.entry, name)):
                setattr(self.entry, name, list(before))

    def _leave_alone(self, only: Collection[str] | None) -> None:
        """Put back what a section has written besides: only the point follows from what is said of places."""
        if only is None:
            return
        meant = self._meant | {name for asked in only for name in (asked, *FOLLOW.get(asked, ()))}
        for name in set(self.columns) - meant:
            setattr(self.entry, self.entry._meta.get_field(name).attname, self._before[name])
        self._meant = meant

    def _is_whole(self, section: Section) -> None:
        if "owner" in section.fields and self._before["owner"] != self.entry.owner_id:
            _may_be_given(section, self.entry.owner_id, self.by)
        try:
            self.entry.full_clean()
        except ValidationError as problem:
            for name, errors in problem.error_dict.items():
                section.add_error(name if name in section.fields else None, errors)

    def save(self, *, version: int, verb: Verb = Verb.EDITED, reason: str = "") -> None:
        """Live at once; nobody is written to. Raises `Overtaken` if the entry is in another version."""

        def write() -> None:
            if self._of_record:
                self.entry.record.save(update_fields=[*self._of_record, "contact_confirmed_at"])
            self.entry.save(update_fields=self.columns)
            for section in self._tied:
                section.write_ties(self.entry, by=self.by)

        edit_as(self.entry, by=self.by, version=version, write=write, verb=verb, reason=reason)

    @property
    def columns(self) -> list[str]:
        """The columns that say something else than what was read."""
        return [name for name, value in _columns(self.entry).items() if value != self._before[name]]


@transaction.atomic
def set_back(entry: Any, state: State, *, by: User, version: int, reason: str = "") -> None:
    """Let a published entry say again what it said: its fields, themes and places, not its ties.

    Raises `Overtaken`, and ValidationError where what it said is not allowed any more.
    """
    said = what_it_said(entry, state)
    for name, value in said.items():
        setattr(entry, name, value)
    entry.full_clean()

    def write() -> None:
        entry.save(update_fields=[entry._meta.get_field(name).name for name in said])
        themes, places = Theme.objects.in_bulk(state.themes), Place.objects.in_bulk(state.places)
        set_themes(entry.record, [themes[pk] for pk in state.themes if pk in themes])
        set_places(entry.record, [places[pk] for pk in state.places if pk in places])

    edit_as(entry, by=by, version=version, write=write, verb=Verb.REVERTED, reason=reason)


def what_it_said(entry: Any, state: State) -> Mapping[str, Any]:
    """The columns that setting back writes, with their values then."""
    columns = (name for name in fields_set_back(entry) if name not in ("themes", "places"))
    fields = [entry._meta.get_field(name) for name in columns]
    return {field.attname: getattr(state.said, field.attname) for field in fields}


def fields_set_back(entry: Any) -> list[str]:
    """What setting back touches."""
    names = [name for name in PUBLIC_FIELDS[entry.kind] if name not in NOT_SET_BACK]
    if not entry.ended and "end_year" in names:
        names.remove("end_year")  # only what has ended has one
    return [*names, "themes", "places"]


# What they share


def edit_as(entry: Any, *, by: User, version: int, **told: Any) -> None:
    """Change a published entry by `write`, for whom somebody speaks. Raises `Overtaken`.

    Curators find it among what changed, unless they made it and had seen all that came before.
    """
    if version != entry.record.version:
        raise actions.Overtaken
    speaks = speaker(by, entry)
    seen = entry.record.reviewed_version >= entry.record.version
    actions.edit(
        entry.record, by=by, version=version, organisation=speaks.organisation,
        reviewed=speaks.looks_after and seen, **told,
    )  # fmt: skip


def _columns(entry: Any) -> dict[str, Any]:
    """What an entry says in its own columns, lists copied."""
    said = ((field.name, getattr(entry, field.attname)) for field in entry._meta.concrete_fields)
    return {name: list(value) if isinstance(value, list) else value for name, value in said}


def _leave_to_others(section: Section, only: Collection[str] | None) -> None:
    """Forget what is wrong with plain fields one does not change; themes and places are saved together."""
    columns = {field.name for field in section.entry._meta.concrete_fields} if section.entry else set()
    if only is None or not columns.issuperset(only):
        return
    for name in list(section.errors):
        if name in section.fields and name not in only:
            del section.errors[name]


def _may_be_given(section: Section, owner: int | None, by: User) -> None:
    """An entry is given to an organisation one belongs to, or by a curator or steward; else it is claimed."""
    stands = standing(by)
    looks_after = section.entry is not None and stands.scope.covers(section.entry.record)
    if owner is None or owner in stands.speaks_for or looks_after:
        return
    section.add_error(
        "owner", _("You do not belong to that organisation. Somebody who does can ask for the entry.")
    )
