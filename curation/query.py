"""What a reader typed, taken apart into terms, and how a word is asked of the full-text index.

A question has words, "quoted phrases" and -minus. Nothing typed reaches PostgreSQL as query syntax. What
words mean beyond themselves (synonyms, parts, other spellings) is `understanding`'s.

Each vector holds the texts of the page's language by their stems and those of the other language by theirs,
with a mark that keeps the two apart. Weights A (names), B (themes, host, partners, municipality) and C
(texts) are matched by beginnings too; what has weight D (who stands behind it, where it lies, synonyms of
themes) and the parts of compounds bear marks of their own and are matched by whole words, so that `energi` is
no answer to Energistyrelsen's money. Asking for weights instead would mean to read the words of every hit,
because an index holds none.

A vector also says what kind its entry is, so that a list of one kind does not visit the entries of others.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchQueryField
from django.db.models import Func, Q
from django.utils.translation import get_language

from places.danish import STOP_WORDS_OF, fold, forms_of_short, kept_in_english, unstemmed

MAX_LETTERS = 200
MAX_TERMS = 16
LEAST_BEGINNING = 4  # `ai` is no beginning of "air"

CONFIGURATIONS = {"da": "danish", "en": "english"}
OTHERS = {"da": "english", "en": "danish"}
# No word begins like these, and none has a vowel, so that stems are what they are without.
MARK = "xq"  # weight D
OTHER = "xz"  # the other language
PART = "xp"  # a part of a compound; always by its Danish stem
KIND = "xk"  # what kind of entry it is

STOP_WORDS = STOP_WORDS_OF["da"] | STOP_WORDS_OF["en"]
# English small words that say something in Danish: the city, and what computers do.
TELLING_IN_DANISH = frozenset(("by", "it"))
_PIECES = re.compile(r'(?<!\S)(-?)["“”„«»]([^"“”„«»]*)["“”„«»]?|(\S+)')
_DISTANCE, _WORD = re.compile(r"<[^>]*>|:[*A-D]+"), re.compile(r"[^\s()|&]+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_MINUS = re.compile(r"-[^\W_]")


@dataclass(frozen=True)
class Asked:
    """Words asked of the full-text index, as SQL with its parameters; `words` is how many it asks for.

    Not put together from the ORM's own expressions, of which it copies and compares every part several
    times: that took a third of a page's time.
    """

    sql: str
    parameters: tuple[str, ...]
    words: int

    def __or__(self, other: "Asked") -> "Asked":
        return self._joined("||", other)

    def __and__(self, other: "Asked") -> "Asked":
        return self._joined("&&", other)

    def __invert__(self) -> "Asked":
        return Asked(f"(!!{self.sql})", self.parameters, self.words)

    def _joined(self, operator: str, other: "Asked") -> "Asked":
        sql = f"({self.sql} {operator} {other.sql})"
        return Asked(sql, self.parameters + other.parameters, self.words + other.words)

    def found_in(self, column: str) -> Q:
        """The condition that a vector has them.

        A query of its own, so that the planner does not look into it: it takes many words for broad ones, and
        looking for words in a text for cheap, so it would read all texts instead of the words' index: 190 ms
        instead of 3 at 10,000 labs.
        """
        return Q((column, Written(f"(SELECT {self.sql})", self.parameters)))


class Written(SearchQuery):
    """A query that is SQL already, as the ORM takes it."""

    def __init__(self, sql: str, parameters: tuple[str, ...]) -> None:
        Func.__init__(self, output_field=SearchQueryField())
        self.written = sql, parameters

    def as_sql(self, *_arguments: Any, **_more: Any) -> tuple[str, tuple[str, ...]]:
        return self.written


@dataclass(frozen=True)
class Term:
    """One word, or the words of a quoted phrase, folded; `written` is how they were typed."""

    words: tuple[str, ...]
    quoted: bool = False
    written: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def shown(self) -> str:
        return self.written or self.text

    def alone(self) -> "list[Term]":
        """Its words one by one."""
        written = self.shown.split()
        several = written if len(written) == len(self.words) else self.words
        return [Term((word,), written=one) for word, one in zip(self.words, several, strict=True)]


@dataclass(frozen=True)
class Question:
    """The terms to find and those that must not be there; `cut` tells that more was typed than is asked.

    `sentence` are all words that were typed to be found, small ones too, for what is named like this.
    """

    terms: tuple[Term, ...]
    minus: tuple[Term, ...] = ()
    cut: bool = False
    sentence: tuple[str, ...] = field(default=(), compare=False)

    def __bool__(self) -> bool:
        return bool(self.terms or self.minus)

    @property
    def words(self) -> tuple[str, ...]:
        """All words that are asked for."""
        return tuple(word for term in self.terms for word in term.words)

    @property
    def unfinished(self) -> str:
        """The last word, where it may be the beginning of one."""
        last = self.terms[-1] if self.terms else None
        return last.text if last and not last.quoted and len(last.text) >= LEAST_BEGINNING else ""

    def search(self, language: str) -> Asked:
        """The words as they are, the last also as a beginning; only for a question with words."""
        forms = [exactly(term, language) for term in self.terms]
        if self.unfinished:
            forms[-1] |= beginning(self.unfinished)
        return reduce(and_, forms)


def exactly(term: Term, language: str) -> Asked:
    """A term by its stems in both languages, of any weight; the words of a phrase one after the other."""
    return reduce(or_, in_each(term, language))


def in_each(term: Term, language: str) -> list[Asked]:
    """A term in the texts of the page's language, and in those of the other."""
    own = [expressed(term.words, language), expressed(term.words, language, MARK)]
    parts = [] if term.quoted else [expressed(term.words, "da", PART)]
    other = _other(language)
    # "it" on a Danish page is not the English pronoun.
    foreign = [] if term.text in STOP_WORDS_OF[other] else [expressed(term.words, other, OTHER)]
    (own if language == "da" else foreign).extend(parts)
    found: list[Asked] = [_raw(" | ".join(own), CONFIGURATIONS[language])]
    return [*found, _raw(" | ".join(foreign), OTHERS[language])] if foreign else found


