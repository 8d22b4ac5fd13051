"""Where in its texts an entry says what was asked for: the passage that shows most of it, the words marked.

Words are compared as the index compares them: folded, by their stem in the language of the text, and by the
parts of compounds. A text is searched for the beginnings of what is wanted first, because to fold and stem
each word of 25 entries would take longer than all the rest of a page.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from places.danish import fold, forms_of_short, stem
from places.templatetags.pages import Said

from .query import STOP_WORDS
from .understanding import Understood
from .words import stem_en

LETTERS = 190  # of a passage
BEFORE = 60  # letters of a passage that may stand before the first word that was asked for
READ, FOUND = 20_000, 40  # letters of a text that are looked through, and words to be found in it
# Letters of a part of a compound, and of what stands beside it; shorter words are looked for as whole words.
LEAST_PART, LEAST_BESIDE = 4, 3
type Piece = tuple[str, bool]

# How texts write what folding spells out, and letters that lose their accents.
_LETTERS = {"ae": "ae|æ|ä", "oe": "oe|ø|ö", "aa": "aa|å", "ss": "ss|ß"}
_ACCENTS = {
    "a": "aáàâã", "c": "cç", "e": "eéèêë", "i": "iíìîï", "n": "nñ", "o": "oóòôõ", "u": "uúùû", "y": "yüýÿ",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.!?:]\s+|\n+")
_SIGNS = re.compile(r"[\[*`_]|^[ \t]*(?:[#>+-]|\d+\.)", re.MULTILINE)  # of markdown; few texts have any
_MARKDOWN = (
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)"), r"\1"),
    (re.compile(r"^[ \t]*(?:#{1,6}|>|[-*+]|\d+\.)[ \t]+", re.MULTILINE), ""),
    (re.compile(r"\*{1,3}|`+|(?<!\w)_{1,3}|_{1,3}(?!\w)"), ""),
)


class Hit(NamedTuple):
    """Where in a text something stands that was asked for, and which of the terms it answers."""

    start: int
    end: int
    terms: frozenset[int]


@dataclass(frozen=True)
class Passage:
    """A part of a text in pieces, each with whether it was asked for; `terms` are those it answers."""

    pieces: Sequence[Piece]
    lang: str
    terms: frozenset[int]

    @property
    def html(self) -> SafeString:
        return written(self.pieces)


def written(pieces: Iterable[Piece]) -> SafeString:
    """Pieces as HTML; all that entries say is escaped."""
    said = [f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in pieces]
    return mark_safe("".join(said))  # noqa: S308


class Marker:
    """What was asked for, ready to be found in the texts of a page.

    `terms` are the folded words and phrases each term of the question is found by, `said` the terms as texts
    write them; what begins with `unfinished`, the last word typed, answers the last term. `every` tells that
    whatever is found answers all of them.
    """

    def __init__(
        self, terms: Sequence[Sequence[str]], unfinished: str = "", *, said: Sequence[str] = (),
        every: bool = False,
    ) -> None:  # fmt: skip
        self.unfinished, self.last, self.said, self.every = unfinished, len(terms) - 1, said, every
        self._words: dict[str, set[int]] = {}
        self._phrases: dict[tuple[str, ...], set[int]] = {}
        for number, forms in enumerate(terms):
            for form in forms:
                words = tuple(form.split())
                if len(words) == 1:
                    self._words.setdefault(words[0], set()).add(number)
                elif words:
                    self._phrases.setdefault(words, set()).add(number)
        firsts = {words[0] for words in self._phrases}
        self._longest = max(map(len, self._phrases), default=0)
        self._candidate = _beginning_of({*self._words, *firsts, *([unfinished] if unfinished else [])})
        self._answers: dict[tuple[str, str], tuple[frozenset[int], Sequence[tuple[str, ...]]]] = {}
        self._kept: dict[object, Any] = {}

    def __bool__(self) -> bool:
        return bool(self._words or self._phrases)

    @cached_property
    def terms(self) -> frozenset[int]:
        """All that is looked for."""
        return frozenset(range(self.last + 1))

    @classmethod
    def of(cls, understood: Understood) -> "Marker":
        """What finds the entries that answer a question."""
        last = understood.terms[-1] if understood.terms else None
        unfinished = last.terms[-1].text if last and last.beginning else ""
        said = [meaning.shown for meaning in understood.terms]
        forms = [meaning.forms for meaning in understood.terms]
        return cls(forms, unfinished, said=said, every=not understood.either)

    def keep[T](self, key: object, make: Callable[[], T]) -> T:
        """What is the same for all entries of a page, found out for the first of them."""
        if key not in self._kept:
            self._kept[key] = make()
        found: T = self._kept[key]
        return found

    def may_find(self, texts: Iterable[str]) -> bool:
        """Whether it is worth looking at some texts one by one."""
        together = unicodedata.normalize("NFC", "\n".join(texts))
        return self._candidate.search(together) is not None

    # One text

    def name(self, text: str, language: str) -> Passage:
        """All of a name that several entries of a page share."""
        return self.keep((text, language), lambda: self.whole(text, language))

    def whole(self, text: str, language: str) -> Passage:
        """All of a text."""
        text = unicodedata.normalize("NFC", text)
        hits = self.hits(text, language)
        return Passage(_pieces(text, hits), "", _terms_in(hits))

    def hits(self, text: str, language: str) -> list[Hit]:
        """Where what was asked for stands in a text, in its order; none within another."""
        found: list[Hit] = []
        if not self:
            return found
        end = 0
        for candidate in self._candidate.finditer(text[:READ]):
            if candidate.start() < end:
                continue
            if len(found) == FOUND:
                break
            start, end = _word_around(text, candidate.start())
            terms, phrases = self._answered(text[start:end], language)
            hit = self._phrase(text, start, phrases, language) if phrases else None
            if hit or terms:
                found.append(hit or Hit(start, end, terms))
                end = found[-1].end
        return found

    def _answered(self, word: str, language: str) -> tuple[frozenset[int], Sequence[tuple[str, ...]]]:
        """The terms a word answers, and the phrases that begin with it."""
        key = (word, language)
        if key not in self._answers:
            folded = fold(word)
            phrases = [words for words in self._phrases if is_form(folded, words[0], language)]
            self._answers[key] = frozenset(self._terms_of(folded, language)), phrases
        return self._answers[key]

    def _terms_of(self, word: str, language: str) -> Iterator[int]:
        for wanted, numbers in self._words.items():
            if is_form(word, wanted, language) or _is_compound(word, wanted):
                yield from numbers
        if self.unfinished and word.startswith(self.unfinished):
            yield self.last

    def _phrase(self, text: str, start: int, phrases: Sequence[tuple[str, ...]], language: str) -> Hit | None:
        """The longest of some phrases that stands in a text from there on."""
        spans = [word.span() for word in islice(_WORD.finditer(text, start), self._longest)]
        said = [fold(text[slice(*span)]) for span in spans]
        for words in sorted(phrases, key=len, reverse=True):
            forms = list(zip(said, words, strict=False))
            if len(forms) == len(words) and all(is_form(word, one, language) for word, one in forms):
                return Hit(start, spans[len(words) - 1][1], frozenset(self._phrases[words]))
        return None

    # Several texts

    def passage(self, texts: Iterable[Said], language: str) -> Passage | None:
        """The passage that answers most of the terms, the earliest of equals; none where none answers any.

        `language` is the page's, which texts without one are in.
        """
        best: Passage | None = None
        for said in texts:
            text = plain(said.text)
            hits = self.hits(text, said.lang or language)
            if len(_terms_in(hits)) <= (len(best.terms) if best else 0):
                continue
            start, end, terms = _window(text, hits)
            if best is None or len(terms) > len(best.terms):
                best = Passage(_cut(text, start, end, hits), said.lang, terms)
            if best.terms == self.terms:
                break
        return best


def plain(text: str) -> str:
    """A text without the signs of markdown, on one line."""
    text = unicodedata.normalize("NFC", text[: READ * 2])
    if _SIGNS.search(text):
        for signs, instead in _MARKDOWN:
            text = signs.sub(instead, text)
    return text.strip()


def _beginning_of(words: Iterable[str]) -> re.Pattern[str]:
    """What finds all words one of these may be the stem, the beginning or a part of."""
    whole: set[str] = set()
    within: set[str] = set()
    for word in words:
        shortest = min(stem(word), stem_en(word), *forms_of_short(word), key=len)
        length = max(2, min(4, len(shortest) - 1))  # a stem may end in another letter than the word has there
        # Half of a letter that is spelt out would not be found where the text has the letter.
        if word[length - 1 : length + 1] in _LETTERS:
            length += 1
        (within if len(word) >= LEAST_PART else whole).add(_spelt(word[:length]))
    parts = [rf"(?<![^\W_])(?:{'|'.join(sorted(whole))})"] if whole else []
    return re.compile("|".join([*parts, *sorted(within)]) or r"(?!)", re.IGNORECASE)


def _spelt(beginning: str) -> str:
    """Folded letters as texts may write them."""
    found, at = [], 0
    while at < len(beginning):
        pair = beginning[at : at + 2]
        if pair in _LETTERS:
            found.append(f"(?:{_LETTERS[pair]})")
            at += 2
        else:
            letter = beginning[at]
            found.append(f"[{_ACCENTS[letter]}]" if letter in _ACCENTS else re.escape(letter))
            at += 1
    return "".join(found)


def is_form(word: str, wanted: str, language: str) -> bool:
    """Whether the index takes a folded word of a text in a language for an inflection of another."""
    if word == wanted or word in STOP_WORDS:
        return word == wanted
    if language == "en":
        return stem_en(word) == stem_en(wanted)
    forms = forms_of_short(wanted)
    return word in forms if forms else stem(word) == stem(wanted)


def _is_compound(word: str, wanted: str) -> bool:
    """Whether a word may be a compound whose first or last part is another, in whatever inflection."""
    if len(wanted) < LEAST_PART:
        return False
    if len(word) - len(wanted) >= LEAST_BESIDE and (word.startswith(wanted) or word.endswith(wanted)):
        return True
    root, whole = stem(wanted), stem(word)
    longer = len(root) >= LEAST_PART and len(whole) - len(root) >= LEAST_BESIDE
    return longer and (whole.startswith(root) or whole.endswith(root))


def _word_around(text: str, at: int) -> tuple[int, int]:
    start = at
    while start and text[start - 1].isalnum():
        start -= 1
    rest = _WORD.match(text, at)
    return start, rest.end() if rest else at


def _window(text: str, hits: Sequence[Hit]) -> tuple[int, int, frozenset[int]]:
    """Where the passage begins and ends that answers most; the beginning of the text if it is as good."""
    best = (0, *_until(text, 0, hits))
    most = len(_terms_in(hits))
    for hit in hits:
        if len(best[2]) == most:
            break
        start = _start(text, hit.start)
        end, terms = _until(text, start, hits)
        if len(terms) > len(best[2]):
            best = (start, end, terms)
    return best


def _until(text: str, start: int, hits: Sequence[Hit]) -> tuple[int, frozenset[int]]:
    end = len(text)
    if end - start > LETTERS:
        end = start + LETTERS
        if space := text.rfind(" ", start + LETTERS // 2, end):
            end = space if space > 0 else end
    return end, _terms_in(hit for hit in hits if start <= hit.start and hit.end <= end)


def _terms_in(hits: Iterable[Hit]) -> frozenset[int]:
    return frozenset().union(*(hit.terms for hit in hits))


def _start(text: str, at: int) -> int:
    """The beginning of the sentence, or of a word not far before."""
    earliest = max(0, at - BEFORE)
    if earliest == 0:
        return 0
    sentences = [end.end() for end in _SENTENCE.finditer(text, earliest, at)]
    if sentences:
        return sentences[-1]
    return text.find(" ", earliest, at) + 1 or at


def _cut(text: str, start: int, end: int, hits: Sequence[Hit]) -> list[Piece]:
    inside = [hit._replace(start=hit.start - start, end=hit.end - start) for hit in hits]
    shown = text[start:end] if end == len(text) else text[start:end].rstrip(" .,;:–-")
    pieces = _pieces(shown, [hit for hit in inside if hit.start >= 0])
    before, after = ("… " if start else ""), ("…" if end < len(text) else "")
    return [piece for piece in ((before, False), *pieces, (after, False)) if piece[0]]


def _pieces(text: str, hits: Sequence[Hit]) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    for hit in hits:
        if hit.end > len(text):
            break
        found += [(text[at : hit.start], False), (text[hit.start : hit.end], True)]
        at = hit.end
    found.append((text[at:], False))
    return [piece for piece in found if piece[0]]


NOTHING = Marker([])
