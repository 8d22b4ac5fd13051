"""The words that tell what a text or an entry is about: rare in the register, and said more than once."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import log

from django.db import connection

from curation.query import MAX_TERMS, OTHER, PART, STOP_WORDS
from curation.reference import Reference
from curation.understanding import telling_words
from curation.words import KEPT, Groups, stem_en
from places.danish import UNSTEMMED, fold, forms_of_short, stem, unstemmed

from .matching import rarity
from .told import names_of_places

LEAST_LETTERS = 3
# A word that a tenth of the register says tells nothing of an entry.
LEAST_RARITY = 0.25
# How rare what means the same as a word of the text is taken to be.
BY_MEANING = 0.6
# Danish words that say much are long; shorter ones count for less in a text that has many.
LONG_WORD = 7
READ = 1_000  # words of a text that are weighed against each other
# What every project says of itself and everyday words, folded; they tell no project from another.
OF_ANY_PROJECT = frozenset(
    """
    projekt projekter projektet projektets projekterne undersoege undersoeger undersoegelse formaal formaalet
    udvikle udvikling udvikler udviklet resultat resultater resultaterne metode metoder tilgang fokus mulighed
    muligheder behov behovet ny nye nyt samt gennem kan mellem mere flere mange mest baade saaledes derfor
    hvordan hvilke hvilken bruge bruger bruges brugt brug soeger soege soegt oensker arbejde arbejder partner
    partnere part forskning forsker forskere studie studier viden bidrage bidrager hjaelpe hjaelper forbedre
    bedre dansk danske danmark steder sted stedet kommune kommuner maa mindst maal maale maaler uden staar del
    dele tage tager hold holde finde finder allerede rigtig rigtige boer lægge laegge laengere kraever kraeve
    goer goere aendre aendrer aendring skrive skriver konkret konkrete ansoegning ansoege problem problemer
    mangler mangle stoppe landet lande land andre anden andet ene helt hele hver hvert hvem hvad naar foer
    efter siden altid aldrig ofte isaer meget lidt faa faar give giver komme kommer gaa gaar se ser vide ved
    tro boerde nu her saa kun ogsaa dog samme selv egen egne eget stor store stort lille
    smaa god gode godt tid aar dag dage uger maaned timer foerste anden tredje to tre fire fem seks sammen
    rammerne rammer maade maader form former type typer eksempel eksempler sammenhaeng forhold forskellige
    afproeve afproever afproevning proeve proever test teste tester invitere inviterer moede moeder kvalitet
    project projects study studies research researcher researchers investigate investigates approach
    approaches aim aims develop develops developed developing development result results method methods focus
    need needs new using use used uses based between more many both therefore how which within can will would
    should could may also such than into through about when where who what why while there they them has have
    had most other some any all one two three four five six work works working partner partners looking look
    want wish explore explores propose proposed paper abstract proposal provide provides include including
    improve improved better knowledge contribute potential different various several support supports denmark
    danish get gets let lets make makes made take takes give gives go goes come comes see know find finds back
    first second last own each every same long short large small good great well much often always never only
    even still yet already before after since until over under again very just too together change changes
    problem problems place places part parts way ways kind kinds form forms type types example examples test
    tests testing tested try tries trial trials place day daily week month year years time times european
    people together hold holds run runs open close show shows tell tells ask asks meet meets invite
    interested real best less choosing choose
    kommunen kommunerne kommunal kommunale region regioner regionen regionerne virksomhed virksomheder
    organisation organisationer borger borgere borgerne lab labs labben living center centre universitet
    universiteter municipality municipalities company companies organisation organisations citizen citizens
    university universities institution institutions regions local lokal lokale fagfolk medarbejdere aktoerer
    without concrete follow follows requirement requirements department departments krav
    spread design system systems plan planer model modeller loesning loesninger solution solutions
    """.split()  # noqa: SIM905 - a list of words reads better as a text
)
# Of the forms of a word the one that most entries say stands for all, so that both sides name it alike.
STATEMENT = """
SELECT asked.stem, known.shown, known.entries FROM unnest(%(stems)s::text[]) AS asked(stem)
CROSS JOIN LATERAL (
    SELECT shown, entries FROM curation_word
    WHERE word ~>=~ rtrim(asked.stem, %(unstemmed)s) AND word ~<~ (rtrim(asked.stem, %(unstemmed)s) || '~')
        AND (ts_lexize('danish_stem', word) = ARRAY[asked.stem] OR (word || %(unstemmed)s) = asked.stem)
    ORDER BY entries DESC, word LIMIT 1
) known
"""


@dataclass(frozen=True)
class Telling:
    """A word as the register writes it, how many entries say it, how rare that is, and how it is indexed.

    `lexemes` are those of the Danish vector, which holds the English text as well.
    """

    shown: str
    entries: int
    rarity: float
    lexemes: frozenset[str]


def of_text(text: str, reference: Reference, number: int = MAX_TERMS) -> list[Telling]:
    """The words that tell most of what a text is about, with what means the same; one statement.

    A word tells more the fewer entries say it and the more often the text does. One that no entry says tells
    something where a word that means the same may be there.
    """
    said = Counter(stem(word) for word in fold(text).split())
    known = telling_words(text, reference, limit=READ)
    groups: Groups = reference.answers.get(KEPT) or Groups()
    found = {one.word: (one.shown, one.entries, rarity(one.entries, groups.entries)) for one in known}
    meant = {stem(word) for word in found}
    for word in dict.fromkeys(fold(text).split()):
        if stem(word) not in meant and _same(word, groups):
            found[word] = (word, 0, BY_MEANING)
    places = names_of_places(reference)
    told = {
        word: rare * (1 + log(max(said[stem(word)], 1))) * min(1.0, len(word) / LONG_WORD)
        for word, (_shown, _entries, rare) in found.items()
        if rare >= LEAST_RARITY and _may_tell(word) and word not in places
    }
    most = sorted(told, key=lambda word: (-told[word], word))[:number]
    return [Telling(*found[word], lexemes_of([word, *_same(word, groups)])) for word in most]


def _may_tell(word: str) -> bool:
    return len(word) >= LEAST_LETTERS and not word.isdigit() and word not in STOP_WORDS | OF_ANY_PROJECT


def _same(word: str, groups: Groups) -> list[str]:
    folded = (fold(one) for one in groups.same_as((word,)))
    return [one for one in folded if one and " " not in one]


def lexemes_of(words: Iterable[str]) -> frozenset[str]:
    """How a record's Danish vector holds words: as Danish, as a part of a compound, as English."""
    found = set()
    for word in words:
        for form in (word, *forms_of_short(word)):
            found |= {stem(unstemmed(form)), PART + stem(form)}
        found.add(OTHER + stem_en(word))
    return frozenset(found)


def of_entry(lexemes: Collection[str], reference: Reference, all_entries: int) -> list[Telling]:
    """The words of an entry by its own Danish lexemes, those of compounds among them, rarest first."""
    stems = {lexeme.removeprefix(PART) for lexeme in lexemes if not lexeme.startswith(OTHER)}
    asked = [one for one in sorted(stems) if _may_tell(one)]
    places = names_of_places(reference)
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, {"stems": asked, "unstemmed": UNSTEMMED})
        rows = cursor.fetchall()
    words = [
        Telling(shown, entries, rarity(entries, all_entries), frozenset([found, PART + found]))
        for found, shown, entries in rows
        if _may_tell(fold(shown)) and fold(shown) not in places
    ]
    words = [one for one in words if one.rarity >= LEAST_RARITY]
    return sorted(words, key=lambda one: (one.entries, one.shown))


def expression(words: Sequence[Telling]) -> str:
    """Any of the words, as PostgreSQL reads a raw question; lexemes hold letters and digits only."""
    return " | ".join(f"'{one}'" for one in sorted({lexeme for word in words for lexeme in word.lexemes}))
