"""What of a result card may be there or not, as HTML, for the template that writes many (`each`)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from curation.cards import Card
from places.templatetags.pages import lang

register = template.Library()

NOTHING = SafeString("")
NONE = " sk-side--none"


class Pieces(NamedTuple):
    """A card; what it does not say is empty."""

    name: str
    title: str
    path: str
    phase: SafeString
    meta: str
    text: SafeString
    also: SafeString
    themes: SafeString
    sides: SafeString
    fresh: str
    fresh_label: str
    public_id: str


@register.filter
def in_pieces(cards: Iterable[Card]) -> Iterator[Pieces]:
    """Cards for `{% each %}`; `title` is the name with its marks."""
    label = _("Themes")
    for card in cards:
        shown = card.shown
        yield Pieces(
            name=card.name,
            title=shown.name,
            path=card.path,
            phase=_phase(card),
            meta=shown.meta,
            text=_paragraph("sk-entry__s", shown.text.text, lang(shown.text)),
            also=_paragraph("sk-entry__also", shown.also),
            themes=_themes(card, label),
            sides=_sides(card),
            fresh=card.fresh,
            fresh_label=card.fresh_label,
            public_id=card.public_id,
        )


def _phase(card: Card) -> SafeString:
    if not card.phase:
        return NOTHING
    return format_html('<span class="sk-phase sk-phase--{}">{}</span> ', card.phase.look, card.phase.label)


def _paragraph(look: str, text: str, attributes: str = "") -> SafeString:
    return format_html('<p class="{}"{}>{}</p>\n', look, attributes, text) if text else NOTHING


def _themes(card: Card, label: str) -> SafeString:
    if not card.themes:
        return NOTHING
    named = format_html_join("", "<li>{}</li>", ((theme,) for theme in card.shown.themes))
    return format_html('<ul class="sk-themes" aria-label="{}">{}</ul>', label, named)


def _sides(card: Card) -> SafeString:
    """Its side, or how many links are on each; of what stands on no side how many organisations it ties."""
    if card.side:
        side = format_html('<p><span class="sk-side sk-side--{}">{}</span></p>', card.side, card.side_label)
        return side + _told(card.links)
    if not card.sided:
        return _told(card.links) if card.links else NOTHING
    return format_html(
        '<p class="sk-pairtag"><span class="sk-side sk-side--pull{}">{} PULL</span>'
        '<span class="sk-side sk-side--push{}">{} PUSH</span></p>{}',
        "" if card.pull else NONE, card.pull,
        "" if card.push else NONE, card.push,
        _told(card.both) if card.both else NOTHING,
    )  # fmt: skip


def _told(text: str) -> SafeString:
    return format_html('<p class="sk-entry__both">{}</p>', text)
