"""What came out of labs, counted a second time in plain Python over the rows."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any

from curation.choices import State
from curation.models import EntryPlace, EntryTheme, Theme
from labs import choices
from labs.models import Adoption, Learning, Partner, Solution, Trial, Value
from places.models import PlaceLink

ENOUGH = 5
LONG = dt.timedelta(days=548)
STAGES = ["idea", "proof", "trial", "in_use", "documented", "spread", "ended"]
SORTS = {
    "public": "municipality municipal_unit region hospital general_practice state_agency school"
    " innovation_unit",
    "companies": "company startup",
    "research": "university university_college research_group gts",
    "civil": "civil_society citizen_group local_community",
    "funders": "foundation public_fund",
    "others": "utility housing_association cluster living_lab test_centre business_hub network tech_transfer"
    " science_park other",
}

type Lines = list[list[float | None]]


def public(entry: Any) -> bool:
    return bool(entry.record.state == State.PUBLISHED)


def upwards(ids: Iterable[int], parents: Mapping[int, set[int]]) -> set[int]:
    found, waiting = set(), list(ids)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += parents.get(one, ())
    return found


@dataclass
class Rows:
    """The register's rows; of these what a theme, a place and a year leave."""

    theme: int | None
    place: int | None
    year: int | None
    today: dt.date

    def __post_init__(self) -> None:
        self.every_adoption = list(
            Adoption.objects.select_related("solution__record", "adopter__record", "place").order_by("pk")
        )
        self.above: dict[int, set[int]] = {}
        for child, parent in PlaceLink.objects.order_by("pk").values_list("child_id", "parent_id"):
            self.above.setdefault(child, set()).add(parent)
        self.over = {theme.pk: {theme.parent_id} for theme in Theme.objects.order_by("pk") if theme.parent_id}
        self.themes: dict[int, list[int]] = {}
        for row in EntryTheme.objects.order_by("pk"):
            self.themes.setdefault(row.record_id, []).append(row.theme_id)
        self.places: dict[int, list[int]] = {}
        for place in EntryPlace.objects.order_by("pk"):
            self.places.setdefault(place.record_id, []).append(place.place_id)

    def about(self, pk: int) -> bool:
        return self.theme is None or self.theme in upwards(self.themes.get(pk, ()), self.over)

    def here(self, places: Iterable[int]) -> bool:
        return self.place is None or self.place in upwards(places, self.above)

    def then(self, day: dt.date | None) -> bool:
        return self.year is None or (day is not None and day.year == self.year)

    @cached_property
    def solutions(self) -> list[Solution]:
        found = Solution.objects.select_related("record", "owner__record").order_by("pk")
        return [
            one
            for one in found
            if public(one)
            and self.about(one.pk)
            and self.here([*self.places.get(one.pk, ()), *(a.place_id for a in self.of(one) if a.place_id)])
            and self.then(one.in_use_since or one.stage_since or one.idea_on)
        ]

    def of(self, solution: Solution) -> list[Adoption]:
        """By whomever everybody may read of."""
        return [a for a in self.every_adoption if a.solution_id == solution.pk and public(a.adopter)]

    @cached_property
    def published_trials(self) -> list[Trial]:
        return [
            t for t in Trial.objects.select_related("record", "owner__record").order_by("pk") if public(t)
        ]

    def chosen(self, trial: Trial) -> bool:
        return self.about(trial.pk) and self.here(self.places.get(trial.pk, ()))

    @cached_property
    def trials(self) -> list[Trial]:
        return [t for t in self.published_trials if self.chosen(t) and self.then(t.started_on)]

    @cached_property
    def learnings(self) -> list[Learning]:
        shown = {trial.pk for trial in self.published_trials if self.chosen(trial)}
        rows = Learning.objects.order_by("pk")
        return [row for row in rows if row.trial_id in shown and self.then(row.on)]

    @cached_property
    def adoptions(self) -> list[Adoption]:
        return [
            a
            for a in self.every_adoption
            if public(a.solution)
            and public(a.adopter)
            and a.adopter_id != a.solution.owner_id
            and self.about(a.solution_id)
            and self.here([a.place_id] if a.place_id else self.places.get(a.adopter_id, ()))
            and self.then(a.in_use_since)
        ]

    @cached_property
    def values(self) -> list[Value]:
        return list(Value.objects.order_by("pk"))

    def documented(self, **end: int) -> bool | None:
        """Nothing where no value is named."""
        (name, pk), *_ = end.items()
        levels = [value.evidence for value in self.values if getattr(value, f"{name}_id") == pk]
        return any(level != "felt" for level in levels) if levels else None

    def stage(self, one: Solution) -> str:
        if one.ended:
            return "ended"
        if one.stage != "in_use":
            return one.stage
        if any(a.confirmed_at and not a.ended_on and a.adopter_id != one.owner_id for a in self.of(one)):
            return "spread"
        return "documented" if self.innovation(one) else "in_use"

    def innovation(self, one: Solution) -> bool:
        used = one.stage == "in_use" and one.in_use_since is not None
        return bool(one.new_here and used and self.documented(solution=one.pk))

    @cached_property
    def stuck(self) -> list[Solution]:
        return [one for one in self.solutions if self._stuck(one)]

    def _stuck(self, one: Solution) -> bool:
        tried = [t.ended_on or t.started_on for t in self.published_trials if t.solution_id == one.pk]
        since = one.stage_since or max((day for day in tried if day), default=None)
        between = one.stage in ("proof", "trial") and not one.ended
        return between and since is not None and since <= self.today - LONG

    def taking_part(self, end: Solution | Trial) -> dict[int, str]:
        """Organisations by id with what they are."""
        found = {end.owner.pk: end.owner.type} if end.owner and public(end.owner) else {}
        for part in self.partners:
            if getattr(part, f"{end.kind}_id") == end.pk and public(part.actor) and part.ended_on is None:
                found[part.actor.pk] = part.actor.type
        return found

    @cached_property
    def partners(self) -> list[Partner]:
        return list(Partner.objects.select_related("actor__record").order_by("pk"))


