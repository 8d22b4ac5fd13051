"""What came out: how far, of what type, how new, through whom, of what value, together with whom."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from actors.choices import ActorKind
from curation.choices import PhaseFound
from labs.choices import Contributor, Evidence, InnovationType, Novelty, Operable, Reached, Reuse, ValueKind

from .tables import Cell, Column, Row, Section, Table
from .telling import INK, Choice, Figures

IN_USE = (Reached.IN_USE, Reached.DOCUMENTED, Reached.SPREAD)
BEFORE = (Reached.IDEA, Reached.PROOF, Reached.TRIAL)


def section(figures: Figures) -> Section:
    """Nothing but a sentence where there is no solution."""
    title = _("What came out")
    if not figures.all_of("solution"):
        return Section("solutions", title, [], _("No published solution fits this selection yet."))
    told = (stages, gate, operable, types, novelty, contributors, reuse, values, documented, partners, actors)
    return Section("solutions", title, [figure(figures) for figure in told])


def stages(figures: Figures) -> Table:
    total = figures.all_of("solution")
    options = [*Reached.choices, (PhaseFound.ENDED.value, PhaseFound.ENDED.label)]
    choice = Choice.of(figures, "stages", options, total=total)
    in_use = sum(choice.numbers[stage] for stage in IN_USE)
    return choice.table(
        "stages",
        _("How far solutions have come"),
        first=_("Stage"),
        counted=_("Solutions"),
        finding=_(
            "%(n)s of %(of)s solutions whose stage is known are in use, and %(spread)s of these have"
            " spread."
        )
        % {"n": in_use, "of": choice.said, "spread": choice.numbers[Reached.SPREAD]},
        definition=_(
            "Idea, proof of concept, trial and in use are told. Documented value means new to the"
            " workplace, in use since a known month, and a value that was counted, evaluated or compared."
            " Spread means that another organisation has confirmed that it uses the solution too. Each"
            " solution is counted once, at the furthest stage it has reached."
        ),
        behind=_("All %(n)s of %(of)s published solutions whose stage is known."),
        path=lambda stage: figures.asked.listed("solution", phase=stage),
        untold=figures.asked.listed("solution", phase=PhaseFound.UNKNOWN.value),
    )  # fmt: skip


def gate(figures: Figures) -> Table:
    total = figures.all_of("solution")
    labels = {
        "new": _("New to the workplace"),
        "used": _("In use since a known month"),
        "value": _("Documented value"),
        "all": _("All three: an innovation"),
    }
    number = {line: figures.counted.n("gate", line) for line in labels}
    choice = Choice(list(labels.items()), number, total, total)
    return choice.table(
        "gate",
        _("What may be called an innovation"),
        first=_("Condition"),
        counted=_("Solutions"),
        finding=_("%(n)s of %(of)s solutions are innovations by all three conditions.")
        % {"n": number["all"], "of": total},
        definition=_(
            "A public innovation is new to the workplace, in use, and of documented value; otherwise it is an"
            " idea or a trial. What has ended since is counted as what it was."
        ),
        behind=_("All %(of)s published solutions."),
    )


def operable(figures: Figures) -> Table:
    columns = {"use": IN_USE, "before": BEFORE}
    number = {
        (value, column): figures.counted.n("operable", value, column)
        for value in (*Operable.values, "")
        for column in columns
    }
    use, before = (sum(n for (_value, column), n in number.items() if column == one) for one in columns)

    def cells(value: str) -> list[Cell]:
        known = {"operable": value} if value else None
        return [
            Cell(
                number[value, column],
                figures.asked.listed("solution", phase=phases, **known) if known else "",
            )
            for column, phases in columns.items()
        ]

    return Table(
        id="operable",
        title=_("Can daily operation use it"),
        finding=_("In operation: %(use)s, against %(before)s that are ideas or on trial.")
        % {"use": use, "before": before},
        first=_("Operability"),
        columns=[Column(_("In operation"), INK), Column(_("Idea or trial"), INK)],
        rows=[
            *(Row(str(value.label), cells(value)) for value in Operable),
            Row(_("Not told"), cells(""), missing=True),
        ],
        definition=_(
            "Operability (driftbarhed) is whether daily operation can really use a solution, as those who"
            " look after it say. In operation are solutions in use, of documented value or spread; idea or"
            " trial are those before. What has ended, and what is at an unknown stage, is not counted."
        ),
        behind=_("All %(n)s published solutions at a known stage that have not ended.") % {"n": use + before},
        number=use + before,
    )


def types(figures: Figures) -> Table:
    choice = Choice.of(
        figures, "types", InnovationType.choices, total=figures.all_of("solution"),
        said=figures.counted.n("said", "types"),
    )  # fmt: skip
    return choice.table(
        "types",
        _("Types"),
        first=_("Type"),
        counted=_("Solutions"),
        finding=_most(choice),
        definition=_("A solution may be of several types, so that the shares add up to more than 100 %."),
        behind=_that_tell(),
        path=lambda value: figures.asked.listed("solution", kind=value),
    )


def novelty(figures: Figures) -> Table:
    choice = Choice.of(figures, "novelty", Novelty.choices, total=figures.all_of("solution"))
    return choice.table(
        "novelty",
        _("Radical or incremental"),
        first=_("How new"),
        counted=_("Solutions"),
        finding=_("%(n)s of the %(of)s solutions that tell it break with what was done before.")
        % {"n": choice.numbers[Novelty.RADICAL], "of": choice.said},
        definition=_("How far a solution departs from what was done before where it began."),
        behind=_that_tell(),
    )


def contributors(figures: Figures) -> Table:
    choice = Choice.of(
        figures, "contributors", Contributor.choices, total=figures.all_of("solution"),
        said=figures.counted.n("said", "contributors"),
    )  # fmt: skip
    return choice.table(
        "contributors",
        _("Who contributed"),
        first=_("Who"),
        counted=_("Solutions"),
        finding=_most(choice),
        definition=_(
            "Who started or carried a solution. Several may, so that the shares add up to more than 100 %."
        ),
        behind=_that_tell(),
    )  # fmt: skip


def reuse(figures: Figures) -> Table:
    choice = Choice.of(figures, "reuse", Reuse.choices, total=figures.all_of("solution"))
    again = choice.numbers[Reuse.ADAPTED] + choice.numbers[Reuse.COPY]
    return choice.table(
        "reuse",
        _("Reuse"),
        first=_("Developed or taken over"),
        counted=_("Solutions"),
        finding=_("%(n)s of the %(of)s solutions that tell it are inspired by others or copied from them.")
        % {"n": again, "of": choice.said},
        definition=_(
            "Whether a solution was developed where it began or taken over from others. Those who took it"
            " over afterwards are counted under spread."
        ),
        behind=_that_tell(),
    )


def values(figures: Figures) -> Table:
    number = {
        (kind, level): figures.counted.n("values", kind, level)
        for kind in ValueKind.values
        for level in Evidence.values
    }
    total = sum(number.values())
    known = sum(n for (_kind, level), n in number.items() if level != Evidence.FELT)
    return Table(
        id="values",
        title=_("Values, and how one knows"),
        finding=_("Of %(of)s values that are named, %(n)s are documented and the others only experienced.")
        % {"n": known, "of": total},
        first=_("Kind of value"),
        columns=[Column(str(level.label), INK) for level in Evidence],
        rows=[Row(str(kind.label), [Cell(number[kind, level]) for level in Evidence]) for kind in ValueKind]
        if total
        else [],
        definition=_(
            "A solution may have several kinds of value, each once. What was counted before and after,"
            " evaluated by others or compared with a control is documented; what is only experienced is"
            " not."
        ),
        behind=_("All %(n)s values of published solutions where they began.") % {"n": total},
        number=total,
    )


def documented(figures: Figures) -> Table:
    ends = ("solution", "adoption")
    number = {
        (line, of): figures.counted.n("documented", line, of) for line in ("yes", "felt") for of in ends
    }
    total = {of: figures.all_of(of) for of in ends}
    nothing = {of: total[of] - number["yes", of] - number["felt", of] for of in ends}
    return Table(
        id="documented",
        title=_("Documented value"),
        finding=_(
            "%(n)s of %(of)s solutions have documented value where they began, and so have %(there)s of"
            " %(adoptions)s where they were taken over."
        )
        % {
            "n": number["yes", "solution"], "of": total["solution"], "there": number["yes", "adoption"],
            "adoptions": total["adoption"],
        },
        first=_("What one knows"),
        columns=[Column(_("Where it began"), INK), Column(_("Where it was taken over"), INK)],
        rows=[
            Row(_("Documented value"), [Cell(number["yes", of]) for of in ends]),
            Row(_("Only experienced"), [Cell(number["felt", of]) for of in ends]),
            Row(_("No value named"), [Cell(nothing[of]) for of in ends], missing=True),
        ],
        definition=_(
            "Documented is what has at least one kind of value that was counted, evaluated or compared. Taken"
            " over is counted once for each organisation."
        ),
        behind=_("All %(n)s published solutions, and the %(adoptions)s times they were taken over.")
        % {"n": total["solution"], "adoptions": total["adoption"]},
        number=total["solution"],
    )  # fmt: skip


def partners(figures: Figures) -> Table:
    labels = {
        "public": _("Public organisations with each other"),
        "companies": _("With companies"),
        "research": _("With research and education"),
        "civil": _("With associations and citizens' groups"),
        "funders": _("With foundations and funds"),
        "others": _("With others: clusters, networks, housing, utilities"),
    }
    ends = ("solution", "trial")
    joint = {of: figures.counted.n("partners", "joint", of) for of in ends}
    alone = {of: figures.all_of(of) - joint[of] for of in ends}
    return Table(
        id="partners",
        title=_("Made together"),
        finding=_(
            "In %(n)s of %(of)s solutions and %(m)s of %(trials)s trials at least two organisations take"
            " part."
        )
        % {"n": joint["solution"], "of": figures.all_of("solution"), "m": joint["trial"],
           "trials": figures.all_of("trial")},
        first=_("Together with whom"),
        columns=[Column(_("Solutions"), INK), Column(_("Trials"), INK)],
        rows=[
            *(Row(label, [Cell(figures.counted.n("partners", sort, of)) for of in ends])
              for sort, label in labels.items()),
            Row(_("One organisation, or nobody named"), [Cell(alone[of]) for of in ends], missing=True),
        ],
        definition=_(
            "Who answers for a solution or a trial takes part, and so do its partners, confirmed or only"
            " named. Counted are those in which at least two organisations take part, in each line in"
            " which one of that sort does; the first line needs two public ones. A solution may stand in"
            " several lines."
        ),
        behind=_("All %(n)s published solutions and %(m)s published trials.")
        % {"n": figures.all_of("solution"), "m": figures.all_of("trial")},
        number=figures.all_of("solution") + figures.all_of("trial"),
    )  # fmt: skip


def actors(figures: Figures) -> Table:
    n = figures.counted.n
    met = [kind for kind in ActorKind if n("actors", kind, "actor")]
    total = sum(n("actors", kind, "actor") for kind in met)
    columns = {"actor": _("Organisations"), "solution": _("Solutions"), "trial": _("Trials")}
    return Table(
        id="actors",
        title=_("Who takes part"),
        finding=_("Organisations that take part in solutions or trials: %(n)s, of %(kinds)s kinds.")
        % {"n": total, "kinds": len(met)},
        first=_("Kind of organisation"),
        columns=[
            Column(label, INK if column == "actor" else "") for column, label in columns.items()
        ],
        rows=[
            Row(str(kind.label), [Cell(n("actors", kind, column)) for column in columns])
            for kind in sorted(met, key=lambda kind: -n("actors", kind, "actor"))
        ],
        definition=_(
            "Published organisations that answer for a solution or a trial, or are partners in one,"
            " confirmed or only named. Each is counted once, whatever it takes part in."
        ),
        behind=_("All %(n)s published organisations that take part.") % {"n": total},
        number=total,
    )  # fmt: skip


def _most(choice: Choice) -> str:
    label, number = choice.most
    return _("Named most often: %(label)s, by %(n)s of the %(of)s solutions that tell it.") % {
        "label": label, "n": number, "of": choice.said,
    }  # fmt: skip


def _that_tell() -> str:
    return pgettext("solutions", "The %(n)s of %(of)s published solutions that tell it.")
