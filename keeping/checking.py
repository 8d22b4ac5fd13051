"""Everything one has typed, read back before it is sent, with what is missing or wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import User
from curation.access import Visitor
from curation.forms import Problem, Section
from curation.models import Draft

from .actions.sending import entry_of_draft, sections_of
from .kinds import CHECK, Registered
from .prefilling import Prefilled
from .steps import StepShown, path_of, steps_of


@dataclass(frozen=True)
class SectionShown:
    """A step as it is read back."""

    title: Any
    path: str
    said: Sequence[tuple[str, str]]
    problems: Sequence[Problem]


@dataclass(frozen=True)
class CheckPage:
    """The last step."""

    kind: Registered
    draft: Draft
    sections: Sequence[SectionShown]
    steps: Sequence[StepShown]
    user: Visitor
    verified: bool

    @classmethod
    def of(cls, kind: Registered, draft: Draft, user: Visitor) -> "CheckPage":
        by = user if isinstance(user, User) else None
        entry = entry_of_draft(draft, by)
        shown = [_shown(section, draft) for section in sections_of(draft, entry, by=by)]
        return cls(kind, draft, shown, steps_of(kind, draft, CHECK), user, may_send(user))

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Where to mend something, and what it is."""
        return [
            (f"{section.path}?check=1#{problem.field}", problem.message)
            for section in self.sections
            for problem in section.problems
        ]

    @property
    def prefilled(self) -> Prefilled:
        """What it was begun for."""
        return Prefilled.of(self.kind, self.draft)

    @property
    def here(self) -> StepShown:
        return self.steps[-1]

    @property
    def before(self) -> StepShown:
        return self.steps[-2]

    @property
    def mends(self) -> bool:
        """Whether it came back, and what was said is to be shown."""
        return self.draft.record is not None and bool(self.draft.record.decision)


def _shown(section: Section, draft: Draft) -> SectionShown:
    words = {name: section.data.getlist(name) for name in section.fields}  # type: ignore[attr-defined]
    said = [(label, text) for label, text in type(section).shown(words) if text]
    return SectionShown(section.title, path_of(draft, section.slug), said, section.problems)


def may_send(user: Visitor) -> bool:
    """Whoever has an account with an address that has been shown to be theirs."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return EmailAddress.objects.filter(user=user, verified=True).exists()
