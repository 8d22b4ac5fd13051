"""How alike two names are: pure, and made for names of Danish labs and organisations.

A name is its words, folded, without stop words and legal forms. Words are alike that are the same, have the
same stem, or differ by a slip of the finger. A word many entries bear says less than one few bear.
"""

import re
from collections.abc import Mapping, Sequence
from math import log2

from rapidfuzz.distance import OSA

from places.danish import STOP_WORDS_OF, fold, stem

type Words = tuple[str, ...]

STOP_WORDS = STOP_WORDS_OF["da"] | frozenset(("a", "an", "the", "and", "or", "of", "in", "for", "to"))
LEGAL_FORM = re.compile(r" (?:a s|aps|i s|k s|p s|ivs|a m b a|amba|smba|fmba|ltd|inc|gmbh)$")
IN_BRACKETS = re.compile(r"\([^)]*\)")
SAME_WORD: Mapping[str, str] = {
    "labs": "lab", "labben": "lab", "laboratorium": "lab", "laboratoriet": "lab", "laboratory": "lab",
    "centre": "center",
    "centret": "center", "centeret": "center", "kommunes": "kommune", "municipality": "kommune",
    "university": "universitet", "hospitalet": "hospital",
}  # fmt: skip
# What most names share says nothing of which one it is.
EVERYWHERE = frozenset(
    ("living", "lab", "center", "kommune", "danmark", "denmark", "dansk", "projekt", "test")
)
SLIP, INFLECTED = 0.9, 0.95
LEAST_SLIPPED, LEAST_SLIPPED_TWICE = 5, 10
LONGEST = 14  # words


def words_of(name: str) -> Words:
    """The words that tell names apart, in their order."""
    folded = LEGAL_FORM.sub("", fold(IN_BRACKETS.sub(" ", name[:200]) or name[:200]))
    words = (SAME_WORD.get(word, word) for word in folded.split() if word not in STOP_WORDS)
    return tuple(dict.fromkeys(words))[:LONGEST]


def initials(words: Words) -> str:
    """The first letters of a name of several words."""
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def is_short_for(one: Words, other: Words) -> bool:
    """Whether one name is the initials of the other."""
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and len(short[0]) > 1 and short[0] == initials(long)


def says_nothing(words: Words) -> bool:
    """Whether any lab or organisation might bear the name."""
    return all(word in EVERYWHERE for word in words)


def alike(one: Words, other: Words, common: Mapping[str, int]) -> float:
    """From 0 to 1: the share of what the two names say that both say."""
    if not one or not other:
        return 0.0
    joined, other_joined = "".join(one), "".join(other)
    if sorted(one) == sorted(other) or joined == other_joined:
        return 1.0
    if _numbers(one) != _numbers(other):
        return 0.0
    if len(one) != len(other) and joined[0] == other_joined[0] and _is_slip(joined, other_joined):
        return SLIP
    matched = _matched(one, other, common)
    return 2 * matched / (_weight(one, common) + _weight(other, common))


def left_over(one: Words, other: Words) -> tuple[Words, Words]:
    """The telling words each has alone."""
    partners = _pairs(one, other)
    mine = tuple(word for word in one if word not in partners and _tells(word))
    theirs = tuple(word for word in other if word not in partners.values() and _tells(word))
    return mine, theirs


def _matched(one: Words, other: Words, common: Mapping[str, int]) -> float:
    return sum(
        _alike(word, partner) * (_of(word, common) + _of(partner, common)) / 2
        for word, partner in _pairs(one, other).items()
    )


def _pairs(one: Words, other: Words) -> dict[str, str]:
    """Each word with the one it is like in the other name, the same words first."""
    found = {word: word for word in one if word in other}
    free = [word for word in other if word not in found]
    for word in one:
        if word in found or not free:
            continue
        best = max(free, key=lambda each: _alike(word, each))
        if _alike(word, best):
            found[word] = best
            free.remove(best)
    return found


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if one[0] != other[0]:  # nobody slips on the first letter, and east is not west
        return 0.0
    if min(len(one), len(other)) >= LEAST_SLIPPED and stem(one) == stem(other):
        return INFLECTED
    return SLIP if _is_slip(one, other) else 0.0


def _is_slip(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < LEAST_SLIPPED:
        return False
    most = 2 if shorter >= LEAST_SLIPPED_TWICE else 1
    return int(OSA.distance(one, other, score_cutoff=most)) <= most


def _numbers(words: Words) -> set[str]:
    """What parts a first from a second: digits, and letters that stand alone."""
    return {word for word in words if word.isdigit() or len(word) == 1}


def _tells(word: str) -> bool:
    return len(word) > 2 and word not in EVERYWHERE


def _weight(words: Sequence[str], common: Mapping[str, int]) -> float:
    return sum(_of(word, common) for word in words)


def _of(word: str, common: Mapping[str, int]) -> float:
    return 1 / (1 + log2(max(common.get(word, 1), 1)))
