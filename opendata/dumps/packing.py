"""Packing a dump: each table once as JSON lines and once as CSV, and the papers that go with them.

The same register gives the same bytes but for the day, so every member of the zip has the same time.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Self

from django.core.serializers.json import DjangoJSONEncoder

from curation.sources import sources

from .columns import Column, cells_of, columns_of
from .tables import Table

EPOCH = (1980, 1, 1, 0, 0, 0)
IN_MEMORY = 8 * 1024 * 1024
PIECE = 256 * 1024
HEADS = ("source", "address", "entries")


@dataclass(frozen=True)
class Packed:
    """A file within the dump: how large it is and what it is checked by."""

    path: str
    size: int
    digest: str


@dataclass(frozen=True)
class Filled:
    """A table as it was packed."""

    table: Table
    columns: list[Column]
    rows: int
    csv: Packed
    json: Packed


@dataclass
class Named:
    """Which sources the entries name, and how many name each."""

    by: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, row: Mapping[str, Any]) -> None:
        for source in {(one.name, one.url) for one in sources(row["source"])}:
            self.by[source] += 1

    def rows(self) -> Iterator[list[str]]:
        """The most named first."""
        for (name, address), number in sorted(self.by.items(), key=lambda one: (-one[1], one[0])):
            yield [name, address, str(number)]


class Package:
    """The zip while it is filled."""

    def __init__(self, out: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self.named = Named()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self._zip.close()

    def fill(self, table: Table) -> Filled:
        """A table in both forms, its rows read once."""
        columns, rows = columns_of(table.schema), 0
        with SpooledTemporaryFile(IN_MEMORY) as aside, self._member(f"json/{table.name}.ndjson") as lines:
            cells = Member(aside, f"csv/{table.name}.csv")
            cells.write(_line([column.name for column in columns]))
            for row in table.rows():
                rows += 1
                lines.write(f"{as_json(row)}\n".encode())
                cells.write(_line(cells_of(columns, row)))
                if "published_on" in row:
                    self.named.note(row)
            told = lines.packed
            aside.seek(0)
            lines.close()
            packed = self._copied(aside, cells.name)
        return Filled(table, columns, rows, packed, told)

    def write(self, path: str, text: str) -> Packed:
        """A paper that goes with the tables."""
        with self._member(path) as member:
            member.write(text.encode())
            return member.packed

    def sheet(self, path: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Packed:
        with self._member(path) as member:
            member.write(_line(heads))
            for row in rows:
                member.write(_line(row))
            return member.packed

    def _copied(self, aside: IO[bytes], path: str) -> Packed:
        with self._member(path) as member:
            while piece := aside.read(PIECE):
                member.write(piece)
            return member.packed

    def _member(self, path: str) -> "Member":
        told = zipfile.ZipInfo(path, EPOCH)
        told.compress_type = zipfile.ZIP_DEFLATED
        told.external_attr = 0o644 << 16
        return Member(self._zip.open(told, "w", force_zip64=False), path)


class Member:
    """A file that is written, and counted and summed on the way."""

    def __init__(self, out: IO[bytes], name: str) -> None:
        self.name, self._out, self._size, self._sum = name, out, 0, hashlib.sha256()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self._out.close()

    def close(self) -> None:
        self._out.close()

    def write(self, content: bytes) -> None:
        self._out.write(content)
        self._size += len(content)
        self._sum.update(content)

    @property
    def packed(self) -> Packed:
        """As far as it was written."""
        return Packed(self.name, self._size, self._sum.hexdigest())


def as_json(value: Any, *, indent: int | None = None) -> str:
    parted = (",", ":") if indent is None else None
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=parted, indent=indent)


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode()
