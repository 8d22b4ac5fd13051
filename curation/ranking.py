"""The order by relevance: what was typed counts most, in a name more than in a text; then what it also means.

`ts_rank` takes the mean over the words of a query, whatever joins them. So what was typed and what it also
means are ranked apart, each is multiplied by the number of its words again, a text in both languages counts
once, and whether words stand one after the other is a condition of its own.
"""

from collections.abc import Iterator
from functools import reduce
from operator import add, and_
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, F, FloatField, Q, Value, When
from django.db.models.functions import Greatest, Least

from .query import AnyQuery, Term, exactly, in_each, named, words_in
from .understanding import Understood

# Of D, C, B and A: what stands behind; texts; themes, partners and places; names. What an entry says itself
# counts more than what it is filed under.
WEIGHTS = [0.05, 0.5, 0.4, 1.0]
BY_LENGTH = 1  # longer texts have more words to be found by
# What a synonym or a beginning counts beside the word itself, and the words of a compound that stand apart.
FURTHER, LOOSELY = 0.15, 0.03
CLOSE = 0.1  # all words near each other
# All that was typed, word after word: somewhere, and in the name.
TOGETHER, NAMED = 0.2, 1.0


def relevance(understood: Understood, language: str) -> Any:
    """How well a record answers a question, as an expression."""
    return reduce(add, _counted(understood, language))


def _counted(understood: Understood, language: str) -> Iterator[Any]:
    for term in understood.question.terms:
        ranks = [_rank(query, language) for query in in_each(term, language)]
        yield Greatest(*ranks) if len(ranks) > 1 else ranks[0]
    for meaning in understood.terms:
        for loosely, factor in ((False, FURTHER), (True, LOOSELY)):
            if further := meaning.further(language, loosely=loosely):
                yield Least(_rank(further, language), Value(1.0)) * factor
    if len(understood.question.terms) > 1:
        each = zip(*(in_each(term, language) for term in understood.question.terms), strict=False)
        close = [_rank(reduce(and_, queries), language) for queries in each]
        yield (Greatest(*close) if len(close) > 1 else close[0]) * CLOSE
    sentence = understood.question.sentence
    if len(sentence) > 1:
        yield _if(exactly(Term(sentence, quoted=True), language), language, TOGETHER)
    if sentence:
        yield _if(named(sentence, language), language, NAMED)


def _rank(query: AnyQuery, language: str) -> Any:
    rank = SearchRank(F(f"search_{language}"), query, weights=WEIGHTS, normalization=BY_LENGTH)
    return rank * words_in(query)


def _if(query: AnyQuery, language: str, value: float) -> Case:
    holds = When(Q((f"search_{language}", query)), then=Value(value))
    return Case(holds, default=Value(0.0), output_field=FloatField())
