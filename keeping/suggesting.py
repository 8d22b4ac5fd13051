"""Suggested edits: made by anybody, shown to those who answer for the entry first, decided once.

After seven days without an answer, or at once where nobody could give one, they are the stewards' and
curators' too.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from actors.access import entry_of, standing
from curation import actions
from curation.access import Visitor
from curation.choices import Outcome, Verb
from curation.forms import Section, Words
from curation.models import Record, RecordEvent, Suggestion
from mail import links, outbox

from .addressees import Addressee, responsible_for, stewards_of
from .comparing import in_words, same
from .editing import Change, speaker
from .sections import SECTIONS

OWNERS_TURN = dt.timedelta(days=7)


@dataclass(frozen=True)
class Suggested:
    """One field of a suggestion: what it said then, what it says now, what it should say, in words."""

    field: str
    label: str
    before: str
    now: str
    wanted: str
    overtaken: bool  # changed since the suggestion was made
    done: bool  # says so already


# Reading


def suggestion_to_decide(user: Visitor, pk: int) -> Suggestion:
    """A suggestion to an entry one may edit; for others it does not exist."""
    rows = Suggestion.objects.select_related("record__created_by", "organisation", "decided_by", "by")
    found = rows.filter(pk=pk).first()
    if found is None or not standing(user).may_edit(entry_of(found.record)):
        raise Http404
    return found


def suggested(suggestion: Suggestion) -> list[Suggested]:
    """The fields of a suggestion as people read them, in the order of the forms."""
    entry = entry_of(suggestion.record)
    then, wanted = _words(suggestion, "from"), _words(suggestion, "to")
    found: list[Suggested] = []
    for section in _touched(suggestion):
        now = section.typed(entry)
        before, today, after = (in_words(section, now | side) for side in (then, {}, wanted))
        found += [
            Suggested(
                name, label, before[name][1], text, after[name][1],
                overtaken=not same(then[name], now.get(name, ())),
                done=same(wanted[name], now.get(name, ())),
            )
            for name, (label, text) in today.items()
            if name in wanted
        ]  # fmt: skip
    return found


# Suggesting


@transaction.atomic
def suggest(
    entry: Any, *, changes: Mapping[str, Any], base_version: int, reason: str, by: User | None = None,
    reply_to: str = "", language: str = "da", organisation: Record | None = None,
) -> Suggestion:  # fmt: skip
    """Keep a suggested edit. Those who answer for the entry get a mail each; else it is passed on at once.

    It is made for `organisation`, or for the only one somebody speaks for.
    """
    record = entry.record
    made = Suggestion.objects.create(
        record=record, base_version=base_version, changes=dict(changes), reason=reason, by=by,
        reply_to="" if by else reply_to, language=by.language if by else language,
        organisation=organisation or (_organisation(by) if by else None),
    )  # fmt: skip
    people = [addressee for addressee in responsible_for(entry) if addressee.user]
    for addressee in people:
        _ask("keeping/suggestion", made, addressee)
    if not people:
        pass_on(made)
    return made


@transaction.atomic
def pass_on(suggestion: Suggestion) -> bool:
    """Let the stewards answer as well; each gets a mail. Not twice, and not once it is answered."""
    waiting = Suggestion.objects.filter(pk=suggestion.pk, outcome=Outcome.WAITING, passed_on_at__isnull=True)
    if not waiting.update(passed_on_at=timezone.now()):
        return False
    for addressee in stewards_of(suggestion.record):
        _ask("keeping/suggestion_passed_on", suggestion, addressee)
    return True


def pass_on_what_waits() -> int:
    """Pass on what nobody has answered for seven days; how many."""
    late = Suggestion.objects.filter(
        outcome=Outcome.WAITING, passed_on_at__isnull=True, suggested_at__lt=timezone.now() - OWNERS_TURN
    )
    return sum(pass_on(suggestion) for suggestion in late.select_related("record").order_by("pk"))


# Deciding


@transaction.atomic
def decide(
    suggestion: Suggestion, *, by: User, take: Collection[str], answer: str = "", version: int
) -> Outcome:
    """Take some fields of a suggestion, all or none, and answer it; only one of two people can.

    Raises `Overtaken` if it is answered already or the entry is no longer in that version, ValidationError
    if what it wants is not allowed. Who suggested it gets a mail, and the address is forgotten.
    """
    wanted = set(suggestion.changes)
    taken = wanted & set(take)
    outcome = _outcome(wanted, taken, set(take))
    rows = Suggestion.objects.filter(pk=suggestion.pk, outcome=Outcome.WAITING)
    reply_to = suggestion.reply_to
    if not rows.update(outcome=outcome, answer=answer, decided_at=timezone.now(), decided_by=by, reply_to=""):
        raise actions.Overtaken
    suggestion.refresh_from_db(fields=["outcome", "answer", "decided_at", "decided_by", "reply_to"])
    if taken:
        _take(suggestion, taken, by=by, version=version)
    elif outcome == Outcome.DECLINED:
        _log_declined(suggestion, by=by)
    _answer(suggestion, reply_to)
    return outcome


# For a suggestion in words alone there is no field to take; this says that it was done.
IN_WORDS = "in_words"


def _outcome(wanted: set[str], taken: set[str], take: set[str]) -> Outcome:
    if not wanted:
        return Outcome.TAKEN if IN_WORDS in take else Outcome.DECLINED
    if not taken:
        return Outcome.DECLINED
    return Outcome.TAKEN if taken == wanted else Outcome.PARTLY


def _take(suggestion: Suggestion, taken: set[str], *, by: User, version: int) -> None:
    entry = entry_of(suggestion.record)
    wanted = _words(suggestion, "to")
    change = Change(entry, by=by)
    sections = [
        (kind, kind.typed(entry) | {name: wanted[name] for name in kind.base_fields if name in taken})
        for kind in _touched(suggestion)
    ]
    for kind, words in sections:
        only = [name for name in kind.base_fields if name in taken]
        section = kind(words, entry=entry, by=by)
        if only and not change.fits(section, only=only):
            _refuse(section)
    change.save(version=version, verb=Verb.SUGGESTION_TAKEN)


def _refuse(section: Section) -> None:
    """Tell what is wrong with the suggestion, field by field."""
    raise ValidationError(
        [
            f"{section.fields[name].label}: {error}" if name in section.fields else str(error)
            for name, errors in section.errors.items()
            for error in errors
        ]
    )


def _log_declined(suggestion: Suggestion, *, by: User) -> None:
    record = suggestion.record
    RecordEvent.objects.create(
        record=record, verb=Verb.SUGGESTION_DECLINED, by=by, version=record.version,
        organisation=speaker(by, entry_of(record)).organisation,
    )  # fmt: skip


# What they share


def _touched(suggestion: Suggestion) -> list[type[Section]]:
    return [
        section
        for section in SECTIONS[suggestion.record.kind]
        if not suggestion.changes.keys().isdisjoint(section.base_fields)
    ]


def _words(suggestion: Suggestion, side: str) -> Words:
    return {name: list(change[side]) for name, change in suggestion.changes.items()}


def _organisation(user: User) -> Record | None:
    """The organisation somebody suggests for, if it can only be one."""
    actors = standing(user).speaks_for
    return Record.objects.shown().get(pk=next(iter(actors))) if len(actors) == 1 else None


def _ask(template: str, suggestion: Suggestion, to: Addressee) -> None:
    with translation.override(to.language):
        path = reverse("keeping:suggestion", args=[suggestion.pk])
        context = {
            "record": suggestion.record, "name": to.name, "reason": suggestion.reason,
            "link": links.absolute(path), "days": OWNERS_TURN.days,
        }  # fmt: skip
        outbox.send(template, to=to.email, language=to.language, context=context)


def _answer(suggestion: Suggestion, reply_to: str) -> None:
    by = suggestion.by
    to = (by.email if by.is_active else "") if by else reply_to
    if not to:
        return
    with translation.override(suggestion.language):
        context = {
            "record": suggestion.record, "suggestion": suggestion, "name": by.name if by else "",
            "link": links.absolute(suggestion.record.get_absolute_url()),
            "taken": suggestion.outcome == Outcome.TAKEN, "partly": suggestion.outcome == Outcome.PARTLY,
        }  # fmt: skip
        outbox.send("keeping/suggestion_answered", to=to, language=suggestion.language, context=context)
