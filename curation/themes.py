"""How many entries carry each theme, and what one theme holds across the country."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Func, IntegerField, Sum

from .choices import Kind
from .models import Record, Theme
from .reference import Reference

SHOWN = 8


@dataclass
class ThemeRow:
    """A theme with how many published entries of each kind carry it or one below it."""

    theme: Theme
    counts: Mapping[str, int]
    below: list["ThemeRow"] = field(default_factory=list)


@dataclass(frozen=True)
class InTheme:
    """What a theme holds: how many of each kind, the best of them, and the links of its labs on each side."""

    counts: Mapping[str, int]
    labs: Sequence[Record]
    missions: Sequence[Record]
    pull: int
    push: int


def counts_by_theme(reference: Reference) -> list[ThemeRow]:
    """The themes of the first level in order, each with those below it; one statement."""
    counted: dict[int, dict[str, int]] = {}
    carried = (
        Record.objects.published()
        .order_by()
        .annotate(theme=Func(F("theme_ids"), function="unnest", output_field=IntegerField()))
        .values_list("theme", "kind")
        .annotate(number=Count("pk"))
    )
    for theme, kind, number in carried:
        counted.setdefault(theme, {})[kind] = number
    return [
        ThemeRow(
            top,
            counted.get(top.pk, {}),
            [ThemeRow(theme, counted.get(theme.pk, {})) for theme in reference.themes_below(top)],
        )
        for top in reference.top_themes()
    ]


def in_theme(theme: Theme, reference: Reference) -> InTheme:
    """What carries the theme or one below it; three statements."""
    carrying = Record.objects.published().about(theme.pk)
    figures = (
        carrying.order_by()
        .values_list("kind")
        .annotate(number=Count("pk"), pull=Sum("pull_count"), push=Sum("push_count"), both=Sum("both_count"))
    )
    by_kind = {kind: (number, pull + both, push + both) for kind, number, pull, push, both in figures}
    _number, pull, push = by_kind.get(Kind.LAB, (0, 0, 0))
    return InTheme(
        counts={kind: number for kind, (number, _pull, _push) in by_kind.items()},
        labs=_best(theme, Kind.LAB),
        missions=_best(theme, Kind.MISSION),
        pull=pull,
        push=push,
    )


def _best(theme: Theme, kind: str) -> Sequence[Record]:
    found = Record.objects.published().about(theme.pk).of_kind(kind)
    return list(found.select_related(kind).shown().order_by("-quality", "pk")[:SHOWN])
