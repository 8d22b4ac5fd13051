"""What came out of a lab, as its page shows it: trials, solutions, and the loop they draw over time."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.text import Truncator

from curation.choices import Kind, State
from curation.models import Record
from curation.querysets import slim
from missions.models import Need
from places.templatetags.pages import said_of

from .choices import Evidence
from .couplings import Coupling
from .gate import gate
from .loop import LEARNING, NEED, SOLUTION, TRIAL, Event, Loop, loop_of
from .models import Lab, Learning, Solution, Trial, Value
from .stuck import Tried, stuck_since

SHORT = 120  # letters of what was learned, where it stands in a row of others
ENDS = ("trial__need__record", "trial__solution__record", "solution__need__record")
LOGGED = ("id", "on", "learned_da", "learned_en", "changed")


@dataclass(frozen=True)
class Tested:
    """A trial, and how much stands in its log."""

    trial: Trial
    learned: int


@dataclass(frozen=True)
class Outcome:
    """A solution with what lists say of it: whether its gate is open, and since when it is stuck."""

    solution: Solution
    open: bool = False
    stuck: dt.date | None = None


@dataclass(frozen=True)
class Outcomes:
    """What a lab has tried and what came of it; what goes on comes first."""

    trials: Sequence[Tested] = ()
    solutions: Sequence[Outcome] = ()
    loop: Loop | None = None


def outcomes_of(lab: Lab, needs: Iterable[Coupling], *, today: dt.date) -> Outcomes:
    """One statement, however much a lab has tried. `needs` are those it works on."""
    rows = list(_records(lab))
    trials = sorted((row.trial for row in rows if row.kind == Kind.TRIAL), key=_going_on_first)
    solutions = sorted((row for row in rows if row.kind == Kind.SOLUTION), key=_solutions_first)
    logs = {row.pk: row.log for row in rows}
    learnings = sorted((one for trial in trials for one in _log(trial, logs[trial.pk])), key=_in_time)
    known = [coupling.entry for coupling in needs if isinstance(coupling.entry, Need)]
    events = _events(trials, [row.solution for row in solutions], learnings, known)
    return Outcomes(
        [Tested(trial, len(logs[trial.pk])) for trial in trials], [_outcome(row, today) for row in solutions],
        loop_of(events, today=today),
    )  # fmt: skip


def _records(lab: Lab) -> Any:
    """The trials and solutions of a lab: with what each is about, the log of a trial, of a solution whether
    a value is documented and when it was last tried anywhere.
    """
    theirs = Trial.objects.filter(lab=lab).order_by().values("pk")
    theirs = theirs.union(Solution.objects.filter(lab=lab).order_by().values("pk"), all=True)
    log = Learning.objects.filter(trial=OuterRef("pk")).order_by("on", "pk")
    said = JSONObject(**{name: name for name in LOGGED})
    values = Value.objects.filter(solution=OuterRef("pk")).exclude(evidence=Evidence.FELT)
    trials = Trial.objects.filter(solution=OuterRef("pk"), record__state=State.PUBLISHED).order_by()
    last = trials.values("solution").annotate(last=Max(Coalesce("ended_on", "started_on"))).values("last")
    rows = Record.objects.published().shown().filter(pk__in=theirs).select_related(*ENDS)
    return rows.defer(*slim(), *(column for end in ENDS for column in slim(f"{end}__"))).annotate(
        log=ArraySubquery(log.values_list(said)), documented=Exists(values), last_tried=Subquery(last)
    )


def _log(trial: Trial, said: Iterable[dict[str, Any]]) -> Iterator[Learning]:
    for one in said:
        yield Learning(trial=trial, **one | {"on": dt.date.fromisoformat(one["on"])})


def _in_time(learning: Learning) -> tuple[dt.date, int]:
    return learning.on, learning.pk


def _solutions_first(row: Any) -> tuple[Any, ...]:
    return _going_on_first(row.solution)


def _going_on_first(entry: Any) -> tuple[Any, ...]:
    """What goes on, then what is over; the latest to begin first, what has no date last."""
    began = getattr(entry, "started_on", None) or getattr(entry, "in_use_since", None) or dt.date.min
    return entry.ended, -began.toordinal(), entry.sort_keys


def _outcome(row: Any, today: dt.date) -> Outcome:
    solution = row.solution
    passed = gate(
        new_here=solution.new_here, dated=solution.in_use_since is not None, stage=solution.stage,
        evidence=[Evidence.COUNTED] if row.documented else [],
    )  # fmt: skip
    stuck = stuck_since(
        solution.stage, ended=solution.ended, stage_since=solution.stage_since,
        trials=[Tried(ended_on=row.last_tried)], today=today,
    )  # fmt: skip
    return Outcome(solution, passed.open, stuck)


# The loop


def _events(
    trials: Sequence[Trial], solutions: Sequence[Solution], learnings: Sequence[Learning],
    known: Sequence[Need],
) -> list[Event]:  # fmt: skip
    """What the loop shows: also needs and solutions of others that the trials are about."""
    tried = [trial.solution for trial in trials if trial.solution and trial.solution.is_public]
    named = [*(trial.need for trial in trials), *(solution.need for solution in solutions)]
    about = [need for need in named if need and need.is_public]
    needs = {need.pk: need for need in (*known, *about)}
    every = {solution.pk: solution for solution in (*tried, *solutions)}
    first = {learning.trial_id: learning.on for learning in reversed(learnings)}
    return [
        *(_of_need(need) for need in needs.values()),
        *(_of_solution(solution) for solution in every.values()),
        *(_of_trial(trial, first.get(trial.pk)) for trial in trials),
        *(_of_learning(learning) for learning in learnings),
    ]


def _of_need(need: Need) -> Event:
    """Of a need the year is known in which it was told."""
    told = dt.date(need.year, 1, 1) if need.year else None
    return Event(
        _key(NEED, need.pk), NEED, need.name, need.get_absolute_url(), told, need.ended_on, over=need.ended,
        only_year=True,
    )  # fmt: skip


def _of_solution(solution: Solution) -> Event:
    began = solution.idea_on or solution.stage_since or solution.in_use_since
    used = solution.in_use_since
    return Event(
        _key(SOLUTION, solution.pk), SOLUTION, solution.name, solution.get_absolute_url(), began,
        solution.ended_on, then=used, over=solution.ended, about=_keys((NEED, solution.need_id)),
    )  # fmt: skip


def _of_trial(trial: Trial, first: dt.date | None) -> Event:
    """One of which nobody has told when it began stands where its log begins."""
    return Event(
        _key(TRIAL, trial.pk), TRIAL, trial.name, trial.get_absolute_url(), trial.started_on or first,
        trial.ended_on, then=None if trial.ended else trial.ends_on, over=trial.ended,
        going=bool(trial.stage), from_log=trial.started_on is None and first is not None,
        about=_keys((SOLUTION, trial.solution_id), (NEED, trial.need_id)),
    )  # fmt: skip


def _of_learning(learning: Learning) -> Event:
    learned = Truncator(said_of(learning, "learned").text).chars(SHORT)
    path = f"{learning.trial.get_absolute_url()}#learned-{learning.pk}"
    return Event(
        _key(LEARNING, learning.pk), LEARNING, learned, path, learning.on, changed=learning.changed,
        about=_keys((TRIAL, learning.trial_id)),
    )  # fmt: skip


def _key(what: str, pk: int) -> str:
    return f"{what}-{pk}"


def _keys(*ends: tuple[str, int | None]) -> list[str]:
    return [_key(what, pk) for what, pk in ends if pk]
