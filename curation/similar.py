"""Entries like another: the same themes first, then near by."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from .models import Record, Theme
from .reference import Reference

CANDIDATES = 200
SHOWN = 4
TOLD = (
    "kind", "slug", "name_da", "name_en", "phase", "ended", "pull_count", "push_count", "both_count",
    "theme_ids", "x", "y",
)  # fmt: skip
# A shared theme outweighs the length of Denmark (about 450 km), so distance only parts equals.
FAR_METRES = 900_000


@dataclass(frozen=True)
class Similar:
    """An entry, and the themes it shares with the one it is like."""

    record: Record
    shared: Sequence[Theme]


def similar_to(record: Record, reference: Reference) -> list[Similar]:
    """The few published entries of the same kind that share most themes, nearer ones first among equals."""
    own = {theme.pk for theme in reference.themes_of(record)}
    candidates = (
        Record.objects.published()
        .of_kind(record.kind)
        .filter(theme_ids__overlap=sorted(own))
        .exclude(pk=record.pk)
        .only(*TOLD)
        .order_by("-quality", "pk")[:CANDIDATES]
    )
    ranked = sorted(candidates, key=lambda other: _distance(record, other) - len(own & set(other.theme_ids)))
    return [
        Similar(other, [reference.themes[theme] for theme in other.theme_ids if theme in own])
        for other in ranked[:SHOWN]
    ]


def _distance(one: Record, other: Record) -> float:
    """Between 0 and 1; 1 where a point is not known."""
    if one.x is None or one.y is None or other.x is None or other.y is None:
        return 1.0
    return min(hypot(one.x - other.x, one.y - other.y) / FAR_METRES, 1.0)
