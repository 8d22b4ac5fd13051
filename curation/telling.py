"""Where a result says what was asked for: in its name, line and themes, in a passage, or in none of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

from django.db import models as fields
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from places.danish import fold
from places.models import Place
from places.templatetags.pages import Said

from .facts import place_names, theme_names
from .models import Entry, Record, Theme
from .reference import Reference
from .snippets import Marker, Passage
from .understanding import Understood

ALSO_SHOWN = 6


@dataclass(frozen=True)
class Shown:
    """What a card writes, with marks where words were asked for.

    `also` tells where a word stands that is nowhere else on the card.
    """

    name: str
    meta: str
    themes: Sequence[str]
    text: Said
    also: str = ""


def shown(
    record: Record, entry: Entry, meta: str, summary: Said, themes: Sequence[str], reference: Reference,
    marker: Marker,
) -> Shown:  # fmt: skip
    """A record's card; without a question it says what it always says."""
    if not marker:
        return Shown(record.name, meta, themes, summary)
    language = get_language() or "da"
    passage = marker.passage(_texts(entry, language), language)
    name, line = marker.whole(record.name, language), marker.whole(meta, language)
    marked = [marker.name(theme, language) for theme in themes]
    seen = [name, line, *marked, *([passage] if passage else [])]
    missing = marker.terms.difference(*(part.terms for part in seen))
    return Shown(
        name.html,
        line.html,
        [theme.html for theme in marked],
        Said(passage.html, passage.lang) if passage else summary,
        _elsewhere(record, reference, marker, missing, language) if missing else "",
    )


def _texts(entry: Entry, language: str) -> Iterator[Said]:
    """What an entry says at length, in the page's language first; what is said in one alone is Danish."""
    other = "en" if language == "da" else "da"
    names = _fields(type(entry))
    for code, found in ((language, names[language]), (other, names[other]), ("da", names[""])):
        for name in found:
            if text := getattr(entry, name):
                yield Said(text, "" if code == language else code)


@cache
def _fields(model: type[Entry]) -> Mapping[str, Sequence[str]]:
    """The texts of a kind of entry by language, summary and description first."""
    texts = [field.name for field in model._meta.concrete_fields if isinstance(field, fields.TextField)]  # noqa: SLF001
    found = {code: [name for name in texts if name.endswith(f"_{code}")] for code in ("da", "en")}
    return found | {"": [name for name in texts if name not in found["da"] + found["en"]]}


class Line(NamedTuple):
    """A name of something an entry belongs to, marked, with what it is and its language."""

    label: str
    found: Passage
    lang: str


def _elsewhere(
    record: Record, reference: Reference, marker: Marker, missing: frozenset[int], language: str
) -> str:
    """The first of what else is known of it in which one of the missing words stands.

    What it has chosen from lists and who takes part is read with its own page only, so that is hinted at.
    """
    for line in _known(record, reference, marker, language):
        if line.found.terms & missing:
            return _written(line)
    if not marker.every:
        return ""
    words = ", ".join(marker.said[number] for number in sorted(missing))
    return _("“%(words)s” stands elsewhere in the entry, or in the name of somebody it is tied to.") % {
        "words": words
    }


def _known(record: Record, reference: Reference, marker: Marker, language: str) -> Iterator[Line]:
    """Its other name; the names of its themes and places that answer anything."""
    other = "en" if language == "da" else "da"
    name = record.name_en if other == "en" else record.name_da
    yield Line(_("Also called"), marker.whole(name, other), other)
    for number in record.theme_ids:
        if theme := reference.themes.get(number):
            yield from marker.keep(("theme", number), partial(_theme_lines, theme, marker, language))
    for number in record.place_ids:
        if place := reference.places.get(number):
            yield from marker.keep(("place", number), partial(_place_lines, place, marker, language))


def _theme_lines(theme: Theme, marker: Marker, language: str) -> list[Line]:
    names = theme_names(theme)
    if not marker.may_find(names):
        return []
    other = "en" if language == "da" else "da"
    label, others = _("Theme %(name)s") % {"name": theme.name}, _of(theme, other)
    codes = ((name, other if name in others else language) for name in names)
    lines = (Line(label, marker.whole(name, code), "" if code == language else code) for name, code in codes)
    return [line for line in lines if line.found.terms]


def _place_lines(place: Place, marker: Marker, language: str) -> list[Line]:
    names = place_names(place)
    if not marker.may_find(names):
        return []
    label = _("Place")
    lines = (Line(label, marker.whole(name, language), "") for name in names)
    return [line for line in lines if line.found.terms]


def _of(theme: Theme, language: str) -> Sequence[str]:
    names: Sequence[str] = [getattr(theme, f"name_{language}"), *getattr(theme, f"synonyms_{language}")]
    return names


def _written(line: Line) -> SafeString:
    attribute = format_html(' lang="{}"', line.lang) if line.lang else ""
    return format_html("{}: <span{}>{}</span>", line.label, attribute, line.found.html)


def also_searched(understood: Understood) -> list[str]:
    """What was searched for besides what was typed, as texts write it; a word with its endings once."""
    found: dict[str, str] = {}
    for also in understood.also:
        folded = fold(also.word)
        if not any(folded.startswith(other) for other in found):
            found[folded] = also.word
    return list(found.values())[:ALSO_SHOWN]
