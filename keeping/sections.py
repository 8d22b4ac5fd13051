"""The sections of each kind of entry, and of each what a stranger may see and suggest."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.http import Http404

from actors.forms import SECTIONS as OF_ACTORS
from actors.forms.offers import SECTIONS as OF_OFFERS
from curation.choices import Kind
from curation.forms import Section
from labs.forms import SECTIONS as OF_LABS
from labs.forms.solutions import SECTIONS as OF_SOLUTIONS
from labs.forms.trials import SECTIONS as OF_TRIALS
from labs.forms.values import VALUE_FIELDS
from missions.forms import SECTIONS as OF_MISSIONS
from missions.forms.needs import SECTIONS as OF_NEEDS

from .history.words import PUBLIC_FIELDS

SECTIONS: Mapping[str, Sequence[type[Section]]] = {
    Kind.LAB: OF_LABS,
    Kind.ACTOR: OF_ACTORS,
    Kind.MISSION: OF_MISSIONS,
    Kind.NEED: OF_NEEDS,
    Kind.OFFER: OF_OFFERS,
    Kind.TRIAL: OF_TRIALS,
    Kind.SOLUTION: OF_SOLUTIONS,
}

# Whom an entry belongs to and is tied to is not suggested field by field: a form with names to choose from
# would name what is not public. Ending it is its owner's to tell.
NOT_SUGGESTED = frozenset(
    (
        "owner", "backbone", "lab", "need", "solution", "inspired_by", "heir", "ended", "ended_on",
        "ended_reason", "lessons",
    )
)  # fmt: skip
ALSO_SUGGESTED = frozenset(("themes", "places", *VALUE_FIELDS))


def section_to_edit(kind: str, slug: str) -> type[Section]:
    """One section of a kind of entry; an unknown one does not exist."""
    return _named(SECTIONS[kind], slug)


def section_to_suggest(kind: str, slug: str) -> type[Section]:
    """The public part of a section; one without a public part does not exist."""
    return _named(public_sections(kind), slug)


@cache
def public_sections(kind: str) -> Sequence[type[Section]]:
    """The sections as a stranger sees them: without what is not public or names others."""
    public = (set(PUBLIC_FIELDS[kind]) | ALSO_SUGGESTED) - NOT_SUGGESTED
    return [made for section in SECTIONS[kind] if (made := _only(section, public)).base_fields]


def _only(section: type[Section], public: set[str]) -> type[Section]:
    """The section without other fields, as Django lets a subclass drop a field it inherits."""
    gone: dict[str, Any] = {name: None for name in section.base_fields if name not in public}
    return type(f"Public{section.__name__}", (section,), {**gone, "of_record": ()})


def _named(sections: Sequence[type[Section]], slug: str) -> type[Section]:
    for section in sections:
        if section.slug == slug:
            return section
    raise Http404
