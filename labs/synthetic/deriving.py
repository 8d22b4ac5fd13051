"""What is derived of very many entries: learnt and written a share at a time, by several processes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Max, Min

from curation.learning import Heard, learn_heard
from curation.models import Entry, Record
from curation.search import DERIVED, INDEXERS, Surroundings, _rows

from .processes import processes
from .writing import is_superuser, quiet

SHARE = 2000  # numbers
TYPES = {
    "id": "bigint", "ended": "boolean", "pull_count": "int", "push_count": "int", "both_count": "int",
    "link_count": "int", "quality": "int", "level": "smallint", "x": "int", "y": "int",
    "sides": "text[]", "place_ids": "int[]", "theme_ids": "int[]",
}  # fmt: skip


@dataclass(frozen=True)
class Share:
    """The entries of a kind from one number to another."""

    kind: str
    first: int
    last: int

    def entries(self) -> list[Entry]:
        entries = INDEXERS[self.kind].entries()
        return list(entries.filter(pk__gte=self.first, pk__lte=self.last).order_by("pk"))


def shares(first: int) -> list[Share]:
    """All entries from a number on."""
    ends = Record.objects.filter(pk__gte=first).order_by("kind").values_list("kind")
    return [
        Share(kind, start, min(start + SHARE - 1, last))
        for kind, least, last in ends.annotate(Min("pk"), Max("pk"))
        for start in range(least, last + 1, SHARE)
    ]


@cache
def _around() -> Surroundings:
    """Read once by each process."""
    return Surroundings()


def each[T](work: Callable[[Share], T], over: Sequence[Share]) -> Iterator[T]:
    """Do something for every share: as many at once as there are processors, or one after the other."""
    _around.cache_clear()
    if not _may_share():
        yield from map(work, over)
        return
    with processes() as executor:
        yield from executor.map(work, over)


def _may_share() -> bool:
    """Whether others see what was written, and may write without the triggers each by itself."""
    with connection.cursor() as cursor:
        return not connection.in_atomic_block and is_superuser(cursor)


def learn() -> None:
    """What `learning.learn` does."""
    heard = Heard()
    for other in each(hear, shares(0)):
        heard.add(other)
    learn_heard(heard, Surroundings())


def hear(share: Share) -> Heard:
    heard = Heard()
    if entries := share.entries():
        heard.all_of(entries, _around())
    return heard


def derive_all(first: int) -> None:
    """Write the derived columns of all records from a number on."""
    for _share in each(derive, shares(first)):
        pass


def derive(share: Share) -> None:
    """The same as `search.index` does, in one statement."""
    if not (entries := share.entries()):
        return
    rows = _rows(entries, _around())
    with transaction.atomic(), connection.cursor() as cursor, quiet(cursor):
        _stage(cursor, rows[0])
        with cursor.copy(f"COPY synthetic_staged ({', '.join(rows[0])}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(tuple(row.values()))
        _take_over(cursor)


def _stage(cursor: CursorWrapper, row: dict[str, Any]) -> None:
    columns = ", ".join(f"{name} {TYPES.get(name, 'text')}" for name in row)
    cursor.execute(f"CREATE TEMPORARY TABLE synthetic_staged ({columns})")


def _take_over(cursor: CursorWrapper) -> None:
    """The same expressions as for a single entry, over columns where that one has parameters."""
    cursor.execute("SELECT * FROM synthetic_staged LIMIT 0")
    staged = {column.name: f"staged.{column.name}" for column in cursor.description}
    names, values = ", ".join(DERIVED), ", ".join(value % staged for value in DERIVED.values())
    cursor.execute(
        f"UPDATE curation_record SET ({names}) = ROW({values})"  # noqa: S608
        " FROM synthetic_staged AS staged WHERE staged.id = curation_record.id"
    )
    cursor.execute("DROP TABLE synthetic_staged")
