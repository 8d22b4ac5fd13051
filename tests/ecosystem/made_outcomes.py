"""Solutions, trials, learnings, adoptions, values and partners of all sorts, public and not, for figures."""

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from actors.choices import ActorKind
from actors.models import Actor
from curation.choices import State
from curation.models import Theme
from labs.choices import (
    Changed,
    Contributor,
    Evidence,
    HeardThrough,
    InnovationType,
    Novelty,
    Obstacle,
    Operable,
    Reuse,
    SolutionStage,
    TrialStage,
    ValueKind,
)
from labs.models import Adoption, Learning, Partner, Solution, Trial, Value
from places.models import Place
from tests import factories

TODAY = dt.date(2026, 11, 22)
STATES = (*[State.PUBLISHED] * 7, State.DRAFT, State.SUBMITTED, State.WITHDRAWN)
CANARY = "Kanarieløsning"


def some(dice: random.Random, values: Sequence[Any], most: int) -> list[Any]:
    return dice.sample(list(values), dice.randint(0, most))


def maybe(dice: random.Random, values: Sequence[Any], nothing: Any = "") -> Any:
    return dice.choice([nothing, *values, *values])


def month(dice: random.Random, first: int = 2019) -> dt.date | None:
    return dice.choice([None, *[dt.date(dice.randint(first, 2025), dice.randint(1, 12), 1)] * 3])


def world() -> tuple[list[Theme], list[Place]]:
    """Themes above and below each other, and municipalities within two regions."""
    top = [factories.theme(f"Tema {n}") for n in range(3)]
    below = [factories.theme(f"Undertema {n}", parent=top[n % 2]) for n in range(3)]
    regions = [factories.place(f"Region {n}", kind="region") for n in range(2)]
    towns = [factories.place(f"By {n}", within=[regions[n % 2]], code=f"09{n:02}") for n in range(5)]
    return [*top, *below], [*regions, *towns]


def make(dice: random.Random, number: int) -> None:
    """A register in which every figure has something to count, and something that it must not count."""
    themes, places = world()
    kinds = dice.sample(ActorKind.values, min(max(number, 6), len(ActorKind.values)))
    actors = [
        factories.actor(type=kind, places=[dice.choice(places)], state=dice.choice(STATES)) for kind in kinds
    ]
    lab = factories.lab("Lab")
    solutions = [_solution(dice, n, themes, places, actors) for n in range(number)]
    trials = [_trial(dice, lab, themes, places, actors, solutions) for _n in range(number)]
    for solution in solutions:
        for adopter in some(dice, actors, 4):
            _adopted(dice, solution, adopter, places)
    factories.reindex(*solutions, *trials)


def _solution(
    dice: random.Random, number: int, themes: list[Theme], places: list[Place], actors: list[Actor]
) -> Solution:
    state = dice.choice(STATES)
    stage = maybe(dice, SolutionStage.values)
    idea = month(dice)
    used = month(dice) if stage == SolutionStage.IN_USE else None
    if idea and used and idea > used:
        idea, used = used, idea
    ended = dice.random() < 0.2
    said: dict[str, Any] = {
        "types": some(dice, InnovationType.values, 3), "stage": stage, "idea_on": idea, "in_use_since": used,
        "stage_since": dice.choice([None, TODAY - dt.timedelta(days=dice.choice([100, 547, 548, 549, 900]))]),
        "new_here": dice.choice([None, False, True, True]), "novelty": maybe(dice, Novelty.values),
        "reuse": maybe(dice, Reuse.values), "contributors": some(dice, Contributor.values, 4),
        "operable": maybe(dice, Operable.values), "waiting_for": some(dice, Obstacle.values, 3),
        "failed": dice.choice(["", "For dyrt."]), "ended": ended,
        "lessons": dice.choice(["", "Begynd i det små."]) if ended else "",
        "owner": dice.choice([None, *actors]),
    }  # fmt: skip
    name = f"Løsning {number}" if state == State.PUBLISHED else f"{CANARY} {number}"
    said |= {"themes": dice.sample(themes, 2), "places": some(dice, places, 2)}
    made = factories.solution(name, state=state, **said)
    for kind in some(dice, ValueKind.values, 3):
        _value(dice, kind, solution=made)
    for actor in some(dice, actors, 3):
        _part(dice, actor, solution=made)
    return made


def _trial(
    dice: random.Random, lab: Any, themes: list[Theme], places: list[Place], actors: list[Actor],
    solutions: list[Solution],
) -> Trial:  # fmt: skip
    ended = dice.random() < 0.3
    began = TODAY - dt.timedelta(days=dice.choice([200, 700, 1500]))
    made = factories.trial(
        lab, state=dice.choice(STATES), stage=maybe(dice, TrialStage.values), ended=ended,
        ended_on=dice.choice([None, began + dt.timedelta(days=60)]) if ended else None,
        lessons=dice.choice(["", "Mål før og efter."]) if ended else "",
        started_on=dice.choice([None, began]), solution=dice.choice([None, *solutions]),
        owner=dice.choice([None, *actors]), themes=dice.sample(themes, 2), places=some(dice, places, 2),
    )  # fmt: skip
    for _n in range(dice.randint(0, 3)):
        Learning.objects.create(
            trial=made, on=began + dt.timedelta(days=dice.randint(0, 400)), learned_da="Noget.",
            changed=dice.choice(Changed.values),
        )  # fmt: skip
    for actor in some(dice, actors, 3):
        _part(dice, actor, trial=made)
    return made


def _part(dice: random.Random, actor: Actor, **end: Any) -> None:
    over = dice.choice([None, None, TODAY])
    said = dice.choice([None, timezone.now()])
    Partner.objects.create(actor=actor, side="push", ended_on=over, confirmed_at=said, **end)


def _adopted(dice: random.Random, solution: Solution, adopter: Actor, places: list[Place]) -> None:
    idea, used = month(dice, 2021), month(dice, 2021)
    if idea and used and idea > used:
        idea, used = used, idea
    made = Adoption.objects.create(
        solution=solution, adopter=adopter, place=dice.choice([None, *places]), idea_on=idea,
        in_use_since=used, how=maybe(dice, Reuse.values), heard_through=maybe(dice, HeardThrough.values),
        ended_on=dice.choice([None, None, TODAY]), confirmed_at=dice.choice([None, timezone.now()]),
    )  # fmt: skip
    for kind in some(dice, ValueKind.values, 2):
        _value(dice, kind, adoption=made)


def _value(dice: random.Random, kind: str, **end: Any) -> None:
    evidence = dice.choice([Evidence.FELT, *Evidence])
    Value.objects.create(kind=kind, evidence=evidence, source="Evaluering 2025", **end)
