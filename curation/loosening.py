"""What is shown where nothing answers a question as it was asked, and what is near; never an empty page.

First with its spelling corrected, then with fewer of its words, then without the filters, at last by what is
filed under the theme it resembles. What was left out is always said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import connection
from rapidfuzz import fuzz

from places.choices import PlaceKind
from places.danish import fold
from places.models import Place

from .facts import theme_names
from .models import Theme
from .query import STOP_WORDS, Question, Term
from .querysets import RecordQuerySet
from .spelling import nearest as nearest_words
from .understanding import Because, Meaning, Understood, understand
from .words import Known

if TYPE_CHECKING:
    from .filters import RecordFilterSet

HARDLY_ANY = 2  # so few hits may be somebody else's slip of the keyboard
FEW = 3
LIKE = 78  # of 100, how alike a word and a theme's name are
SHOWN = 6


class Looser(StrEnum):
    """How far a question was loosened; each includes what stands before it."""

    SPELLING = "spelling"
    WORDS = "words"
    FILTERS = "filters"
    THEME = "theme"


@dataclass(frozen=True)
class Loosened:
    """A looser question that was answered instead.

    `typed` is the question as it would be typed, `corrected` the words that were replaced with those in place
    of them, `left_out` the words nothing has; `either`: entries need have only one of the words. With
    `without_filters` the chosen filters and the section of the map were left out. With `theme` no word was
    asked for, but what is filed under it.
    """

    typed: str
    answering: "RecordFilterSet"
    corrected: Sequence[tuple[str, str]] = ()
    left_out: Sequence[str] = ()
    either: bool = False
    without_filters: bool = False
    theme: Theme | None = None

    @property
    def kind(self) -> Looser:
        if self.theme:
            return Looser.THEME
        if self.without_filters:
            return Looser.FILTERS
        return Looser.WORDS if self.either or self.left_out else Looser.SPELLING


@dataclass(frozen=True)
class Nearest:
    """Themes and places close to what was asked; where none is `like` it, those one can browse by."""

    themes: Sequence[Theme] = ()
    places: Sequence[Place] = ()
    like: bool = True

    def __bool__(self) -> bool:
        return bool(self.themes or self.places)


# Loosening


def loosen(filters: "RecordFilterSet") -> Loosened | None:
    """What finds something in place of a question that found nothing; none where nothing does.

    Four statements at most besides those that understand another question.
    """
    question = filters.question
    if not question.terms:
        return None
    swaps = _corrections(filters.understood)
    asked = filters.understood
    if swaps:
        asked = understand(_with(question, swaps), filters.reference)
    alone = asked
    if any(term.quoted for term in asked.question.terms):
        alone = understand(_dissolved(asked.question), filters.reference)
    tries = _Tries(filters.understood, asked, alone, swaps)
    if found := tries.first(filters, typed=False):
        return found
    if filters.is_filtered and (found := tries.first(filters.without_filters(), typed=True)):
        return replace(found, without_filters=True)
    return _filed(filters)


def _filed(filters: "RecordFilterSet") -> Loosened | None:
    """What is filed under the theme the words resemble most, else under the theme above; one statement."""
    themes = [
        theme
        for like in _like(filters)
        for theme in (like, filters.reference.themes.get(like.parent_id or 0))
    ]
    bases = [filters, filters.without_filters()] if filters.is_filtered else [filters]
    tries = [(base, theme) for base in bases for theme in dict.fromkeys(themes) if theme]
    numbers = _count(base.filed(theme.pk).found() for base, theme in tries)
    for (base, theme), number in zip(tries, numbers, strict=True):
        if number:
            answering = base.filed(theme.pk)
            return Loosened(filters.typed, answering, without_filters=base is not filters, theme=theme)
    return None


@dataclass(frozen=True)
class _Tries:
    """Questions that may find something: the typed one, the corrected one, that one's words alone."""

    typed: Understood
    corrected: Understood
    alone: Understood
    swaps: Mapping[str, Known]

    def first(self, base: "RecordFilterSet", *, typed: bool) -> Loosened | None:
        """The tightest that finds something, by one statement for all of them."""
        whole = [self.typed] * typed + [self.corrected] * bool(self.swaps)
        terms = [replace(self.alone, terms=(term,)) for term in self.alone.terms]
        numbers = _count(base.asking(one).found() for one in (*whole, *terms))
        for one, number in zip(whole, numbers, strict=False):
            if number:
                return Loosened(one.question_text, base.asking(one), self._told(one))
        return self._either(base, numbers[len(whole) :])

    def _either(self, base: "RecordFilterSet", numbers: Sequence[int]) -> Loosened | None:
        """The words that find something, any of which is enough."""
        hits = list(zip(self.alone.terms, numbers, strict=True))
        kept = tuple(term for term, number in hits if number)
        if not kept:
            return None
        either = replace(self.alone, terms=kept, either=True)
        # A correction that finds nothing is none, and what it stood for is left out as it was typed.
        written = {known.word: word for word, known in self.swaps.items()}
        left_out = [written.get(term.typed, term.shown) for term, number in hits if not number]
        told = self._told(either)
        return Loosened(either.question_text, base.asking(either), told, left_out, either=len(kept) > 1)

    def _told(self, shown: Understood) -> list[tuple[str, str]]:
        words = set(shown.question.words) & {word for term in shown.single for word in term.typed.split()}
        return [(word, known.shown) for word, known in self.swaps.items() if known.word in words]


def _count(found: Iterator[RecordQuerySet]) -> list[int]:
    """How many rows each has. Asking only whether there are any would make the planner read every text."""
    statements: list[str] = []
    values: list[Any] = []
    for rows in found:
        statement, parameters = rows.order_by().values("pk").query.sql_with_params()
        statements.append(f"(SELECT count(*) FROM ({statement}) hits)")  # noqa: S608 - the ORM's own
        values += parameters
    if not statements:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(statements)}", values)
        row: Sequence[int] = cursor.fetchone() or ()
    return list(row)


