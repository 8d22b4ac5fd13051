"""What the register holds: entries by kind and by how fresh they are, links, labs with one side, statuses.

The year asked for is that in which an entry was published; links follow their lab.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext as _

from curation.choices import Freshness, Kind, PhaseFound, Side, State
from curation.freshness import DUE_AHEAD, SOONER, YEAR
from curation.models import Record
from labs.models import Link
from labs.querysets import ENDS

from ..figures import NOT_ENDED
from .asked import Asked
from .tables import Cell, Column, Row, Section, Table

INK = "ink"
# The status of needs and offers that has the same name for both.
OPEN = "open"


@dataclass(frozen=True)
class Group:
    """Published entries that are alike in all that is counted."""

    kind: str
    ended: bool
    fresh: str
    phase: str
    sides: frozenset[str]
    number: int


def section(today: dt.date, asked: Asked) -> Section:
    """All of it; two statements."""
    groups, links = groups_of(today, asked), links_by_side(asked)
    tables = [
        _kinds(groups, asked), _fresh(groups), _links(links), _labs(groups, asked), _statuses(groups, asked)
    ]  # fmt: skip
    return Section("register", _("What the register holds"), tables)


# Counting


def groups_of(today: dt.date, asked: Asked) -> list[Group]:
    """Every published entry is in one of them; one statement."""
    rows = (
        _with_freshness(Record.objects.published().filter(_asked_for(asked)), today)
        .order_by()
        .values_list("kind", "ended", "fresh", "phase", "sides")
        .annotate(number=Count("pk"))
    )
    return [
        Group(kind, ended, fresh, phase, frozenset(sides), number)
        for kind, ended, fresh, phase, sides, number in rows
    ]


def _asked_for(asked: Asked, path: str = "") -> Q:
    """The records of the selection, at the end of a path."""
    found = asked.within(path)
    return found & Q((f"{path}published_at__year", asked.year)) if asked.year else found


def _with_freshness(records: QuerySet[Record], today: dt.date) -> QuerySet[Any]:
    """`curation.freshness.freshness` as the database reckons it."""
    sooner = (When(kind=kind, then=_day(today - time + DUE_AHEAD)) for kind, time in SOONER.items())
    due = Case(*sooner, default=_day(today - YEAR + DUE_AHEAD))
    dated = records.alias(claimed=TruncDate("claimed_at"), confirmed=TruncDate("confirmed_at"), due=due)
    fresh = Case(
        When(claimed=None, then=Value(Freshness.UNCLAIMED)),
        When(confirmed=None, claimed__gte=today - YEAR, then=Value(Freshness.DUE)),
        When(Q(confirmed=None) | Q(confirmed__lt=today - YEAR), then=Value(Freshness.UNCONFIRMED)),
        When(confirmed__lt=F("due"), then=Value(Freshness.DUE)),
        default=Value(Freshness.CONFIRMED),
        output_field=CharField(),
    )
    return dated.annotate(fresh=fresh)


def _day(day: dt.date) -> Cast:
    return Cast(Value(day), DateField())


def links_by_side(asked: Asked) -> dict[tuple[str, bool], int]:
    """The links of labs that go on, between entries everybody may read, by side and whether confirmed."""
    ends = Q(*((f"{end}__record__state", State.PUBLISHED) for end in ENDS), _connector=Q.OR)
    rows = Link.objects.running().filter(ends, lab__record__state=State.PUBLISHED).order_by()
    rows = rows.filter(_asked_for(asked, "lab__record__"))
    said = rows.annotate(said=Q(confirmed_at__isnull=False)).values_list("side", "said")
    return {(side, confirmed): number for side, confirmed, number in said.annotate(number=Count("pk"))}


def _sum(groups: Iterable[Group]) -> int:
    return sum(group.number for group in groups)


# Tables


def _kinds(groups: Sequence[Group], asked: Asked) -> Table:
    labels = {
        Kind.LAB: _("Living labs"), Kind.ACTOR: _("Actors"), Kind.MISSION: _("Missions"),
        Kind.NEED: _("Needs"), Kind.OFFER: _("Offers"), Kind.TRIAL: _("Trials"),
        Kind.SOLUTION: _("Solutions"),
    }  # fmt: skip
    rows = [
        Row(
            label,
            [
                Cell(_sum(group for group in groups if group.kind == kind), asked.listed(kind)),
                Cell(_sum(group for group in groups if group.kind == kind and group.ended)),
            ],
        )
        for kind, label in labels.items()
    ]
    total = _sum(groups)
    return Table(
        id="entries",
        title=_("Entries"),
        finding=_("%(n)s entries can be read by everybody.") % {"n": total},
        first=_("Kind"),
        columns=[Column(_("Entries"), INK), Column(_("Of them ended"))],
        rows=rows,
        definition=_(
            "Everything that is published. What has ended stays readable and is counted in both columns."
        ),
        behind=_("All %(n)s published entries.") % {"n": total},
        number=total,
    )


def _fresh(groups: Sequence[Group]) -> Table:
    going = [group for group in groups if not group.ended]
    number = {state: _sum(group for group in going if group.fresh == state) for state in Freshness}
    total = sum(number.values())
    return Table(
        id="fresh",
        title=_("How fresh they are"),
        finding=_("%(n)s of %(total)s entries that have not ended are confirmed by those they are about.")
        % {"n": number[Freshness.CONFIRMED], "total": total},
        first=_("State"),
        columns=[Column(_("Entries"), INK)],
        rows=[Row(str(state.label), [Cell(number[state])]) for state in Freshness],
        definition=_(
            "Entries are confirmed by those who look after them: once a year, offers every half year, needs"
            " every quarter. A month before that runs out, confirmation is due."
        ),
        behind=_("All %(n)s published entries that have not ended.") % {"n": total},
        number=total,
    )


def _links(links: dict[tuple[str, bool], int]) -> Table:
    rows = [
        Row(
            str(side.label),
            [
                Cell(links.get((side, True), 0) + links.get((side, False), 0)),
                Cell(links.get((side, True), 0)),
                Cell(links.get((side, False), 0)),
            ],
        )
        for side in Side
    ]
    total = sum(links.values())
    named = sum(number for (_side, said), number in links.items() if not said)
    return Table(
        id="links",
        title=_("Links to labs"),
        finding=_("%(n)s of %(total)s links are only named by the lab so far.")
        % {"n": named, "total": total},
        first=_("Side"),
        columns=[Column(_("Links"), INK), Column(_("Confirmed")), Column(_("Only named"))],
        rows=rows,
        definition=_(
            "A link ties an actor, a mission, a need or an offer to a lab, on one side or on both. It is only"
            " named until the other party has confirmed it. Links that are over are not counted."
        ),
        behind=_("All %(n)s links between published entries that go on.") % {"n": total},
        number=total,
    )


def _labs(groups: Sequence[Group], asked: Asked) -> Table:
    labs = [group for group in groups if group.kind == Kind.LAB and not group.ended]
    labels = {"both": _("Has both sides"), "no_push": _("Lacks PUSH"), "no_pull": _("Lacks PULL")}
    number = {side: _sum(group for group in labs if side in group.sides) for side in labels}
    total = _sum(labs)
    return Table(
        id="coupled",
        title=_("Labs that couple the two sides"),
        finding=_("%(n)s of %(total)s labs have somebody on both sides.")
        % {"n": number["both"], "total": total},
        first=_("Links"),
        columns=[Column(_("Living labs"), INK)],
        rows=[
            Row(label, [Cell(number[side], asked.listed(Kind.LAB, side=side, phase=NOT_ENDED))])
            for side, label in labels.items()
        ],
        definition=_(
            "A lab has a side when at least one link on that side goes on. A lab without any link lacks both,"
            " and is counted in both of the last two rows."
        ),
        behind=_("All %(n)s published labs that have not ended.") % {"n": total},
        number=total,
    )  # fmt: skip


def _statuses(groups: Sequence[Group], asked: Asked) -> Table:
    both = [group for group in groups if group.kind in (Kind.NEED, Kind.OFFER)]
    found = Counter[tuple[str, str]]()
    for group in both:
        found[group.kind, _status(group)] += group.number
    labels = {
        OPEN: _("Open"),
        PhaseFound.UNKNOWN.value: _("Status not known"),
        "at_it": _("In dialogue or matched"),
        "over": _("Answered, closed or run out"),
    }
    kinds = (Kind.NEED, Kind.OFFER)
    total = sum(found.values())
    return Table(
        id="statuses",
        title=_("Needs and offers"),
        finding=_("%(needs)s needs and %(offers)s offers are open now.")
        % {"needs": found[Kind.NEED, OPEN], "offers": found[Kind.OFFER, OPEN]},
        first=_("Status"),
        columns=[Column(_("Needs"), "pull"), Column(_("Offers"), "push")],
        rows=[
            Row(label, [Cell(found[kind, key], _of_status(kind, key, asked)) for kind in kinds])
            for key, label in labels.items()
        ],
        definition=_(
            "What those who look after them say, or the day until which they stand. The sources often do not"
            " tell whether a need or an offer is still open; it is then not known."
        ),
        behind=_("All %(n)s published needs and offers.") % {"n": total},
        number=total,
    )


def _status(group: Group) -> str:
    if group.ended:
        return "over"
    return {OPEN: OPEN, "": PhaseFound.UNKNOWN.value}.get(group.phase, "at_it")


def _of_status(kind: str, key: str, asked: Asked) -> str:
    """The list behind a number, where the list can be asked for it."""
    return asked.listed(kind, phase=key) if key in (OPEN, PhaseFound.UNKNOWN.value) else ""
