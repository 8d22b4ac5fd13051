"""What synthetic labs have tried, and what came of it."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence

from actors.choices import RoleSaid
from curation.choices import Kind, Side
from labs.choices import (
    Changed,
    Evidence,
    InnovationType,
    Method,
    Obstacle,
    Operable,
    Reuse,
    Setting,
    SolutionStage,
    TrialStage,
    ValueKind,
)

from .entries import SOURCE, Maker, Values, Written

FIRST_MONTH, MONTHS = dt.date(2016, 1, 1), 120
STAGES = (
    (SolutionStage.IDEA, 15), (SolutionStage.PROOF, 15), (SolutionStage.TRIAL, 30),
    (SolutionStage.IN_USE, 40),
)  # fmt: skip
ADOPTERS = ((0, 1, 2, 4, 8), (50, 20, 15, 10, 5))
CONFIRMED_SHARE, VALUED_SHARE = 0.5, 0.6


class Results:
    """Makes solutions and trials beside what a maker has made: first the solutions, then the trials."""

    def __init__(self, maker: Maker, first: int) -> None:
        self.maker, self.first = maker, first
        self.chance: random.Random = maker.chance
        self.actors = range(maker.first, maker.first + len(maker.sides))
        self.made = range(first, first)

    def solutions(self, number: int) -> Iterator[Written]:
        self.made = range(self.first, self.first + number)
        for pk in self.made:
            yield self._solution(pk)

    def trials(self, number: int) -> Iterator[Written]:
        for pk in range(self.made.stop, self.made.stop + number):
            yield self._trial(pk)

    def _solution(self, pk: int) -> Written:
        stage = self._drawn(STAGES)
        used = self._month() if stage == SolutionStage.IN_USE else None
        said: Values = {
            "owner_id": self.chance.choice(self.actors), "lab_id": self._lab(), "stage": str(stage),
            "types": self._some(InnovationType.values), "new_here": self.chance.choice((True, None)),
            "in_use_since": used, "stage_since": None if used else self._month(),
            "reuse": self.chance.choice(("", *Reuse.values)), "waiting_for": self._some(Obstacle.values),
            "operable": self.chance.choice(("", *Operable.values)),
        }  # fmt: skip
        made = self.maker.entry(pk, Kind.SOLUTION, "Solution", said)
        made.themes = self.maker.themes_of(pk)
        made.adoptions = [self._adoption(pk, actor) for actor in self._adopters()]
        made.partners = self._partners("solution_id", pk)
        if self.chance.random() < VALUED_SHARE:
            made.values = [self._value(pk, kind) for kind in self._some(ValueKind.values)]
        return made

    def _trial(self, pk: int) -> Written:
        said: Values = {
            "owner_id": self.chance.choice(self.actors), "lab_id": self._lab(), "started_on": self._month(),
            "solution_id": self.chance.choice(self.made) if self.made else None,
            "stage": self.chance.choice(("", *TrialStage.values)), "methods": self._some(Method.values),
            "setting": self.chance.choice(Setting.values), "ended": self.chance.random() < 1 / 3,
        }  # fmt: skip
        made = self.maker.entry(pk, Kind.TRIAL, "Trial", said)
        made.themes = self.maker.themes_of(pk)
        made.partners = self._partners("trial_id", pk)
        made.learnings = [self._learning(pk) for _number in range(self.chance.choice((0, 0, 1, 2)))]
        return made

    def _adoption(self, solution: int, adopter: int) -> Values:
        confirmed = self.maker.now if self.chance.random() < CONFIRMED_SHARE else None
        return {
            "solution_id": solution, "adopter_id": adopter, "how": self.chance.choice(Reuse.values),
            "place_id": self.chance.choice(self.maker.towns).pk, "in_use_since": self._month(),
            "made_at": self.maker.now, "confirmed_at": confirmed, "source": SOURCE,
        }  # fmt: skip

    def _value(self, solution: int, kind: str) -> Values:
        return {
            "solution_id": solution, "kind": kind, "evidence": self.chance.choice(Evidence.values),
            "said": self.maker.danish.text(self.chance, 12), "source": SOURCE,
        }  # fmt: skip

    def _learning(self, trial: int) -> Values:
        return {
            "trial_id": trial, "on": self._month(), "changed": self.chance.choice(Changed.values),
            "learned_da": self.maker.danish.text(self.chance, 20), "source": SOURCE,
        }  # fmt: skip

    def _partners(self, end: str, pk: int) -> list[Values]:
        drawn = dict.fromkeys(self.chance.choices(self.actors, k=2))
        role = {"role": "", "role_said": RoleSaid.PARTNER.value, "side": Side.BOTH.value, "source": SOURCE}
        return [{end: pk, "actor_id": actor} | role for actor in drawn]

    def _adopters(self) -> list[int]:
        number = self.chance.choices(*ADOPTERS)[0]
        return list(dict.fromkeys(self.chance.choices(self.actors, k=number)))

    def _lab(self) -> int:
        return self.chance.choice(self.maker.made)

    def _month(self) -> dt.date:
        month = self.chance.randrange(MONTHS)
        return FIRST_MONTH.replace(year=FIRST_MONTH.year + month // 12, month=month % 12 + 1)

    def _some(self, values: Sequence[str]) -> list[str]:
        return self.chance.sample(list(values), self.chance.choice((1, 1, 2)))

    def _drawn(self, weighed: Sequence[tuple[SolutionStage, int]]) -> SolutionStage:
        stages, weights = zip(*weighed, strict=True)
        drawn: SolutionStage = self.chance.choices(stages, weights)[0]
        return drawn
