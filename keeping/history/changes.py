"""The history of an entry as people read it: when, who, what happened, and field by field what changed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from curation.choices import Verb
from curation.differences import Difference, differences
from curation.models import Record, RecordEvent

from .events import Story, moment_of
from .people import People
from .words import Words, labels_of

# How long after a transaction has begun it may write its line of the log.
TOGETHER = dt.timedelta(seconds=30)

# The lines of the log that are written together with fields, themes, places or ties.
WRITING = frozenset(
    (
        Verb.SUBMITTED, Verb.EDITED, Verb.REVERTED, Verb.ENDED, Verb.RESUMED, Verb.CLAIMED,
        Verb.SUGGESTION_TAKEN, Verb.IMPORTED, Verb.IMPORT_REVERTED, Verb.TOOK_IN, Verb.MERGE_UNDONE,
    )
)  # fmt: skip

# What a stranger is told of an entry's life. The rest lies between its author and the curators.
TOLD_TO_ALL = frozenset(
    (
        Verb.PUBLISHED, Verb.EDITED, Verb.REVERTED, Verb.ENDED, Verb.RESUMED, Verb.CONFIRMED, Verb.CLAIMED,
        Verb.SUGGESTION_TAKEN, Verb.IMPORTED, Verb.IMPORT_REVERTED, Verb.MERGED, Verb.TOOK_IN,
        Verb.MERGE_UNDONE,
    )
)  # fmt: skip

# Why two entries are one, or are not, is written for everybody.
REASON_FOR_ALL = frozenset((Verb.MERGED, Verb.TOOK_IN, Verb.MERGE_UNDONE))


@dataclass
class Change:
    """One line of a history. `moment` names the version after it, where something was written."""

    at: dt.datetime
    verb: str
    happened: str
    who: str
    reason: str = ""
    moment: int | None = None
    latest: bool = False  # the entry says this now
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def differences(self) -> Sequence[Difference]:
        """Field by field, worked out only for what is shown."""
        return differences(self.before, self.after, self.labels)


@dataclass
class _Step:
    """What one transaction wrote, with the line of the log that tells of it."""

    moment: dt.datetime
    user: int | None
    event: RecordEvent | None = None

    @property
    def at(self) -> dt.datetime:
        return self.event.at if self.event else self.moment

    @property
    def by(self) -> int | None:
        return self.event.by_id if self.event and self.event.by_id else self.user


@dataclass
class Reader:
    """Reads the history of one entry, for those who look after it (`full`) or for strangers."""

    story: Story
    words: Words
    people: People
    steps: Sequence[_Step]

    @classmethod
    def of(cls, record: Record, *, full: bool) -> "Reader":
        """Some ten statements, however much has happened."""
        story = Story.of(record)
        steps = _steps(story)
        ids = {user for step in steps if (user := step.by)} | {
            event.by_id for event in story.log if event.by_id
        }
        people = People.of(record, ids)
        named = {event.organisation_id for event in story.log if event.organisation_id}
        words = Words.of(story, full=full, also=named | people.organisations)
        return cls(story, words, people, steps)

    def changes(self) -> list[Change]:
        """Newest first."""
        told = [*self._written(), *self._only_logged()]
        if not self.words.full:
            told = [*told, *self._published()]
        return sorted(told, key=lambda change: change.at, reverse=True)

    def since(self, moment: dt.datetime) -> dict[str, str]:
        """What the entry said at a moment, in words."""
        return self.words.say(self.story.after(self._last_step_until(moment)))

    def now(self) -> dict[str, str]:
        return self.words.say(self.story.after(dt.datetime.max.replace(tzinfo=dt.UTC)))

    def _last_step_until(self, moment: dt.datetime) -> dt.datetime:
        return max((step.moment for step in self.steps if step.at <= moment), default=moment)

    def _written(self) -> list[Change]:
        """What was written and can be seen; for strangers from the first publication on."""
        said: dict[str, str] = {}
        told: list[Change] = []
        labels = labels_of(self.story.record.kind)
        for step in self.steps:
            now = self.words.say(self.story.after(step.moment))
            if self._may_tell(step.moment) and now != said:
                told.append(self._change(step, said, now, labels))
            said = now
        return told

    def _change(
        self, step: _Step, before: dict[str, str], after: dict[str, str], labels: dict[str, str]
    ) -> Change:
        told = step.event if step.event and self._may_tell_of(step.event) else None
        first = step is self.steps[0]
        return Change(
            at=step.at,
            verb=told.verb if told else "",
            happened=told.get_verb_display() if told else _("Made") if first else _("Changed"),
            who=self.people.who(self.words, step.by, told, step.at),
            reason=self._reason(told) if told else "",
            moment=moment_of(step.moment),
            latest=step is self.steps[-1],
            before=before,
            after=after,
            labels=labels,
        )

    def _only_logged(self) -> list[Change]:
        """What happened without a field changing."""
        held = {step.event.pk for step in self.steps if step.event and self._may_tell(step.moment)}
        return [
            Change(
                at=event.at,
                verb=event.verb,
                happened=event.get_verb_display(),
                who=self.people.who(self.words, event.by_id, event, event.at),
                reason=self._reason(event),
            )
            for event in self.story.log
            if event.pk not in held and self._may_tell_of(event)
        ]

    def _published(self) -> list[Change]:
        """The first publication of what came with the register and has no line in the log."""
        first = self.story.record.published_at
        if first is None or any(event.verb == Verb.PUBLISHED for event in self.story.log):
            return []
        return [Change(first, Verb.PUBLISHED, str(Verb.PUBLISHED.label), who=_("the register"))]

    def _reason(self, event: RecordEvent) -> str:
        return event.reason if self.words.full or event.verb in REASON_FOR_ALL else ""

    def _may_tell(self, at: dt.datetime) -> bool:
        first = self.story.record.published_at
        return self.words.full or (first is not None and at > first)

    def _may_tell_of(self, event: RecordEvent) -> bool:
        return self.words.full or (event.verb in TOLD_TO_ALL and self._may_tell(event.at))


def changes_of(record: Record, *, full: bool) -> list[Change]:
    """The history of an entry, newest first; strangers read public fields and organisations only."""
    return Reader.of(record, full=full).changes()


def changes_since(record: Record, moment: dt.datetime) -> list[Change]:
    """What has happened to an entry after a moment, newest first, for those who look after it."""
    return [change for change in changes_of(record, full=True) if change.at > moment]


def difference_since(record: Record, moment: dt.datetime) -> Sequence[Difference]:
    """What an entry says now against what it said at a moment, for those who look after it."""
    reader = Reader.of(record, full=True)
    return differences(reader.since(moment), reader.now(), labels_of(record.kind))


# Which line of the log tells of which transaction


def _steps(story: Story) -> list[_Step]:
    users: dict[dt.datetime, int | None] = {}
    for event in story.events:
        users[event.pgh_created_at] = users.get(event.pgh_created_at) or _user_of(event)
    steps = [_Step(moment, user) for moment, user in sorted(users.items())]
    pairs = [
        (event.at - step.moment, event.pk, number, event)
        for number, step in enumerate(steps)
        for event in story.log
        if event.verb in WRITING
        and step.moment <= event.at < step.moment + TOGETHER
        and step.user in (None, event.by_id)
    ]
    taken: set[int] = set()
    for _apart, pk, number, event in sorted(pairs, key=lambda pair: pair[:3]):
        if steps[number].event is None and pk not in taken:
            steps[number].event = event
            taken.add(pk)
    return steps


def _user_of(event: Any) -> int | None:
    """Who was logged in where it was written; nobody in a command or a job."""
    context = event.pgh_context
    user = context.metadata.get("user") if context else None
    return user if isinstance(user, int) else None
