"""What the register knows of words: its own, asked for by one statement, and groups that mean the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import snowballstemmer
from django.db import connection

from places.danish import bare, fold, stem, without_endings

from .models import Word
from .query import STOP_WORDS
from .reference import Reference

__all__ = ["Groups", "Known", "Lexicon", "look_up", "parts_of", "stem", "stem_en"]

LEAST_STEM = 4  # shorter stems fall together: "car" and "care"
KEPT = "words that mean the same"
_english = snowballstemmer.stemmer("english")


@lru_cache(maxsize=20_000)
def stem_en(word: str) -> str:
    """The stem PostgreSQL gives a word in English."""
    found: str = _english.stemWord(word)
    return found


@dataclass(frozen=True)
class Known:
    """A word of the register; see `models.Word`."""

    word: str
    shown: str
    entries: int
    parts: tuple[str, ...] = ()


@dataclass
class Groups:
    """The groups of words that mean the same, found by any of their words in any inflection."""

    at: Mapping[tuple[str, ...], list[int]] = field(default_factory=dict)
    members: Mapping[int, Sequence[str]] = field(default_factory=dict)
    entries: int = 0  # how many the register has
    longest: int = 1

    @classmethod
    def of(cls, groups: Mapping[int, Sequence[str]], entries: int) -> "Groups":
        at: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, members in groups.items():
            for key in dict.fromkeys(key for member in members for key in _keys(_telling(fold(member)))):
                at[key].append(number)
        return cls(dict(at), groups, entries, max((len(key) - 1 for key in at), default=1))

    def same_as(self, words: Sequence[str]) -> list[str]:
        """What means the same as some folded words one after the other, as curators wrote it."""
        own = set(_keys(words))
        numbers = dict.fromkeys(number for key in _keys(words) for number in self.at.get(key, ()))
        others = dict.fromkeys(member for number in numbers for member in self.members[number])
        return [member for member in others if own.isdisjoint(_keys(_telling(fold(member))))]


def _telling(folded: str) -> list[str]:
    words = folded.split()
    return [word for word in words if word not in STOP_WORDS] or words


def _keys(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    """The words as they are and, where they are long enough to be told apart, by their stems."""
    yield ("", *words)
    for language, stemmed in (("da", stem), ("en", stem_en)):
        stems = [stemmed(word) for word in words]
        if all(len(one) >= LEAST_STEM for one in stems):
            yield (language, *stems)


@dataclass
class Lexicon:
    """The words of the register among those that were asked for, and the groups."""

    by_word: Mapping[str, Known]
    by_bare: Mapping[str, Sequence[Known]]
    groups: Groups

    def inflected(self, word: str) -> Known | None:
        """The word, else the one it is an inflection of."""
        if found := self.by_word.get(word):
            return found
        own = stem(word)
        return next(
            (
                known
                for left in without_endings(word)
                if (known := self.by_word.get(left)) and stem(left) in (own, left)
            ),
            None,
        )

    def find(self, word: str) -> Known | None:
        """The word, typed with or without æ, ø and å."""
        found = self.by_word.get(word)
        return found or next(iter(self.by_bare.get(word, ())), None)

    def spelling(self, word: str) -> str:
        """A word that was found as the register spells it, with its ending where it is known by one."""
        if self.inflected(word):
            return word
        forms = (self.find(form) for form in (word, *without_endings(word)))
        return next((known.word for known in forms if known), word)

    def shown(self, words: Iterable[str]) -> str:
        """Words as texts write them."""
        known = (self.inflected(word) or self.find(word) for word in words)
        return " + ".join(one.shown for one in known if one)


STATEMENT = """
SELECT 0 AS what, word, bare, shown, entries, parts::text[] FROM curation_word
WHERE word = ANY(%(words)s) OR bare = ANY(%(bare)s)
"""
GROUPS = """
UNION ALL SELECT 1, '', '', '', id::int, words::text[] FROM curation_synonyms
UNION ALL SELECT 2, '', '', '', count(*)::int, '{}' FROM curation_record WHERE state = 'published'
"""


def look_up(words: Collection[str], reference: Reference) -> Lexicon:
    """What is known of some folded words; one statement, which brings the groups unless they are kept."""
    asked = sorted(set(words))
    kept: Groups | None = reference.answers.get(KEPT)
    with connection.cursor() as cursor:
        cursor.execute(
            STATEMENT + ("" if kept else GROUPS), {"words": asked, "bare": sorted(set(map(bare, asked)))}
        )
        rows = cursor.fetchall()
    by_bare: dict[str, list[Known]] = defaultdict(list)
    by_word = {}
    groups, entries = {}, 0
    for what, word, letters, shown, number, several in rows:
        if what == 0:
            by_word[word] = known = Known(word, shown, number, tuple(several))
            by_bare[letters].append(known)
        elif what == 1:
            groups[number] = several
        else:
            entries = number
    if kept is None:
        told = dict(sorted(groups.items())) | _themes(reference)
        kept = reference.keep(KEPT, lambda: Groups.of(told, entries))
    return Lexicon(by_word, by_bare, kept)


def _themes(reference: Reference) -> dict[int, Sequence[str]]:
    """The two names of each theme, under numbers no group has."""
    return {-theme.pk: (theme.name_da, theme.name_en) for theme in reference.themes.values()}


def parts_of(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The parts of those among some folded words that are known to be compounds; one statement."""
    rows = Word.objects.filter(word__in=sorted(set(words))).exclude(parts=[]).order_by()
    return {word: tuple(parts) for word, parts in rows.values_list("word", "parts")}
