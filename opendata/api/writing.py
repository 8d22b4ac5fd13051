"""What a partner system's writing does: an edit of what its organisation answers for, a suggestion elsewhere,
something new for the curators. Each is one transaction, by the token's person in the organisation's name.

Right and wrong are the forms' own: what a page refuses is refused here, with the same words.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import pghistory
from django.db import connection, transaction
from django.http import Http404

from actors.access import answers_for, entry_of
from actors.forms.picking import written
from curation.actions import Overtaken
from curation.choices import Kind, Outcome, State
from curation.forms import Section, Words
from curation.models import Draft, Record, Suggestion
from keeping.access import MENDABLE
from keeping.actions import Unfinished, send
from keeping.actions.drafts import WINDOW, spoken
from keeping.comparing import changed
from keeping.editing import Change
from keeping.sections import SECTIONS, public_sections
from keeping.suggesting import suggest

from ..models import ForeignId, Token
from ..problems import Problem
from ..stable import record_at
from ..tags import tag_of, version_of
from .writing_words import Errors, errors_of, refused, words_by_section, wrong

MADE, CHANGED, UNCHANGED, SUGGESTED = "made", "changed", "unchanged", "suggested"
# Said of an organisation that is written by another one's system.
NOT_OURS = "no"


@dataclass(frozen=True)
class Done:
    """What came of it: the record, and the suggestion where it was one."""

    outcome: str
    record: Record
    suggestion: Suggestion | None = None


@dataclass(frozen=True)
class Writer:
    """Who writes: a token, and the version it has read as its request names it."""

    token: Token
    if_match: str | None

    def put(self, kind: str, their_id: str, said: dict[str, Any]) -> Done:
        """Write what an organisation's own system calls `their_id`, new or known."""
        with transaction.atomic(), pghistory.context(user=self.token.user_id):
            self._hold(f"{kind}:{their_id}")
            record = self._known(kind, their_id, said.pop("id", None))
            if record is None:
                return self._make(kind, their_id, said)
            return self._change(record, said)

    def patch(self, record: Record, said: Mapping[str, Any]) -> Done:
        """Change a published entry."""
        with transaction.atomic(), pghistory.context(user=self.token.user_id):
            return self._change(record, said)

    # Whose it is

    @property
    def organisation(self) -> Record:
        """In whose name it is written; an organisation's record has its number."""
        return Record.objects.shown().get(pk=cast(int, self.token.actor_id))

    def _hold(self, what: str) -> None:
        """One at a time for each organisation and thing, so that nothing is made or suggested twice."""
        digest = hashlib.sha256(f"write:{self.token.actor_id}:{what}".encode()).digest()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:8], signed=True)])

    def _known(self, kind: str, their_id: str, public_id: str | None) -> Record | None:
        """The record their id stands for, from now on if it is said which."""
        record = record_of(self.token, kind, their_id)
        if public_id is None or (record is not None and record.public_id == public_id):
            return record
        found = _published(kind, public_id)
        if record is None:
            self._couple(kind, their_id, found)
        elif record.pk != found.pk:
            raise Problem(409, f"Your id stands for {record.public_id} already.")
        return found

    def _couple(self, kind: str, their_id: str, record: Record) -> None:
        ForeignId.objects.create(actor_id=self.token.actor_id, kind=kind, their_id=their_id, record=record)

    def _answers_for(self, entry: Any) -> bool:
        return answers_for(entry) == self.token.actor_id

    # Something new

    def _make(self, kind: str, their_id: str, said: Mapping[str, Any]) -> Done:
        if self.if_match is not None:
            raise Problem(412, "Nothing is known by this id, so nothing of it can have been read.")
        typed = {section.slug: {WINDOW: [""]} for section in SECTIONS[kind]}
        for section, words in self._beforehand(kind).items():
            typed[section.slug] |= words
        for section, words in words_by_section(kind, said).items():
            typed[section.slug] |= words
        draft = Draft.objects.create(kind=kind, user=self.token.user, typed=typed)
        record = self._send(draft)
        self._couple(kind, their_id, record)
        return Done(MADE, record)

    def _beforehand(self, kind: str) -> dict[type[Section], Words]:
        """The organisation answers for what its system writes; another organisation answers for itself."""
        name, value = ("own", NOT_OURS) if kind == Kind.ACTOR else ("owner", self._as_row())
        return {section: {name: [value]} for section in SECTIONS[kind] if name in section.base_fields}

    def _as_row(self) -> str:
        return written({"actor": self.organisation.public_id})

    def _send(self, draft: Draft) -> Record:
        try:
            return send(draft, by=self.token.user)
        except Unfinished as unfinished:
            raise refused(errors_of(unfinished.sections)) from None

    # Something known

    def _change(self, record: Record, said: Mapping[str, Any]) -> Done:
        entry = entry_of(record)
        if record.state != State.PUBLISHED:
            return self._mend(record, said)
        return self._edit(entry, said) if self._answers_for(entry) else self._suggest(entry, said)

    def _mend(self, record: Record, said: Mapping[str, Any]) -> Done:
        """What is not public yet: what was typed is changed, and sent in once more."""
        draft = Draft.objects.select_for_update().filter(record=record).first()
        record.refresh_from_db(fields=["state", "version"])
        typed = dict(draft.typed) if draft else {}
        differs = False
        for section, words in words_by_section(record.kind, said).items():
            held = spoken(typed.get(section.slug, {}))
            differs = differs or bool(changed(section, held, held | words))
            typed[section.slug] = {WINDOW: [""], **held, **words}
        if not differs and draft is not None:
            return Done(UNCHANGED, record)
        ours = self._answers_for(entry_of(record)) or record.created_by_id == self.token.user_id
        if draft is None or not ours or record.state not in MENDABLE:
            raise Problem(409, f"The entry is {record.state}, and cannot be changed by machine now.")
        self._match(record, draft)
        Draft.objects.filter(pk=draft.pk).update(typed=typed)
        return Done(CHANGED, self._send(draft))

    def _edit(self, entry: Any, said: Mapping[str, Any]) -> Done:
        """Live at once, as an edit of those who answer for it."""
        change, source = Change(entry, by=self.token.user), entry.record.source
        tied, errors = False, cast(Errors, [])
        for section, words in words_by_section(entry.kind, said).items():
            now = section.typed(entry)
            names = changed(section, now, now | words)
            if not names:
                continue
            tied = tied or not {"themes", "places"}.isdisjoint(names)
            filled = section(now | words, entry=entry, by=self.token.user)
            if not change.fits(filled, only=names):
                errors += errors_of([filled])
        if errors:
            raise refused(errors)
        if not (change.columns or tied or entry.record.source != source):
            return Done(UNCHANGED, entry.record)
        version = self._match(entry.record)
        try:
            change.save(version=version)
        except Overtaken:
            raise _overtaken() from None
        return Done(CHANGED, entry.record)

    def _suggest(self, entry: Any, said: Mapping[str, Any]) -> Done:
        """Decided by those who answer for it; the same is not suggested twice while it waits."""
        self._hold(f"suggest:{entry.record.pk}")
        changes: dict[str, Any] = {}
        errors: Errors = []
        for section, words in words_by_section(entry.kind, said).items():
            now = section.typed(entry)
            names = changed(section, now, now | words)
            filled = section(now | words, entry=entry)
            errors += [*errors_of([filled], only=names), *_not_for_others(entry.kind, names)]
            changes |= {name: {"from": now.get(name, []), "to": words[name]} for name in names}
        if errors:
            raise refused(errors)
        if not changes:
            return Done(UNCHANGED, entry.record)
        if waiting := self._waiting(entry.record, changes):
            return Done(SUGGESTED, entry.record, waiting)
        version = self._match(entry.record)
        made = suggest(
            entry, changes=changes, base_version=version, reason="", by=self.token.user,
            organisation=self.organisation,
        )  # fmt: skip
        return Done(SUGGESTED, entry.record, made)

    def _waiting(self, record: Record, changes: Mapping[str, Any]) -> Suggestion | None:
        wanted = {name: change["to"] for name, change in changes.items()}
        rows = Suggestion.objects.filter(
            record=record, organisation=self.token.actor_id, outcome=Outcome.WAITING
        )
        for suggestion in rows.order_by("pk"):
            if {name: change["to"] for name, change in suggestion.changes.items()} == wanted:
                return suggestion
        return None

    def _match(self, record: Record, draft: Draft | None = None) -> int:
        """The version that is changed, if it is the one that was read."""
        if self.if_match is None or self.if_match.strip() == "*":  # which is every version
            raise Problem(428, "Send If-Match with the ETag of what you have read.")
        if record.version not in (version_of(tag, record, draft) for tag in self.if_match.split(",")):
            raise _overtaken()
        return record.version


