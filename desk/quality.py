"""How many entries say how much of what readers need, by kind, place and theme; and which ones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.http import QueryDict

from curation.access import Scope
from curation.choices import Kind, Level
from curation.models import Record
from curation.querysets import RecordQuerySet
from curation.reference import Reference

from .queues import within


@dataclass(frozen=True)
class Counted:
    """A kind, a place or a theme: how many entries are at each level. `value` is its word in an address."""

    name: str
    by: str
    value: str
    counts: Sequence[int]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def levels(self) -> list[tuple[Level, int, str]]:
        """Each level, its number, and the query of its list."""
        return [
            (level, count, urlencode({self.by: self.value, "level": level.value}))
            for level, count in zip(Level, self.counts, strict=True)
        ]

    @property
    def parts(self) -> list[tuple[int, float, float]]:
        """The bar of a hundred: each level with where it begins and how wide it is."""
        found, start = [], 0.0
        for level, count in zip(Level, self.counts, strict=True):
            width = 100 * count / self.total if self.total else 0
            if count:
                found.append((level.value, round(start, 2), round(width, 2)))
            start += width
        return found


def counted(scope: Scope) -> Mapping[str, list[Counted]]:
    """By kind, place and theme, of what is public and goes on; one statement. By name, never by number."""
    counts, reference = _counts(scope), Reference.now()
    return {
        "kind": [
            Counted(str(kind.label), "kind", kind.value, counts["kind", kind.value])
            for kind in Kind
            if ("kind", kind.value) in counts
        ],
        "place": [
            Counted(place.name, "place", place.address, counts["place", str(place.pk)])
            for place in reference.places_in_order()
            if ("place", str(place.pk)) in counts
        ],
        "theme": [
            Counted(theme.name, "theme", theme.slug, counts["theme", str(theme.pk)])
            for theme in reference.themes_in_order()
            if ("theme", str(theme.pk)) in counts
        ],
    }


def _counts(scope: Scope) -> Mapping[tuple[str, str], list[int]]:
    rows = within(Record.objects.current(), scope).order_by()
    sql, given = rows.values_list("kind", "level", "place_ids", "theme_ids").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH entries (kind, level, place_ids, theme_ids) AS ({sql})
            SELECT 'kind', kind, level, count(*) FROM entries GROUP BY 2, 3
            UNION ALL
            SELECT 'place', place::text, level, count(*) FROM entries, unnest(place_ids) place GROUP BY 2, 3
            UNION ALL
            SELECT 'theme', theme::text, level, count(*) FROM entries, unnest(theme_ids) theme GROUP BY 2, 3
            """,  # noqa: S608 - made of this file's own text and of a queryset with its parameters
            given,
        )
        found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * len(Level))
        for by, value, level, count in cursor.fetchall():
            found[by, value][level] = count
    return found


@dataclass(frozen=True)
class Asked:
    """What an address asks of the list; what nobody knows is left out."""

    kind: str = ""
    level: str = ""
    place: str = ""
    theme: str = ""

    @classmethod
    def of(cls, query: QueryDict, reference: Reference) -> "Asked":
        known: Mapping[str, Any] = {
            "kind": Kind.values,
            "level": [str(level) for level in Level.values],
            "place": reference.place_at,
            "theme": reference.theme_at,
        }
        said = {name: query.get(name, "") for name in known}
        return cls(**{name: value for name, value in said.items() if value in known[name]})

    def rows(self, scope: Scope, reference: Reference) -> RecordQuerySet:
        """The entries, the least complete first, then by name."""
        rows: Any = within(Record.objects.shown().current(), scope)
        if self.kind:
            rows = rows.of_kind(self.kind)
        if self.level:
            rows = rows.filter(level=int(self.level))
        if self.place:
            rows = rows.in_place(reference.place_at[self.place].pk)
        if self.theme:
            rows = rows.about(reference.theme_at[self.theme].pk)
        ordered: RecordQuerySet = rows.order_by("level", "sort_da", "pk")
        return ordered

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in vars(self).items() if value})
