"""The rows a count is made of: entries and links of one kind of evidence, as far as they are shown.

However large the register is, no more is read than a page and what comes before it in the same order.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import get_language

from curation.choices import Kind, Side
from curation.models import Record, Theme
from curation.querysets import RecordQuerySet
from places.models import Place

from .evidence import PULLING, EvidenceKind

# The entry behind each kind of evidence that is no link.
ENTRY_KINDS = {
    EvidenceKind.NEED: Kind.NEED,
    EvidenceKind.MISSION: Kind.MISSION,
    EvidenceKind.LAB: Kind.LAB,
    EvidenceKind.OFFER: Kind.OFFER,
    EvidenceKind.PUSH_ACTOR: Kind.ACTOR,
}
COLUMNS = ("id", "name_da", "name_en", "slug")
BRANCH = """
(SELECT {number}, link.id, link.side, one.name_da, one.name_en, one.slug,
    other.name_da, other.name_en, other.slug
FROM {tie.table} link JOIN ({one}) one ON one.id = link.{tie.end}_id
    JOIN ({other}) other ON other.id = link.{tie.other_end}_id
WHERE link.side <> %s {tie.running}{first})
"""
FIRST = " ORDER BY link.id LIMIT %s"
STATEMENT = "SELECT * FROM ({branches}) links ORDER BY 1, 2 OFFSET %s LIMIT %s"


@dataclass(frozen=True)
class Tie:
    """A table of links and two of its ends, in the order they are named, with the kinds of entry there.

    Links stand under the themes of the entry at `themed`, or under none.
    """

    table: str
    end: str
    kind: Kind
    other_end: str
    other_kind: Kind
    themed: str = ""
    ends: bool = True

    @property
    def running(self) -> str:
        return "AND link.ended_on IS NULL" if self.ends else ""


TIES = (
    Tie("labs_link", "actor", Kind.ACTOR, "lab", Kind.LAB, "lab"),
    Tie("labs_link", "lab", Kind.LAB, "mission", Kind.MISSION, "lab"),
    Tie("labs_link", "need", Kind.NEED, "lab", Kind.LAB, "lab"),
    Tie("labs_link", "offer", Kind.OFFER, "lab", Kind.LAB, "lab"),
    Tie("missions_coalitionmember", "actor", Kind.ACTOR, "mission", Kind.MISSION, "mission"),
    Tie("actors_relation", "subject", Kind.ACTOR, "object", Kind.ACTOR, ends=False),
)


@dataclass(frozen=True)
class Row:
    """An entry, or a link with the entries at its two ends and its side in words."""

    name: str
    path: str
    other_name: str = ""
    other_path: str = ""
    side: str = ""


def rows_of(
    kind: EvidenceKind, place: Place, theme: Theme | None = None, *, start: int = 0, number: int
) -> list[Row]:
    """So many rows, after the first `start`, of what a place has under a theme or in all; one statement."""
    if kind not in ENTRY_KINDS:
        return _links(kind, place, theme, start, number)
    entry_kind = ENTRY_KINDS[kind]
    records = _of_kind(entry_kind, theme).in_place(place.pk).order_by(f"sort_{_language()}", "pk")
    if kind == EvidenceKind.PUSH_ACTOR:
        records = records.filter(sides__contains=[Side.PUSH])
    path = _path(entry_kind)
    return [
        Row(_name(da, en), f"{path}{slug}/")
        for da, en, slug in records.values_list("name_da", "name_en", "slug")[start : start + number]
    ]


def _links(kind: EvidenceKind, place: Place, theme: Theme | None, start: int, number: int) -> list[Row]:
    ties = [tie for tie in TIES if tie.themed or theme is None]
    not_side = Side.PUSH if kind in PULLING else Side.PULL
    branches = [
        (sql, [*values, not_side, start + number])
        for order, tie in enumerate(ties)
        for sql, values in _branches(order, tie, place, theme, FIRST)
    ]
    statement = STATEMENT.format(branches=" UNION ".join(sql for sql, _values in branches))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*(value for _sql, values in branches for value in values), start, number])
        paths = {str(entry_kind): _path(entry_kind) for entry_kind in Kind}
        return [_link(ties[order], told, paths) for order, _id, *told in cursor.fetchall()]


def links_by_side(place: Place, theme: Theme) -> tuple[str, list[Any]]:
    """A statement that counts a place's links under a theme by their side, and its parameters."""
    branches = [
        (sql, [*values, ""])
        for order, tie in enumerate(TIES)
        if tie.themed
        for sql, values in _branches(order, tie, place, theme)
    ]
    links = " UNION ".join(sql for sql, _values in branches)
    statement = f"SELECT side, count(*) FROM ({links}) links GROUP BY side"  # noqa: S608
    return statement, [value for _sql, values in branches for value in values]


def _branches(
    order: int, tie: Tie, place: Place, theme: Theme | None, first: str = ""
) -> Iterator[tuple[str, Sequence[Any]]]:
    """The links with the one end there, and with the other: an `or` would use no index.

    The kinds are told, though the tables imply them, because the planner judges by them how many to expect.
    """
    one, other = (
        _of_kind(kind, theme if tie.themed == end else None).order_by()
        for end, kind in ((tie.end, tie.kind), (tie.other_end, tie.other_kind))
    )
    for ends in ((one.in_place(place.pk), other), (one, other.in_place(place.pk))):
        parts = [end.values(*COLUMNS).query.sql_with_params() for end in ends]
        sql = BRANCH.format(number=order, tie=tie, one=parts[0][0], other=parts[1][0], first=first)
        yield sql, [*parts[0][1], *parts[1][1]]


def _of_kind(kind: Kind, theme: Theme | None) -> RecordQuerySet:
    records = Record.objects.current().of_kind(kind)
    return records.about(theme.pk) if theme else records


def _link(tie: Tie, told: Sequence[str], paths: Mapping[str, str]) -> Row:
    side, da, en, slug, other_da, other_en, other_slug = told
    return Row(
        _name(da, en), f"{paths[tie.kind]}{slug}/",
        _name(other_da, other_en), f"{paths[tie.other_kind]}{other_slug}/", str(Side(side).label),
    )  # fmt: skip


def _language() -> str:
    return "en" if get_language() == "en" else "da"


def _name(danish: str, english: str) -> str:
    """In the reader's language."""
    return (get_language() == "en" and english) or danish


def _path(kind: Kind) -> str:
    """What the addresses of a kind begin with."""
    return reverse(f"{kind}s:{kind}", args=["x"]).removesuffix("x/")
