"""Missing links in words: what, why it is there, and the one thing to do about it."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.choices import ActorKind
from curation.choices import Kind, Side
from curation.models import Record, Theme
from curation.reference import Reference
from places.models import Place

from ..balance import Evidence
from .kinds import PARTS, Gap, GapKind, opposite, side_of
from .reading import Found


def registering(kind: str, **said: str) -> str:
    """The address of the form for a new entry, with what is known of it filled in."""
    return f"{reverse('keeping:begin', args=[kind])}?{urlencode({k: v for k, v in said.items() if v})}"


def who_path(place: Place, record: Record, part: str = "") -> str:
    """The list of who could fill what is missing of an entry, nearest first."""
    query = {record.kind: record.slug} | ({"part": part} if part else {})
    return f"{reverse('places:who', args=[place.address])}?{urlencode(query)}"


def tell(kind: GapKind, found: Found, place: Place, reference: Reference) -> Gap:
    """The missing link of an entry."""
    return {
        GapKind.NEEDS: _need,
        GapKind.LABS: _lab,
        GapKind.OFFERS: _offer,
        GapKind.ACTORS: _actor,
        GapKind.LINKS: _links,
    }[kind](found, place, reference)


def _need(found: Found, place: Place, reference: Reference) -> Gap:
    record = found.record
    return Gap(
        GapKind.NEEDS, Side.PUSH, record.name, record.get_absolute_url(),
        _("No offer has answered it, and no living lab with knowledge on board works on it."),
        _("See who could answer"), who_path(place, record), note_of(record, reference),
    )  # fmt: skip


def _lab(found: Found, place: Place, reference: Reference) -> Gap:
    record, parts = found.record, [PARTS[name] for name in found.parts]
    return Gap(
        GapKind.LABS, side_of(part.side for part in parts), record.name, record.get_absolute_url(),
        _("Nobody is named as %(parts)s.") % {"parts": listed([str(part.lacking) for part in parts])},
        _("See who could join"), who_path(place, record, parts[0].name), note_of(record, reference),
    )  # fmt: skip


def _offer(found: Found, place: Place, reference: Reference) -> Gap:
    record = found.record
    return Gap(
        GapKind.OFFERS, Side.PULL, record.name, record.get_absolute_url(),
        _("It has answered no need, and no living lab has taken it up."),
        _("See who could use it"), who_path(place, record), note_of(record, reference),
    )  # fmt: skip


def _actor(found: Found, place: Place, reference: Reference) -> Gap:
    record = found.record
    return Gap(
        GapKind.ACTORS, opposite(record.sides[0]), record.name, record.get_absolute_url(),
        _("It is in the register, but in no lab, coalition or cooperation."),
        _("See what is near by"), who_path(place, record), note_of(record, reference),
    )  # fmt: skip


def _links(found: Found, place: Place, reference: Reference) -> Gap:
    record = found.record
    return Gap(
        GapKind.LINKS, side_of(found.sides), record.name, record.get_absolute_url(),
        ngettext(
            "%(n)s link is named here and not confirmed by the other party.",
            "%(n)s links are named here and not confirmed by the other party.",
            found.ties,
        ) % {"n": found.ties},
        _("See the links"), record.get_absolute_url(), note_of(record, reference),
    )  # fmt: skip


def tell_theme(theme: Theme, evidence: Evidence, place: Place, narrower: Sequence[Theme] = ()) -> Gap:
    """A theme with a need or a mission in the place, and no lab; its narrower themes where they are known."""
    here = listed([*_needs(evidence.need), *_missions(evidence.mission)])
    about = f"{here} ({', '.join(one.name for one in narrower)})" if narrower else here
    if evidence.push:
        reason = ngettext(
            "%(here)s, and %(n)s count on the PUSH side, but no living lab where they meet.",
            "%(here)s, and %(n)s counts on the PUSH side, but no living lab where they meet.",
            evidence.push,
        ) % {"here": about, "n": evidence.push}
    else:
        reason = _("%(here)s, but no living lab and nothing on the PUSH side.") % {"here": about}
    return Gap(
        GapKind.THEMES, Side.BOTH if evidence.push else Side.PUSH, theme.name, theme.get_absolute_url(),
        reason, _("Register a lab"), registering(Kind.LAB, theme=theme.slug, place=place.address), _("Theme"),
    )  # fmt: skip


def _needs(number: int) -> list[str]:
    return [ngettext("%(n)s need", "%(n)s needs", number) % {"n": number}] if number else []


def _missions(number: int) -> list[str]:
    return [ngettext("%(n)s mission", "%(n)s missions", number) % {"n": number}] if number else []


def listed(parts: Sequence[str]) -> str:
    """Some things in a sentence: one, two and three."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(others)s and %(last)s") % {"others": ", ".join(parts[:-1]), "last": parts[-1]}


def note_of(record: Record, reference: Reference) -> str:
    """What kind of entry it is, and its themes."""
    what = (
        ActorKind(record.type).label
        if record.kind == Kind.ACTOR and record.type
        else record.get_kind_display()
    )
    return " · ".join([str(what), *(theme.name for theme in reference.themes_of(record))])
