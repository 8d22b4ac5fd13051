"""The PUSH within reach under one theme, piece by piece, with how far away each is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from curation.choices import Side
from curation.models import Record, Theme
from places.models import Place
from places.projection import from_mercator, kilometres

from ..balance import PUSHING, EvidenceKind
from .counting import ask
from .reach import Reach

# More of one kind than this are counted, but not listed.
SHOWN = 100
STATEMENT = """
, piece(evidence, id, other, side, quality) AS (
    SELECT CASE WHEN pushes THEN 'push_actor' ELSE 'offer' END, id, NULL, '', quality FROM entry
    WHERE near AND (pushes OR kind = 'offer') AND theme_ids @> ARRAY[%(theme)s]
    UNION ALL
    SELECT 'push_link', other.id, one.id, side, other.quality
    FROM link JOIN entry one ON one.id = link.one JOIN entry other ON other.id = link.other
    WHERE side <> 'pull' AND (one.near OR other.near) AND one.theme_ids @> ARRAY[%(theme)s]
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY evidence ORDER BY quality DESC, id, other) AS turn,
        count(*) OVER (PARTITION BY evidence)::int AS number
    FROM piece
)
SELECT evidence, id, other, side, number FROM ranked WHERE turn <= %(shown)s ORDER BY turn
"""


@dataclass(frozen=True)
class Item:
    """An entry, or a link by its two ends; `km` from the place's own point, where both are known."""

    record: Record
    other: Record | None
    side: str
    km: int | None

    @property
    def side_name(self) -> str:
        return str(Side(self.side).label) if self.side else ""


@dataclass(frozen=True)
class Group:
    """All of one kind: how many, and the first of them."""

    kind: EvidenceKind
    number: int
    items: Sequence[Item]

    @property
    def more(self) -> int:
        return self.number - len(self.items)


@dataclass(frozen=True)
class Listing:
    """The evidence within reach under a theme, kind by kind."""

    theme: Theme
    groups: Sequence[Group]


def listing(place: Place, theme: Theme, reach: Reach) -> Listing:
    """Two statements."""
    rows = ask(STATEMENT, place, reach, theme=theme.pk, shown=SHOWN)
    records = _records({pk for _evidence, one, other, _side, _n in rows for pk in (one, other) if pk})
    items: dict[str, list[Item]] = defaultdict(list)
    numbers: dict[str, int] = {}
    for evidence, one, other, side, number in rows:
        ends = [records[pk] for pk in (one, other) if pk]
        items[evidence].append(Item(records[one], records.get(other), side, _km(place, ends)))
        numbers[evidence] = number
    return Listing(theme, [Group(kind, numbers[kind], items[kind]) for kind in PUSHING if kind in numbers])


def _records(ids: Iterable[int]) -> Mapping[int, Record]:
    return Record.objects.only("kind", "slug", "name_da", "name_en", "x", "y").in_bulk(list(ids))


def _km(place: Place, ends: Iterable[Record]) -> int | None:
    """To the nearest end."""
    if place.longitude is None or place.latitude is None:
        return None
    here = place.longitude, place.latitude
    points = [from_mercator(end.x, end.y) for end in ends if end.x is not None and end.y is not None]
    return min((round(kilometres(here, point)) for point in points), default=None)
