"""Who may be asked: labs that publish their whole result and stand one level higher in a dimension."""

from collections.abc import Sequence
from dataclasses import dataclass

from labs.instrument import Level
from labs.mirror.results import OfDimension, Result
from labs.mirror.runs import runs_of_labs
from labs.models import Assessment, Lab

MOST = 6
MOST_DIMENSIONS = 3
LEVELS = [*Level]


@dataclass(frozen=True)
class Ahead:
    """For a dimension: the level above one's own, and who stands there; without one, one is at the top."""

    of: OfDimension
    level: Level | None
    labs: Sequence[Lab]


def one_ahead(lab: Lab, result: Result) -> list[Ahead]:
    """For each of the weakest dimensions, three at most; two statements, however many labs publish."""
    told = Assessment.objects.told().exclude(lab=lab).order_by().values_list("lab_id", flat=True)
    newest = {
        pk: next(run.result for run in runs if run.result) for pk, runs in runs_of_labs(told).items()
    }  # fmt: skip
    steps = [(of, _above(of)) for of in result.weakest[:MOST_DIMENSIONS]]
    found = [(of, above, _standing_at(above, of, newest)) for of, above in steps]
    asked = Lab.objects.current().filter(pk__in={pk for _of, _above, labs in found for pk in labs})
    labs = list(asked.select_related("record").order_by("record__sort_da", "pk"))
    return [Ahead(of, above, [one for one in labs if one.pk in pks][:MOST]) for of, above, pks in found]


def _above(of: OfDimension) -> Level | None:
    if of.level is None or of.level == LEVELS[-1]:
        return None
    return LEVELS[LEVELS.index(of.level) + 1]


def _standing_at(level: Level | None, of: OfDimension, newest: dict[int, Result]) -> set[int]:
    if level is None:
        return set()
    return {
        pk
        for pk, result in newest.items()
        for one in result.dimensions
        if one.dimension == of.dimension and one.level == level
    }
