"""The public page of something that is nowhere yet, made from what was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from actors.choices import Role
from actors.coalition import Member
from actors.forms.picking import Chosen
from actors.models import Actor
from actors.views.read import page_of as actor_page
from actors.views.read_offer import page_of as offer_page
from curation.access import Visitor
from curation.choices import Kind
from curation.forms import Section
from curation.models import Draft, Record, Theme
from curation.reference import Reference
from labs.forms.values import ValueFields
from labs.views.read import page_of as lab_page
from labs.views.read_solution import page_of as solution_page
from labs.views.read_trial import page_of as trial_page
from missions.views.read import page_of as mission_page
from missions.views.read_need import page_of as need_page
from places.models import Place
from places.projection import mercator

from .actions.sending import entry_of_draft, is_own, sections_of
from .kinds import Registered

# A template, and what it shows.
type Shown = tuple[str, dict[str, Any]]


def preview_of(kind: Registered, draft: Draft, user: Visitor) -> Shown:
    """The template of the public page and what it shows; what is wrong is left out."""
    by = user if isinstance(user, User) else None
    entry = entry_of_draft(draft, by)
    cleaned: dict[str, Any] = {}
    sections = sections_of(draft, entry, by=by)
    for section in sections:
        section.is_valid()
        section.write(entry)
        cleaned |= section.cleaned_data
    entry.name_da = entry.name_da or _("Without a name yet")
    themes, places = cleaned.get("themes", []), cleaned.get("places", [])
    record = _record(entry, themes, places)
    if by is not None and is_own(entry, sections, by):
        record.claimed_at = record.confirmed_at = timezone.now()
    typed = Typed(entry, record, Reference.now(), themes, places, cleaned, sections)
    return PAGES[kind.kind](typed)


@dataclass(frozen=True)
class Typed:
    """What was typed, as far as it makes sense: the entry, its record, and what hangs on it."""

    entry: Any
    record: Record
    reference: Reference
    themes: Sequence[Theme]
    places: Sequence[Place]
    cleaned: Mapping[str, Any]
    sections: Sequence[Section]

    def members(self, field: str, here: str) -> list[Member]:
        """Those named in a field; `here` is where they stand on the page."""
        return [_member(one, here) for one in self.cleaned.get(field, [])]

    @property
    def about(self) -> dict[str, Any]:
        return {"themes": self.themes, "places": self.places}


def _actor(typed: Typed) -> Shown:
    return "actors/actor.html", actor_page(typed.entry, typed.record, places=typed.places)


def _need(typed: Typed) -> Shown:
    return "missions/need.html", need_page(typed.entry, typed.record, typed.reference, **typed.about)


def _offer(typed: Typed) -> Shown:
    return "actors/offer.html", offer_page(typed.entry, typed.record, typed.reference, **typed.about)


def _mission(typed: Typed) -> Shown:
    members = typed.members("parties", "#coalition")
    return "missions/mission.html", mission_page(
        typed.entry, typed.record, typed.reference, **typed.about, members=members, labs=()
    )


def _lab(typed: Typed) -> Shown:
    cleaned = typed.cleaned
    return "labs/lab.html", lab_page(
        typed.entry, typed.record, typed.reference, **typed.about,
        members=typed.members("parties", "#coalition"), missions=cleaned.get("missions", []),
        needs=cleaned.get("needs", []), offers=cleaned.get("offers", []),
    )  # fmt: skip


def _trial(typed: Typed) -> Shown:
    members = typed.members("partners", "#partners")
    return "labs/trial.html", trial_page(
        typed.entry, typed.record, typed.reference, **typed.about, members=members
    )


def _solution(typed: Typed) -> Shown:
    values = [
        value for section in typed.sections if isinstance(section, ValueFields) for value in section.values
    ]
    return "labs/solution.html", solution_page(
        typed.entry, typed.record, typed.reference, **typed.about, values=values,
        members=typed.members("partners", "#who"),
    )  # fmt: skip


PAGES: Mapping[str, Callable[[Typed], Shown]] = {
    Kind.LAB: _lab,
    Kind.ACTOR: _actor,
    Kind.MISSION: _mission,
    Kind.NEED: _need,
    Kind.OFFER: _offer,
    Kind.TRIAL: _trial,
    Kind.SOLUTION: _solution,
}


# Where each kind of entry says how far it is.
HOW_FAR = ("phase", "status", "stage")


def _record(entry: Any, themes: Sequence[Theme], places: Sequence[Place]) -> Record:
    """What the page reads of the record, as indexing would write it; never saved."""
    said = entry.record
    far = next(filter(None, (getattr(entry, column, "") for column in HOW_FAR)), "")
    record = Record(kind=entry.kind, source=said.source, phase=far, ended=entry.ended)
    record.name_da, record.name_en = entry.name_da, entry.name_en
    record.theme_ids, record.place_ids = [theme.pk for theme in themes], [place.pk for place in places]
    if entry.latitude is not None and entry.longitude is not None:
        record.x, record.y = mercator(longitude=entry.longitude, latitude=entry.latitude)
    entry.record = record
    return record


def _member(one: Chosen, here: str) -> Member:
    role = one.said["role"]
    return Member(
        name=one.actor.name if one.actor else one.named.name if one.named else "",
        path=_path(one.actor) or here,
        side=one.said["side"],
        role=role,
        role_text=str(dict(Role.choices).get(role, "")),
        since=one.said["since"],
    )


def _path(actor: Actor | None) -> str:
    """A new organisation has no page yet, so its link stays where it is."""
    return actor.get_absolute_url() if actor and actor.is_public else ""
