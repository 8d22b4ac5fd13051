"""What came of enquiries: sent, answered, how fast, and what both sides say 60 days later.

Counted is what was sent on (`actors.answering`), forgotten texts or not. Of fewer than five nothing is shown,
and nothing of a selection: what is missing from a whole, selected often enough, would tell of a few.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Aggregate,
    CharField,
    Count,
    F,
    FloatField,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import ExtractDay, ExtractYear, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.answering import counted
from actors.choices import WhatCame
from curation.reference import Reference
from places.choices import PlaceKind
from places.models import Place

from .asked import Asked, stands
from .tables import ENOUGH, Cell, Column, Row, Section, Table, showable

INK = "ink"
SIDES = ("sender", "owner")


class Median(Aggregate):
    """Half of the values are no larger; between the two in the middle."""

    function = "PERCENTILE_CONT"
    name = "Median"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)%(filter)s"
    output_field = FloatField()


@dataclass(frozen=True)
class Answers:
    """Of a group of enquiries: how many, of how many the answer was due, how many of those were answered."""

    sent: int
    due: int
    answered: int
    median: float | None


@dataclass(frozen=True)
class Outcomes:
    """What came of them: by who says it and what; `said`, of how many somebody has."""

    said: int
    by: Mapping[tuple[str, str], int]
    agreed: int
    differ: int


def section(today: dt.date, reference: Reference, asked: Asked) -> Section:
    """All of it; two statements, one where too few were sent, none for a selection."""
    title = _("What came of enquiries")
    if not asked.everything:
        return Section("enquiries", title, [], _only_as_a_whole())
    everything = counted().order_by().aggregate(**_answers(today), **_outcomes())
    all_of_them = _of(everything)
    if all_of_them.sent < ENOUGH:
        return Section("enquiries", title, [], _too_few(all_of_them.sent))
    groups = by_year_theme_and_place(today)
    tables = [
        _by_year(all_of_them, groups["year"]),
        _by(
            "theme", _("Enquiries by theme"), _("Theme"), all_of_them, groups["theme"],
            {t.pk: (t.name, t.get_absolute_url()) for t in reference.top_themes()},
        ),
        _by(
            "place", _("Enquiries by region"), _("Region"), all_of_them, groups["place"],
            {p.pk: (p.name, p.get_absolute_url()) for p in _regions(reference, today)},
        ),
    ]  # fmt: skip
    return Section("enquiries", title, [_came(_outcomes_of(everything)), *tables])


# Counting


def _answers(today: dt.date) -> dict[str, Aggregate]:
    due = Q(answer_by__lt=today)
    answered = due & Q(answered_at__isnull=False)
    return {
        "sent": Count("pk"),
        "due": Count("pk", filter=due),
        "answered": Count("pk", filter=answered),
        "median": Median(_days(), filter=answered),
    }


def _days() -> ExtractDay:
    """The days an answer took, by the calendar; on the same day it took none."""
    return ExtractDay(TruncDate("answered_at") - TruncDate("sent_at"))


def _outcomes() -> dict[str, Aggregate]:
    both = ~Q(sender_says="") & ~Q(owner_says="")
    same = Q(sender_says=F("owner_says"))
    found: dict[str, Aggregate] = {
        f"{side}_{what}": Count("pk", filter=Q(**{f"{side}_says": what}))
        for side in SIDES
        for what in WhatCame.values
    }
    return found | {
        "said": Count("pk", filter=~Q(sender_says="") | ~Q(owner_says="")),
        "agreed": Count("pk", filter=both & same),
        "differ": Count("pk", filter=both & ~same),
    }


def by_year_theme_and_place(today: dt.date) -> Mapping[str, Mapping[int, Answers]]:
    """By the year in which they were sent, the themes and the places of the entries asked; one statement.

    An entry with two themes counts in both, and in every place that holds its own.
    """
    groups = {
        "year": ExtractYear("sent_at"),
        "theme": _each("record__theme_ids"),
        "place": _each("record__place_ids"),
    }
    rows = [_grouped(by, group, today) for by, group in groups.items()]
    found: dict[str, dict[int, Answers]] = {by: {} for by in groups}
    for row in rows[0].union(*rows[1:], all=True).order_by("by", "group"):
        found[row["by"]][row["group"]] = _of(row)
    return found


def _each(column: str) -> Func:
    return Func(F(column), function="unnest", output_field=IntegerField())


def _grouped(by: str, group: Any, today: dt.date) -> QuerySet[Any, Any]:
    rows = counted().order_by().annotate(by=Value(by, output_field=CharField()), group=group)
    return rows.values("by", "group").annotate(**_answers(today))


def _of(row: Mapping[str, Any]) -> Answers:
    return Answers(row["sent"], row["due"], row["answered"], row["median"])


def _outcomes_of(row: Mapping[str, Any]) -> Outcomes:
    by = {(side, what): row[f"{side}_{what}"] for side in SIDES for what in WhatCame.values}
    return Outcomes(row["said"], by, row["agreed"], row["differ"])


def _regions(reference: Reference, today: dt.date) -> list[Place]:
    return [place for place in reference.places_of(PlaceKind.REGION) if stands(place, today)]


# Tables


def _only_as_a_whole() -> str:
    return _(
        "Enquiries are counted for the whole register only, by year, theme and region: of a narrower"
        " selection those who wrote could be recognised."
    )


def _too_few(sent: int) -> str:
    if not sent:
        return _("Nobody has sent an enquiry through the register yet.")
    return _(
        "Fewer than five enquiries have been sent, so no figures are shown: nobody should be recognisable."
    )


def _came(found: Outcomes) -> Table:
    if found.said < ENOUGH:
        return _not_said()
    finding = ngettext(
        "Of %(n)s enquiry it is told what came of it. Where both sides have answered, they say the same"
        " %(agreed)s times and different things %(differ)s times.",
        "Of %(n)s enquiries it is told what came of them. Where both sides have answered, they say the same"
        " %(agreed)s times and different things %(differ)s times.",
        found.said,
    )
    return Table(
        id="came",
        title=_("What came of them"),
        finding=finding % {"n": found.said, "agreed": found.agreed, "differ": found.differ},
        first=_("What came of it"),
        columns=[Column(_("Say those who asked"), INK), Column(_("Say those who were asked"), INK)],
        rows=[Row(str(what.label), [Cell(found.by[side, what]) for side in SIDES]) for what in WhatCame],
        definition=_(
            "Sixty days after an enquiry was sent, both sides are asked what came of it. Each answers for"
            " itself, so that the two columns may differ."
        ),
        behind=_("All %(n)s enquiries of which at least one side has told.") % {"n": found.said},
        number=found.said,
    )


def _not_said() -> Table:
    return Table(
        id="came",
        title=_("What came of them"),
        finding=_("Of fewer than five enquiries it is told what came of them, which is too few to show."),
        first="",
        columns=[],
        rows=[],
        definition=_("Sixty days after an enquiry was sent, both sides are asked what came of it."),
        behind="",
        number=0,
    )


def _by_year(everything: Answers, years: Mapping[int, Answers]) -> Table:
    shown = showable({year: answers.sent for year, answers in years.items()})
    rows = [(_("All years"), "", everything), *((str(year), "", years[year]) for year in shown)]
    finding = _(
        "%(n)s enquiries have been sent. Of %(due)s whose answer was due, %(answered)s were answered."
    )
    return _table(
        "answered", _("Sent and answered"), _("Year it was sent"),
        finding % {"n": everything.sent, "due": everything.due, "answered": everything.answered},
        rows, everything, hidden=len(shown) < len(years),
    )  # fmt: skip


def _by(
    of: str, title: str, first: str, everything: Answers, found: Mapping[int, Answers],
    names: Mapping[int, tuple[str, str]],
) -> Table:  # fmt: skip
    known = {pk: found[pk] for pk in names if pk in found}
    shown = showable({pk: answers.sent for pk, answers in known.items()})
    rows = [(*names[pk], known[pk]) for pk in sorted(shown, key=lambda pk: -known[pk].sent)]
    finding = "" if rows else _("There are too few enquiries to show them like this.")
    return _table(of, title, first, finding, rows, everything, hidden=len(shown) < len(known))


def _table(
    of: str, title: str, first: str, finding: str, rows: Sequence[tuple[str, str, Answers]],
    everything: Answers, *, hidden: bool,
) -> Table:  # fmt: skip
    return Table(
        id=of,
        title=title,
        finding=finding,
        first=first,
        columns=[
            Column(_("Sent"), INK), Column(_("Answer was due")), Column(_("Of them answered"), INK),
            Column(_("Median days to the answer")),
        ],
        rows=[Row(label, _cells(answers, path)) for label, path, answers in rows],
        definition=_(
            "An enquiry counts when it was sent on to those behind an entry. Its answer was due when the"
            " promised day has passed. Half of the answers came within the median number of days. Themes and"
            " regions are those the entry has today; an entry with two themes counts in both."
        ),
        behind=_("All %(n)s enquiries that were sent.") % {"n": everything.sent},
        number=everything.sent,
        hidden=_("Lines with fewer than five enquiries are left out, so that nobody is recognisable.")
        if hidden
        else "",
    )  # fmt: skip


def _cells(answers: Answers, path: str) -> list[Cell]:
    return [Cell(answers.sent, path), Cell(answers.due), Cell(answers.answered), Cell(answers.median)]
