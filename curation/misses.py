"""What readers told that they looked for in vain, gathered: the same words, theme and place are one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Max, Min
from django.db.models.functions import Lower
from django.utils.functional import Promise

from places.danish import fold

from .choices import Kind
from .models import SearchMiss
from .reference import Reference

type Key = tuple[str, int | None, int | None]


@dataclass
class Missed:
    """Searches in vain for one thing; `number` is the last one, by which the others are found."""

    words: str
    theme_id: int | None
    place_id: int | None
    number: int
    times: int
    first: dt.date
    last: dt.date
    kinds: set[str] = field(default_factory=set)

    def join(self, other: "Missed") -> None:
        """The same, spelt in another way or looked for in another list."""
        if other.number > self.number:
            self.words, self.number = other.words, other.number
        self.times += other.times
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.kinds |= other.kinds

    def where(self, reference: Reference) -> list[str]:
        """The theme, the place and the lists, in words."""
        theme = reference.themes.get(self.theme_id or 0)
        place = reference.places.get(self.place_id or 0)
        lists: list[str | Promise] = [Kind(kind).label for kind in Kind.values if kind in self.kinds]
        return [*(str(one.name) for one in (theme, place) if one), *map(str, lists)]


def waiting() -> list[Missed]:
    """What nobody has dealt with, what was looked for most often first; one statement."""
    rows = (
        SearchMiss.objects.filter(settled_at__isnull=True)
        .order_by()
        .values("theme_id", "place_id", "kind", lowered=Lower("words"))
        .annotate(
            said=Max("words"), number=Max("pk"), times=Count("pk"), first=Min("told_on"), last=Max("told_on")
        )
        .values_list("said", "theme_id", "place_id", "number", "times", "first", "last", "kind")
    )
    gathered = _gathered(Missed(*row[:7], kinds={row[7]}) for row in rows)
    return sorted(gathered, key=lambda missed: (-missed.times, -missed.number))


def _gathered(found: Iterable[Missed]) -> Iterable[Missed]:
    by: dict[Key, Missed] = {}
    for missed in found:
        key = (fold(missed.words), missed.theme_id, missed.place_id)
        if key in by:
            by[key].join(missed)
        else:
            by[key] = missed
    return by.values()


def alike(miss: SearchMiss) -> list[SearchMiss]:
    """This one and those told before it that look for the same and wait, too; the last one first."""
    told = SearchMiss.objects.filter(settled_at__isnull=True, pk__lte=miss.pk)
    there = told.filter(theme=miss.theme_id, place=miss.place_id).order_by("-pk")
    words = fold(miss.words)
    return [other for other in there if fold(other.words) == words]
