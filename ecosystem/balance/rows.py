"""What the two numbers of a place count: missions, actors and links, as rows to click through to.

However large the register is, no more is read than is shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import get_language

from curation.choices import Kind, Side
from curation.models import Record
from curation.querysets import RecordQuerySet
from places.models import Place

from .balance import Count

# More of one kind than this are counted, but not listed.
SHOWN = 300
PULLING = (Side.PULL, Side.BOTH)
PUSHING = (Side.PUSH, Side.BOTH)
COLUMNS = ("id", "quality", "name_da", "name_en", "slug")
BRANCH = """
(SELECT {number}, link.id, link.side, one.name_da, one.name_en, one.slug,
    other.name_da, other.name_en, other.slug
FROM {tie.table} link JOIN ({one}) one ON one.id = link.{tie.end}_id
    JOIN ({other}) other ON other.id = link.{tie.other_end}_id
ORDER BY {here}.quality DESC, {here}.id, link.id LIMIT %s)
"""
STATEMENT = "SELECT * FROM ({branches}) links ORDER BY 1, 2 LIMIT %s"


@dataclass(frozen=True)
class Tie:
    """A table of links and two of its ends, in the order they are named, with the kinds of entry there."""

    table: str
    end: str
    kind: Kind
    other_end: str
    other_kind: Kind


TIES = (
    Tie("labs_link", "actor", Kind.ACTOR, "lab", Kind.LAB),
    Tie("labs_link", "lab", Kind.LAB, "mission", Kind.MISSION),
    Tie("missions_coalitionmember", "actor", Kind.ACTOR, "mission", Kind.MISSION),
    Tie("actors_relation", "subject", Kind.ACTOR, "object", Kind.ACTOR),
)


@dataclass(frozen=True)
class Row:
    """An entry, or a link with the entries at its two ends; `note` is its kind or its side in words."""

    name: str
    path: str
    note: str
    other_name: str = ""
    other_path: str = ""
    side: str = ""


@dataclass(frozen=True)
class Balance:
    """One place's two numbers, and the first rows of what they are made of."""

    count: Count
    missions: Sequence[Row]
    push_actors: Sequence[Row]
    links: Sequence[Row]

    @property
    def pull(self) -> int:
        return self.count.pull

    @property
    def push(self) -> int:
        return self.count.push

    @property
    def pull_rows(self) -> list[Row]:
        return [*self.missions, *(link for link in self.links if link.side in PULLING)]

    @property
    def push_rows(self) -> list[Row]:
        return [*self.push_actors, *(link for link in self.links if link.side in PUSHING)]

    @property
    def pull_not_shown(self) -> int:
        return self.pull - len(self.pull_rows)

    @property
    def push_not_shown(self) -> int:
        return self.push - len(self.push_rows)


def of_place(place: Place, count: Count) -> Balance:
    """What is counted for a place; three statements."""
    here = Record.objects.current().in_place(place.pk)
    paths = _paths()
    return Balance(
        count=count,
        missions=_entries(here.of_kind(Kind.MISSION), Kind.MISSION, paths),
        push_actors=_entries(here.of_kind(Kind.ACTOR).filter(sides__contains=[Side.PUSH]), Kind.ACTOR, paths),
        links=_links(place, paths),
    )


def _entries(records: RecordQuerySet, kind: Kind, paths: Mapping[str, str]) -> list[Row]:
    rows = records.order_by("sort_da", "pk").values_list("name_da", "name_en", "slug")[:SHOWN]
    return [Row(_name(da, en), f"{paths[kind]}{slug}/", str(kind.label)) for da, en, slug in rows]


def _links(place: Place, paths: Mapping[str, str]) -> list[Row]:
    branches = [branch for number, tie in enumerate(TIES) for branch in _branches(number, tie, place)]
    statement = STATEMENT.format(branches=" UNION ".join(sql for sql, _parameters in branches))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*(value for _sql, values in branches for value in values), SHOWN])
        return [_link(TIES[number], told, paths) for number, _id, *told in cursor.fetchall()]


def _link(tie: Tie, told: Sequence[str], paths: Mapping[str, str]) -> Row:
    side, da, en, slug, other_da, other_en, other_slug = told
    return Row(
        _name(da, en), f"{paths[tie.kind]}{slug}/", str(Side(side).label),
        _name(other_da, other_en), f"{paths[tie.other_kind]}{other_slug}/", side,
    )  # fmt: skip


def _branches(number: int, tie: Tie, place: Place) -> Iterator[tuple[str, Sequence[Any]]]:
    """The links of the best entries at the one end there, and at the other: an `or` would use no index.

    By entry, so that reading can stop; the kinds are told, though the tables imply them, because the planner
    judges by them how many to expect.
    """
    one, other = (Record.objects.current().of_kind(kind).order_by() for kind in (tie.kind, tie.other_kind))
    best = [end.in_place(place.pk).order_by("-quality", "pk") for end in (one, other)]
    for here, ends in {"one": (best[0][:SHOWN], other), "other": (one, best[1][:SHOWN])}.items():
        parts = [end.values(*COLUMNS).query.sql_with_params() for end in ends]
        sql = BRANCH.format(number=number, tie=tie, one=parts[0][0], other=parts[1][0], here=here)
        yield sql, [*parts[0][1], *parts[1][1], SHOWN]


def _name(danish: str, english: str) -> str:
    """In the reader's language."""
    return (get_language() == "en" and english) or danish


def _paths() -> dict[str, str]:
    """What the addresses of each kind begin with: looking one up costs more than writing a hundred."""
    kinds = (Kind.LAB, Kind.MISSION, Kind.ACTOR)
    return {kind: reverse(f"{kind}s:{kind}", args=["x"]).removesuffix("x/") for kind in kinds}
