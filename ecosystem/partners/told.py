"""Themes and places that a text names, in either language."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from curation.models import Theme
from curation.reference import Reference
from curation.words import stem_en
from places.choices import PlaceKind
from places.danish import fold, stem
from places.models import Place

STEMS = {"da": stem, "en": stem_en}
LONGEST = 4
MOST_THEMES, MOST_PLACES = 4, 3
# A theme's own name tells more than a synonym of it, and of these one of several words tells most.
# What is told far less than the most is left out.
NAME, SYNONYM, LEAST_SHARE = 4, 2, 0.5
# What a text begins with is what it is about.
BEGINNING, EARLY = 30, 2
# A longer text names many things in passing: there a synonym has to be said twice.
LONG_TEXT, LEAST_IN_LONG = 60, 4
# So many letters of a Danish compound's first part are no accident.
LEAST_HEAD = 7
LEAST_PIECE = 5
PIECES = re.compile(r",| og | and ")
"""Names of several things, taken apart."""
EVERYDAY_PIECES = frozenset(["places", "steder", "treatment", "behandling", "services", "events"])

# Everyday words that are also municipalities; they are places only as "Vejen Kommune".
EVERYDAY = frozenset(["vejen", "skive", "greve", "odder"])
MUNICIPALITY = ("kommune", "municipality", "kommunes")
# What regions and parts of the country are called in English, or by those who live there.
CALLED: Mapping[str, str] = {
    "north denmark": "1081", "north jutland": "1081",
    "nordjylland": "1081", "central denmark": "1082",
    "central jutland": "1082", "midtjylland": "1082",
    "southern denmark": "1083", "syddanmark": "1083",
    "capital region": "1084", "greater copenhagen": "1084",
    "hovedstadsomraadet": "1084", "zealand": "1085",
    "sjaelland": "1085", "eastern denmark": "oestdanmark", "oestdanmark": "oestdanmark",
    "funen": "fyn", "fyn": "fyn", "southern jutland": "soenderjylland", "soenderjylland": "soenderjylland",
    "elsinore": "0217",
}  # fmt: skip
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True)
class Phrases:
    """The phrases that name themes, by their stems in a language, with how much each tells."""

    at: Mapping[tuple[str, ...], Mapping[int, int]]
    heads: Mapping[str, Mapping[int, int]]

    @classmethod
    def of(cls, themes: Mapping[int, Theme]) -> "Phrases":
        at: dict[tuple[str, ...], dict[int, int]] = defaultdict(dict)
        heads: dict[str, dict[int, int]] = defaultdict(dict)
        for theme in themes.values():
            for language, phrase, worth in _phrases(theme):
                words = fold(phrase).split()[:LONGEST]
                key = (language, *(STEMS[language](word) for word in words))
                at[key][theme.pk] = max(worth, at[key].get(theme.pk, 0))
                if language == "da" and len(words) == 1 and len(key[1]) >= LEAST_HEAD:
                    heads[key[1]][theme.pk] = worth
        return cls(dict(at), dict(heads))


def _phrases(theme: Theme) -> Iterator[tuple[str, str, int]]:
    for language in STEMS:
        name = getattr(theme, f"name_{language}")
        yield language, name, NAME
        for piece in PIECES.split(name):
            if piece != name and len(piece.strip()) >= LEAST_PIECE and fold(piece) not in EVERYDAY_PIECES:
                yield language, piece, SYNONYM
        for synonym in getattr(theme, f"synonyms_{language}"):
            yield language, synonym, SYNONYM + (" " in synonym)


def themes_in(text: str, reference: Reference) -> list[Theme]:
    """The few themes a text tells most of, exact ones rather than those above them."""
    phrases = reference.keep("phrases of themes", lambda: Phrases.of(reference.themes))
    words = fold(text).split()
    said: dict[int, list[float]] = defaultdict(list)
    for language, stem_of in STEMS.items():
        stems = [stem_of(word) for word in words]
        for at, theme, worth in _met(stems, language, phrases):
            said[theme].append(worth * (EARLY if at < BEGINNING else 1))
    for at, word in enumerate(words):
        for cut in range(LEAST_HEAD, len(word) - 2):
            for theme, one in phrases.heads.get(word[:cut], {}).items():
                said[theme].append(one * (EARLY if at < BEGINNING else 1))
    return _most_told({theme: _together(found) for theme, found in said.items()}, len(words), reference)


def _met(stems: Sequence[str], language: str, phrases: Phrases) -> Iterator[tuple[int, int, int]]:
    """Where the text names which theme, and how much that tells."""
    for length in range(1, LONGEST + 1):
        for at in range(len(stems) - length + 1):
            for theme, worth in phrases.at.get((language, *stems[at : at + length]), {}).items():
                yield at, theme, worth


def _together(mentions: Sequence[float]) -> float:
    """Each further mention tells less than the one before."""
    return sum(worth / place for place, worth in enumerate(sorted(mentions, reverse=True), start=1))


def _most_told(worth: Mapping[int, float], length: int, reference: Reference) -> list[Theme]:
    most, least = max(worth.values(), default=0), LEAST_IN_LONG if length > LONG_TEXT else 0
    told = [reference.themes[pk] for pk, one in worth.items() if one >= least and one > LEAST_SHARE * most]
    below = {theme.parent_id for theme in told}
    exact = [theme for theme in told if theme.pk not in below]
    exact.sort(key=lambda theme: (-worth[theme.pk], theme.parent_id is None, theme.order, theme.pk))
    return exact[:MOST_THEMES]


def places_in(text: str, reference: Reference) -> list[Place]:
    """Municipalities and regions a text names, in the order it names them."""
    names = municipalities(reference)
    tokens = WORD.findall(text)
    found = [place for at, token in enumerate(tokens) if (place := _municipality(tokens, at, token, names))]
    folded = f" {fold(text)} "
    named = [
        (folded.index(f" {name} "), reference.place_at[address])
        for name, address in CALLED.items()
        if f" {name} " in folded and address in reference.place_at
    ]
    found += [place for _at, place in sorted(named, key=lambda one: one[0])]
    return list({place.pk: place for place in found}.values())[:MOST_PLACES]


def _municipality(tokens: Sequence[str], at: int, token: str, names: Mapping[str, Place]) -> Place | None:
    if not token[:1].isupper():
        return None
    folded = fold(token)
    name = next((one for one in (folded, folded.removesuffix("s")) if one in names), "")
    after = tokens[at + 1].lower() if at + 1 < len(tokens) else ""
    return names[name] if name and (name not in EVERYDAY or after in MUNICIPALITY) else None


def municipalities(reference: Reference) -> Mapping[str, Place]:
    """By their folded names in either language."""
    return reference.keep(
        "names of municipalities",
        lambda: {
            fold(name): place
            for place in reference.places_of(PlaceKind.MUNICIPALITY)
            for name in (place.name_da, place.name_en)
            if name
        },
    )


def names_of_places(reference: Reference) -> frozenset[str]:
    """Words that tell where and not what, unless they are everyday words."""
    return frozenset(municipalities(reference)) - EVERYDAY | {name for name in CALLED if " " not in name}
