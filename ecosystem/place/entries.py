"""The entries of a place, kind by kind: how many, and the best of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.choices import OFFER_OVER, ActorKind, OfferKind, OfferStatus
from curation.choices import Kind, Phase, PhaseFound, Side
from curation.models import Record
from curation.phases import PhaseShown, phase_of
from curation.querysets import RecordQuerySet
from curation.reference import Reference
from missions.choices import NEED_OVER, NeedKind, NeedStatus
from places.models import Place

from ..balance import Count

SHOWN = 12
# The five leadership questions are answered by all missions of a place, and no place has more than this.
MISSIONS_READ = 60
# In the order of the page.
KINDS = (
    Kind.MISSION, Kind.LAB, Kind.NEED, Kind.OFFER, Kind.TRIAL, Kind.SOLUTION, Kind.ACTOR,
)  # fmt: skip
# What the lists are asked for so that they leave out what is over.
GOING_ON: Mapping[str, Sequence[str]] = {
    Kind.LAB: ["", *Phase.values],
    Kind.MISSION: ["", *Phase.values],
    Kind.NEED: ["", *(status for status in NeedStatus.values if status not in NEED_OVER)],
    Kind.OFFER: ["", *(status for status in OfferStatus.values if status not in OFFER_OVER)],
}
# Of what runs out only what still goes on is shown and counted here.
OVER: Mapping[str, Sequence[str]] = {Kind.NEED: NEED_OVER, Kind.OFFER: OFFER_OVER}
TYPES: Mapping[str, Any] = {Kind.NEED: NeedKind, Kind.OFFER: OfferKind, Kind.ACTOR: ActorKind}


@dataclass(frozen=True)
class Row:
    """An entry in short; `side` is an actor's own, the two numbers those of a lab's or a mission's links."""

    name: str
    path: str
    note: str
    phase: PhaseShown | None
    pull: int
    push: int
    side: str
    side_name: str


@dataclass(frozen=True)
class Part:
    """The entries of a kind in a place: how many, the best of them, and how many are over and not shown."""

    kind: Kind
    place: Place
    total: int
    over: int
    rows: Sequence[Row]

    @property
    def title(self) -> str:
        return {
            Kind.LAB: _("Labs"), Kind.MISSION: _("Missions"), Kind.ACTOR: _("Actors"),
            Kind.NEED: _("Needs"), Kind.OFFER: _("Offers"), Kind.TRIAL: _("Trials"),
            Kind.SOLUTION: _("Solutions"),
        }[self.kind]  # fmt: skip

    @property
    def label(self) -> str:
        """What stands under the number."""
        return {
            Kind.LAB: ngettext("lab", "labs", self.total),
            Kind.MISSION: ngettext("mission", "missions", self.total),
            Kind.ACTOR: ngettext("actor", "actors", self.total),
            Kind.NEED: ngettext("need described", "needs described", self.total),
            Kind.OFFER: ngettext("offer", "offers", self.total),
            Kind.TRIAL: ngettext("trial", "trials", self.total),
            Kind.SOLUTION: ngettext("solution", "solutions", self.total),
        }[self.kind]

    @property
    def nothing(self) -> str:
        return {
            Kind.LAB: _("No living lab is known here."),
            Kind.MISSION: _("No mission is known here."),
            Kind.ACTOR: _("No actor is known here."),
            Kind.NEED: _("Nobody here has described a need that is still open."),
            Kind.OFFER: _("Nobody here has an open offer."),
            Kind.TRIAL: _("Nothing is known to have been tried here."),
            Kind.SOLUTION: _("No solution is known to come from here or to be used here."),
        }[self.kind]

    @property
    def path(self) -> str:
        """The list with exactly these entries."""
        phases = GOING_ON[self.kind] if self.kind in OVER else ()
        return list_path(self.kind, place=self.place.address, phase=phases)

    @property
    def country_path(self) -> str:
        return reverse(f"{self.kind}s:browse")

    @property
    def over_path(self) -> str:
        """The list of those that are over."""
        return list_path(self.kind, place=self.place.address, phase=OVER[self.kind])

    @property
    def first_step(self) -> str:
        """Where the first one is registered, with the place filled in."""
        return f"{reverse('keeping:begin', args=[self.kind])}?{urlencode({'place': self.place.address})}"


def list_path(kind: str, **asked: Any) -> str:
    """The list of a kind; the empty status is called unknown there."""
    asked["phase"] = [phase or PhaseFound.UNKNOWN.value for phase in asked.get("phase", ())]
    return f"{reverse(f'{kind}s:browse')}?{urlencode(asked, doseq=True)}"


def best_of(place: Place, also: RecordQuerySet | None = None) -> list[Record]:
    """The best entries of every kind, the best first, and `also` some records that are not the place's.

    One statement, which no register makes longer.
    """
    here = Record.objects.published().in_place(place.pk).shown()
    first, *others = (_best(here.of_kind(kind), kind) for kind in KINDS)
    if also is not None:
        others.append(also)
    return sorted(first.union(*others, all=True), key=lambda record: (-record.quality, record.pk))


def _best(records: RecordQuerySet, kind: Kind) -> RecordQuerySet:
    if kind in OVER:
        records = records.current()
    return records.order_by("-quality", "pk")[: MISSIONS_READ if kind == Kind.MISSION else SHOWN]


def parts_of(place: Place, count: Count, records: Iterable[Record], reference: Reference) -> list[Part]:
    """The kinds in the order of the page, their numbers from the kept balance of the country."""
    here = list(records)
    totals = {
        Kind.MISSION: (count.missions, 0),
        Kind.LAB: (count.labs, 0),
        Kind.NEED: (count.evidence.need, count.needs - count.evidence.need),
        Kind.OFFER: (count.evidence.offer, count.offers - count.evidence.offer),
        Kind.ACTOR: (count.actors, 0),
        Kind.TRIAL: (count.trials, 0),
        Kind.SOLUTION: (count.solutions, 0),
    }
    return [
        Part(kind, place, *totals[kind], [row(record, reference) for record in of_kind(here, kind)[:SHOWN]])
        for kind in KINDS
    ]


def of_kind(records: Iterable[Record], kind: Kind) -> list[Record]:
    return [record for record in records if record.kind == kind]


def row(record: Record, reference: Reference) -> Row:
    """In short, from the record alone."""
    said = [str(TYPES[record.kind](record.type).label)] if record.kind in TYPES and record.type else []
    said += [theme.name for theme in reference.themes_of(record)]
    side = record.sides[0] if record.kind == Kind.ACTOR and record.sides else ""
    return Row(
        record.name, record.get_absolute_url(), " · ".join(said), phase_of(record),
        record.pull_total, record.push_total, side, str(Side(side).label) if side else "",
    )  # fmt: skip