def record_of(token: Token, kind: str, their_id: str) -> Record | None:
    """What an organisation's own system calls so; of what was merged, what it was merged into."""
    known = ForeignId.objects.filter(actor=token.actor_id, kind=kind, their_id=their_id)
    record = Record.objects.shown().select_related(kind, "created_by").filter(foreign_ids__in=known).first()
    while record is not None and record.state == State.MERGED:
        merged = Record.objects.shown().select_related(kind, "created_by")
        record = merged.filter(pk=cast(int, record.merged_into_id)).first()
    return record


def _published(kind: str, public_id: str) -> Record:
    """The published entry of a kind that a public id stands for; of a merged one what it became."""
    try:
        found = record_at(public_id)
        if found.kind == kind:
            return found
    except Http404:
        pass
    raise refused([wrong("/id", "There is no such published entry.")])


def tag_now(record: Record) -> str:
    """The tag of an entry as it is: of what is not public yet, also of what was typed."""
    draft = None if record.is_public else Draft.objects.filter(record=record).first()
    return tag_of(record, draft)


def _not_for_others(kind: str, names: list[str]) -> list[dict[str, str]]:
    """Whom an entry is tied to is its owner's to say."""
    offered = {name for section in public_sections(kind) for name in section.base_fields}
    said = "Only the organisation that answers for the entry changes this."
    return [wrong(f"/{name}", said) for name in names if name not in offered]


def _overtaken() -> Problem:
    return Problem(412, "The entry has changed since you read it. Read it again, then change it.")
