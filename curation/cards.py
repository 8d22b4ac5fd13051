"""A result card: everything it says, ready to be written, with what was asked for marked.

Templates cost most of a list page's time, so what can be put into words here is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from places.templatetags.pages import Said, said_of

from .choices import Freshness, Kind, Side
from .models import Entry, Record
from .phases import PhaseShown, phase_of
from .reference import Reference
from .snippets import NOTHING, Marker
from .telling import Shown, shown

SUMMARY_LETTERS = 190
# What stands on one side by itself; a lab or a mission stands where its links do.
ONE_SIDED = (Kind.ACTOR, Kind.NEED, Kind.OFFER)


@dataclass(frozen=True)
class Card:
    """What a result says; `side` is that of an actor, a need or an offer, others show their links' sides.

    `shown` is what of it bears marks, and the passage in which words stand that were asked for.
    """

    name: str
    path: str
    phase: PhaseShown | None
    meta: str
    summary: Said
    themes: Sequence[str]
    pull: int
    push: int
    both: str
    side: str
    side_label: str
    links: str
    fresh: str
    fresh_label: str
    public_id: str
    shown: Shown


def card(record: Record, reference: Reference, marker: Marker = NOTHING) -> Card:
    """The card of a record loaded with its entry; `marker` finds what was asked for."""
    entry: Entry = getattr(record, record.kind)
    places = ", ".join(place.name for place in reference.places_named(record))
    summary = said_of(entry, "summary")
    fresh: Freshness = record.freshness
    side = record.sides[0] if record.kind in ONE_SIDED and record.sides else ""
    both, links = record.both_count, record.link_count
    meta = entry.card_line(places or _("Place not known"))
    short = Said(Truncator(summary.text).chars(SUMMARY_LETTERS), summary.lang)
    return Card(
        name=record.name,
        path=record.get_absolute_url(),
        phase=phase_of(record),
        meta=meta,
        summary=short,
        themes=[theme.name for theme in reference.themes_of(record)],
        pull=record.pull_total,
        push=record.push_total,
        both=ngettext("%(n)s of them on both sides", "%(n)s of them on both sides", both) % {"n": both}
        if both
        else "",
        side=side,
        side_label=str(Side(side).label) if side else "",
        links=ngettext("%(n)s link", "%(n)s links", links) % {"n": links},
        fresh=fresh.value,
        fresh_label=str(fresh.label),
        public_id=record.public_id,
        shown=shown(record, entry, meta, short, reference, marker),
    )
