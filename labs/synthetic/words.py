"""Texts whose words are as common and as rare as a language's, from a vocabulary made up on the spot."""

import itertools
import random
from collections.abc import Sequence

DANISH = """
energi pleje plejehjem klimatilpasning borger kommune velfærd sundhed ældre demens hjemmepleje
rehabilitering hospital sygehus patient behandling forebyggelse ensomhed trivsel skole elev lærer dagtilbud
barn forældre unge mistrivsel psykiatri handicap hjælpemiddel botilbud bolig boligområde landsby ø havn kyst
by byrum gade park skov vand regnvand skybrud oversvømmelse spildevand drikkevand varme fjernvarme vind sol
brint elnet batteri bygning byggeri renovering materiale affald genbrug kredsløb ressource landbrug mark
afgrøde fødevare måltid køkken kost natur biodiversitet luft støj lys belysning sensor data algoritme robot
drone digital tvilling platform netværk transport trafik cykel bus elbil deling mobilitet vej bro idræt
bevægelse forening frivillig bibliotek museum kultur festival kunst arbejde job uddannelse kompetence
rekruttering arbejdsmiljø medarbejder leder ledelse forsker forskning viden metode afprøvning forsøg test
evaluering effekt læring erfaring drift indkøb udbud kontrakt partnerskab virksomhed iværksætter klynge fond
region stat råd demokrati deltagelse inddragelse samskabelse fællesskab tryghed sprog integration familie
hverdag livskvalitet behov løsning udvikling innovation ny fælles lokal grøn sikker bedre daglig tværgående
åben langsigtet bæredygtig
""".split()  # noqa: SIM905
ENGLISH = """
energy care home climate adaptation citizen municipality welfare health older people dementia rehabilitation
hospital patient treatment prevention loneliness wellbeing school pupil teacher child parent young
psychiatry disability device housing neighbourhood village island harbour coast city street park forest
water rain flood heat wind solar hydrogen grid battery building material waste reuse resource farming crop
food meal kitchen nature biodiversity air noise light sensor data algorithm robot drone digital twin
platform network transport traffic bicycle sharing mobility sport movement association volunteer library
museum culture festival work job education skill recruitment employee manager researcher research knowledge
method trial test evaluation effect learning experience operation procurement tender contract partnership
company cluster foundation region council democracy participation community safety language family everyday
quality need solution development innovation new shared local green safe better daily open lasting
""".split()  # noqa: SIM905
DANISH_SMALL = (
    "og",
    "i",
    "at",
    "det",
    "er",
    "en",
    "til",
    "på",
    "med",
    "for",
    "af",
    "de",
    "som",
    "den",
    "har",
)
ENGLISH_SMALL = ("the", "and", "of", "to", "in", "a", "is", "for", "with", "on", "that", "as", "are", "by")
SYLLABLES = tuple(
    start + vowel + end
    for start in ("b", "d", "f", "g", "k", "l", "m", "n", "r", "s", "st", "sk", "t", "tr", "v")
    for vowel in ("a", "e", "i", "o", "u", "æ", "ø", "å")
    for end in ("", "l", "n", "r", "s", "nd")
)
MADE_UP = 1500
COMPOUNDS = 2000
SENTENCE = (7, 16)


class Vocabulary:
    """Words by rank, the n-th 1/n as likely as the first (Zipf)."""

    def __init__(self, small: Sequence[str], words: Sequence[str]) -> None:
        self.words = [*small, *words]
        self._weights = list(itertools.accumulate(1 / rank for rank in range(2, len(self.words) + 2)))

    def draw(self, chance: random.Random, number: int) -> list[str]:
        return chance.choices(self.words, cum_weights=self._weights, k=number)

    def text(self, chance: random.Random, number: int) -> str:
        """So many words in sentences."""
        words = self.draw(chance, number)
        start = 0
        while start < number:
            words[start] = words[start].capitalize()
            start += chance.randint(*SENTENCE)
            words[min(start, number) - 1] += "."
        return " ".join(words)


def danish(chance: random.Random) -> Vocabulary:
    """Danish writes compounds as one word, so most words are rare and hold common ones."""
    words = _shuffled(chance, DANISH)
    return Vocabulary(DANISH_SMALL, [*words, *_mixed(chance, compounds(chance), _made_up(chance))])


def english(chance: random.Random) -> Vocabulary:
    return Vocabulary(ENGLISH_SMALL, [*_shuffled(chance, ENGLISH), *_made_up(chance)])


def compounds(chance: random.Random) -> list[str]:
    pairs = (
        (chance.choice(DANISH), chance.choice(("", "", "s")), chance.choice(DANISH)) for _ in range(COMPOUNDS)
    )
    return list(dict.fromkeys("".join(pair) for pair in pairs))


def _made_up(chance: random.Random) -> list[str]:
    words = ("".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3)))) for _ in range(MADE_UP))
    return list(dict.fromkeys(words))


def _mixed(chance: random.Random, *lists: list[str]) -> list[str]:
    return _shuffled(chance, itertools.chain.from_iterable(lists))


def _shuffled[T](chance: random.Random, values: "itertools.chain[T] | Sequence[T]") -> list[T]:
    shuffled = list(values)
    chance.shuffle(shuffled)
    return shuffled
