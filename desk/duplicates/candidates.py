"""Which entries are worth comparing: near linear, for a hundred thousand of one kind. Pure.

Each entry is put on a few shelves: its identifiers, its name, its rarest words, how its name begins and ends,
its owner, its square on the map. Only entries that stand on one shelf are compared, and shelves on which too
many stand are left out; what is rare about a true pair puts it on another. So the work is the number of
entries times a constant.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from places.danish import stem

from .weighing import MAP_METRES_PER_KM, Commonness, Facts

MOST_ON_A_SHELF = 40
RAREST = 3  # words of a name
ENDS = 5  # letters at the beginning and at the end of a name


def commonness(entries: Iterable[Facts]) -> Commonness:
    """How many entries bear each word and each identifier."""
    words: Counter[str] = Counter()
    identifiers: Counter[str] = Counter()
    for entry in entries:
        words.update({word for name in entry.names for word in name})
        identifiers.update(entry.identifiers)
    return Commonness(words, identifiers)


def pairs(
    entries: Sequence[Facts], common: Commonness, only: frozenset[int] | None = None
) -> Iterator[tuple[Facts, Facts]]:
    """Each two worth comparing once, the older first; with `only`, those in which one of these is."""
    ordered = sorted(entries, key=lambda entry: entry.pk)
    shelves: dict[Hashable, list[int]] = defaultdict(list)
    for number, entry in enumerate(ordered):
        for shelf in _shelves(entry, common):
            shelves[shelf].append(number)
    for number, entry in enumerate(ordered):
        if only is None or entry.pk in only:
            for other in sorted(_beside(entry, shelves, common)):
                if other > number:
                    yield entry, ordered[other]
                elif only is not None and other < number and ordered[other].pk not in only:
                    yield ordered[other], entry


def _beside(entry: Facts, shelves: Mapping[Hashable, Sequence[int]], common: Commonness) -> set[int]:
    """Those that stand on a shelf an entry looks at."""
    found: set[int] = set()
    for shelf in _looked_at(entry, common):
        on_it = shelves.get(shelf, ())
        if len(on_it) <= MOST_ON_A_SHELF:
            found.update(on_it)
    return found


def _shelves(entry: Facts, common: Commonness) -> set[Hashable]:
    """Where an entry stands."""
    found: set[Hashable] = set(entry.identifiers)
    found |= {("owner", owner) for owner in entry.owners}
    for name in entry.names:
        whole, joined = tuple(sorted(name)), "".join(name)
        found.add(("name", whole))
        found |= {("name", whole, place) for place in entry.places}
        found |= {("begins", joined[:ENDS]), ("ends", joined[-ENDS:])}
        if len(name) > 1:
            found.add(("initials", "".join(word[0] for word in name)))
        elif len(joined) > 1:
            found.add(("initials", joined))
        rarest = sorted(name, key=lambda word: (common.words.get(word, 0), word))[:RAREST]
        found |= {("word", stem(word)) for word in rarest}
    if entry.point is not None:
        found.add(("square", *_square(entry.point)))
    return found


def _looked_at(entry: Facts, common: Commonness) -> set[Hashable]:
    """Where those stand it is compared with: on its own shelves and in the squares around."""
    found = _shelves(entry, common)
    if entry.point is not None:
        x, y = _square(entry.point)
        found |= {("square", x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    return found


def _square(point: tuple[int, int]) -> tuple[int, int]:
    return point[0] // MAP_METRES_PER_KM, point[1] // MAP_METRES_PER_KM
