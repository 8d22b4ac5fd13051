"""What was tried: how far, what was learned and changed, what ended, what waits in the valley of death."""

from django.utils.translation import gettext as _

from curation.choices import PhaseFound
from labs.choices import Changed, Obstacle, TrialStage
from labs.filters import STUCK

from .tables import Cell, Column, Row, Section, Table
from .telling import INK, Choice, Figures


def section(figures: Figures) -> Section:
    """Nothing but a sentence where there is neither trial nor solution."""
    title = _("Trials, and what was learned")
    if not figures.all_of("solution") and not figures.all_of("trial") and not figures.all_of("learning"):
        return Section("trials", title, [], _("No published trial fits this selection yet."))
    return Section("trials", title, [figure(figures) for figure in (trial_stages, learned, failed, stuck)])


def trial_stages(figures: Figures) -> Table:
    options = [*TrialStage.choices, (PhaseFound.ENDED.value, PhaseFound.ENDED.label)]
    choice = Choice.of(figures, "trial_stages", options, total=figures.all_of("trial"))
    going = choice.said - choice.numbers[PhaseFound.ENDED]
    return choice.table(
        "trial_stages",
        _("How far trials are"),
        first=_("Stage"),
        counted=_("Trials"),
        finding=_("%(n)s of %(of)s trials whose stage is known go on.") % {"n": going, "of": choice.said},
        definition=_(
            "The stages follow the innovation lifecycle of OECD's Observatory of Public Sector Innovation. A"
            " trial that is over is counted as ended, whatever stage it had reached."
        ),
        behind=_("The %(n)s of %(of)s published trials whose stage is known."),
        path=lambda stage: figures.asked.listed("trial", phase=stage),
        untold=figures.asked.listed("trial", phase=PhaseFound.UNKNOWN.value),
    )


def learned(figures: Figures) -> Table:
    n = figures.counted.n
    total = figures.all_of("learning")
    changed = sum(n("learned", what, "learning") for what in Changed if what != Changed.NOTHING)
    return Table(
        id="learned",
        title=_("What was learned changed"),
        finding=_("%(n)s of %(of)s learnings changed something: the need, the method or the solution.")
        % {"n": changed, "of": total}
        if total
        else _("Nothing learned has been told in the selection yet."),
        first=_("What it changed"),
        columns=[Column(_("Learnings"), INK), Column(_("Trials they come from"))],
        rows=[
            Row(str(what.label), [Cell(n("learned", what, column)) for column in ("learning", "trial")])
            for what in Changed
        ]
        if total
        else [],
        definition=_(
            "Each entry of a learning log is counted once, by what it changed. A trial with several stands in"
            " several lines. Where a year is chosen, what was learned in that year is counted."
        ),
        behind=_("All %(n)s learnings of %(trials)s published trials.")
        % {"n": total, "trials": n("learned", "", "trial")},
        number=total,
    )


def failed(figures: Figures) -> Table:
    ends = {"solution": _("Solutions"), "trial": _("Trials")}
    number = {(told, of): figures.counted.n("failed", told, of) for told in ("told", "") for of in ends}
    over = {of: number["told", of] + number["", of] for of in ends}
    total = sum(over.values())
    told = sum(number["told", of] for of in ends)
    return Table(
        id="failed",
        title=_("What ended"),
        finding=_("%(n)s of %(of)s ended solutions and trials tell what failed or what was learned.")
        % {"n": told, "of": total}
        if total
        else _("Nothing in the selection has ended."),
        first=_("What is told"),
        columns=[Column(label, INK) for label in ends.values()],
        rows=[
            Row(_("Tells what failed or what was learned"), [Cell(number["told", of]) for of in ends]),
            Row(_("Tells neither"), [Cell(number["", of]) for of in ends], missing=True),
            Row(_("Ended altogether"), [
                Cell(over[of], figures.asked.listed(of, phase=PhaseFound.ENDED.value)) for of in ends
            ]),
        ]
        if total
        else [],
        definition=_(
            "Nothing is deleted: what did not work stays readable with what failed and what others can learn"
            " from it. An end is no failure in itself; a trial is meant to end."
        ),
        behind=_("All %(n)s published solutions and trials that have ended.") % {"n": total},
        number=total,
    )  # fmt: skip


def stuck(figures: Figures) -> Table:
    total = figures.counted.n("stuck", "")
    choice = Choice.of(
        figures, "stuck", Obstacle.choices, total=total, said=figures.counted.n("said", "waiting")
    )
    options = sorted(choice.options, key=lambda option: -choice.numbers[option[0]])
    choice = Choice(options, choice.numbers, choice.said, total)
    finding = _("Between trial and operation for over 18 months: %(n)s of %(of)s solutions.") % {
        "n": total,
        "of": figures.all_of("solution"),
    }
    if choice.said:
        label, number = choice.most
        finding += " " + _("What most of them wait for: %(label)s (%(n)s).") % {"label": label, "n": number}
    return Table(
        id="stuck",
        title=_("In the valley of death"),
        finding=finding,
        first=_("What they wait for"),
        columns=choice.columns(_("Solutions")),
        rows=[*choice.rows(), *_altogether(figures, choice)],
        definition=_(
            "A solution is stuck between trial and operation (dødens gab) when it has stood at proof of"
            " concept or trial for over 18 months and has not ended: since it came to that stage, or else"
            " since its last trial. It may wait for several things."
        ),
        behind=_("The %(n)s of %(of)s stuck solutions that tell what they wait for.")
        % {"n": choice.said, "of": total},
        number=choice.said,
        share=1 if len(choice.columns("")) > 1 else None,
    )


def _altogether(figures: Figures, choice: Choice) -> list[Row]:
    """The line that leads to the list of them."""
    if not choice.total:
        return []
    empty = [Cell(None)] * (len(choice.columns("")) - 1)
    path = figures.asked.listed("solution", stuck=STUCK)
    return [Row(_("Stuck altogether"), [Cell(choice.total, path), *empty])]
