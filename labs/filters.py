"""What a reader can ask of the list of labs."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from curation.choices import Kind
from curation.filters import LINK_SIDES, PHASES, FacetFilter, RecordFilterSet

from .choices import Form, Setting


class LabFilterSet(RecordFilterSet):
    """Labs by theme, links, phase, setting, place and form."""

    side = FacetFilter("sides", _("Links"), array=True, choices=LINK_SIDES)
    phase = FacetFilter("phase", _("Phase"), choices=PHASES)
    setting = FacetFilter("setting", _("Setting"), choices=Setting.choices)
    kind = FacetFilter("type", _("Form"), choices=Form.choices)

    record_kind = Kind.LAB
    sort_labels: ClassVar = {"best": _("In operation first")}
    order: ClassVar = ("theme", "side", "phase", "setting", "place")
