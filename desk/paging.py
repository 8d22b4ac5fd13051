"""A list of the desk, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

SHOWN = 25


@dataclass(frozen=True)
class Paged:
    """A page of a list; `earlier` and `later` are 0 where there is no such page."""

    rows: Sequence[Any]
    total: int
    earlier: int
    later: int

    @classmethod
    def asked(cls, query: Mapping[str, str], found: Sequence[Any] | QuerySet[Any]) -> "Paged":
        """The page an address asks for, or the nearest that exists; of a queryset no more is read."""
        total = found.order_by().count() if isinstance(found, QuerySet) else len(found)
        last = max(1, -(-total // SHOWN))
        text = query.get("page", "")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
        page = min(max(number, 1), last)
        rows = found[(page - 1) * SHOWN : page * SHOWN]
        return cls(list(rows), total, page - 1, page + 1 if page < last else 0)
