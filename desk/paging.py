"""A list of the desk, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SHOWN = 25


@dataclass(frozen=True)
class Paged:
    """A page of a list that has been read whole; `earlier` and `later` are 0 where there is no such page."""

    rows: Sequence[Any]
    total: int
    earlier: int
    later: int

    @classmethod
    def asked(cls, query: Mapping[str, str], found: Sequence[Any]) -> "Paged":
        """The page an address asks for, or the nearest that exists."""
        last = max(1, -(-len(found) // SHOWN))
        text = query.get("page", "")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
        page = min(max(number, 1), last)
        rows = found[(page - 1) * SHOWN : page * SHOWN]
        return cls(rows, len(found), page - 1, page + 1 if page < last else 0)
