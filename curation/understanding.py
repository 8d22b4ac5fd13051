"""What a question means beyond its words: other spellings, the parts of compounds, words that mean the same.

One statement tells what the register knows of the words. What a term also finds is a query of its own, so
that it never outweighs the term (`ranking`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, reduce
from itertools import pairwise
from operator import and_, or_

from places.danish import bare, fold, stem, without_endings

from .compounds import candidates, split
from .query import (
    OTHER,
    PART,
    STOP_WORDS,
    Asked,
    Question,
    Term,
    beginning,
    exactly,
    expressed,
    lacking,
    spelt,
)
from .reference import Reference
from .words import Known, Lexicon, look_up

# Parts that more of the register says than this have to stand close to each other to tell anything.
TELLING = 0.15
COMMON = 0.3
MOST_SAME = 12  # words that mean the same, for one term
MOST_SAME_AS_A_PART = 6
FAR_MORE = 4
NEAR = ("<->", "<2>", "<3>")


class Because(StrEnum):
    """Why a word is searched for that was not typed."""

    SPELLING = "spelling"  # typed without æ, ø, å
    PARTS = "parts"  # what a compound is made of
    JOINED = "joined"  # words that are written as one
    SYNONYM = "synonym"


class Stand(StrEnum):
    """How the words of a way stand in a text."""

    TOGETHER = "together"  # one after the other
    NEAR = "near"  # close to each other, in any order
    ANYWHERE = "anywhere"


@dataclass(frozen=True)
class Also:
    """A word that is searched for as well, as texts write it, why, and for what was typed."""

    word: str
    because: Because
    typed: str


@dataclass(frozen=True)
class Way:
    """Another way to say a term."""

    words: tuple[str, ...]
    because: Because
    shown: str
    stand: Stand = Stand.TOGETHER
    same: tuple[tuple[str, ...], ...] = ()  # what means the same as each of the words

    def spelt(self, language: str) -> tuple[str, str, str]:
        """The expressions for texts of the page's language, for the other's and for parts of compounds."""
        own = self._standing(language)
        other = self._standing("en" if language == "da" else "da", OTHER)
        parts = self._standing("da", PART)
        if self.stand == Stand.ANYWHERE and language == "da":
            either = (
                f"({expressed((word,), 'da')} | {expressed((word,), 'da', PART)})" for word in self.slots
            )
            own = f"({' & '.join(either)})"
        return own, other, parts

    @property
    def slots(self) -> list[tuple[str, ...]]:
        """The words with what means the same in place of each."""
        if not self.same:
            return [(word,) for word in self.words]
        return [(word, *same) for word, same in zip(self.words, self.same, strict=True)]

    def _standing(self, language: str, mark: str = "") -> str:
        # Texts of the other language, and compounds with both parts, have them in their order.
        if len(self.words) == 1 or self.stand == Stand.TOGETHER or (mark and self.stand == Stand.NEAR):
            return expressed(self.slots, language, mark)
        if self.stand == Stand.ANYWHERE:
            return expressed(self.slots, language, mark, "&")
        orders = (self.slots, self.slots[::-1])
        ways = (expressed(words, language, mark, near) for words in orders for near in NEAR)
        return f"({' | '.join(ways)})"


@dataclass(frozen=True)
class Meaning:
    """A term and what else it finds; or several terms that say something together (`within`)."""

    terms: tuple[Term, ...]
    ways: tuple[Way, ...] = ()
    beginning: bool = False
    entries: int = 0
    known: bool = False
    within: tuple["Meaning", ...] = ()

    @property
    def typed(self) -> str:
        return " ".join(term.text for term in self.terms)

    @property
    def shown(self) -> str:
        """As it was typed."""
        return " ".join(term.shown for term in self.terms)

    @property
    def forms(self) -> list[str]:
        """The folded words and phrases it is found by, the typed ones first; matched by their stems."""
        own = [term.text for term in self.terms]
        inner = [form for meaning in self.within for form in meaning.forms]
        ways = [form for way in self.ways for form in way_forms(way)]
        return list(dict.fromkeys([*own, *inner, *ways]))

    def further(self, language: str, *, loosely: bool | None = None) -> Asked | None:
        """What else it finds, without what was typed.

        `loosely`: only by words that stand apart, or only by others.
        """
        inner = (meaning.further(language, loosely=loosely) for meaning in self.within)
        found = [query for query in inner if query]
        if ways := [way for way in self.ways if loosely in (None, way.stand != Stand.TOGETHER)]:
            own, other, parts = zip(*(way.spelt(language) for way in ways), strict=True)
            found.append(spelt(own, other, parts, language))
        if self.beginning and not loosely:
            found.append(beginning(self.terms[-1].text))
        return reduce(or_, found) if found else None

    def search(self, language: str) -> Asked:
        """All that answers it."""
        if self.within:
            found = reduce(and_, (meaning.search(language) for meaning in self.within))
            others = replace(self, within=()).further(language)
        else:
            found, others = exactly(self.terms[0], language), self.further(language)
        return found | others if others else found


def way_forms(way: Way) -> list[str]:
    """The folded words of a way, parted where they need not stand one after the other."""
    return [" ".join(way.words)] if way.stand == Stand.TOGETHER else list(way.words)


@dataclass(frozen=True)
class Understood:
    """A question with what its terms mean; `either`: any of the terms is enough."""

    question: Question
    terms: tuple[Meaning, ...] = ()
    either: bool = False
    lexicon: Lexicon | None = field(default=None, compare=False, repr=False)
    _searches: dict[str, Asked] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def search(self, language: str) -> Asked:
        """What answers it; only for a question with terms that are asked for."""
        if language not in self._searches:
            self._searches[language] = self._search(language)
        return self._searches[language]

    def _search(self, language: str) -> Asked:
        joined = reduce(or_ if self.either else and_, (term.search(language) for term in self.terms))
        for term in self.question.minus:
            joined &= lacking(term, language)
        return joined

    @property
    def question_text(self) -> str:
        """The question as it would be typed."""
        return self.text_with({})

    def text_with(self, swaps: Mapping[str, str]) -> str:
        """The question as it would be typed, with other words in place of some."""
        sought = [swaps.get(one.typed, _quoted(one.terms[0])) for one in self.single]
        return " ".join([*sought, *(f"-{_quoted(term)}" for term in self.question.minus)])

    @property
    def single(self) -> list[Meaning]:
        """The terms one by one, also those that say something together."""
        return [one for meaning in self.terms for one in (meaning.within or (meaning,))]

    @cached_property
    def also(self) -> list[Also]:
        """What is searched for besides what was typed, for the page to say."""
        return [
            Also(way.shown, way.because, one.typed)
            for meaning in self.terms
            for one in (meaning, *meaning.within)
            for way in one.ways
        ]


def _quoted(term: Term) -> str:
    return f'"{term.shown}"' if term.quoted else term.shown


def understand(question: Question, reference: Reference, lexicon: Lexicon | None = None) -> Understood:
    """What is meant by a question; one statement, none where nothing is asked for or `lexicon` is given."""
    if not question.terms:
        return Understood(question)
    lexicon = lexicon or lexicon_for([question], reference)
    meanings = [_meaning(term, lexicon) for term in question.terms]
    if question.unfinished:
        meanings[-1] = replace(meanings[-1], beginning=True)
    return Understood(question, tuple(_gathered(meanings, lexicon)), lexicon=lexicon)


def lexicon_for(questions: Iterable[Question], reference: Reference) -> Lexicon:
    """What the register knows of the words of several questions; one statement."""
    return look_up({word for question in questions for word in _asked(question)}, reference)


def _asked(question: Question) -> Iterator[str]:
    """All that has to be looked up for a question."""
    for term in question.terms:
        if not term.quoted:
            yield term.text
            yield from without_endings(term.text)
            yield from candidates(term.text)
    for first, second in _neighbours(question.terms):
        yield from _joinings(first, second)


def _neighbours(terms: Sequence[Term]) -> Iterator[tuple[str, str]]:
    for one, other in pairwise(terms):
        if not one.quoted and not other.quoted:
            yield one.text, other.text


def _joinings(first: str, second: str) -> tuple[str, ...]:
    return first + second, f"{first}s{second}"


def _meaning(term: Term, lexicon: Lexicon) -> Meaning:
    if term.quoted:
        return Meaning((term,), known=True)
    word = term.text
    known = lexicon.inflected(word)
    ways = [Way((one.word,), Because.SPELLING, one.shown) for one in _spellings(word, known, lexicon)]
    meant = [word, *(way.words[0] for way in ways)]
    if parts := _parts(meant, lexicon):
        ways.append(parts)
    ways += _same(meant, lexicon)
    return Meaning((term,), tuple(ways), entries=known.entries if known else 0, known=bool(known or ways))


def _spellings(word: str, known: Known | None, lexicon: Lexicon) -> list[Known]:
    """The words with æ, ø and å that one without them stands for."""
    if word != bare(word):
        return []
    least = known.entries * FAR_MORE if known else 0
    for form in (word, *without_endings(word)):
        others = [one for one in lexicon.by_bare.get(bare(form), ()) if one.word not in (form, word)]
        if found := [one for one in others if one.entries >= least]:
            return found[:3]
        if known:
            break
    return []


def _parts(meant: Sequence[str], lexicon: Lexicon) -> Way | None:
    """What a compound is made of, as the register knows it, else as it can be told from known words."""
    for word in meant:
        known = lexicon.by_word.get(word)
        told = (known.parts[:2] if known else ()) or split(word, lexicon.find)
        if told:
            first, last = (lexicon.spelling(part) for part in told)
            same = tuple(_single_words(lexicon.groups.same_as((part,))) for part in (first, last))
            stand = _stand((first, last), lexicon)
            return Way((first, last), Because.PARTS, lexicon.shown(told), stand, same) if stand else None
    return None


def _single_words(members: Iterable[str]) -> tuple[str, ...]:
    folded = (fold(member) for member in members)
    return tuple(word for word in dict.fromkeys(folded) if " " not in word)[:MOST_SAME_AS_A_PART]


def _stand(parts: Sequence[str], lexicon: Lexicon) -> Stand | None:
    """Two words that few entries say tell the same wherever they stand; common ones only close together.

    Where both are so common that the places of words in much of the register had to be read, they are not
    looked for.
    """
    whole = max(lexicon.groups.entries, 1 / TELLING)
    shares = [known.entries / whole if (known := lexicon.inflected(part)) else 0.0 for part in parts]
    if max(shares) <= TELLING:
        return Stand.ANYWHERE
    return Stand.NEAR if min(shares) <= COMMON else None


def _same(meant: Sequence[str], lexicon: Lexicon) -> list[Way]:
    members = dict.fromkeys(member for word in meant for member in lexicon.groups.same_as((word,)))
    return _as_ways(members)


def _as_ways(members: Iterable[str]) -> list[Way]:
    folded = {words: member for member in members if (words := tuple(fold(member).split()))}
    return [Way(words, Because.SYNONYM, member) for words, member in list(folded.items())[:MOST_SAME]]


def _gathered(meanings: Sequence[Meaning], lexicon: Lexicon) -> Iterator[Meaning]:
    """Terms that mean something together become one; the longest first."""
    start = 0
    while start < len(meanings):
        together = next(_together(meanings[start:], lexicon), None)
        yield together or meanings[start]
        start += len(together.terms) if together else 1


def _together(meanings: Sequence[Meaning], lexicon: Lexicon) -> Iterator[Meaning]:
    for length in range(min(max(lexicon.groups.longest, 2), len(meanings)), 1, -1):
        some = meanings[:length]
        terms = tuple(term for meaning in some for term in meaning.terms)
        if any(term.quoted for term in terms):
            continue
        words = [term.text for term in terms]
        ways = _as_ways(lexicon.groups.same_as(words))
        if length == 2:
            ways += [
                Way((known.word,), Because.JOINED, known.shown)
                for joined in _joinings(*words)
                if (known := lexicon.by_word.get(joined))
            ]
        if ways:
            yield Meaning(terms, tuple(ways), known=True, within=tuple(some))


@dataclass(frozen=True)
class Telling:
    """A word of a text that the register knows, as texts write it, and how many entries say it."""

    word: str
    shown: str
    entries: int


MOST_LETTERS = 5000


def telling_words(text: str, reference: Reference, *, limit: int = 8) -> list[Telling]:
    """The words of a long text that fewest entries say, without those none says; inflections count once.

    A compound nobody says is taken apart. One statement.
    """
    words = [word for word in dict.fromkeys(fold(text[:MOST_LETTERS]).split()) if word not in STOP_WORDS]
    asked = {form for word in words for form in (word, *without_endings(word), *candidates(word))}
    lexicon = look_up(asked, reference)
    found: dict[str, Telling] = {}
    for word in words:
        for known in _known_in(word, lexicon):
            if known.entries and len(known.word) > 2:
                found.setdefault(stem(known.word), Telling(known.word, known.shown, known.entries))
    return sorted(found.values(), key=lambda one: (one.entries, one.word))[:limit]


def _known_in(word: str, lexicon: Lexicon) -> list[Known]:
    if known := lexicon.inflected(word):
        return [known]
    parts = split(word, lexicon.find) or ()
    return [known for part in parts if (known := lexicon.inflected(part))]
