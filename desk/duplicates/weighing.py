"""How certain it is that two entries are one: a sum of documented parts, from 0 to 100. Pure.

Each part is a fact the two share or differ in. The parts are kept, so that a page can tell them in the
reader's language and a curator can judge the sum.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import hypot

from .names import Words, alike, is_short_for, left_over, says_nothing

# What each part counts. The name counts by how alike it is (`_name`).
SAME_NAME = 60
PARTS: Mapping[str, int] = {
    "nothing_said": -30,  # a name any lab might bear
    "other_name": -15,  # half of what the names say, or more, is another; unless a register says it is one
    "short_for": 20,  # one name is the other's initials
    "other_words": -15,  # each has telling words of its own
    "more_words": -10,  # one says more
    "cvr": 45,
    "cvr_shared": 20,  # a number several entries bear: an organisation with many parts
    "cvr_other": -30,
    "ror": 60,
    "ror_other": -40,
    "website": 25,
    "website_shared": 8,
    "same_place": 10,
    "other_place": -25,
    "near": 15,
    "far": -20,
    "same_owner": 15,
    "other_owner": -20,
    "same_type": 5,
    "other_type": -10,
}
THRESHOLD = 50  # what is less certain is not shown
SHARED = 3  # an identifier more entries bear than this tells little
NEAR_KM, FAR_KM = 1.0, 50.0
MAP_METRES_PER_KM = 1_780  # Web Mercator at the latitude of Denmark


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared of an entry. `point` is on the map, and only one of its own."""

    pk: int
    names: tuple[Words, ...]
    cvr: str = ""
    ror: str = ""
    website: str = ""
    places: frozenset[int] = frozenset()
    point: tuple[int, int] | None = None
    owners: frozenset[int] = frozenset()
    type: str = ""

    @property
    def identifiers(self) -> list[str]:
        """By which others know it; where one changes, what was decided is looked at anew."""
        return [f"{name}:{value}" for name in ("cvr", "ror", "website") if (value := getattr(self, name))]


@dataclass(frozen=True, slots=True)
class Commonness:
    """How many entries of the kind bear a word, and an identifier."""

    words: Mapping[str, int] = field(default_factory=dict)
    identifiers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The parts of a certainty, and the distance where it is known."""

    parts: Mapping[str, int]
    km: float | None = None

    @property
    def certainty(self) -> int:
        return min(100, max(0, sum(self.parts.values())))


def weigh(left: Facts, right: Facts, common: Commonness) -> Weighed:
    """All parts of two entries of one kind."""
    parts: dict[str, int] = {}
    _name(left, right, common, parts)
    _identifiers(left, right, common, parts)
    _both(left.places, right.places, "same_place", "other_place", parts)
    _both(left.owners, right.owners, "same_owner", "other_owner", parts)
    if left.type and right.type:
        _part(parts, "same_type" if left.type == right.type else "other_type")
    km = _km(left, right)
    if km is not None and (km < NEAR_KM or km > FAR_KM):
        _part(parts, "near" if km < NEAR_KM else "far")
    return Weighed(parts, km)


def _name(left: Facts, right: Facts, common: Commonness, parts: dict[str, int]) -> None:
    pairs = [(one, other) for one in left.names for other in right.names]
    if not pairs:
        return
    one, other = max(pairs, key=lambda pair: alike(pair[0], pair[1], common.words))
    share = alike(one, other, common.words)
    if points := _points(share):
        parts["same_name" if share == 1 else "like_name"] = points
        if says_nothing(one) and says_nothing(other):
            _part(parts, "nothing_said")
        if share < 1:
            mine, theirs = left_over(one, other)
            if mine or theirs:
                _part(parts, "other_words" if mine and theirs else "more_words")
    if any(is_short_for(one, other) for one, other in pairs):
        _part(parts, "short_for")
    elif not points and not _same_number(left, right):
        _part(parts, "other_name")


def _same_number(left: Facts, right: Facts) -> bool:
    return bool(left.cvr and left.cvr == right.cvr) or bool(left.ror and left.ror == right.ror)


def _points(share: float) -> int:
    """0 below half the same, 5 to 25 below 0.7, 25 to 45 below 0.85, 45 to 58 above; 60 for the same."""
    if share == 1:
        return SAME_NAME
    for least, most, low, high in ((0.85, 1.0, 45, 58), (0.7, 0.85, 25, 45), (0.5, 0.7, 5, 25)):
        if share >= least:
            return round(low + (share - least) / (most - least) * (high - low))
    return 0


def _identifiers(left: Facts, right: Facts, common: Commonness, parts: dict[str, int]) -> None:
    for name in ("cvr", "ror"):
        mine, theirs = getattr(left, name), getattr(right, name)
        if mine and theirs and mine != theirs:
            _part(parts, f"{name}_other")
        elif mine and theirs:
            shared = name == "cvr" and common.identifiers.get(f"cvr:{mine}", 0) > SHARED
            _part(parts, "cvr_shared" if shared else name)
    if left.website and left.website == right.website:
        shared = common.identifiers.get(f"website:{left.website}", 0) > SHARED
        _part(parts, "website_shared" if shared else "website")


def _both(left: frozenset[int], right: frozenset[int], same: str, other: str, parts: dict[str, int]) -> None:
    if left and right:
        _part(parts, other if left.isdisjoint(right) else same)


def _km(left: Facts, right: Facts) -> float | None:
    if left.point is None or right.point is None:
        return None
    return hypot(left.point[0] - right.point[0], left.point[1] - right.point[1]) / MAP_METRES_PER_KM


def _part(parts: dict[str, int], name: str) -> None:
    parts[name] = PARTS[name]
