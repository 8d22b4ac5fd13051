"""Reading reference data strictly: CSV files whose every fault is told by file, line and reason."""

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

# Denmark with its waters, rounded outwards: beyond it a point is a slip, most often the two numbers swapped.
LATITUDES = (54.4, 58.0)
LONGITUDES = (7.5, 15.6)
FLAGS = {"yes": True, "no": False}


class Format(NamedTuple):
    """The columns a file must have, and those that together name a row."""

    columns: Sequence[str]
    key: Sequence[str]


class Refusal(NamedTuple):
    """Why a file or a line of it cannot be loaded."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


class NotLoaded(Exception):
    """Something was refused, so nothing may be kept."""

    def __init__(self, refused: Sequence[Refusal]) -> None:
        super().__init__(f"{len(refused)} refused")
        self.refused = refused


@dataclass
class Tally:
    """What became of the rows of one file; `kept` are those their owners have taken over."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    gone: int = 0


class Row:
    """One line of a file. What it cannot read it refuses and gives as empty, so that every fault is found."""

    def __init__(self, sheet: "Sheet", line: int, values: Mapping[str, str]) -> None:
        self.sheet = sheet
        self.line = line
        self.refused = False
        self._values = values

    def __getitem__(self, column: str) -> str:
        return self._values[column]

    def refuse(self, reason: str) -> None:
        self.refused = True
        self.sheet.load.refuse(self.sheet.name, self.line, reason)

    def required(self, column: str) -> str:
        if not self[column]:
            self.refuse(f"{column} is empty")
        return self[column]

    def listed(self, column: str) -> list[str]:
        """The values of a field that holds several, parted by semicolons."""
        return [value.strip() for value in self[column].split(";") if value.strip()]

    def whole(self, column: str) -> int | None:
        return self._read(column, _whole, "a whole number")

    def year(self, column: str) -> int | None:
        return self._read(column, _year, "a year")

    def decimal(self, column: str) -> Decimal | None:
        return self._read(column, Decimal, "a number")

    def date(self, column: str) -> dt.date | None:
        return self._read(column, dt.date.fromisoformat, "a date like 2027-01-31")

    def month(self, column: str) -> dt.date | None:
        """A month, as its first day."""
        return self._read(column, _month, "a month like 2027-01")

    def flag(self, column: str) -> bool | None:
        """Yes, no, or not told."""
        return self._read(column, _flag, "“yes” or “no”")

    def point(self) -> tuple[float | None, float | None]:
        """Latitude and longitude, both or neither."""
        if bool(self["latitude"]) != bool(self["longitude"]):
            self.refuse("latitude and longitude must both be given, or neither")
            return None, None
        return self._degrees("latitude", LATITUDES), self._degrees("longitude", LONGITUDES)

    def _degrees(self, column: str, within: tuple[float, float]) -> float | None:
        degrees = self._read(column, float, "a number of degrees")
        if degrees is not None and not within[0] <= degrees <= within[1]:
            self.refuse(f"{column} {self[column]} is not in Denmark")
            return None
        return degrees

    def _read[V](self, column: str, reading: Callable[[str], V], what: str) -> V | None:
        if not self[column]:
            return None
        try:
            return reading(self[column])
        except (ValueError, InvalidOperation):
            self.refuse(f"{column}: “{self[column]}” is not {what}")
            return None


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError(text)
    return int(text)


def _year(text: str) -> int:
    if not re.fullmatch(r"1[89][0-9]{2}|20[0-9]{2}", text):
        raise ValueError(text)
    return int(text)


def _month(text: str) -> dt.date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
        raise ValueError(text)
    return dt.date.fromisoformat(f"{text}-01")


def _flag(text: str) -> bool:
    if text not in FLAGS:
        raise ValueError(text)
    return FLAGS[text]


@dataclass
class Sheet:
    """The rows of one file, each named by its key once."""

    name: str
    load: "Load"
    rows: list[Row] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def told(self, column: str) -> set[str]:
        """All values of a column, also of rows that are refused."""
        return {row[column] for row in self.rows}


@dataclass
class Load:
    """One run over a folder: its sheets, what was refused, and what became of the rows."""

    folder: Path
    sheets: dict[str, Sheet] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    finished: Callable[[str], None] = lambda name: None

    def __getitem__(self, name: str) -> Sheet:
        return self.sheets[name]

    def refuse(self, file: str, line: int | None, reason: str) -> None:
        self.refused.append(Refusal(file, line, reason))

    def tally(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())

    @property
    def changed(self) -> bool:
        return any(tally.added or tally.changed for tally in self.tallies.values())

    def check(self) -> None:
        """Stop here if anything was refused; raises `NotLoaded`."""
        if self.refused:
            raise NotLoaded(sorted(self.refused, key=lambda it: (it.file, it.line or 0)))

    def read(self, formats: Mapping[str, Format]) -> None:
        """Read all files; those that cannot be read are told before any row is looked at."""
        for name, expected in formats.items():
            self.sheets[name] = Sheet(name, self)
            self._read(self.sheets[name], expected)
        self.check()

    def _read(self, sheet: Sheet, expected: Format) -> None:
        lines = self._lines(sheet.name)
        if lines is None:
            return
        number, header = next(lines, (1, []))
        wrong = [column for column in expected.columns if header.count(column) != 1]
        for column in wrong:
            self.refuse(sheet.name, number, f"the column “{column}” {_count(header, column)}")
        if wrong:
            return
        for line, cells in lines:
            if len(cells) == len(header):
                sheet.rows.append(Row(sheet, line, dict(zip(header, cells, strict=True))))
            else:
                self.refuse(sheet.name, line, f"{len(cells)} fields where the header has {len(header)}")
        _refuse_doubles(sheet, expected.key)

    def _lines(self, name: str) -> Iterator[tuple[int, list[str]]] | None:
        try:
            content = (self.folder / name).read_bytes().removeprefix(b"\xef\xbb\xbf")
            return _cells(self, name, content.decode())
        except OSError:
            self.refuse(name, None, "the file is missing or cannot be read")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self.refuse(name, line, f"byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8")
        return None


def _count(header: Sequence[str], column: str) -> str:
    return "stands more than once" if column in header else "is missing"


def _cells(load: Load, name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The fields of each line that is not empty, with the number of the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, [unicodedata.normalize("NFC", cell).strip() for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        load.refuse(name, begins, f"cannot be read as CSV: {error}")


def _refuse_doubles(sheet: Sheet, key: Sequence[str]) -> None:
    lines: dict[tuple[str, ...], int] = {}
    for row in sheet:
        values = tuple(row[column] for column in key)
        first = lines.setdefault(values, row.line)
        if first != row.line:
            row.refuse(f"“{' – '.join(filter(None, values))}” stands in line {first} already")


class Lookup[V]:
    """Finds what a row names; refuses the row if there is none, silently if that one was refused itself."""

    def __init__(self, what: str, found: Mapping[str, V], told: Iterable[str] = ()) -> None:
        self.what = what
        self.found = found
        self.told = set(told)

    def get(self, row: Row, name: str) -> V | None:
        if name not in self.found and name not in self.told:
            row.refuse(f"there is no {self.what} {name}")
        return self.found.get(name)

    def each(self, row: Row, names: Iterable[str]) -> list[V]:
        """All that are found, each once."""
        return [value for name in dict.fromkeys(names) if (value := self.get(row, name)) is not None]
