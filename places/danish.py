"""Danish letters: how names are filed, and how a word is found however it is spelt."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_FILED_LAST = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
_SPELT_OUT = (("æ", "ae"), ("ä", "ae"), ("ø", "oe"), ("ö", "oe"), ("å", "aa"), ("ü", "y"), ("ß", "ss"))
_NOT_A_WORD = re.compile(r"[\W_]+")


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def sort_key(name: str) -> str:
    """Where a name is filed: a–z, then æ, ø, å; aa counts as å (Retskrivningsordbogen § 4).

    The database sorts by code point, where `{ | }` follow z.
    """
    lowered = unicodedata.normalize("NFC", name).lower().replace("aa", "å").translate(_FILED_LAST)
    return _without_accents(lowered)[:160]


def fold(text: str) -> str:
    """Lower-case words parted by single spaces, with æ, ø, å spelt out and accents gone.

    Texts and questions go through it alike, so `aeldre`, `ÆLDRE` and `ældre` are one word.
    """
    spelt = unicodedata.normalize("NFC", text).lower()
    # Replacing letter by letter is six times faster than translate, and most texts are ASCII by then.
    for letter, spelling in _SPELT_OUT:
        spelt = spelt.replace(letter, spelling)
    return _NOT_A_WORD.sub(" ", spelt if spelt.isascii() else _without_accents(spelt)).strip()


_BARE = (("ae", "a"), ("oe", "o"), ("aa", "a"))


def bare(folded: str) -> str:
    """A folded word as it looks without what stands for æ, ø and å: `koebenhavn` is `kobenhavn`.

    So what is typed on a keyboard without these letters meets the word it means.
    """
    for spelling, letter in _BARE:
        folded = folded.replace(spelling, letter)
    return folded


# Longest first, so that what is left is as short as it can be in the end and as long as it can be at first.
_ENDINGS = (
    "endes", "erens", "ernes", "erne", "enes", "ende", "ens", "ets", "ene", "ers", "ere", "en", "et",
    "er", "es", "te", "ed", "ne", "ns", "e", "s", "n", "r", "t",
)  # fmt: skip
LEAST_LEFT = 3


def without_endings(folded: str) -> list[str]:
    """What a folded word may be without an ending of inflection, longest first; only guesses.

    A doubled consonant before the ending may have been single: `laerredet` stays, `plejehjemmet` may be
    `plejehjem`.
    """
    found = []
    for ending in reversed(_ENDINGS):
        left = folded.removesuffix(ending)
        if len(left) < LEAST_LEFT or left == folded:
            continue
        found.append(left)
        if len(left) > LEAST_LEFT and left[-1] == left[-2]:
            found.append(left[:-1])
    return list(dict.fromkeys(found))


# Words that PostgreSQL's stop lists for the two languages drop from texts, spelt as `fold` spells them.
STOP_WORDS_OF = {
    "da": frozenset(
        """
        og i jeg det at en den til er som paa de med han af for ikke der var mig sig men et har om vi min
        havde ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil
        blev kunne ind naar vaere dog noget ville jo deres efter ned skulle denne end dette mit ogsaa under
        have dig anden hende mine alt meget sit sine vor mod disse hvis din nogle hos blive mange ad bliver
        hendes vaeret thi jer saadan
        """.split()  # noqa: SIM905 - a list of words reads better as a text
    ),
    "en": frozenset(
        """
        a an the and or of to in on by with for is are was were be been this that these those it its as at
        from our we you your their his her not no
        """.split()  # noqa: SIM905
    ),
}

# Danish stems of two or three letters fall together with those of other words: "billig" and "bil", "made" and
# "mad". Such words are therefore indexed as they are written and asked for by their forms.
SHORT_STEM = 3
UNSTEMMED = "q"  # no Danish ending has it, so nothing is taken off
LEAST_BASE = 4
_OF_NOUNS = (
    "", "s", "e", "en", "er", "et", "es", "ens", "ers", "ets", "ene", "erne", "enes", "ernes", "ere", "eren",
    "erens", "eres",
)  # fmt: skip
_OF_ADJECTIVES = ("t", "est", "este")
# What looks like a form of a short word and is none: of mad, car, far, her, bar, hel.
_ALONE = frozenset("made mads care cares fare fares here bare hele".split())  # noqa: SIM905
_FIRST_NAMES = frozenset(("mads",))  # nor in English
_stemmer = snowballstemmer.stemmer("danish")


@lru_cache(maxsize=100_000)
def stem(folded: str) -> str:
    """The stem PostgreSQL gives a folded word in Danish."""
    found: str = _stemmer.stemWord(folded)
    return found


@lru_cache(maxsize=100_000)
def unstemmed(folded: str) -> str:
    """A folded word as it is handed to PostgreSQL: such that it keeps its letters where its stem is short."""
    short = len(stem(folded)) <= SHORT_STEM and folded not in STOP_WORDS_OF["da"]
    return folded + UNSTEMMED if short else folded


def kept_in_english(folded: str) -> str:
    """A folded word as it is handed to PostgreSQL for its English stem."""
    return folded + UNSTEMMED if folded in _FIRST_NAMES else folded


def forms_of_short(folded: str) -> tuple[str, ...]:
    """The forms of a word with a short stem; none of any other, which its stem finds in all its forms."""
    root = stem(folded)
    if len(root) > SHORT_STEM:
        return ()
    if folded in _ALONE or folded in STOP_WORDS_OF["da"]:
        return (folded,)
    forms = [folded]
    if folded in (nouns := _nouns_of(root)):
        forms += nouns
    for base in (_base(folded), folded):
        if len(base) >= LEAST_BASE:
            forms += [base + ending for ending in (*_OF_NOUNS, *_OF_ADJECTIVES)]
    others = STOP_WORDS_OF["da"] | _ALONE
    return tuple(dict.fromkeys(form for form in forms if form == folded or form not in others))


def _nouns_of(root: str) -> list[str]:
    """The forms a noun has, its last letter doubled or not."""
    return [
        whole + ending
        for whole in (root, root + root[-1])
        for ending in _OF_NOUNS
        # "bo" and -er would be spelt like "bør"
        if not (ending[:1] == "e" and whole[-1] in "ao") and (whole == root or ending[:1] == "e")
    ]


def _base(folded: str) -> str:
    """A word without its ending, where enough is left."""
    endings = sorted((*_OF_NOUNS[1:], *_OF_ADJECTIVES), key=len, reverse=True)
    bases = (folded.removesuffix(ending) for ending in endings if folded.endswith(ending))
    return next((base for base in bases if len(base) >= LEAST_BASE), folded)
