"""How ready a need is for a partner to answer: seven things told or not, counted and never weighed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .models import Need


@dataclass(frozen=True)
class Asked:
    """One of the seven: the fields any of which tells it, its name, and what to write while it is missing."""

    name: str
    fields: Sequence[str]
    title: Any
    missing: Any


SEVEN = (
    Asked("owner", ("owner",), _("Who answers for it"), _("Name the organisation that has the need.")),
    Asked(
        "whose", ("summary_da", "summary_en"), _("Who lives with it"),
        _("Write whose problem it is and how it shows in daily life."),
    ),
    Asked(
        "tried", ("tried_da", "tried_en"), _("What has been tried"),
        _("Write what has been tried, or that nothing has."),
    ),
    Asked(
        "success", ("success_da", "success_en"), _("What success is"),
        _("Write how one can see that it has succeeded."),
    ),
    Asked(
        "touch", ("may_touch",), _("What a partner may touch"),
        _("Write which sites, data and hours a partner may use."),
    ),
    Asked(
        "when", ("deadline", "window"), _("When"),
        _("Write when it can take place, or a deadline for answers."),
    ),
    Asked("signs", ("signed_by",), _("Who signs"), _("Write which post can sign an agreement.")),
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One of the seven as a reader sees it."""

    asked: Asked
    met: bool


@dataclass(frozen=True)
class Readiness:
    """The seven in their order."""

    items: Sequence[Item]

    @property
    def met(self) -> int:
        return sum(1 for item in self.items if item.met)

    @property
    def all(self) -> int:
        return len(self.items)

    @property
    def missing(self) -> Sequence[Item]:
        return [item for item in self.items if not item.met]


def readiness(said: Mapping[str, Any]) -> Readiness:
    """Of what is said, field by field; a text without a letter or a digit tells nothing."""
    return Readiness([Item(one, any(_told(said.get(name)) for name in one.fields)) for one in SEVEN])


def readiness_of(need: "Need") -> Readiness:
    """What a reader of its page finds told: an owner nobody may read is not named."""
    said = {name: getattr(need, name) for one in SEVEN for name in one.fields if name != "owner"}
    owner = need.owner
    return readiness(said | {"owner": owner.name if owner is not None and owner.is_public else ""})


def readiness_of_words(words: Mapping[str, Sequence[str]]) -> Readiness:
    """While it is typed."""
    return readiness({name: " ".join(values) for name, values in words.items()})


def _told(value: Any) -> bool:
    return any(letter.isalnum() for letter in str(value)) if value is not None else False
