"""How the stages of trials look, and what lists are asked for by."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from curation.choices import PhaseFound
from curation.phases import PhaseShown

from .choices import TrialStage

NOT_KNOWN = _("Stage not known")
BEFORE = {TrialStage.DISCOVER, TrialStage.DESIGN, TrialStage.PROPOSAL}
SHOWN: Mapping[str, PhaseShown] = {
    "": PhaseShown(NOT_KNOWN, "unk"),
    PhaseFound.ENDED: PhaseShown(PhaseFound.ENDED.label, "end"),
    **{stage: PhaseShown(stage.label, "plan" if stage in BEFORE else "run") for stage in TrialStage},
}
OFFERED = [
    *TrialStage.choices,
    (PhaseFound.ENDED.value, PhaseFound.ENDED.label),
    (PhaseFound.UNKNOWN.value, NOT_KNOWN),
]  # fmt: skip