# Spelling


def _unknown(understood: Understood) -> list[Meaning]:
    """The words no entry says, in no spelling and by no synonym; parts of a misspelt one tell nothing."""
    return [
        one
        for one in understood.single
        if not one.entries
        and not one.terms[0].quoted
        and all(way.because == Because.PARTS for way in one.ways)
    ]


def _corrections(understood: Understood) -> dict[str, Known]:
    """For each word nobody knows the likeliest of the register."""
    near = nearest_words(one.typed for one in _unknown(understood))
    return {word: found[0] for word, found in near.items() if found}


def _with(question: Question, swaps: Mapping[str, Known]) -> Question:
    terms = tuple(
        Term((known.word,), written=known.shown)
        if not term.quoted and (known := swaps.get(term.text))
        else term
        for term in question.terms
    )
    return replace(question, terms=terms, sentence=tuple(word for term in terms for word in term.words))


def _dissolved(question: Question) -> Question:
    """The words one by one, those of quoted phrases as well, where they are not small ones."""
    words = [word for term in question.terms for word in (term.alone() if term.quoted else [term])]
    telling = [word for word in words if word.text not in STOP_WORDS] or words
    return replace(question, terms=tuple(dict.fromkeys(telling)))


def did_you_mean(filters: "RecordFilterSet", total: int, loosened: Loosened | None) -> list[str]:
    """Whole questions in words of the register that find something, where a word has hardly any hits.

    Two statements then. What is learnt of an entry that is gone must not be offered, so it is asked for.
    """
    if total > FEW and not loosened:
        return []
    understood = filters.understood
    doubtful = [one for one in understood.single if one.entries <= HARDLY_ANY and not one.terms[0].quoted]
    near = nearest_words(one.typed for one in doubtful if not one.ways)
    entries = {one.typed: one.entries for one in doubtful}
    better = {word: [k for k in found if k.entries > entries[word]] for word, found in near.items()}
    first = {word: found[0] for word, found in better.items() if found}
    offered = {
        understood.text_with({one: known.shown for one, known in swaps.items()}): swaps
        for swaps in ({**first, word: known} for word, found in better.items() for known in found)
    }
    if loosened:
        offered.pop(loosened.typed, None)
    base = filters.without_filters()
    plain = [_plainly(understood, swaps) for swaps in offered.values()]
    numbers = _count(base.asking(one).found() for one in plain)
    return [text for text, number in zip(offered, numbers, strict=True) if number][:FEW]


def _plainly(understood: Understood, swaps: Mapping[str, Known]) -> Understood:
    """Another question without what its words also mean, which would take a statement to learn."""
    question = _with(understood.question, swaps)
    return Understood(question, tuple(Meaning((term,)) for term in question.terms))


# What is near


def nearest(filters: "RecordFilterSet") -> Nearest:
    """Themes that bear or resemble a word, or lie beside a chosen one; places likewise. No statement."""
    themes = list(islice(dict.fromkeys(_themes(filters)), SHOWN))
    places = list(islice(dict.fromkeys(_places(filters)), SHOWN))
    if themes or places:
        return Nearest(themes, places)
    return Nearest(filters.reference.top_themes(), like=False)


def _forms(filters: "RecordFilterSet") -> list[str]:
    return [form for meaning in filters.understood.terms for form in meaning.forms]


def _themes(filters: "RecordFilterSet") -> Iterator[Theme]:
    reference = filters.reference
    chosen = [reference.theme_at[slug] for slug in filters.chosen["theme"]]
    yield from _like(filters)
    for theme in chosen:
        if theme.parent_id:
            yield reference.themes[theme.parent_id]
            yield from (
                one for one in reference.themes_below(reference.themes[theme.parent_id]) if one != theme
            )


def _like(filters: "RecordFilterSet") -> list[Theme]:
    """The themes one of whose names resembles a word, the most alike first."""
    forms = [form for form in _forms(filters) if len(form) > 2]
    themes = filters.reference.themes.values()
    scored = [(_likeness(forms, theme_names(theme)), -theme.pk, theme) for theme in themes]
    return [theme for score, _pk, theme in sorted(scored, reverse=True)[:SHOWN] if score >= LIKE]


def _likeness(forms: Sequence[str], names: Sequence[str]) -> float:
    folded = [fold(name) for name in names]
    whole = [fuzz.ratio(form, name, score_cutoff=LIKE) for form in forms for name in folded]
    word = [99.0 for form in forms for name in folded if f" {form} " in f" {name} "]
    return max([*whole, *word], default=0.0)


def _places(filters: "RecordFilterSet") -> Iterator[Place]:
    """Places that bear a word; then what lies nearest to a chosen or named one."""
    reference = filters.reference
    words = set(" ".join(_forms(filters)).split())
    named = [
        place
        for place in reference.places.values()
        if place.kind != PlaceKind.COUNTRY
        and words.intersection(fold(place.name_da).split()) - {"region", "sundhedsraad"}
    ]
    yield from sorted(named, key=lambda place: place.sort_key)
    chosen = [reference.place_at[address] for address in filters.chosen["place"]]
    towns = reference.places_of(PlaceKind.MUNICIPALITY)
    for place in (*chosen, *named):
        if place.latitude is not None:
            yield from sorted((one for one in towns if one != place), key=lambda one: _away(one, place))[:FEW]


def _away(one: Place, other: Place) -> float:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return float("inf")
    return (one.latitude - other.latitude) ** 2 + (0.56 * (one.longitude - other.longitude)) ** 2
