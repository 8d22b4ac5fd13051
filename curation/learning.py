"""Learning the register's own words and what its compounds are made of; done in the background.

Search finds every word without it, because texts are indexed in the transaction that changes them. What is
learnt here adds the parts of compounds and tells spellings and slips of the keyboard.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import transaction

from places.choices import PlaceKind
from places.danish import bare, fold

from .compounds import candidates, split
from .facts import Surroundings, place_names, theme_names
from .models import Entry, Synonyms, Word
from .reference import Reference
from .reindexing import batches
from .search import INDEXERS, about, index
from .words import Known, look_up

LONGEST = 60
MOST_PARTS = 6
_WORDS = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"[0-9]+")


@lru_cache(maxsize=200_000)
def _word(surface: str) -> str:
    """What is written, folded; nothing where it is no word."""
    word = fold(surface)
    good = 1 < len(word) <= LONGEST and " " not in word and not _NUMBER.fullmatch(word)
    return word if good else ""


def words_in(*texts: str) -> Iterator[tuple[str, str]]:
    """The words of texts, folded and as they are written, each once; numbers are none."""
    for surface in {surface for text in texts for surface in _WORDS.findall(text)}:
        if word := _word(surface):
            yield word, surface


@dataclass
class Heard:
    """Words as they are met: how many entries say each, how it is written, which are only names."""

    entries: Counter[str] = field(default_factory=Counter)
    surfaces: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    told: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def entry(self, texts: Iterable[str]) -> None:
        """What one entry says; a word counts once."""
        said = list(words_in(*texts))
        self.entries.update({word for word, _surface in said})
        for word, surface in said:
            self.surfaces[word][surface] += 1

    def all_of(self, entries: Sequence[Entry], around: Surroundings) -> None:
        """What each of some entries of a kind says."""
        for one in about(entries, around):
            self.entry(one.said(around).texts())

    def add(self, other: "Heard") -> None:
        """What was heard elsewhere, of other entries."""
        self.entries.update(other.entries)
        for word, surfaces in other.surfaces.items():
            self.surfaces[word].update(surfaces)

    def word(self, text: str) -> None:
        """Words of a theme or of synonyms, which may be parts although no entry says them."""
        for word, surface in words_in(text):
            self.told.add(word)
            self.surfaces[word][surface] += 1

    def name(self, text: str) -> None:
        """Words of a place, which are no compounds: Silkeborg has nothing to do with silk."""
        for word, surface in words_in(text):
            self.names.add(word)
            self.surfaces[word][surface] += 1

    def shown(self, word: str) -> str:
        """As most texts write it, in small letters where any does."""
        surfaces = self.surfaces[word]
        small = {surface: number for surface, number in surfaces.items() if surface.islower()} or surfaces
        return min(small, key=lambda surface: (-small[surface], surface))


def learn() -> int:
    """Learn all words anew; how many changed. The parts are found once the entries are indexed again."""
    heard, around = Heard(), Surroundings()
    for kind in INDEXERS:
        for batch in batches(kind, published=True):
            heard.all_of(batch, around)
    return learn_heard(heard, around)


def learn_heard(heard: Heard, around: Surroundings) -> int:
    """Learn from what all entries say; how many words changed."""
    _hear_names(heard, around)
    return _write(_words_of(heard))


def _hear_names(heard: Heard, around: Surroundings) -> None:
    """What themes and places are called, and the words that mean the same."""
    named = [name for theme in around.themes.values() for name in theme_names(theme)]
    groups = Synonyms.objects.order_by("pk").values_list("words", flat=True)
    for text in (*named, *(word for group in groups for word in group)):
        heard.word(text)
    places = (place for place in around.places.values() if place.kind != PlaceKind.COUNTRY)
    for text in (name for place in places for name in place_names(place)):
        heard.name(text)


def _words_of(heard: Heard) -> dict[str, Word]:
    parts = Taking(heard)
    return {
        word: Word(
            word=word, bare=bare(word)[:LONGEST], shown=heard.shown(word), entries=heard.entries[word],
            parts=parts.of(word),
        )
        for word in heard.surfaces
    }  # fmt: skip


@dataclass
class Taking:
    """Takes compounds apart against all words that were heard."""

    heard: Heard

    def find(self, word: str) -> Known | None:
        heard = self.heard
        said = heard.entries[word]
        if word in heard.told or (said and word not in heard.names):
            return Known(word, word, said)
        return None

    def of(self, word: str) -> list[str]:
        """The two words a compound is made of, then what these are made of."""
        if word in self.heard.names:
            return []
        return self._parts(word)[:MOST_PARTS]

    def _parts(self, word: str) -> list[str]:
        two = split(word, self.find)
        if not two:
            return []
        return list(dict.fromkeys([*two, *(deeper for part in two for deeper in self._parts(part))]))


COLUMNS = ("bare", "shown", "entries", "parts")


@transaction.atomic
def _write(words: Mapping[str, Word]) -> int:
    held = Word.objects.order_by().in_bulk()
    gone = [word for word in held if word not in words]
    changed = [
        word
        for name, word in words.items()
        if name not in held or any(getattr(held[name], column) != getattr(word, column) for column in COLUMNS)
    ]
    Word.objects.filter(pk__in=gone).delete()
    Word.objects.bulk_create(changed, update_conflicts=True, unique_fields=["word"], update_fields=COLUMNS)
    return len(gone) + len(changed)


def learn_from(entries: Sequence[Entry]) -> int:
    """Learn the words that are new in some entries of a kind and index these again; how many are new."""
    around, heard = Surroundings(), Heard()
    heard.all_of(entries, around)
    known = set(Word.objects.filter(pk__in=list(heard.entries)).order_by().values_list("pk", flat=True))
    new = sorted(set(heard.entries) - known)
    if not new:
        return 0
    lexicon = look_up({form for word in new for form in candidates(word)}, Reference())

    def find(word: str) -> Known | None:
        found = lexicon.by_word.get(word)
        return found if found and found.entries else None

    Word.objects.bulk_create(
        [
            Word(
                word=word, bare=bare(word), shown=heard.shown(word), entries=heard.entries[word],
                parts=split(word, find) or (),
            )
            for word in new
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    index(entries, around)
    return len(new)
