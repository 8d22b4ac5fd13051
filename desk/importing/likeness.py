"""Entries a new row may be the same as, found for many rows at once.

By the same signs the wizard warns by while a name is typed (`keeping.alike`), and by the numbers an
organisation is known by.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from curation.choices import Kind
from curation.reference import Reference
from keeping.alike import ALIKE, ALIKE_NEAR, SHOWN, house_in, house_of, is_near, point_of, share, telling
from keeping.history.events import MODELS
from places.danish import fold

NEARLY = 90  # of 100: a slip or two in a name of some length
MOST_OF_A_WORD = 300  # a word that more bear tells little


@dataclass(frozen=True)
class Known:
    """An entry as others are likened to it; `x` and `y` are its point on the map."""

    public_id: str
    names: Sequence[str]
    telling: Sequence[str]
    house: str
    x: int | None
    y: int | None


class Likeness:
    """All published entries of a kind, by what makes another look the same; one statement."""

    def __init__(self, kind: str, reference: Reference | None = None) -> None:
        self.kind, self.reference = kind, reference or Reference.now()
        self.known: list[Known] = []
        self.by: dict[str, list[int]] = defaultdict(list)
        model: Any = MODELS[kind]
        numbers = ("cvr", "ror") if kind == Kind.ACTOR else ()
        rows = model.objects.published().order_by("pk").values_list(
            "record__public_id", "name_da", "name_en", "website", "record__x", "record__y", *numbers
        )  # fmt: skip
        for row in rows.iterator(chunk_size=2000):
            self._add(row, dict(zip(numbers, row[6:], strict=True)))

    def _add(self, row: Sequence[Any], numbers: Mapping[str, str]) -> None:
        public_id, danish, english, website, x, y = row[:6]
        names = [folded for name in (danish, english) if name and (folded := fold(name))]
        one = Known(public_id, names, telling(f"{danish} {english}"), house_of(website), x, y)
        for sign in dict.fromkeys(_signs(one.names, one.telling, one.house, numbers)):
            self.by[sign].append(len(self.known))
        self.known.append(one)

    def of(self, words: Mapping[str, Sequence[str]]) -> list[str]:
        """The public ids of the few most alike, best first."""
        names = [fold(said[0]) for name in ("name_da", "name_en") if (said := words.get(name)) and said[0]]
        own, house = telling(" ".join(names)), house_in(words)
        numbers = {name: said[0] for name in ("cvr", "ror") if (said := words.get(name)) and said[0]}
        point = point_of(words, self.reference)
        ranked = []
        for number in self._candidates(_signs(names, own, house, numbers)):
            one = self.known[number]
            likeness = _likeness(names, own, one, near=is_near(point, one))
            likeness += 2 * (bool(house) and house == one.house)
            likeness += 2 * any(number in self.by.get(sign, ()) for sign in _numbered(numbers))
            if likeness:
                ranked.append((-likeness, number))
        return [self.known[number].public_id for _rank, number in sorted(ranked)[:SHOWN]]

    def _candidates(self, signs: Iterable[str]) -> list[int]:
        """Those that share a sign; what very many share is no sign."""
        found = (self.by[sign] for sign in signs if sign in self.by)
        return list(dict.fromkeys(n for numbers in found if len(numbers) <= MOST_OF_A_WORD for n in numbers))


def _signs(
    names: Sequence[str], words: Sequence[str], house: str, numbers: Mapping[str, str]
) -> Iterable[str]:
    """What two have in common that may be one: number, website, name, a word, how the words begin or end."""
    yield from _numbered(numbers)
    if house:
        yield f"house:{house}"
    yield from (f"name:{name}" for name in names)
    yield from (f"word:{word}" for word in words)
    joined = "".join(words)
    if joined:
        yield f"begins:{joined[:3]}"
        yield f"ends:{joined[-3:]}"


def _numbered(numbers: Mapping[str, str]) -> Iterable[str]:
    return (f"{name}:{number}" for name, number in numbers.items() if number)


def _likeness(names: Sequence[str], own: Sequence[str], one: Known, *, near: bool) -> float:
    """How much alike the names are; nothing where it is not much."""
    if not own:
        return float(any(name in one.names for name in names))
    shared = share(own, one.telling)
    spelt = fuzz.ratio(" ".join(own), " ".join(one.telling), score_cutoff=NEARLY) / 100
    enough = shared >= ALIKE or (near and shared >= ALIKE_NEAR)
    return max(shared if enough else 0.0, spelt)
