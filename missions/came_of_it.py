"""What came of needs and missions: trials and solutions, which apps above keep and this one reads back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from curation.choices import Kind
from curation.models import Record
from curation.querysets import slim

from .models import Mission, Need

OTHERS = ("need__owner__record", "trial__lab__record", "solution__lab__record")


@dataclass(frozen=True)
class CameOfIt:
    """The trials and the solutions everybody may read, what goes on first; of a mission its needs, too."""

    trials: Sequence[Any] = ()
    solutions: Sequence[Any] = ()
    needs: Sequence[Need] = ()


def came_of_need(shown: Need) -> CameOfIt:
    """One statement."""
    return _read(_ids("trials", Q(need=shown)), _ids("solutions", Q(need=shown)))


def came_of_mission(shown: Mission, labs: Iterable[int]) -> CameOfIt:
    """The needs under it, and what is about them or comes out of the labs that serve it; one statement."""
    through = Q(need__mission=shown) | Q(lab__in=list(labs))
    needs = shown.needs.order_by().values("pk")
    return _read(needs, _ids("trials", through), _ids("solutions", through))


def _ids(relation: str, which: Q) -> Any:
    """Of the model at the other end of a need's relation, which no import names here."""
    model: Any = getattr(Need, relation).rel.related_model
    return model.objects.filter(which).order_by().values("pk")


def _read(first: Any, *others: Any) -> CameOfIt:
    every = first.union(*others, all=True)
    records = Record.objects.published().shown().filter(pk__in=every).select_related(*OTHERS)
    rows = list(
        records.defer(*slim(), *(column for other in OTHERS for column in slim(f"{other}__"))).order_by(
            "ended", "sort_da", "pk"
        )
    )
    found = {kind: [getattr(row, kind) for row in rows if row.kind == kind] for kind in Kind}
    return CameOfIt(found[Kind.TRIAL], found[Kind.SOLUTION], found[Kind.NEED])
