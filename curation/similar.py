"""Entries like another: the same themes first, then near by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from .models import Record, Theme
from .reference import Reference

CANDIDATES = 200
SHOWN = 4
TOLD = (
    "id", "kind", "slug", "name_da", "name_en", "phase", "ended", "pull_count", "push_count", "both_count",
    "theme_ids", "x", "y",
)  # fmt: skip
# A shared theme outweighs the length of Denmark (about 450 km), so distance only parts equals.
FAR_METRES = 900_000


@dataclass(frozen=True)
class Similar:
    """An entry, as far as a page tells of it, and the themes it shares with the one it is like."""

    record: Record
    shared: Sequence[Theme]


def similar_to(record: Record, reference: Reference) -> list[Similar]:
    """The few published entries of the same kind that share most themes, nearer ones first among equals."""
    own = {theme.pk for theme in reference.themes_of(record)}
    alike = Record.objects.published().of_kind(record.kind).filter(theme_ids__overlap=sorted(own))
    # By themselves, because an index has all that finds them.
    best = alike.exclude(pk=record.pk).order_by("-quality", "pk").values("pk")[:CANDIDATES]
    candidates = Record.objects.filter(pk__in=best).order_by("-quality", "pk").values(*TOLD)
    ranked = sorted(
        candidates, key=lambda other: _distance(record, other) - len(own.intersection(other["theme_ids"]))
    )
    return [
        Similar(Record(**other), [reference.themes[theme] for theme in other["theme_ids"] if theme in own])
        for other in ranked[:SHOWN]
    ]


def _distance(one: Record, other: Mapping[str, Any]) -> float:
    """Between 0 and 1; 1 where a point is not known."""
    x, y = other["x"], other["y"]
    if one.x is None or one.y is None or x is None or y is None:
        return 1.0
    return min(hypot(one.x - x, one.y - y) / FAR_METRES, 1.0)
