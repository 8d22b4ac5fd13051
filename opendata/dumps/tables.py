"""The tables of a dump: every kind of entry, what ties entries together, places, themes.

Each row is what the API tells of it. Ties are there where everybody may read both ends.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import batched
from typing import Any

from ninja import Schema

from curation.models import Record
from curation.reference import Reference
from keeping.lists import LISTS

from ..api.entries import SCHEMAS, tell, with_entry
from ..api.reference import PlaceRow, ThemeRow, places_told, themes_told
from ..api.ties import TOLD, Told

BATCH = 500


@dataclass(frozen=True)
class Table:
    """A file of the dump: its name, what its rows are, what each says, and the rows, read some at a time."""

    name: str
    said: str
    schema: type[Schema]
    rows: Callable[[], Iterator[Mapping[str, Any]]]
    key: str = "id"


def tables() -> list[Table]:
    """All of them, in the order they are read in."""
    return [
        *(_entries(name, listed.kind) for name, listed in LISTS.items()),
        *map(_ties, TOLD.values()),
        *_words(),
    ]


def entries() -> int:
    """How many entries a dump of this moment holds."""
    return Record.objects.published().count()


def _entries(name: str, kind: str) -> Table:
    return Table(name, f"Published {name}.", SCHEMAS[kind], lambda: _of_kind(kind))


def _of_kind(kind: str) -> Iterator[Mapping[str, Any]]:
    reference = Reference()
    rows = with_entry(kind, Record.objects.published().of_kind(kind)).order_by("pk")
    for some in batched(rows.iterator(BATCH), BATCH, strict=False):
        yield from tell(some, reference)


def _ties(told: Told) -> Table:
    return Table(told.name, told.said, told.schema, lambda: _of(told))


def _of(told: Told) -> Iterator[Mapping[str, Any]]:
    ids = told.public().order_by("pk").values_list("pk", flat=True)
    for some in batched(ids.iterator(BATCH), BATCH, strict=False):
        yield from told.out(told.public().filter(pk__in=some), len(some))


def _words() -> Iterator[Table]:
    """What entries name by a code."""
    yield Table("places", str(PlaceRow.__doc__), PlaceRow, lambda: iter(places_told()), key="code")
    yield Table("themes", str(ThemeRow.__doc__), ThemeRow, lambda: iter(themes_told()), key="code")
