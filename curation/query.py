"""What a reader typed, turned into a question to the full-text index.

A word is matched by its stem in the page's language or as it is written; the last word also matches what
begins with it. Weights A (names), B (themes, host, partners, municipality) and C (summaries) are matched by
beginnings; D (who stands behind it, regions) only by whole words, so that `energi` is no answer to
Energistyrelsen's money. The words of D bear a mark that makes them words of their own: an index holds no
weights, so asking for weights would mean to read the words of every hit (40 times the time).
"""

from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery

from places.danish import fold

MAX_LETTERS = 200
MAX_WORDS = 16
type AnyQuery = SearchQuery | CombinedSearchQuery

CONFIGURATIONS = {"da": "danish", "en": "english"}
MARK = "xq"  # no word begins like this

# Words that PostgreSQL's stop lists for the two languages drop from texts, spelt as `fold` spells them.
STOP_WORDS = frozenset(
    """
    og i jeg det at en den til er som paa de med han af for ikke der var mig sig men et har om vi min
    havde ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil
    blev kunne ind naar vaere dog noget ville jo deres efter ned skulle denne end dette mit ogsaa under
    have dig anden hende mine alt meget sit sine vor mod disse hvis din nogle hos blive mange ad bliver
    hendes vaeret thi jer saadan a an the and or of to in on by with is are was were be been this that
    these those it its as from our we you your their his her not no
    """.split()  # noqa: SIM905 - a list of words reads better as a text
)


@dataclass(frozen=True)
class Question:
    """The words to find, folded; `cut` tells that more was typed than is asked."""

    words: tuple[str, ...]
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)

    def search(self, language: str) -> AnyQuery:
        """The same as an expression for the page's language; only for a question with words."""
        configuration = CONFIGURATIONS[language]
        *whole, last = self.words
        forms = [_whole(word, configuration) for word in whole]
        forms.append(_whole(last, configuration) | _any(f"{last}:*", configuration))
        return reduce(and_, forms)


def _whole(word: str, configuration: str) -> AnyQuery:
    return _any(word, configuration) | _any(MARK + word, configuration)


def _any(term: str, configuration: str) -> AnyQuery:
    """A term by its stem or as it is written."""
    stemmed = SearchQuery(term, config=configuration, search_type="raw")
    return stemmed | SearchQuery(term, config="simple", search_type="raw")


def marked(text: str) -> str:
    """Folded words as the index keeps those of weight D."""
    return " ".join(MARK + word for word in text.split())


def read(typed: str) -> Question:
    """The question in what was typed; at most 200 letters and 16 words of it."""
    words = fold(typed[:MAX_LETTERS]).split()
    telling = [word for word in words if word not in STOP_WORDS] or words
    return Question(tuple(telling[:MAX_WORDS]), cut=len(typed) > MAX_LETTERS or len(telling) > MAX_WORDS)
