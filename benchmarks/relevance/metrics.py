"""How good a ranking is, by what was judged; docs/relevance.md gives the formulas and their sources."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

from ecosystem.finding import SHOWN

CUT = 10


@dataclass(frozen=True)
class Score:
    """The three measures, for one query or as the mean of several."""

    recall: float
    mrr: float
    ndcg: float


def score(found: Sequence[str], grades: Mapping[str, int], *, across: bool = False) -> Score:
    """How good the first ten are; `grades` holds what is relevant, the best as 3.

    `across`: all lists were searched, so that more than five of one could not be shown.
    """
    first, best = found[:CUT], _best(grades, SHOWN if across else CUT)
    gains = [grades.get(entry, 0) for entry in first]
    return Score(
        recall=sum(1 for gain in gains if gain) / len(best),
        mrr=next((1 / rank for rank, gain in enumerate(gains, 1) if gain), 0.0),
        ndcg=_gain(gains) / _gain(best),
    )


def at_most(entries: Iterable[str], of_a_list: int) -> list[str]:
    """The first ten entries, with so many of one list."""
    shown: Counter[str] = Counter()
    first = []
    for entry in entries:
        which = entry.split("/")[0]
        shown[which] += 1
        if shown[which] <= of_a_list:
            first.append(entry)
    return first[:CUT]


def _best(grades: Mapping[str, int], of_a_list: int) -> list[int]:
    """The grades of the best possible first ten."""
    ranked = sorted(grades, key=lambda entry: -grades[entry])
    return [grades[entry] for entry in at_most(ranked, of_a_list)]


def mean(scores: Sequence[Score]) -> Score:
    """Every query counts the same."""
    return Score(
        fmean(one.recall for one in scores),
        fmean(one.mrr for one in scores),
        fmean(one.ndcg for one in scores),
    )


def _gain(grades: Sequence[int]) -> float:
    """Each grade is worth less further down."""
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(grades, 1))
