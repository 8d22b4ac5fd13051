"""The order by relevance: what was typed counts most, in a name more than in a text; then what it also means.

`ts_rank` takes the mean over the words of a query, whatever joins them. So what was typed and what it also
means are ranked apart, each is multiplied by the number of its words again, a text in both languages counts
once, and whether words stand one after the other is a condition of its own.
"""

from collections.abc import Iterator
from functools import reduce
from operator import and_

from django.db.models import FloatField
from django.db.models.expressions import RawSQL

from .query import Asked, Term, exactly, in_each, named
from .understanding import Understood

# Of D, C, B and A: what stands behind; texts; themes, partners and places; names. What an entry says itself
# counts more than what it is filed under.
WEIGHTS = "{0.05, 0.5, 0.4, 1.0}"
BY_LENGTH = 1  # longer texts have more words to be found by
# What a synonym or a beginning counts beside the word itself, and the words of a compound that stand apart.
FURTHER, LOOSELY = 0.15, 0.03
CLOSE = 0.1  # all words near each other
# All that was typed, word after word: somewhere, and in the name.
TOGETHER, NAMED = 0.2, 1.0
type Part = tuple[str, tuple[str, ...]]  # SQL and its parameters


def relevance(understood: Understood, language: str) -> RawSQL:
    """How well a record answers a question, as an expression of the table of records.

    Put together as SQL, because the ORM would copy and compare each of its parts several times (`Asked`).
    """
    parts = list(_counted(understood, f"curation_record.search_{language}", language))
    parameters = tuple(value for _sql, values in parts for value in values)
    return RawSQL(" + ".join(sql for sql, _values in parts), parameters, FloatField())  # noqa: S611 - our words


def _counted(understood: Understood, column: str, language: str) -> Iterator[Part]:
    for term in understood.question.terms:
        yield _best(column, in_each(term, language))
    for meaning in understood.terms:
        for loosely, factor in ((False, FURTHER), (True, LOOSELY)):
            if further := meaning.further(language, loosely=loosely):
                yield f"least({_rank(column, further)}, 1.0) * {factor}", further.parameters
    if len(understood.question.terms) > 1:
        each = zip(*(in_each(term, language) for term in understood.question.terms), strict=False)
        sql, parameters = _best(column, [reduce(and_, queries) for queries in each])
        yield f"{sql} * {CLOSE}", parameters
    sentence = understood.question.sentence
    if len(sentence) > 1:
        yield _if(column, exactly(Term(sentence, quoted=True), language), TOGETHER)
    if sentence:
        yield _if(column, named(sentence, language), NAMED)


def _best(column: str, queries: list[Asked]) -> Part:
    ranks = ", ".join(_rank(column, query) for query in queries)
    return f"greatest({ranks})", tuple(value for query in queries for value in query.parameters)


def _rank(column: str, query: Asked) -> str:
    return f"ts_rank('{WEIGHTS}', {column}, {query.sql}, {BY_LENGTH}) * {query.words}"


def _if(column: str, query: Asked, value: float) -> Part:
    return f"CASE WHEN {column} @@ {query.sql} THEN {value} ELSE 0.0 END", query.parameters