def named(words: Sequence[str], language: str) -> Asked:
    """Words one after the other in a name, in either language."""
    other = _other(language)
    return spelt(
        [expressed(words, language, only=":A")], [expressed(words, other, OTHER, only=":A")], (), language
    )


def lacking(term: Term, language: str) -> Asked:
    """That a term is nowhere in a text as it is."""
    own = [expressed(term.words, language, mark) for mark in ("", MARK)]
    other = expressed(term.words, _other(language), OTHER)
    return ~_raw(" | ".join(own), CONFIGURATIONS[language]) & ~_raw(other, OTHERS[language])


def spelt(own: Sequence[str], other: Sequence[str], parts: Sequence[str], language: str) -> Asked:
    """Any of the expressions, each by the stems of its language; those of parts are Danish."""
    danish = [*(own if language == "da" else other), *parts]
    english = other if language == "da" else own
    return _raw(" | ".join(danish), "danish") | _raw(" | ".join(english), "english")


def expressed(
    words: Sequence[str | Sequence[str]], language: str, mark: str = "", between: str = "<->", only: str = ""
) -> str:
    """Folded words as an expression, any of several where there are several for a place.

    `only` is the weight they must have.
    """
    said = []
    for place in words:
        some = [place] if isinstance(place, str) else place
        forms = [mark + form + only for word in some for form in _forms(word, language)]
        said.append(_bracketed(" | ".join(forms), len(forms)))
    return _bracketed(f" {between} ".join(said), len(said))


def _forms(word: str, language: str) -> list[str]:
    """In Danish a short word is asked for by its forms, because its stem tells too little."""
    if language == "da":
        return [unstemmed(form) for form in forms_of_short(word) or (word,)]
    return [kept_in_english(word)]


def of_kind(kind: str) -> Asked:
    """What the vectors of one kind of entry say."""
    return _raw(KIND + kind, "simple")


def _bracketed(expression: str, number: int) -> str:
    return f"({expression})" if number > 1 else expression


def _other(language: str) -> str:
    return "en" if language == "da" else "da"


def beginning(word: str, *, only: str = "") -> Asked:
    """What begins with a word, in the texts of both languages; `only` of a weight."""
    return _raw(f"{word}:*{only} | {OTHER}{word}:*{only}", "simple")


def any_of(words: Iterable[str], language: str) -> Asked:
    """Any of some folded words."""
    return reduce(or_, (exactly(Term((word,)), language) for word in words))


def _raw(expression: str, configuration: str) -> Asked:
    number = len(_WORD.findall(_DISTANCE.sub(" ", expression)))
    return Asked(f"to_tsquery('{configuration}', %s)", (expression,), number)


def marked(text: str, mark: str = MARK) -> str:
    """Folded words as the index keeps those of weight D, of the other language or of compounds."""
    return " ".join(mark + word for word in text.split())


def stop_words(language: str) -> frozenset[str]:
    """What tells nothing in a question on a page of this language."""
    return STOP_WORDS if language == "en" else STOP_WORDS - TELLING_IN_DANISH


def read(typed: str) -> Question:
    """The question in what was typed, on a page of the active language; at most 200 letters and 16 terms."""
    small = stop_words(get_language() or "da")
    found = [_term(piece) for piece in _PIECES.finditer(typed[:MAX_LETTERS])]
    sought = [term for minus, terms in found if not minus for term in terms]
    telling = [term for term in sought if term.quoted or term.words[0] not in small] or sought
    minus = [term for minus, terms in found if minus for term in terms]
    kept = telling[:MAX_TERMS]
    left = MAX_TERMS - len(kept)
    cut = len(typed) > MAX_LETTERS or len(telling) + len(minus) > MAX_TERMS
    whole = tuple(word for term in sought for word in term.words)
    return Question(tuple(kept), tuple(minus[:left]), cut, whole[:MAX_TERMS])


def _term(piece: re.Match[str]) -> tuple[bool, list[Term]]:
    """Whether a piece must not be there, and its terms: a phrase is one, and a word may fold into several."""
    sign, phrase, word = piece.groups()
    if phrase is not None:
        words = tuple(fold(phrase).split()[:MAX_TERMS])
        return sign == "-", [Term(words, quoted=True, written=_spaced(phrase))] if words else []
    minus = bool(_MINUS.match(word))
    written = _EDGES.sub("", word)
    words = tuple(fold(word).split())
    if minus and len(words) > 1:
        return True, [Term(words, quoted=True, written=written)]
    return minus, [Term((one,), written=written if len(words) == 1 else one) for one in words]


def _spaced(phrase: str) -> str:
    return " ".join(phrase.split())
