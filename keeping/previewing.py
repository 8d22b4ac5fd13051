"""The public page of something that is nowhere yet, made from what was typed."""

from collections.abc import Sequence
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
from curation.models import Draft, Record, Theme
from curation.reference import Reference
from labs.views.read import page_of as lab_page
from missions.views.read import page_of as mission_page
from missions.views.read_need import page_of as need_page
from places.models import Place
from places.projection import mercator

from .actions.sending import entry_of_draft, is_own, sections_of
from .kinds import Registered


def preview_of(kind: Registered, draft: Draft, user: Visitor) -> tuple[str, dict[str, Any]]:
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
    reference = Reference.now()
    if kind.kind == Kind.ACTOR:
        return "actors/actor.html", actor_page(entry, record, places=places)
    if kind.kind == Kind.NEED:
        return "missions/need.html", need_page(entry, record, reference, themes=themes, places=places)
    if kind.kind == Kind.OFFER:
        return "actors/offer.html", offer_page(entry, record, reference, themes=themes, places=places)
    members = [_member(one) for one in cleaned.get("parties", [])]
    if kind.kind == Kind.MISSION:
        return "missions/mission.html", mission_page(
            entry, record, reference, themes=themes, places=places, members=members, labs=()
        )
    return "labs/lab.html", lab_page(
        entry, record, reference, themes=themes, places=places, members=members,
        missions=cleaned.get("missions", []), needs=cleaned.get("needs", []),
        offers=cleaned.get("offers", []),
    )  # fmt: skip


def _record(entry: Any, themes: Sequence[Theme], places: Sequence[Place]) -> Record:
    """What the page reads of the record, as indexing would write it; never saved."""
    said = entry.record
    far = getattr(entry, "phase", "") or getattr(entry, "status", "")
    record = Record(kind=entry.kind, source=said.source, phase=far, ended=entry.ended)
    record.name_da, record.name_en = entry.name_da, entry.name_en
    record.theme_ids, record.place_ids = [theme.pk for theme in themes], [place.pk for place in places]
    if entry.latitude is not None and entry.longitude is not None:
        record.x, record.y = mercator(longitude=entry.longitude, latitude=entry.latitude)
    entry.record = record
    return record


def _member(one: Chosen) -> Member:
    role = one.said["role"]
    return Member(
        name=one.actor.name if one.actor else one.named.name if one.named else "",
        path=_path(one.actor),
        side=one.said["side"],
        role=role,
        role_text=str(dict(Role.choices).get(role, "")),
        since=one.said["since"],
    )


def _path(actor: Actor | None) -> str:
    """A new organisation has no page yet, so its link stays where it is."""
    return actor.get_absolute_url() if actor and actor.is_public else "#coalition"
