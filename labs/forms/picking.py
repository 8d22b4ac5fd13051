"""The fields that choose labs, trials and solutions; needs are chosen by `missions.forms.picking`."""

from typing import Any

from actors.forms.entries import PickEntries

from ..models import Lab, Solution, Trial


class PickLabs(PickEntries):
    """Labs: where they are, whose they are."""

    what = "lab"
    model = Lab


class PickTrials(PickEntries):
    """Trials: which lab tries it."""

    what = "trial"
    model = Trial

    def _with_owner(self, found: Any) -> Any:
        return super()._with_owner(found).select_related("lab__record")

    def note(self, thing: Any) -> str:
        lab = thing.lab.name if thing.lab.is_public else ""
        return " · ".join(filter(None, (lab, super().note(thing))))


class PickSolutions(PickEntries):
    """Solutions: what they are, whose they are and where."""

    what = "solution"
    model = Solution

    def note(self, thing: Any) -> str:
        return " · ".join(filter(None, (", ".join(thing.types_shown), super().note(thing))))
