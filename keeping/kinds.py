"""The kinds of entry one can register: what is asked, and what they are called in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from actors.models import Actor, Offer
from curation.choices import Kind
from curation.forms import Section
from curation.models import Entry
from labs.models import Lab, Solution, Trial
from missions.models import Mission, Need

from .sections import SECTIONS

CHECK = "check"


@dataclass(frozen=True)
class Registered:
    """A kind of entry: its model, its steps, and the words of its pages."""

    kind: str
    model: type[Entry]
    heading: Any
    what: Any

    @property
    def sections(self) -> Sequence[type[Section]]:
        return SECTIONS[self.kind]

    def section(self, slug: str) -> type[Section]:
        """A step by its word in the address; an unknown one does not exist."""
        for section in self.sections:
            if section.slug == slug:
                return section
        raise Http404

    def after(self, slug: str) -> str:
        """The step after one; after the last comes checking."""
        slugs = [section.slug for section in self.sections]
        following = slugs[slugs.index(slug) + 1 :]
        return following[0] if following else CHECK

    @property
    def first(self) -> str:
        return self.sections[0].slug


KINDS: Mapping[str, Registered] = {
    Kind.LAB: Registered(
        Kind.LAB,
        Lab,
        _("Register a lab"),
        _("A living lab: where people try things out together in daily life"),
    ),
    Kind.NEED: Registered(
        Kind.NEED,
        Need,
        _("Register a need"),
        _("Something that has to succeed in practice, and what you ask of a partner"),
    ),
    Kind.OFFER: Registered(
        Kind.OFFER,
        Offer,
        _("Register an offer"),
        _("What your organisation can bring to practice: research, a method, a panel, a site, students"),
    ),
    Kind.TRIAL: Registered(
        Kind.TRIAL,
        Trial,
        _("Register a trial"),
        _("Something a lab tries in daily life, and what is learned by it"),
    ),
    Kind.SOLUTION: Registered(
        Kind.SOLUTION,
        Solution,
        _("Register a solution"),
        _("Something that answers a need: an idea, something being tried, or something in daily use"),
    ),
    Kind.ACTOR: Registered(
        Kind.ACTOR,
        Actor,
        _("Register an actor"),
        _("An organisation that pulls with a need or pushes with knowledge"),
    ),
    Kind.MISSION: Registered(
        Kind.MISSION, Mission, _("Register a mission"), _("A shared direction that a coalition carries")
    ),
}


def kind_to_register(kind: str) -> Registered:
    """The kind by its word in the address; an unknown one does not exist."""
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]