# The figures


def with_shares(numbers: Sequence[int], said: int, total: int) -> Lines:
    """What a figure shows of a choice: numbers, their shares of those who have told, and who has not."""
    if not said:
        return []
    enough = said >= ENOUGH
    lines: Lines = [[n, int(n * 100 / said + 0.5)] if enough else [n] for n in numbers]
    if total > said:
        lines.append([total - said, None] if enough else [total - said])
    return lines


def one_of(rows: Iterable[Any], column: str, options: Sequence[str]) -> Lines:
    chosen = [getattr(row, column) for row in rows]
    return with_shares([chosen.count(o) for o in options], sum(1 for c in chosen if c), len(chosen))


def some_of(rows: Iterable[Any], column: str, options: Sequence[str]) -> Lines:
    chosen = [getattr(row, column) for row in rows]
    return with_shares(
        [sum(1 for c in chosen if o in c) for o in options], sum(1 for c in chosen if c), len(chosen)
    )


def stages(rows: Rows) -> Lines:
    found = [rows.stage(one) for one in rows.solutions]
    return with_shares([found.count(s) for s in STAGES], sum(1 for s in found if s), len(found))


def gate(rows: Rows) -> Lines:
    new = [one for one in rows.solutions if one.new_here]
    used = [one for one in rows.solutions if one.stage == "in_use" and one.in_use_since]
    value = [one for one in rows.solutions if rows.documented(solution=one.pk)]
    all_three = [one for one in rows.solutions if rows.innovation(one)]
    total = len(rows.solutions)
    return with_shares([len(new), len(used), len(value), len(all_three)], total, total)


def operable(rows: Rows) -> Lines:
    use, before = ("in_use", "documented", "spread"), ("idea", "proof", "trial")
    return [
        [sum(1 for one in rows.solutions if one.operable == said and rows.stage(one) in stage)
         for stage in (use, before)]
        for said in ("yes", "partly", "not_yet", "")
    ]  # fmt: skip


def values(rows: Rows) -> Lines:
    pks = {one.pk for one in rows.solutions}
    own = [(value.kind, value.evidence) for value in rows.values if value.solution_id in pks]
    if not own:
        return []
    return [[own.count((kind, how)) for how in choices.Evidence.values] for kind in choices.ValueKind.values]


def documented(rows: Rows) -> Lines:
    began = [rows.documented(solution=one.pk) for one in rows.solutions]
    there = [rows.documented(adoption=one.pk) for one in rows.adoptions]
    return [[began.count(said), there.count(said)] for said in (True, False, None)]


