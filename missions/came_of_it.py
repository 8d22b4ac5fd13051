"""What came of needs and missions: trials and solutions, which apps above keep and this one reads back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from curation.querysets import slim

from .models import Mission, Need


@dataclass(frozen=True)
class CameOfIt:
    """The trials and the solutions everybody may read, what goes on first."""

    trials: Sequence[Any] = ()
    solutions: Sequence[Any] = ()


def came_of_need(shown: Need) -> CameOfIt:
    """Two statements."""
    return CameOfIt(_read("trials", Q(need=shown)), _read("solutions", Q(need=shown)))


def came_of_mission(shown: Mission, labs: Iterable[int]) -> CameOfIt:
    """What is about the needs under it, or comes out of the labs that serve it; two statements."""
    through = Q(need__mission=shown) | Q(lab__in=list(labs))
    return CameOfIt(_read("trials", through), _read("solutions", through))


def _read(relation: str, which: Q) -> Sequence[Any]:
    """Of the model at the other end of a need's relation, which no import names here."""
    rows: Any = getattr(Need, relation).rel.related_model.objects.published().filter(which)
    rows = rows.select_related("record", "lab__record").defer(*slim("record__"), *slim("lab__record__"))
    return list(rows.order_by("record__ended", "record__sort_da", "pk"))
