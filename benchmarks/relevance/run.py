"""Asks all queries of all three searches, and all projects of the partner finder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from curation.reference import Reference

from . import partners, product, rivals
from .judgements import EVERYWHERE, Query, in_vain, judged
from .metrics import Score, mean, score
from .product import Answer

OURS, PLAIN, CONTAINS = "Stedkraft", "PostgreSQL", "icontains"
RIVALS = (PLAIN, CONTAINS)
OVER_ALL = "over all"


@dataclass(frozen=True)
class Asked:
    """A query with what each search answered."""

    query: Query
    answers: Mapping[str, Answer]

    @property
    def scores(self) -> Mapping[str, Score]:
        across = self.query.list == EVERYWHERE
        return {
            name: score(answer.first, self.query.grades, across=across)
            for name, answer in self.answers.items()
        }

    def wrong(self, search: str) -> set[str]:
        """What was found though it must not be."""
        return set(self.query.wrong & self.answers[search].found)


@dataclass(frozen=True)
class Measured:
    """All that was asked, the questions that end in an empty page, and what the partner finder finds."""

    asked: Sequence[Asked]
    empty: Sequence[Query]
    projects: Sequence[partners.Found] = ()

    @property
    def kinds(self) -> list[str]:
        return list(dict.fromkeys(one.query.kind for one in self.asked))

    def of(self, kind: str) -> list[Asked]:
        return [one for one in self.asked if kind in (one.query.kind, OVER_ALL)]

    def score(self, kind: str, search: str) -> Score:
        return mean([one.scores[search] for one in self.of(kind)])

    def wrong(self, search: str) -> int:
        return sum(len(one.wrong(search)) for one in self.asked)


def measure() -> Measured:
    """Ask everything once."""
    rivals.gather()
    reference = Reference.now()
    searches: Mapping[str, Callable[[Query], Answer]] = {
        OURS: lambda query: product.ask(query, reference),
        PLAIN: rivals.plain,
        CONTAINS: rivals.contains,
    }
    asked = [Asked(query, {name: ask(query) for name, ask in searches.items()}) for query in judged()]
    empty = [one.query for one in asked if not one.answers[OURS].first]
    empty += [query for query in in_vain() if not product.ask(query, reference).offers]
    return Measured(asked, empty, partners.measure(reference))
