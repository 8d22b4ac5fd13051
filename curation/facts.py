"""What an entry says, as its own app knows it and as search reads it: which words, of which weight."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.utils import translation

from places.ancestry import Ancestry
from places.choices import PlaceKind
from places.danish import fold, kept_in_english, unstemmed
from places.models import Place

from .choices import PhaseFound
from .levels import Met
from .models import Entry, Theme
from .query import MARK, OTHER, PART, marked


class SideCounts(NamedTuple):
    """How many links stand on the PULL side alone, on the PUSH side alone, and on both."""

    pull: int = 0
    push: int = 0
    both: int = 0


NO_LINKS = SideCounts()


@dataclass(kw_only=True)
class Facts:
    """What an entry's own app knows of it that lists and search read.

    `over` is what lists file it under once it has ended. `weight` is what readers look for first; without
    one it follows from the phase. `texts_…` is what it says besides name, summary and description. `checks`
    are what its kind is asked for besides what every entry is (`levels`), and whether it is there.
    """

    type: str = ""
    setting: str = ""
    phase: str = ""
    over: str = PhaseFound.ENDED
    weight: int | None = None
    sides: Sequence[str] = ()
    counts: SideCounts = NO_LINKS
    links: int = 0
    partners: Sequence[str] = ()
    behind: Sequence[str] = ()
    texts_da: Sequence[str] = ()
    texts_en: Sequence[str] = ()
    further_themes: Sequence[int] = ()
    further_places: Sequence[int] = ()
    point: tuple[float, float] | None = None
    completeness: int = 0
    checks: Met = field(default_factory=dict)


NEAR = (PlaceKind.MUNICIPALITY, PlaceKind.LOCALITY)


@dataclass
class Surroundings:
    """Places and themes read once for many entries."""

    ancestry: Ancestry = field(default_factory=Ancestry.read)
    places: Mapping[int, Place] = field(default_factory=lambda: Place.objects.defer("outline").in_bulk())
    themes: Mapping[int, Theme] = field(default_factory=Theme.objects.in_bulk)

    @cached_property
    def lent(self) -> Mapping[int, Sequence[str]]:
        """What a theme lends those below it of its names: not the words that one of these bears itself.

        What is about waste is filed under "climate, energy and environment", and is no answer to "energy".
        """
        below: dict[int, set[str]] = defaultdict(set)
        for theme in self.themes.values():
            if theme.parent_id:
                below[theme.parent_id].update(fold(" ".join(theme_names(theme))).split())
        return {
            parent: [
                " ".join(word for word in fold(name).split() if word not in borne)
                for name in theme_names(self.themes[parent])
            ]
            for parent, borne in below.items()
        }

    def theme_path(self, own: Iterable[int]) -> list[int]:
        """The themes in the order given, then the ones above them."""
        kept = list(dict.fromkeys(own))
        above = {parent for theme in kept if (parent := self.themes[theme].parent_id)}
        return kept + sorted(above - set(kept))


# Between two texts, so that no quoted phrase begins in one and ends in the other.
APART = f" {MARK} "
MUNICIPALITY = {"da": "Kommune", "en": "Municipality"}


@lru_cache(maxsize=None, typed=True)  # an actor's "network" equals a lab's, and is another
def labels(value: Any) -> tuple[str, str]:
    """What a value of a list is called in Danish and in English."""
    with translation.override("da"):
        danish = str(value.label)
    with translation.override("en"):
        return danish, str(value.label)


def labelled(values: Iterable[Any]) -> tuple[list[str], list[str]]:
    """What several values are called, in Danish and in English."""
    pairs = [labels(value) for value in values]
    return [danish for danish, _english in pairs], [english for _danish, english in pairs]


@dataclass
class Folded:
    """The folded words of an entry by weight and language; those of weight D in one."""

    a_da: str
    a_en: str
    b_da: str
    b_en: str
    c_da: str
    c_en: str
    d: str

    def words(self) -> Iterable[str]:
        """The words that may be compounds."""
        for text in (self.a_da, self.a_en, self.b_da, self.b_en, self.c_da, self.c_en):
            yield from text.split()

    def texts(self, known: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """What the vectors are made of; `known` are the parts of compounds, which weigh less than these."""
        found = {"d_da": marked(_danish(self.d)), "d_en": marked(_english(self.d))}
        for weight, less in zip("abc", "bcd", strict=True):
            danish, english = getattr(self, f"{weight}_da"), getattr(self, f"{weight}_en")
            whole = dict.fromkeys(f"{danish} {english}".split())
            parts = dict.fromkeys(part for word in whole for part in known.get(word, ()))
            danish, english = _danish(danish), _english(english)
            found |= {
                f"{weight}_da": danish,
                f"{weight}_en": english,
                f"{weight}_da_marked": marked(danish, OTHER),
                f"{weight}_en_marked": marked(english, OTHER),
                f"parts_{less}": marked(_danish(" ".join(parts)), PART),
            }
        return found


def _danish(folded: str) -> str:
    return " ".join(map(unstemmed, folded.split()))


def _english(folded: str) -> str:
    return " ".join(map(kept_in_english, folded.split()))


@dataclass
class Said:
    """What an entry says in each language by weight, as it is written."""

    a_da: Sequence[str]
    a_en: Sequence[str]
    b_da: Sequence[str]
    b_en: Sequence[str]
    c_da: Sequence[str]
    c_en: Sequence[str]
    d: Sequence[str]

    def folded(self) -> Folded:
        return Folded(**{name: _joined(texts) for name, texts in vars(self).items()})

    def texts(self) -> Iterable[str]:
        """All but what has weight D."""
        for name, texts in vars(self).items():
            if name != "d":
                yield from texts


def _joined(texts: Iterable[str]) -> str:
    return APART.join(folded for text in dict.fromkeys(texts) if text and (folded := fold(text)))


def said(
    entry: Entry, facts: Facts, own_themes: Sequence[int], place_ids: Sequence[int], around: Surroundings
) -> Said:
    """What an entry says; `query` tells what the weights mean."""
    themes = [around.themes[theme] for theme in own_themes]
    above = dict.fromkeys(theme.parent_id for theme in themes if theme.parent_id)
    places = [around.places[place] for place in place_ids]
    near = [place for place in places if place.kind in NEAR]
    return Said(
        a_da=[entry.name_da],
        a_en=[entry.name_en],
        b_da=[*(theme.name_da for theme in themes), *facts.partners, *(place.name_da for place in near)],
        b_en=[
            *(theme.name_en for theme in themes),
            *facts.partners,
            *(place.name_en or place.name_da for place in near),
        ],
        c_da=[entry.summary_da, entry.description_da, *facts.texts_da],
        c_en=[entry.summary_en, entry.description_en, *facts.texts_en],
        d=[
            *facts.behind,
            *(name for theme in themes for name in theme_names(theme)),
            *(name for parent in above for name in around.lent[parent]),
            *(name for place in places for name in place_names(place)),
        ],
    )


def theme_names(theme: Theme) -> list[str]:
    """All a theme is called."""
    return [theme.name_da, theme.name_en, *theme.synonyms_da, *theme.synonyms_en]


def place_names(place: Place) -> list[str]:
    """All a place within the country is called, with what it is; what it once belonged to as well."""
    if place.kind == PlaceKind.COUNTRY:
        return []
    names = [place.name_da, place.name_en or place.name_da]
    if place.kind == PlaceKind.MUNICIPALITY:
        danish, english = names
        genitive = danish if danish.endswith("s") else f"{danish}s"
        names = [
            f"{danish} {MUNICIPALITY['da']}",
            f"{genitive} {MUNICIPALITY['da']}",
            f"{english} {MUNICIPALITY['en']}",
        ]
    return [*names, *place.further_names]
