"""A result card: everything it says, ready to be written, with what was asked for marked.

Templates cost most of a list page's time, so what can be put into words here is.
"""

import re
import unicodedata
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
PLACES_NAMED = 3
# All accents are among these, and no letter or quotation mark of Danish or English.
_ACCENTS = re.compile(r"[\u0300-\u1fff\u20d0-\u20ff\u2c80-\U0010ffff]")
# What stands on one side by itself, and what on none; a lab or a mission stands where its links do.
ONE_SIDED = (Kind.ACTOR, Kind.NEED, Kind.OFFER)
NO_SIDE = (Kind.TRIAL, Kind.SOLUTION)


@dataclass(frozen=True)
class Card:
    """What a result says; `side` is that of an actor, a need or an offer, others show their links' sides.

    `sided` is false for what stands on no side: a trial or a solution says how many organisations it ties.

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
    sided: bool
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
    places = _places([place.name for place in reference.places_named(record)])
    summary = said_of(entry, "summary")
    fresh: Freshness = record.freshness
    side = record.sides[0] if record.kind in ONE_SIDED and record.sides else ""
    both, links = record.both_count, record.link_count
    themes = [theme.name for theme in reference.themes_of(record)]
    meta = entry.card_line(places or _("Place not known"))
    short = Said(beginning_of(summary.text), summary.lang)
    return Card(
        name=record.name,
        path=record.get_absolute_url(),
        phase=phase_of(record),
        meta=meta,
        summary=short,
        themes=themes,
        pull=record.pull_total,
        push=record.push_total,
        both=ngettext("%(n)s of them on both sides", "%(n)s of them on both sides", both) % {"n": both}
        if both
        else "",
        sided=record.kind not in NO_SIDE,
        side=side,
        side_label=str(Side(side).label) if side else "",
        links=_tied(record.kind, links),
        fresh=fresh.value,
        fresh_label=str(fresh.label),
        public_id=record.public_id,
        shown=shown(record, entry, meta, short, themes, reference, marker),
    )


def beginning_of(text: str) -> str:
    """So much of a text as a card shows; letter by letter only where some may be accents by themselves."""
    text = unicodedata.normalize("NFC", text)
    if len(text) <= SUMMARY_LETTERS:
        return text
    if _ACCENTS.search(text):
        return Truncator(text).chars(SUMMARY_LETTERS)
    return f"{text[: SUMMARY_LETTERS - 1]}…"


def _places(names: Sequence[str]) -> str:
    """The first three, and how many more."""
    named, more = ", ".join(names[:PLACES_NAMED]), len(names) - PLACES_NAMED
    if more <= 0:
        return named
    return ngettext("%(places)s and %(n)s more", "%(places)s and %(n)s more", more) % {
        "places": named, "n": more,
    }  # fmt: skip


def _tied(kind: str, links: int) -> str:
    if kind in NO_SIDE:
        told = ngettext("%(n)s organisation with it", "%(n)s organisations with it", links) % {"n": links}
        return told if links else ""
    return ngettext("%(n)s link", "%(n)s links", links) % {"n": links}
