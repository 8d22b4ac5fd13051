"""Sending in what was typed: the record and its entry are made, and the curators are asked."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from actors.access import answers_for, entry_of, standing
from actors.choices import Basis, MemberRole
from actors.models import Actor, Membership
from curation.actions import submit
from curation.actions.making import make_record
from curation.choices import State
from curation.forms import Section
from curation.models import Draft, Entry, Record

from ..kinds import KINDS
from ..prefilling import Prefilled, words_of
from .drafts import WINDOW, spoken
from .tying import tie

SAID = ("source", "contact_email", "contact_confirmed_at")


class Unfinished(Exception):
    """Something is missing or wrong; the sections say what."""

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__("unfinished")
        self.sections = sections


@transaction.atomic
def send(draft: Draft, *, by: User) -> Record:
    """Hand what was typed to the curators: one entry and one mail, however often it is sent.

    Makes the entry, or mends it where it came back, and the organisations named on the spot; a new one is
    tied to what it was begun for. What its author says counts as confirmed where the author speaks for the
    organisation. Raises `Unfinished`.
    """
    # The record is read by a statement of its own: one that waited for the lock would not see a new one.
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    record = held.record
    if record is not None and record.state not in (State.DRAFT, State.RETURNED):
        return record
    entry = entry_of_draft(held, by)
    sections = sections_of(held, entry, by=by)
    if [section for section in sections if not section.is_valid()]:
        raise Unfinished(sections)
    _write(entry, sections, by=by)
    if record is None:
        tie(entry, Prefilled.of(KINDS[held.kind], held).targets, by=by)
    Draft.objects.filter(pk=held.pk).update(
        record=entry.record, user=by, version=F("version") + 1, typed=_as_written(held, entry, sections)
    )
    submit(entry.record, by=by, organisation=_organisation(entry, by))
    return entry.record


def entry_of_draft(draft: Draft, by: User | None) -> Any:
    """The entry a draft mends, or a new one that is nowhere yet."""
    if draft.record is not None:
        return entry_of(draft.record)
    return KINDS[draft.kind].model(record=Record(kind=draft.kind, created_by=by))


def sections_of(draft: Draft, entry: Entry | None, *, by: User | None) -> list[Section]:
    """The sections filled with what was typed, one nobody has opened with what was said beforehand."""
    known = entry if entry is not None and entry.pk else None
    kind = KINDS[draft.kind]
    return [
        section(spoken(words_of(kind, draft, section)), entry=known, by=by, initial={})
        for section in kind.sections
    ]


def _write(entry: Any, sections: Sequence[Section], *, by: User) -> None:
    for section in sections:
        section.write(entry)
    if entry.record.pk is None:
        entry.record = make_record(
            entry.kind, entry.name_da, created_by=by, **{name: getattr(entry.record, name) for name in SAID}
        )
    own = is_own(entry, sections, by)
    if own:
        entry.record.confirmed_at = timezone.now()
        entry.record.claimed_at = entry.record.claimed_at or entry.record.confirmed_at
    entry.record.save(update_fields=[*SAID, "claimed_at", "confirmed_at"])
    entry.save()
    for section in sections:
        section.write_ties(entry, by=by)
    if own and isinstance(entry, Actor):
        Membership.objects.get_or_create(
            user=by, actor=entry, until=None, defaults={"role": MemberRole.OWNER, "basis": Basis.REGISTERED}
        )


def is_own(entry: Any, sections: Sequence[Section], by: User) -> bool:
    """Whether the author speaks for the organisation, or says so of one that is new."""
    if isinstance(entry, Actor):
        return any(section.cleaned_data.get("own") == "yes" for section in sections)
    return answers_for(entry) in standing(by).speaks_for


def _as_written(draft: Draft, entry: Entry, sections: Sequence[Section]) -> dict[str, Any]:
    """What was typed, with the organisations that now have an entry in the place of their names."""
    typed, kind = dict(draft.typed), KINDS[draft.kind]
    for section in sections:
        words = type(section).typed(entry)
        picked = {name: words[name] for name in section.made}
        typed[section.slug] = {WINDOW: [""], **words_of(kind, draft, type(section)), **picked}
    return typed


def _organisation(entry: Any, by: User) -> Record | None:
    """On whose behalf it was sent, where the author speaks for it."""
    actor = answers_for(entry)
    if actor is None or actor not in standing(by).speaks_for or actor == entry.pk:
        return None
    return Record.objects.get(pk=actor)
