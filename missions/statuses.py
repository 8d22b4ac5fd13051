"""How the statuses of needs look, and what lists are asked for by."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from curation.choices import PhaseFound
from curation.phases import PhaseShown

from .choices import NeedStatus

NOT_KNOWN = _("Status not known")
SHOWN: Mapping[str, PhaseShown] = {
    "": PhaseShown(NOT_KNOWN, "unk"),
    NeedStatus.OPEN: PhaseShown(NeedStatus.OPEN.label, "run"),
    NeedStatus.IN_DIALOGUE: PhaseShown(NeedStatus.IN_DIALOGUE.label, "run"),
    NeedStatus.MATCHED: PhaseShown(NeedStatus.MATCHED.label, "plan"),
    NeedStatus.ANSWERED: PhaseShown(NeedStatus.ANSWERED.label, "end"),
    NeedStatus.WITHDRAWN: PhaseShown(NeedStatus.WITHDRAWN.label, "end"),
    NeedStatus.EXPIRED: PhaseShown(NeedStatus.EXPIRED.label, "end"),
}
OFFERED = [*NeedStatus.choices, (PhaseFound.UNKNOWN.value, NOT_KNOWN)]
