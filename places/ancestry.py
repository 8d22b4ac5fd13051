"""What every place belongs to or ever belonged to, read once and asked often."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from .models import PlaceLink


class Ancestry:
    """All belongings, whatever their dates, as a graph of place ids."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        parents: dict[int, set[int]] = defaultdict(set)
        for child, parent in pairs:
            parents[child].add(parent)
        self._parents: Mapping[int, set[int]] = parents
        self._above = cache(self._find_above)

    @classmethod
    def read(cls) -> "Ancestry":
        """The belongings the database holds now; one query."""
        return cls(PlaceLink.objects.values_list("child_id", "parent_id"))

    def with_ancestors(self, place_ids: Iterable[int]) -> list[int]:
        """The places, in the order given, then all they belong to or ever belonged to, by id."""
        own = list(dict.fromkeys(place_ids))
        above = set().union(*(self._above(place) for place in own)) - set(own)
        return own + sorted(above)

    def _find_above(self, place: int) -> frozenset[int]:
        found: set[int] = set()
        waiting = list(self._parents.get(place, ()))
        while waiting:
            parent = waiting.pop()
            if parent not in found:
                found.add(parent)
                waiting.extend(self._parents.get(parent, ()))
        return frozenset(found)
