"""Which entries: what a list finds, narrowed to what somebody looks after and to what is asked besides."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from curation.access import Scope
from curation.browsing import Browse
from curation.querysets import RecordQuerySet
from keeping.lists import List

from ..queues import within

MOST = 5_000
SHOWN = 200


@dataclass(frozen=True)
class Choice:
    """The entries of a list that an address asks for, as far as somebody looks after them.

    `level` and `claimed` are asked besides the list's own filters: how much an entry says, and whether
    anybody answers for it.
    """

    listed: List
    browse: Browse
    scope: Scope
    level: str
    claimed: str

    @classmethod
    def asked(cls, listed: List, query: QueryDict, scope: Scope) -> "Choice":
        level, claimed = query.get("level", ""), query.get("claimed", "")
        return cls(
            listed, listed.asked(query), scope,
            level if level in ("0", "1", "2", "3") else "", claimed if claimed in ("yes", "no") else "",
        )  # fmt: skip

    @property
    def query(self) -> str:
        """The question as it stands in an address, without what nothing is known by."""
        asked = self.browse.parameters
        asked.pop("sort", None)
        also = {name: value for name in ("level", "claimed") if (value := getattr(self, name))}
        return "&".join(part for part in (asked.urlencode(), urlencode(also)) if part)

    def found(self) -> RecordQuerySet:
        """In the order of names; never what stands in place of nothing found."""
        records: Any = within(self.browse.filters.found(), self.scope)
        if self.level:
            records = records.filter(level=self.level)
        if self.claimed:
            records = records.filter(claimed_at__isnull=self.claimed == "no")
        found: RecordQuerySet = records.shown().order_by("sort_da", "pk")
        return found

    @cached_property
    def count(self) -> int:
        return self.found().order_by().count()

    @property
    def is_too_much(self) -> bool:
        return self.count > MOST
