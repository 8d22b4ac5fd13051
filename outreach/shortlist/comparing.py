"""Two or three entries side by side: what is told of each, what they have in common, where they differ."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from curation.models import Record
from curation.reference import Reference

from .around import around
from .facts import LABELS, SEVERAL, Facts, Told, entries_of, facts_of

MOST_COMPARED = 3
PLACES = ("a", "b", "c")


@dataclass(frozen=True)
class Part:
    """One word of a cell; `shared`: another entry says it too."""

    text: str
    shared: bool


@dataclass(frozen=True)
class Cell:
    """What one entry says; `applies` is no where entries of its kind cannot say it."""

    parts: Sequence[Part]
    lang: str
    applies: bool


@dataclass(frozen=True)
class Line:
    """One fact of all entries; `same`: all of them say the same."""

    name: str
    label: str
    cells: Sequence[Cell]
    same: bool


@dataclass(frozen=True)
class Comparison:
    """The entries in the order they were asked for; `missing` of those asked for are not public."""

    records: Sequence[Record]
    told: Sequence[Facts]
    missing: int = 0
    too_many: bool = False

    @property
    def enough(self) -> bool:
        return len(self.records) > 1

    @cached_property
    def lines(self) -> list[Line]:
        """The facts at least one of them tells."""
        return [self._line(name, str(label)) for name, label in LABELS.items() if self._is_told(name)]

    @property
    def differing(self) -> list[Line]:
        return [line for line in self.lines if not line.same]

    @property
    def in_common(self) -> list[str]:
        """The themes that more than one of them has."""
        return sorted(self._shared("themes"))

    @property
    def path(self) -> str:
        return address([record.public_id for record in self.records])

    def _is_told(self, name: str) -> bool:
        return any(facts.get(name) for facts in self.told)

    def _shared(self, name: str) -> set[str]:
        counted = Counter(part for facts in self.told for part in set(facts.get(name, Told()).parts))
        return {part for part, number in counted.items() if number > 1}

    def _line(self, name: str, label: str) -> Line:
        shared = self._shared(name) if name in SEVERAL else set()
        cells = [
            Cell(
                [Part(part, part in shared) for part in facts.get(name, Told()).parts],
                facts.get(name, Told()).lang, name in facts,
            )
            for facts in self.told
        ]  # fmt: skip
        said = {frozenset(facts[name].parts) if name in facts else None for facts in self.told}
        return Line(name, label, cells, same=len(said) == 1)


def asked_for(query: QueryDict) -> list[str]:
    """The public ids of an address, each once: `a`, `b` and `c`, or the boxes that were ticked."""
    ids = [query.get(place, "") for place in PLACES] + query.getlist("entry")
    return list(dict.fromkeys(one for one in ids if one))


def compare(ids: Sequence[str]) -> Comparison:
    """The first three that were asked for and everybody may read; at most ten statements."""
    looked = ids[: MOST_COMPARED * 2]  # some may be gone; no more is asked of the database than can be shown
    rows = Record.objects.filter(public_id__in=looked).values_list("public_id", "pk", "merged_into")
    known = {public_id: into or pk for public_id, pk, into in rows.order_by("pk")}
    wanted = list(dict.fromkeys(known[one] for one in looked if one in known))
    found = entries_of(wanted)
    public = [found[pk] for pk in wanted if pk in found]
    records = public[:MOST_COMPARED]
    tied, reference = around(records), Reference.now()
    return Comparison(
        records,
        [facts_of(record, tied, reference) for record in records],
        missing=len(looked) - len(public) if len(ids) <= MOST_COMPARED else 0,
        too_many=len(public) > MOST_COMPARED,
    )


def address(ids: Sequence[str]) -> str:
    """Where some entries stand side by side."""
    query = QueryDict(mutable=True)
    for place, one in zip(PLACES, ids, strict=False):
        query[place] = one
    path = reverse("outreach:compare")
    return f"{path}?{query.urlencode()}" if query else path
