"""The page of two entries: side by side, field by field, with what hangs on each and what is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from actors.access import entry_of
from actors.choices import Role
from curation.differences import words_compared
from curation.models import Record
from labs.models import Link

from .fields import LEFT, RIGHT, Row, Side, rows
from .hanging import Hanging, hanging

HOST = "host"
PREFIX = "take-"


@dataclass(frozen=True)
class Compared:
    """Two entries, the fields in which they differ and those in which they say the same."""

    left: Any
    right: Any
    differing: Sequence[Row]
    same: Sequence[Row]
    hanging: Sequence[Hanging]
    keep: str
    taken: Mapping[str, str] = field(default_factory=dict)

    @property
    def sides(self) -> Sequence[Any]:
        return self.left, self.right

    @property
    def choices(self) -> list[tuple[Row, str]]:
        """Each field in which they differ, with the side that is chosen."""
        return [(row, self.taken.get(row.name, row.taken)) for row in self.differing]


def compared(left: Record, right: Record, said: Mapping[str, str] | None = None) -> Compared:
    """Two entries of one kind; `said` is what somebody has chosen already."""
    sides = [Side.of(entry_of(record)) for record in (left, right)]
    every = [*rows(*sides), *_hosts(left, right)]
    counted = hanging([side.entry for side in sides])
    said = said or {}
    return Compared(
        sides[0].entry, sides[1].entry,
        [row for row in every if row.differs], [row for row in every if not row.differs], counted,
        said.get("keep") or kept_by_default(left, right, counted), taken_in(said),
    )  # fmt: skip


def taken_in(said: Mapping[str, str]) -> dict[str, str]:
    """The side chosen for each field, as a browser sent it."""
    return {name.removeprefix(PREFIX): value for name, value in said.items() if name.startswith(PREFIX)}


def kept_by_default(left: Record, right: Record, counted: Sequence[Hanging]) -> str:
    """What somebody looks after; else what more hangs on; else what has been there longest."""
    weight = [sum(each.numbers[side] for each in counted) for side in (0, 1)]
    claimed = [record.claimed_at is not None for record in (left, right)]
    return RIGHT if (claimed[1], weight[1]) > (claimed[0], weight[0]) else LEFT


def _hosts(left: Record, right: Record) -> list[Row]:
    """Who hosts each of two labs."""
    links = Link.objects.running().filter(role=Role.HOST, lab__in=(left.pk, right.pk))
    hosts = {link.lab_id: link for link in links.select_related("actor__record")}
    if left.kind != "lab" or not hosts:
        return []
    names = [str(hosts[record.pk].actor) if record.pk in hosts else "" for record in (left, right)]
    return [Row(HOST, _("Host"), *words_compared(*names), taken=LEFT if names[0] else RIGHT)]
