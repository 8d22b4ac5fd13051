"""What spread: what others took over, how they heard of it and adapted it, and how long it takes."""

from django.utils.translation import gettext as _

from labs.choices import HeardThrough, Reuse

from .tables import ENOUGH, Cell, Column, Row, Section, Table
from .telling import INK, Choice, Figures


def section(figures: Figures) -> Section:
    """Nothing but a sentence where nobody has taken anything over, and no time to use is known."""
    title = _("Spread")
    if not figures.all_of("adoption") and not figures.counted.n("time", "solution", "n"):
        nothing = _("Nobody is known yet to have taken over a solution of this selection.")
        return Section("spreading", title, [], nothing)
    return Section("spreading", title, [figure(figures) for figure in (spread, how, heard, time)])


def spread(figures: Figures) -> Table:
    lines = {
        "confirmed": _("Confirmed by who took it over"),
        "named": _("Only named so far"),
        "over": _("No longer in use there"),
        "going": _("In use, confirmed or named"),
    }
    columns = {"adoption": _("Times taken over"), "solution": _("Solutions"), "actor": _("Organisations")}
    n = figures.counted.n
    total = figures.all_of("adoption")
    return Table(
        id="spread",
        title=_("Taken over by others"),
        finding=_(
            "Solutions that others use: %(solutions)s; organisations that use them: %(actors)s; confirmed by"
            " these %(n)s of %(of)s times."
        )
        % {
            "solutions": n("spread", "going", "solution"), "actors": n("spread", "going", "actor"),
            "n": n("spread", "confirmed", "adoption"), "of": n("spread", "going", "adoption"),
        },
        first=_("How one knows"),
        columns=[Column(label, INK if column == "adoption" else "") for column, label in columns.items()],
        rows=[
            Row(label, [Cell(n("spread", line, column)) for column in columns])
            for line, label in lines.items()
        ]
        if total
        else [],
        definition=_(
            "An organisation that uses a solution of somebody else is named first and confirms it then. A"
            " solution, and an organisation, may stand in several lines and is counted once in each. The"
            " selection's place is where it was taken over."
        ),
        behind=_("All %(n)s times published solutions were taken over by published organisations.")
        % {"n": total},
        number=total,
    )  # fmt: skip


def how(figures: Figures) -> Table:
    choice = Choice.of(figures, "how", Reuse.choices, total=figures.all_of("adoption"))
    return choice.table(
        "how",
        _("How it was taken over"),
        first=_("How"),
        counted=_("Times taken over"),
        finding=_("%(n)s of the %(of)s that tell it adapted the solution substantially.")
        % {"n": choice.numbers[Reuse.ADAPTED], "of": choice.said},
        definition=_("What those who took a solution over did with it, as it is told of each of them."),
        behind=_("The %(n)s of %(of)s times taken over of which it is told."),
    )


def heard(figures: Figures) -> Table:
    choice = Choice.of(figures, "heard", HeardThrough.choices, total=figures.all_of("adoption"))
    label, number = choice.most
    return choice.table(
        "heard",
        _("How they heard of it"),
        first=_("Through whom or what"),
        counted=_("Times taken over"),
        finding=_("Named most often: %(label)s, %(n)s of %(of)s times.")
        % {"label": label, "n": number, "of": choice.said},
        definition=_("How an organisation came to hear of the solution it took over."),
        behind=_("The %(n)s of %(of)s times taken over of which it is told."),
    )


def time(figures: Figures) -> Table:
    lines = {"solution": _("Where it began"), "adoption": _("Where it was taken over")}
    number = {line: figures.counted.n("time", line, "n") for line in lines}
    median = {
        line: figures.counted.median(line) if number[line] >= ENOUGH else None for line in lines
    }  # fmt: skip
    total = sum(number.values())
    return Table(
        id="time",
        title=_("From idea to use"),
        finding=_time(median, number),
        first=_("Where"),
        columns=[Column(_("Median months"), INK), Column(_("Of how many"))],
        rows=[Row(label, [Cell(median[line]), Cell(number[line])]) for line, label in lines.items()]
        if total
        else [],
        definition=_(
            "The months from the idea until it was in use; half of them took no longer than the median. Only"
            " where both months are known, and of at least five."
        ),
        behind=_("All %(n)s solutions and %(adoptions)s times taken over of which both months are known.")
        % {"n": number["solution"], "adoptions": number["adoption"]},
        number=max(number.values()),
    )


def _time(median: dict[str, float | None], number: dict[str, int]) -> str:
    began, there = median["solution"], median["adoption"]
    if began is not None and there is not None:
        return _(
            "Half of the solutions were in use within %(began)s months of the idea, and within %(there)s"
            " months where they were taken over."
        ) % {"began": Cell(began).text, "there": Cell(there).text}
    if began is not None:
        return _("Half of the solutions were in use within %(began)s months of the idea.") % {
            "began": Cell(began).text
        }
    if there is not None:
        return _("Half of those who took a solution over used it within %(there)s months of the idea.") % {
            "there": Cell(there).text
        }
    return _("Of fewer than five both months are known, which is too few for a median.")
