"""What lists and search read of a trial."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from curation.choices import Level
from curation.facts import Facts, labelled
from curation.levels import Check, Met
from curation.points import Point, points_of_places

from .choices import Method, TrialStage
from .models import Partner, Trial

WEIGHT: Mapping[str, int] = {TrialStage.IMPLEMENT: 300, TrialStage.EVALUATE: 300, TrialStage.DIFFUSE: 250}
WEIGHT_BEFORE = 150


def facts(trials: Sequence[Trial]) -> Mapping[int, Facts]:
    """The facts of many trials in a constant number of queries."""
    ids = [trial.pk for trial in trials]
    owners = Actor.objects.published().in_bulk({trial.owner_id for trial in trials if trial.owner_id})
    partners: dict[int, list[str]] = {pk: [] for pk in ids}
    rows = Partner.objects.filter(trial__in=ids).running().with_actor().order_by("pk")
    for partner in rows:
        partners[partner.trial_id or 0].append(partner.actor.name_da)
    learnt: dict[int, list[str]] = {pk: [] for pk in ids}
    logs = Trial.objects.filter(pk__in=ids, learnings__isnull=False).order_by("learnings__pk")
    for pk, danish in logs.values_list("pk", "learnings__learned_da"):
        learnt[pk].append(danish)
    points = points_of_places(ids)
    return {
        trial.pk: _facts(
            trial, owners.get(trial.owner_id or 0), partners[trial.pk], learnt[trial.pk], points.get(trial.pk)
        )
        for trial in trials
    }  # fmt: skip


def linked(trial: int) -> Iterable[int]:
    """Its lab, its need, its solution and who takes part."""
    for path in ("lab_id", "need_id", "solution_id", "owner_id", "partners__actor_id"):
        rows = Trial.objects.filter(pk=trial, **{f"{path.removesuffix('_id')}__isnull": False})
        yield from rows.order_by().values_list(path, flat=True)


def _facts(
    trial: Trial, owner: Actor | None, partners: Sequence[str], learnt: Sequence[str], town: Point | None
) -> Facts:
    own = (
        (trial.latitude, trial.longitude)
        if trial.latitude is not None and trial.longitude is not None
        else None
    )
    danish, english = labelled(Method(method) for method in trial.methods if method != Method.OTHER)
    return Facts(
        type=trial.stage,
        setting=trial.setting,
        phase=trial.stage,
        weight=WEIGHT.get(trial.stage, WEIGHT_BEFORE),
        links=len(partners),
        partners=[*([owner.name_da] if owner else []), *partners],
        texts_da=[trial.where, trial.participants, *learnt, *danish],
        texts_en=english,
        point=own or town,
        completeness=_completeness(trial) + min(len(partners) + len(learnt), 20),
        checks=_checks(trial, partners, learnt),
    )


STAGE = Check("stage", Level.GOOD, _("How far it is"), "stage")
STARTED = Check("started", Level.GOOD, _("When it began"), "started_on")
METHODS = Check("methods", Level.GOOD, _("How it is tried"), "methods")
SETTING = Check("setting", Level.GOOD, _("The setting it takes place in"), "setting")
NEED = Check("need", Level.EXCELLENT, _("The need it comes from"), "need")
PARTNERS = Check("partners", Level.EXCELLENT, _("Who takes part"), "partners")
PARTICIPANTS = Check("participants", Level.EXCELLENT, _("The people who take part, in words"), "participants")
LEARNT = Check("learnt", Level.EXCELLENT, _("A line in the learning log"))


def _checks(trial: Trial, partners: Sequence[str], learnt: Sequence[str]) -> Met:
    return {
        STAGE: bool(trial.stage),
        STARTED: trial.started_on is not None,
        METHODS: bool(trial.methods),
        SETTING: bool(trial.setting),
        NEED: trial.need_id is not None,
        PARTNERS: bool(partners),
        PARTICIPANTS: bool(trial.participants),
        LEARNT: bool(learnt),
    }


def _completeness(trial: Trial) -> int:
    said = (
        trial.summary_da, trial.summary_en, trial.owner_id, trial.need_id, trial.solution_id, trial.methods,
        trial.started_on, trial.setting,
    )  # fmt: skip
    return 7 * sum(1 for value in said if value)
