"""How many entries carry each theme, and what one theme holds across the country."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Func, IntegerField
from django.urls import reverse
from django.utils.translation import gettext as _

from curation.choices import Kind
from curation.models import Record, Theme
from curation.reference import Reference
from places.choices import PlaceKind

from .balance import NOTHING, Evidence
from .balance.pairs import counted_path
from .balance.under import evidence_of

SHOWN = 6


@dataclass
class ThemeRow:
    """A theme with how many published entries of each kind carry it or one below it."""

    theme: Theme
    counts: Mapping[str, int]
    below: list["ThemeRow"] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """The entries of a kind under a theme: how many, the best of them, and which side they stand for."""

    kind: Kind
    side: str
    total: int
    records: Sequence[Record]

    @property
    def title(self) -> str:
        return {
            Kind.NEED: _("Needs"),
            Kind.LAB: _("Labs"),
            Kind.MISSION: _("Missions"),
            Kind.OFFER: _("Offers"),
            Kind.ACTOR: _("Actors"),
            Kind.TRIAL: _("Trials"),
            Kind.SOLUTION: _("Solutions"),
        }[self.kind]

    @property
    def nothing(self) -> str:
        return {
            Kind.NEED: _("No need in the register is about this theme."),
            Kind.LAB: _("No living lab in the register is about this theme."),
            Kind.MISSION: _("No mission in the register is about this theme."),
            Kind.OFFER: _("No offer in the register is about this theme."),
            Kind.ACTOR: _("No actor in the register takes part in anything about this theme."),
            Kind.TRIAL: _("Nothing in the register has been tried about this theme."),
            Kind.SOLUTION: _("No solution in the register is about this theme."),
        }[self.kind]

    @property
    def path(self) -> str:
        return reverse(f"{self.kind}s:browse")


@dataclass(frozen=True)
class InTheme:
    """What a theme holds: how many of each kind, the best of them, and the evidence of the whole country."""

    counts: Mapping[str, int]
    parts: Sequence[Part]
    evidence: Evidence
    counted: str


# What is tried and what came of it stands on neither side.
PARTS = (
    (Kind.NEED, "pull"), (Kind.LAB, "pull"), (Kind.MISSION, "pull"), (Kind.OFFER, "push"),
    (Kind.TRIAL, ""), (Kind.SOLUTION, ""), (Kind.ACTOR, ""),
)  # fmt: skip


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
    """What carries the theme or one below it; three statements, and two for a narrower theme's evidence."""
    carrying = Record.objects.published().about(theme.pk).order_by()
    counts = dict(carrying.values_list("kind").annotate(number=Count("pk")))
    country = next(iter(reference.places_of(PlaceKind.COUNTRY)), None)
    return InTheme(
        counts=counts,
        parts=_parts(theme, counts),
        evidence=evidence_of(country, theme, reference) if country else NOTHING,
        counted=f"{counted_path(country)}?theme={theme.slug}" if country else "",
    )


def _parts(theme: Theme, counts: Mapping[str, int]) -> list[Part]:
    """The best of each kind; what goes on comes first, as quality has it."""
    about = Record.objects.published().about(theme.pk).order_by("-quality", "pk").values_list("pk", flat=True)
    first, *others = (about.filter(kind=kind)[:SHOWN] for kind, _side in PARTS)
    best = list(first.union(*others, all=True).order_by())
    records = Record.objects.filter(pk__in=best).select_related(*(kind for kind, _side in PARTS))
    found = list(records.shown().order_by("-quality", "pk"))
    return [
        Part(kind, side, counts.get(kind, 0), [record for record in found if record.kind == kind])
        for kind, side in PARTS
    ]
