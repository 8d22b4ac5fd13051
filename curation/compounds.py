"""Danish compounds: one word written of several, taken apart against words that are known."""

from collections.abc import Callable, Iterator
from math import log

from places.danish import without_endings

from .query import STOP_WORDS, TELLING_IN_DANISH
from .words import Known

LEAST_PART, LEAST_WHOLE = 4, 5
# Between two parts may stand -s- (velfærd-s-teknologi), -e- (dreng-e-skole) or -er- (student-er-hus).
LINKS = ("", "s", "e", "er")
# Words of two or three letters that compounds of this field begin with, and those they end with; others would
# be found in anything.
SHORT_HEADS = frozenset(
    "by lys hus bil vej mad hav lab gas bad el sol bus fly tog bro syn luft ko is".split()  # noqa: SIM905
)
SHORT_TAILS = frozenset("by lys hus bil vej hav lab bus fly tog bro".split())  # noqa: SIM905
# What looks like a word and is a prefix, an ending, a verb or something else in nearly every compound.
NO_PART = (STOP_WORDS - TELLING_IN_DANISH) | frozenset(
    """
    inden uden mellem igen imod hen frem til bort sammen gennem oven neden foran bag inter trans
    skab hed dom ning ende else ling isme ship able less ness some self ward wise time ment ance form
    loes loese loest fuld fulde rige bar mest maessig maessige agtig vis vise tion sion ative
    gode dage haand stand gang komme kommer sted grund brug dag dags side sider maal maalet spart
    laegges lagt foerer foere foert tager tagere giver givere givers viser staaende vilde ejet lederen
    andet intet mens hver hvert ever ting tings land lande with there where here parts every after
    """.split()  # noqa: SIM905
)


def pieces(word: str) -> Iterator[tuple[str, str, str]]:
    """All ways to cut a folded word in two: what stands before, the letters between, what stands after."""
    for cut in range(2, len(word) - 1):
        head, tail = word[:cut], word[cut:]
        if not _may_be(tail, SHORT_TAILS):
            continue
        for link in LINKS:
            if head.endswith(link) and _may_be(first := head.removesuffix(link), SHORT_HEADS):
                yield first, link, tail
        if head.endswith("s") and _may_be(first := head[:-1] + "e", SHORT_HEADS):
            yield first, "s", tail  # arbejde, arbejdsplads


def _may_be(word: str, short: frozenset[str]) -> bool:
    return (len(word) >= LEAST_PART or word in short) and word not in NO_PART


def split(word: str, find: Callable[[str], Known | None]) -> tuple[str, str] | None:
    """The two words a compound is made of, the first without its link; none for what is no compound.

    `find` tells what is known of a word. The last part may be inflected. Of several ways the one whose words
    most entries say is taken, and of equals the one without letters between.
    """
    best: tuple[float, tuple[str, str]] | None = None
    if len(word) < LEAST_WHOLE:
        return None
    for head, link, tail in pieces(word):
        first, last = find(head), _inflected(tail, find)
        if first and last:
            score = log(1 + first.entries) + log(1 + last.entries) + 0.3 * min(len(head), len(tail))
            score -= len(link)
            if best is None or score > best[0]:
                best = score, (head, tail)
    return best[1] if best else None


def _inflected(tail: str, find: Callable[[str], Known | None]) -> Known | None:
    forms = (tail, *(left for left in without_endings(tail) if _may_be(left, SHORT_TAILS)))
    return next((known for form in forms if (known := find(form))), None)


def candidates(word: str) -> Iterator[str]:
    """What has to be looked up to split a word."""
    for head, _link, tail in pieces(word):
        yield head
        yield tail
        yield from without_endings(tail)
