"""How the statuses of offers look, and what lists are asked for by."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from curation.choices import PhaseFound
from curation.phases import PhaseShown

from .choices import OfferStatus

NOT_KNOWN = _("Status not known")
SHOWN: Mapping[str, PhaseShown] = {
    "": PhaseShown(NOT_KNOWN, "unk"),
    OfferStatus.OPEN: PhaseShown(OfferStatus.OPEN.label, "run"),
    OfferStatus.CLOSED: PhaseShown(OfferStatus.CLOSED.label, "end"),
    OfferStatus.EXPIRED: PhaseShown(OfferStatus.EXPIRED.label, "end"),
}
OFFERED = [*OfferStatus.choices, (PhaseFound.UNKNOWN.value, NOT_KNOWN)]
