"""A page of registering: its step among the others, what is typed in it, and what goes with it."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from actors.forms.picking import read
from actors.segments import Roles, roles_filled
from curation.choices import Kind
from curation.forms import Section, Words
from curation.models import Draft
from missions.readiness import Readiness, readiness_of_words

from .actions.drafts import last_window, spoken
from .actions.sending import entry_of_draft
from .alike import Alike, alike
from .kinds import CHECK, Registered
from .prefilling import Prefilled, words_of

NOTE_LETTERS = 44
PASSED = "passed"


@dataclass(frozen=True)
class StepShown:
    """A step in the list of steps."""

    number: int
    slug: str
    title: Any
    note: str
    here: bool
    done: bool
    path: str


def path_of(draft: Draft, step: str) -> str:
    """The address of a step, or of checking."""
    if step == CHECK:
        return reverse("keeping:check", args=[draft.kind, draft.key])
    return reverse("keeping:step", args=[draft.kind, draft.key, step])


def steps_of(kind: Registered, draft: Draft | None, here: str) -> list[StepShown]:
    """The steps of a kind, those that were saved marked as done."""
    typed = draft.typed if draft else {}
    shown = [
        StepShown(
            number, section.slug, section.title, _note(section.slug, typed.get(section.slug, {})),
            section.slug == here, section.slug in typed, path_of(draft, section.slug) if draft else "",
        )
        for number, section in enumerate(kind.sections, start=1)
    ]  # fmt: skip
    last = path_of(draft, CHECK) if draft else ""
    return [*shown, StepShown(len(shown) + 1, CHECK, _("Check and send"), "", here == CHECK, False, last)]


def _note(step: str, words: Words) -> str:
    named = next(iter(words.get("name_da", ())), "")
    return Truncator(named).chars(NOTE_LETTERS)


def title_of(draft: Draft) -> str:
    """What its author calls it, as far as something is typed."""
    for words in draft.typed.values():
        if name := next(iter(words.get("name_da", ())), ""):
            return Truncator(name).chars(80)
    return _("Without a name yet")


@dataclass
class StepPage:
    """What a step's page shows. `checked`: what is wrong is told; `noticed`: so are entries alike.

    `asked` is what the address says beforehand of something that is no draft yet.
    """

    request: HttpRequest
    kind: Registered
    section: type[Section]
    draft: Draft | None
    checked: bool = False
    noticed: bool = False
    form: Section | None = None
    asked: Prefilled | None = None

    @cached_property
    def steps(self) -> Sequence[StepShown]:
        return steps_of(self.kind, self.draft, self.section.slug)

    @property
    def number(self) -> int:
        return next(step.number for step in self.steps if step.here)

    @property
    def before(self) -> StepShown | None:
        return self.steps[self.number - 2] if self.number > 1 else None

    @property
    def here(self) -> StepShown:
        return self.steps[self.number - 1]

    @cached_property
    def words(self) -> Words:
        if self.draft:
            return spoken(words_of(self.kind, self.draft, self.section))
        return self.asked.proposed(self.section) if self.asked else {}

    @cached_property
    def prefilled(self) -> Prefilled:
        """What was said beforehand."""
        if self.draft:
            return Prefilled.of(self.kind, self.draft)
        return self.asked or Prefilled(self.kind, {})

    @cached_property
    def shown(self) -> Section:
        """The form with what was typed."""
        if self.form is not None:
            return self.form
        by = self.request.user if isinstance(self.request.user, User) else None
        entry = entry_of_draft(self.draft, by) if self.draft and self.draft.record else None
        if not self.words:
            return self.section(
                self.words if self.checked else None, entry=entry, by=by, checked=self.checked
            )
        return self.section(self.words, entry=entry, by=by, checked=self.checked, initial={})

    @cached_property
    def problems(self) -> Sequence[Any]:
        return self.shown.problems if self.shown.is_bound and self.shown.checked else []

    @cached_property
    def window(self) -> str:
        """A name for this page, by which its own savings are known."""
        return secrets.token_urlsafe(9)

    @property
    def seen(self) -> str:
        return last_window(self.draft, self.section.slug)

    @property
    def saved_at(self) -> dt.datetime | None:
        return self.draft.updated_at if self.draft else None

    @cached_property
    def alike(self) -> Sequence[Alike]:
        """Published entries this may be, on the step that asks for the name."""
        if "name_da" not in self.section.base_fields or not self.words:
            return []
        passed = self.words.get(PASSED, [])
        return [one for one in alike(self.kind.kind, self.words) if one.record.public_id not in passed]

    @cached_property
    def readiness(self) -> Readiness | None:
        """How ready a need is, from what stands in all steps so far."""
        if self.kind.kind != Kind.NEED:
            return None
        typed = self.draft.typed if self.draft else {}
        said = {name: values for words in typed.values() for name, values in words.items()}
        return readiness_of_words(said | self.words)

    @cached_property
    def roles(self) -> Roles | None:
        """The ring of roles, on the step that asks who takes part."""
        if "parties" not in self.section.base_fields:
            return None
        rows = [read(value) for value in self.words.get("parties", [])]
        return roles_filled([(row.get("role", ""), row.get("side", "")) for row in rows])
