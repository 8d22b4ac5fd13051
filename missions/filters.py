"""What a reader can ask of the lists of missions and of needs."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from curation.choices import Kind
from curation.filters import LINK_SIDES, PHASES, FacetFilter, RecordFilterSet

from .choices import Level, NeedKind
from .statuses import OFFERED


class MissionFilterSet(RecordFilterSet):
    """Missions by theme, level, coalition, phase and place."""

    side = FacetFilter("sides", _("Coalition"), array=True, choices=LINK_SIDES)
    phase = FacetFilter("phase", _("Phase"), choices=PHASES)
    kind = FacetFilter("type", _("Level"), choices=Level.choices)

    record_kind = Kind.MISSION
    sort_labels: ClassVar = {"best": _("In operation first")}
    order: ClassVar = ("theme", "kind", "side", "phase", "place")


class NeedFilterSet(RecordFilterSet):
    """Needs by theme, what they ask for, status and place."""

    kind = FacetFilter("type", _("Asks for"), choices=NeedKind.choices)
    phase = FacetFilter("phase", _("Status"), choices=OFFERED)

    record_kind = Kind.NEED
    sort_labels: ClassVar = {"best": _("Open first")}
    order: ClassVar = ("theme", "kind", "phase", "place")