def partners(rows: Rows) -> Lines:
    ends = [[rows.taking_part(one) for one in some] for some in (rows.solutions, rows.trials)]

    def line(sort: str, fewest: int) -> list[float | None]:
        kinds = SORTS[sort].split()
        return [
            sum(1 for who in some if len(who) > 1 and sum(1 for k in who.values() if k in kinds) >= fewest)
            for some in ends
        ]

    alone = [sum(1 for who in some if len(who) < 2) for some in ends]
    return [*(line(sort, 2 if sort == "public" else 1) for sort in SORTS), [*alone]]


def actors(rows: Rows) -> Lines:
    """Sorted by number, so compared as a set of lines."""
    solutions = [rows.taking_part(one) for one in rows.solutions]
    trials = [rows.taking_part(one) for one in rows.trials]
    everybody = {pk: kind for who in (*solutions, *trials) for pk, kind in who.items()}
    kinds = set(everybody.values())
    return [
        [
            sum(1 for found in everybody.values() if found == kind),
            sum(1 for who in solutions if kind in who.values()),
            sum(1 for who in trials if kind in who.values()),
        ]
        for kind in kinds
    ]


def trial_stages(rows: Rows) -> Lines:
    found = ["ended" if trial.ended else trial.stage for trial in rows.trials]
    options = [*choices.TrialStage.values, "ended"]
    return with_shares([found.count(s) for s in options], sum(1 for s in found if s), len(found))


def learned(rows: Rows) -> Lines:
    if not rows.learnings:
        return []
    found = [[row for row in rows.learnings if row.changed == what] for what in choices.Changed.values]
    return [[len(some), len({row.trial_id for row in some})] for some in found]


def failed(rows: Rows) -> Lines:
    solutions = [bool(one.failed or one.lessons) for one in rows.solutions if one.ended]
    trials = [bool(one.lessons) for one in rows.trials if one.ended]
    if not solutions and not trials:
        return []
    both = (solutions, trials)
    lines: Lines = [[some.count(told) for some in both] for told in (True, False)]
    return [*lines, [len(some) for some in both]]


def stuck(rows: Rows) -> Lines:
    """Sorted by number within; the line of all of them comes last."""
    lines = some_of(rows.stuck, "waiting_for", choices.Obstacle.values)
    if rows.stuck:
        said = sum(1 for one in rows.stuck if one.waiting_for)
        lines.append([len(rows.stuck), None] if said >= ENOUGH else [len(rows.stuck)])
    return lines


def spread(rows: Rows) -> Lines:
    if not rows.adoptions:
        return []
    going = [a for a in rows.adoptions if not a.ended_on]
    lines = [
        [a for a in going if a.confirmed_at], [a for a in going if not a.confirmed_at],
        [a for a in rows.adoptions if a.ended_on], going,
    ]  # fmt: skip
    return [
        [len(some), len({a.solution_id for a in some}), len({a.adopter_id for a in some})] for some in lines
    ]


def time(rows: Rows) -> Lines:
    taken = [
        [months(one.idea_on, one.in_use_since) for one in some if one.idea_on and one.in_use_since]
        for some in (rows.solutions, rows.adoptions)
    ]
    if not any(taken):
        return []
    return [[median(some) if len(some) >= ENOUGH else None, len(some)] for some in taken]


def months(first: dt.date, last: dt.date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


RECOUNTS: Mapping[str, Callable[[Rows], Lines]] = {
    "stages": stages,
    "gate": gate,
    "operable": operable,
    "types": lambda rows: some_of(rows.solutions, "types", choices.InnovationType.values),
    "novelty": lambda rows: one_of(rows.solutions, "novelty", choices.Novelty.values),
    "contributors": lambda rows: some_of(rows.solutions, "contributors", choices.Contributor.values),
    "reuse": lambda rows: one_of(rows.solutions, "reuse", choices.Reuse.values),
    "values": values,
    "documented": documented,
    "partners": partners,
    "actors": actors,
    "trial_stages": trial_stages,
    "learned": learned,
    "failed": failed,
    "stuck": stuck,
    "spread": spread,
    "how": lambda rows: one_of(rows.adoptions, "how", choices.Reuse.values),
    "heard": lambda rows: one_of(rows.adoptions, "heard_through", choices.HeardThrough.values),
    "time": time,
}
# Whose lines are in the order of their numbers.
SORTED = {"actors", "stuck"}
