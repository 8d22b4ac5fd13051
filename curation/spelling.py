"""The register's own words nearest to a misspelt one; only asked where a word has hardly any hits."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from places.danish import bare

from .words import Known

LEAST_LETTERS = 4  # of shorter words nearly every other is a neighbour
SLIPS = ((8, 2), (LEAST_LETTERS, 1))  # from so many letters on so many slips
OFFERED = 3
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# The keys beside and above each, and those of the Danish letters beside p and l.
_PLACES = {
    letter: (row, place + row * 0.3) for row, keys in enumerate(ROWS) for place, letter in enumerate(keys)
}

STATEMENT = """
SELECT word, bare, shown, entries, parts::text[] FROM curation_word
WHERE entries > 0 AND length(bare) BETWEEN %(least)s AND %(most)s
"""


def slips(word: str) -> int:
    """How many slips of the keyboard a word of this length is allowed."""
    return next((number for letters, number in SLIPS if len(word) >= letters), 0)


def nearest(words: Iterable[str]) -> Mapping[str, Sequence[Known]]:
    """For each folded word those of the register it may be a slip of, the likeliest first; one statement."""
    asked = {word: bare(word) for word in words if slips(bare(word))}
    if not asked:
        return {}
    lengths = [len(letters) for letters in asked.values()]
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, {"least": min(lengths) - 2, "most": max(lengths) + 2})
        rows = cursor.fetchall()
    known = {word: Known(word, shown, entries, tuple(parts)) for word, _bare, shown, entries, parts in rows}
    letters = {word: bared for word, bared, _shown, _entries, _parts in rows}
    return {word: _nearest(word, typed, letters, known) for word, typed in asked.items()}


def _nearest(word: str, typed: str, letters: Mapping[str, str], known: Mapping[str, Known]) -> list[Known]:
    hits = process.extract(typed, letters, scorer=OSA.distance, score_cutoff=slips(typed), limit=50)
    ranked = sorted(
        (distance - _likely(typed, found), -known[other].entries, other)
        for found, distance, other in hits
        if other != word
    )
    return [known[other] for _distance, _entries, other in ranked[:OFFERED]]


def _likely(typed: str, meant: str) -> float:
    """A slip to a key beside, two letters swapped or one doubled is likelier than another."""
    if typed[:1] != meant[:1]:
        return -0.5
    if len(typed) == len(meant):
        pairs = [(one, other) for one, other in zip(typed, meant, strict=True) if one != other]
        if len(pairs) == 1 and _beside(*pairs[0]):
            return 0.3
        return 0.3 if sorted(typed) == sorted(meant) else 0.0
    return 0.1


def _beside(one: str, other: str) -> bool:
    if one not in _PLACES or other not in _PLACES:
        return False
    (row, place), (other_row, other_place) = _PLACES[one], _PLACES[other]
    return abs(row - other_row) <= 1 and abs(place - other_place) <= 1.1
