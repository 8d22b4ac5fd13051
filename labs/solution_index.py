"""What lists and search read of a solution."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from curation.choices import Level
from curation.facts import Facts, labelled
from curation.levels import Check, Met
from curation.points import Point, points_of_places

from .choices import Evidence, InnovationType, Reached
from .gate import gate, reached
from .models import Adoption, Partner, Solution, Value

WEIGHT: Mapping[str, int] = {
    Reached.SPREAD: 300, Reached.DOCUMENTED: 290, Reached.IN_USE: 250, Reached.TRIAL: 150,
}  # fmt: skip
WEIGHT_BEFORE = 100


def facts(solutions: Sequence[Solution]) -> Mapping[int, Facts]:
    """The facts of many solutions in a constant number of queries."""
    ids = [solution.pk for solution in solutions]
    owners = Actor.objects.published().in_bulk({one.owner_id for one in solutions if one.owner_id})
    partners, evidence, adoptions = _partners_of(ids), _evidence_of(ids), _adoptions_of(ids)
    points = points_of_places(ids)
    return {
        one.pk: _facts(
            one, owners.get(one.owner_id or 0), partners[one.pk], evidence[one.pk], adoptions[one.pk],
            points.get(one.pk),
        )
        for one in solutions
    }  # fmt: skip


def linked(solution: int) -> Iterable[int]:
    """Its lab, its need, who answers for it, who takes part and who has taken it over."""
    for path in ("lab_id", "need_id", "owner_id", "partners__actor_id", "adoptions__adopter_id"):
        rows = Solution.objects.filter(pk=solution, **{f"{path.removesuffix('_id')}__isnull": False})
        yield from rows.order_by().values_list(path, flat=True)


def _facts(
    solution: Solution, owner: Actor | None, partners: Sequence[str], evidence: Sequence[str],
    adoptions: Sequence[Adoption], town: Point | None,
) -> Facts:  # fmt: skip
    own = (
        (solution.latitude, solution.longitude)
        if solution.latitude is not None and solution.longitude is not None
        else None
    )
    danish, english = labelled(InnovationType(one) for one in solution.types)
    passed = gate(
        new_here=solution.new_here, dated=solution.in_use_since is not None, stage=solution.stage,
        evidence=evidence,
    )  # fmt: skip
    by_others = [
        one
        for one in adoptions
        if one.confirmed and one.ended_on is None and one.adopter_id != solution.owner_id
    ]
    stage = reached(solution.stage, passed, adoptions=len(by_others))
    texts = (
        solution.run_by, solution.run_needs, solution.replaced, solution.failed, solution.to_adapt,
        solution.inspired_by_named,
    )  # fmt: skip
    return Facts(
        phase=stage,
        weight=WEIGHT.get(stage, WEIGHT_BEFORE),
        links=len(partners) + len(adoptions),
        partners=[
            *([owner.name_da] if owner else []),
            *partners,
            *(one.adopter.name_da for one in adoptions),
        ],
        texts_da=[solution.effect_da, solution.conditions_da, *texts, *danish],
        texts_en=[solution.effect_en, solution.conditions_en, *english],
        further_places=[one.place_id for one in adoptions if one.place_id],
        point=own or town,
        completeness=_completeness(solution, evidence) + min(len(partners) + len(adoptions), 20),
        checks=_checks(solution, evidence),
    )


TYPES = Check("types", Level.GOOD, _("What kind of innovation it is"), "types")
STAGE = Check("stage", Level.GOOD, _("How far it is"), "stage")
EFFECT = Check("effect", Level.GOOD, _("The effect for the citizen"), "effect_da")
VALUE = Check("value", Level.GOOD, _("At least one kind of value"), "quality_evidence")
DOCUMENTED = Check(
    "documented", Level.EXCELLENT, _("A value that was counted, evaluated or compared"), "quality_evidence"
)
NEED = Check("need", Level.EXCELLENT, _("The need it answers"), "need")
OPERABLE = Check("operable", Level.EXCELLENT, _("Whether daily operation can use it"), "operable")
RUN_BY = Check("run_by", Level.EXCELLENT, _("Who runs it"), "run_by")
CONDITIONS = Check("conditions", Level.EXCELLENT, _("What it takes to succeed"), "conditions_da")
FAILED = Check("failed", Level.EXCELLENT, _("What failed on the way"), "failed")


def _checks(solution: Solution, evidence: Sequence[str]) -> Met:
    return {
        TYPES: bool(solution.types),
        STAGE: bool(solution.stage),
        EFFECT: bool(solution.effect_da),
        VALUE: bool(evidence),
        DOCUMENTED: any(one and one != Evidence.FELT for one in evidence),
        NEED: solution.need_id is not None,
        OPERABLE: bool(solution.operable),
        RUN_BY: bool(solution.run_by),
        CONDITIONS: bool(solution.conditions_da),
        FAILED: bool(solution.failed),
    }


def _partners_of(ids: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for partner in Partner.objects.filter(solution__in=ids).running().with_actor().order_by("pk"):
        found[partner.solution_id or 0].append(partner.actor.name_da)
    return found


def _evidence_of(ids: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Value.objects.filter(solution__in=ids).order_by("pk")
    for solution, evidence in rows.values_list("solution_id", "evidence"):
        found[solution or 0].append(evidence)
    return found


def _adoptions_of(ids: Sequence[int]) -> Mapping[int, list[Adoption]]:
    found: dict[int, list[Adoption]] = defaultdict(list)
    for adoption in Adoption.objects.filter(solution__in=ids).public().with_adopter().order_by("pk"):
        found[adoption.solution_id].append(adoption)
    return found


def _completeness(solution: Solution, evidence: Sequence[str]) -> int:
    said = (
        solution.summary_da, solution.summary_en, solution.owner_id, solution.lab_id, solution.need_id,
        solution.types, solution.operable, solution.effect_da, solution.conditions_da, evidence,
    )  # fmt: skip
    return 7 * sum(1 for value in said if value)
